import Foundation
import TestSupport
import Testing

/// What PM4Py answers for one of the real logs: the parts that are compared.
struct OracleAnswer: Decodable, CustomTestStringConvertible {
    struct Activity: Decodable {
        var name: String
        var count: Int
        var starts: Int
        var ends: Int
    }

    struct Edge: Decodable {
        var source: String
        var target: String
        var count: Int
        var meanS: Double?
        var medianS: Double?
    }

    struct Graph: Decodable {
        var activities: [Activity]
        var edges: [Edge]
    }

    struct Variant: Decodable {
        var activities: [String]
        var count: Int
    }

    struct Variants: Decodable {
        var total: Int
        var top: [Variant]
    }

    struct CycleTime: Decodable {
        var n: Int
        var meanS: Double
        var medianS: Double
        var minS: Double
        var maxS: Double
    }

    /// The log's file name.
    var log: String
    var cases: Int
    var events: Int
    /// How many there are.
    var activities: Int
    /// Whether the log has no times, so that only the recorded order counts.
    var untimed: Bool?
    var dfg: Graph
    var variants: Variants
    var cycleTime: CycleTime?
    /// Per activity: cases that repeat it; absent where PM4Py was not asked.
    var reworkCases: [String: Int]?

    private enum CodingKeys: String, CodingKey {
        case log, cases, events, activities, untimed, dfg, variants
        case cycleTime = "cycle_time"
        case reworkCases = "rework_cases"
    }

    var testDescription: String { log }

    /// All answers, by file name; empty where the shared data is absent.
    static let all: [OracleAnswer] = {
        guard let folder = SharedData.answers else { return [] }
        let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
        return files.filter { $0.pathExtension == "json" }.sorted { $0.path < $1.path }.compactMap { file in
            do {
                return try JSONDecoder().decode(OracleAnswer.self, from: Data(contentsOf: file))
            } catch {
                preconditionFailure("\(file.lastPathComponent): \(error)")
            }
        }
    }()

    /// The log that was asked about, found by its name among the real logs.
    var file: URL? {
        guard let folder = SharedData.folder, let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        else { return nil }
        return files.lazy.compactMap { $0 as? URL }.first { $0.lastPathComponent == log }
    }
}

extension OracleAnswer.Edge {
    private enum CodingKeys: String, CodingKey {
        case source, target, count
        case meanS = "mean_s"
        case medianS = "median_s"
    }
}

extension OracleAnswer.CycleTime {
    private enum CodingKeys: String, CodingKey {
        case n
        case meanS = "mean_s"
        case medianS = "median_s"
        case minS = "min_s"
        case maxS = "max_s"
    }
}
