package import Instants

/// Something that was built into a synthetic log and that an analysis should find again.
package struct PlantedFact: Hashable, Sendable, Codable {
    /// What kind of thing was planted.
    package enum Kind: String, Hashable, Sendable, Codable {
        /// The hand-off or activity that holds more time than any other.
        case bottleneck
        /// A vendor whose deliveries take longer than those of the others.
        case slowVendor = "slow_vendor"
        /// A property of cases that makes them repeat steps.
        case reworkCause = "rework_cause"
        /// Work that waits for a day of the week and is then done together.
        case paymentBatch = "payment_batch"
        /// Approvals that a system gives in place of a person.
        case automatedApproval = "automated_approval"
        /// People added to a role.
        case addedResource = "added_resource"
        /// A date on which something changed for good.
        case drift
    }

    /// One figure or word of a fact.
    package struct Parameter: Hashable, Sendable, Codable {
        /// What it is, in snake case, with its unit as suffix (`_s` for seconds).
        package var name: String
        /// The figure or word.
        package var value: Value

        /// The parameter `name` with its value.
        package init(_ name: String, _ value: Value) {
            self.name = name
            self.value = value
        }
    }

    /// The value of a parameter. In JSON it is the bare text or number; an instant is its ISO 8601 text.
    package enum Value: Hashable, Sendable, Codable {
        /// A name or other text.
        case text(String)
        /// A number with or without decimals.
        case number(Double)
        /// A point in time, shown at the offset of the log (seconds east of UTC).
        case instant(Instant, offset: Int)

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .text(let text): try container.encode(text)
            case .number(let number): try container.encode(number)
            case .instant(let instant, let offset): try container.encode(instant.iso8601(offset: offset))
            }
        }

        /// Reads a bare number or text; an instant comes back as its text.
        package init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let number = try? container.decode(Double.self) {
                self = .number(number)
            } else {
                self = .text(try container.decode(String.self))
            }
        }
    }

    /// What kind of thing was planted; once per log.
    package var kind: Kind
    /// Its figures, in a fixed order.
    package var parameters: [Parameter]
    /// One English sentence.
    package var english: String
    /// The same in Simplified Chinese.
    package var chinese: String

    /// The value of the parameter with that name, if there is one.
    package subscript(name: String) -> Value? {
        parameters.first { $0.name == name }?.value
    }
}
