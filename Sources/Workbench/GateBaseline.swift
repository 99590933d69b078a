package import EventLogs
import Foundation
package import Indicators
package import Performance
package import Reports
import Statistics

/// What figures were when a gate began to hold them: each with its interval and the number of cases, and no case.
///
/// The change of a figure is judged from both values and both intervals alone, so that a baseline gives the same verdicts as the log that it
/// was made of. Values are kept to 9 significant digits. It is written as JSON, the same bytes for the same log and options:
///
/// ```json
/// {"schema": "weir/gate-baseline/1", "definition": {…}, "kpis": [{"id": "cycle_time.median", "where": null, "value": 1.2e6, …}]}
/// ```
package struct GateBaseline: Codable, Sendable, Equatable {
    /// The form of the file.
    package static let schema = "weir/gate-baseline/1"

    /// How the figures were made: they can be compared with those made in the same way only.
    package struct Definition: Codable, Sendable, Equatable {
        /// How intervals are made.
        package var intervals: String
        /// Which time is measured.
        package var clock: Provenance.Clock
        /// What counts as an activity instance.
        package var count: InstanceCounting
        /// What the activity is, where a classifier says it.
        package var classifier: String?
        /// The filters of the log, in their canonical spelling.
        package var filters: [String]
        /// The declared end activities.
        package var endActivities: [String]?
        /// Whether unfinished cases count.
        package var censored: CensoredCases
        /// The SHA-256 of the rates.
        package var ratesSha256: String?
        /// What the calendar is, where one counts: its name and the SHA-256 of its file.
        package var calendar: String?

        /// The definition of figures of a log.
        package init(_ provenance: Provenance, _ options: MeasureOptions, ratesSha256: String?, calendar: String? = nil) {
            intervals = "slow-waves"
            clock = provenance.clock
            count = provenance.counting
            classifier = provenance.classifier
            filters = provenance.filters
            endActivities = options.endActivities
            censored = options.censored
            self.ratesSha256 = ratesSha256
            self.calendar = calendar
        }

        // Written out for the calendar, which is not there at all where none counts.
        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(intervals, forKey: .intervals)
            try container.encode(clock, forKey: .clock)
            try container.encode(count, forKey: .count)
            try container.encode(classifier, forKey: .classifier)
            try container.encode(filters, forKey: .filters)
            try container.encode(endActivities, forKey: .endActivities)
            try container.encode(censored, forKey: .censored)
            try container.encode(ratesSha256, forKey: .ratesSha256)
            if let calendar { try container.encode(calendar, forKey: .calendar) }
        }

        /// The names of the parts in which two definitions differ, as the file spells them.
        package func differences(from other: Definition) -> [String] {
            [
                (intervals == other.intervals, "intervals"), (clock == other.clock, "clock"), (count == other.count, "count"),
                (classifier == other.classifier, "classifier"), (filters == other.filters, "filters"),
                (endActivities == other.endActivities, "end_activities"), (censored == other.censored, "censored"),
                (ratesSha256 == other.ratesSha256, "rates_sha256"), (calendar == other.calendar, "calendar"),
            ].filter { !$0.0 }.map(\.1)
        }

        /// The SHA-256 of the definition's canonical text, in hexadecimal.
        var sha256: String {
            var digest = InputDigest()
            var text = (try? JSONText.encode(self, pretty: false)) ?? ""
            text.withUTF8 { digest.update(UnsafeRawBufferPointer($0)) }
            return digest.hexadecimal
        }
    }

    /// A figure.
    package struct Entry: Codable, Sendable, Equatable {
        /// Its full name.
        package var id: KPIName
        /// Which cases count, in canonical spelling; `nil` for all.
        package var `where`: String?
        /// What it was.
        package var measured: GateMeasurement

        private enum CodingKeys: String, CodingKey {
            case id, `where`
        }

        init(_ check: GateCheck, _ measured: GateMeasurement) {
            id = check.name
            self.where = check.filter?.text
            self.measured = measured
        }

        package init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            id = try container.decode(KPIName.self, forKey: .id)
            self.where = try container.decodeIfPresent(String.self, forKey: .where)
            measured = try GateMeasurement(from: decoder)
            let isPossible =
                measured.n >= 0 && (measured.value?.isFinite ?? true)
                && (measured.ci95.map { interval in measured.value.map { interval.contains($0) } ?? false } ?? true)
            if !isPossible {
                throw DecodingError.dataCorruptedError(forKey: .id, in: container, debugDescription: "the interval does not hold the value")
            }
        }

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(id, forKey: .id)
            try container.encode(self.where, forKey: .where)
            try measured.encode(to: encoder)
        }
    }

    /// The form of the file.
    package var schema: String
    /// The tool that wrote it.
    package var tool: String
    /// That tool's version.
    package var version: String
    /// The log that the figures were made of.
    package var input: Provenance.Input
    /// The cases of that log.
    package var cases: Int
    /// How the figures were made.
    package var definition: Definition
    /// The SHA-256 of the definition, against changes by hand.
    package var definitionSha256: String
    /// The figures, in the order of the checks; each once.
    package var kpis: [Entry]

    /// A baseline of the figures of a log.
    package init(input: Provenance.Input, cases: Int, definition: Definition, measured: [(check: GateCheck, measured: GateMeasurement)]) {
        schema = Self.schema
        tool = "weir"
        version = ToolVersion.current
        self.input = input
        self.cases = cases
        self.definition = definition
        definitionSha256 = definition.sha256
        kpis = []
        for (check, figure) in measured where self.figure(check) == nil {
            let ci95 = figure.ci95.map { Interval(low: Self.rounded($0.low), high: Self.rounded($0.high)) }
            kpis.append(
                Entry(
                    check,
                    GateMeasurement(
                        unit: figure.unit, value: figure.value.map(Self.rounded), ci95: ci95, n: figure.n,
                        widening: figure.widening.map(Self.rounded))))
        }
    }

    /// Why a text is no baseline, or not one for these checks.
    package enum Problem: Error, Equatable, Sendable {
        /// No JSON of this form; the words say more, in English.
        case unreadable(String)
        /// Another form of file, or a later one.
        case otherSchema(String)
        /// The definition was changed by hand.
        case changedByHand
        /// Its figures were made in another way: the parts that differ.
        case otherDefinition([String])
        /// A figure is not in it, with its condition on cases.
        case missingFigure(String, condition: String?)
        /// A figure is in another unit.
        case otherUnit(String, baseline: String, log: String)
    }

    /// Reads a baseline.
    package init(parsing text: String) throws(Problem) {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let data = Data(text.utf8)
        struct Header: Decodable { var schema: String? }
        do {
            let header = try decoder.decode(Header.self, from: data)
            guard header.schema == Self.schema else { throw Problem.otherSchema(header.schema ?? "") }
            self = try decoder.decode(Self.self, from: data)
        } catch let problem as Problem {
            throw problem
        } catch DecodingError.keyNotFound(let key, _) {
            throw .unreadable("the key \(key.stringValue) is missing")
        } catch DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context) {
            throw .unreadable(context.codingPath.map(\.stringValue).joined(separator: ".") + " has another kind of value")
        } catch {
            throw .unreadable("it is no JSON of this form")
        }
        if definition.sha256 != definitionSha256 { throw .changedByHand }
    }

    /// Refuses a baseline that cannot be compared with figures made in another way, or that lacks one that is to be compared.
    package func check(_ definition: Definition, _ measured: [(check: GateCheck, measured: GateMeasurement)]) throws(Problem) {
        let differences = definition.differences(from: self.definition)
        if !differences.isEmpty { throw .otherDefinition(differences) }
        for (check, figure) in measured where check.maxRegression != nil {
            guard let known = self.figure(check) else { throw .missingFigure(check.name.text, condition: check.filter?.text) }
            if known.unit != figure.unit { throw .otherUnit(check.name.text, baseline: known.unit, log: figure.unit) }
        }
    }

    /// The figure that a check holds.
    package func figure(_ check: GateCheck) -> GateMeasurement? {
        kpis.first { $0.id == check.name && $0.where == check.filter?.text }?.measured
    }

    /// The file's text.
    package func text() throws -> String { try JSONText.encode(self) }

    /// To the digits that the file keeps.
    private static func rounded(_ value: Double) -> Double { Double(String(format: "%.9g", value)) ?? value }
}
