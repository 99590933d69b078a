/// The form that scenarios have: `{"distribution_name": …, "distribution_params": [{"value": …}, …]}` in seconds, with the names and the
/// order of parameters of Prosimos; a histogram has `histogram_data`, and our own name `empirical` has `sample`.
extension Distribution: Codable {
    private enum CodingKeys: String, CodingKey {
        case name = "distribution_name"
        case parameters = "distribution_params"
        case histogram = "histogram_data"
        case sample
    }

    private struct Parameter: Codable {
        var value: LooseNumber
    }

    private struct Histogram: Codable {
        var cdf: [LooseNumber]
        var midpoints: [LooseNumber]

        enum CodingKeys: String, CodingKey {
            case cdf
            case midpoints = "bin_midpoints"
        }
    }

    /// What stands for "no upper limit" in a scenario.
    private static let unlimited = 1e12

    /// Reads a distribution; numbers may stand as texts.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let name = try container.decode(String.self, forKey: .name)
        let parameters: [Double]
        if let wrapped = try? container.decode([Parameter].self, forKey: .parameters) {
            parameters = wrapped.map(\.value.number)
        } else {
            parameters = try container.decodeIfPresent([LooseNumber].self, forKey: .parameters)?.map(\.number) ?? []
        }
        let histogram = try container.decodeIfPresent(Histogram.self, forKey: .histogram)
        let sample = try container.decodeIfPresent([LooseNumber].self, forKey: .sample)?.map(\.number)
        guard let made = Self.made(name, parameters, histogram, sample), made.isValid else {
            throw DecodingError.dataCorruptedError(
                forKey: .parameters, in: container, debugDescription: "“\(name)” with \(parameters.count) parameters is no distribution")
        }
        self = made
    }

    /// The distribution of a name and parameters in the order of Prosimos; nil for other names or too few parameters.
    package init?(name: String, parameters: [Double], cumulated: [Double] = [], midpoints: [Double] = []) {
        let histogram = Histogram(cdf: cumulated.map { LooseNumber($0) }, midpoints: midpoints.map { LooseNumber($0) })
        guard let made = Self.made(name, parameters, histogram, nil) else { return nil }
        self = made
    }

    /// The name in scenarios.
    package var name: String {
        switch self {
        case .fixed: "fix"
        case .exponential: "expon"
        case .uniform: "uniform"
        case .normal: "norm"
        case .logNormal: "lognorm"
        case .gamma: "gamma"
        case .triangular: "triang"
        case .histogram: "histogram_sampling"
        case .empirical: "empirical"
        }
    }

    /// The parameters in the order of Prosimos; none for a histogram and for a sample.
    package var parameters: [Double] {
        let limit: (Double) -> Double = { $0.isFinite ? $0 : Self.unlimited }
        let floor: (Double) -> Double = { $0.isFinite ? $0 : 0 }
        return switch self {
        case .fixed(let value): [value]
        case .exponential(let mean, let lower, let upper): [mean, lower, limit(upper)]
        case .uniform(let lower, let upper): [lower, upper]
        case .normal(let mean, let deviation, let lower, let upper): [mean, deviation, floor(lower), limit(upper)]
        case .logNormal(let mean, let variance, let lower, let upper): [mean, variance, floor(lower), limit(upper)]
        case .gamma(let mean, let variance, let lower, let upper): [mean, variance, floor(lower), limit(upper)]
        case .triangular(let lower, let mode, let upper): [lower, mode, upper]
        case .histogram, .empirical: []
        }
    }

    private static func made(_ name: String, _ p: [Double], _ histogram: Histogram?, _ sample: [Double]?) -> Distribution? {
        let lower: (Int) -> Double = { p.count > $0 ? p[$0] : 0 }
        let upper: (Int) -> Double = { p.count > $0 && p[$0] < unlimited ? p[$0] : .infinity }
        switch name.lowercased() {
        case "fix", "fixed": return p.isEmpty ? nil : .fixed(p[0])
        case "expon", "exponential": return p.isEmpty ? nil : .exponential(mean: p[0], lower: lower(1), upper: upper(2))
        case "uniform": return p.count < 2 ? nil : .uniform(lower: min(p[0], p[1]), upper: max(p[0], p[1]))
        case "norm", "normal": return p.count < 2 ? nil : .normal(mean: p[0], deviation: p[1], lower: lower(2), upper: upper(3))
        case "lognorm", "log_normal", "lognormal":
            return p.count < 2 ? nil : .logNormal(mean: p[0], variance: p[1], lower: lower(2), upper: upper(3))
        case "gamma": return p.count < 2 ? nil : .gamma(mean: p[0], variance: p[1], lower: lower(2), upper: upper(3))
        case "triang", "triangular": return p.count < 3 ? nil : .triangular(lower: p[0], mode: p[1], upper: p[2])
        case "histogram_sampling":
            return histogram.map { .histogram(cumulated: $0.cdf.map(\.number), values: $0.midpoints.map(\.number)) }
        case "empirical": return sample.map { .empirical($0) }
        default: return nil
        }
    }

    /// Writes the distribution.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        switch self {
        case .histogram(let cumulated, let values):
            let data = Histogram(cdf: cumulated.map { LooseNumber($0) }, midpoints: values.map { LooseNumber($0) })
            try container.encode(data, forKey: .histogram)
        case .empirical(let sample): try container.encode(sample, forKey: .sample)
        default: try container.encode(parameters.map { Parameter(value: LooseNumber($0)) }, forKey: .parameters)
        }
    }
}

/// A number that may stand as a text.
struct LooseNumber: Codable, Equatable {
    var number: Double

    init(_ number: Double) {
        self.number = number
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Double.self) {
            self.number = number
            return
        }
        let text = try container.decode(String.self)
        guard let number = Double(text), number.isFinite else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "“\(text)” is no number")
        }
        self.number = number
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(number)
    }
}
