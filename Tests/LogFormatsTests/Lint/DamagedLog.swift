import EventLogs
import Foundation
import Instants
import LogFormats
import Statistics
import SyntheticLogs

/// A clean synthetic log as rows of text, into which faults are planted whose number is known.
struct DamagedLog {
    /// The columns of the generator's CSV.
    enum Column: Int {
        case id, activity, start, end, resource, role, department, amount, vendor, plant, materialGroup
    }

    var header: String
    var rows: [[String]]
    var zone: TimeZoneChoice?
    private(set) var random: RandomStream

    /// The rows of a log of that variant and seed.
    init(variant: String, cases: Int, seed: UInt64) throws {
        let log = try SyntheticLog.generate(name: "p2p", variant: variant, cases: cases, seed: seed)
        let lines = String(decoding: log.csv(), as: UTF8.self).split(separator: "\n").map(String.init)
        header = lines[0]
        rows = lines.dropFirst().map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
        random = RandomStream(seed: seed, path: 77)
    }

    /// The text of a cell.
    subscript(_ row: Int, _ column: Column) -> String {
        get { rows[row][column.rawValue] }
        set { rows[row][column.rawValue] = newValue }
    }

    /// The rows of each case, in the order of the file.
    var cases: [Range<Int>] {
        var ranges: [Range<Int>] = []
        var first = 0
        for row in rows.indices where row + 1 == rows.count || self[row + 1, .id] != self[first, .id] {
            ranges.append(first..<(row + 1))
            first = row + 1
        }
        return ranges
    }

    /// So many different rows that satisfy a condition, at random, ascending.
    mutating func pick(_ count: Int, where isFit: (Int) -> Bool = { _ in true }) -> [Int] {
        var fit = rows.indices.filter(isFit)
        var picked: [Int] = []
        while picked.count < count && !fit.isEmpty { picked.append(fit.remove(at: random.index(below: fit.count))) }
        return picked.sorted()
    }

    /// So many different cases of at least three rows, at random, in the order of the file.
    mutating func pickCases(_ count: Int) -> [Range<Int>] {
        var fit = cases.filter { $0.count >= 3 }
        var picked: [Range<Int>] = []
        while picked.count < count && !fit.isEmpty { picked.append(fit.remove(at: random.index(below: fit.count))) }
        return picked.sorted { $0.lowerBound < $1.lowerBound }
    }

    /// The file's text.
    var csv: String { header + "\n" + rows.map { $0.joined(separator: ",") + "\n" }.joined() }

    /// The log that the reader makes of the rows.
    func read() throws -> EventLog { try Self.read(csv, zone: zone) }

    /// The log that the reader makes of a text.
    static func read(_ text: String, zone: TimeZoneChoice? = nil) throws -> EventLog {
        let bytes = Array(text.utf8)
        return try bytes.withUnsafeBytes {
            try LogReader.read(bytes: $0, named: "log.csv", options: ReadOptions(zone: zone), monitor: SilentMonitor()).log
        }
    }

    /// All findings about the log.
    func findings(_ options: LogLint.Options = LogLint.Options()) throws -> [LogFinding] {
        let log = try read()
        return log.findings + LogLint(log, options: options).findings()
    }

    /// How often each rule applies.
    func counts() throws -> [LogFinding.Rule: Int] {
        var counts: [LogFinding.Rule: Int] = [:]
        for finding in try findings() { counts[finding.rule, default: 0] += finding.count }
        return counts
    }
}
