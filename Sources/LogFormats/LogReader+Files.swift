package import EventLogs
package import Foundation

extension LogReader {
    /// The log that several files hold together, as far as need be in different formats.
    ///
    /// The same case in two files is one case; cases keep the order in which they are first named. Columns are united by their role and by
    /// their name. Events that several files hold, equal in all columns, count once, with a finding; findings name the file beside the line.
    ///
    /// - Parameters:
    ///   - files: the files in their order, and what each is called in errors and findings; not empty.
    ///   - monitor: learns how far reading is and can stop it.
    /// - Returns: the log; what was found out about the files is that of the first, `byteCount` is the sum.
    /// - Throws: ``InputError``, which names the file; whatever `monitor` throws.
    package static func read(
        files: [(url: URL, name: String)], options: ReadOptions, monitor: some WorkMonitor
    ) throws -> ReadLog {
        precondition(!files.isEmpty, "a log comes from a file")
        if files.count == 1 { return try read(contentsOf: files[0].url, named: files[0].name, options: options, monitor: monitor) }
        var sources: [ReadSource] = []
        for (place, file) in files.enumerated() {
            let share = ShareMonitor(monitor, from: Double(place) / Double(files.count), to: Double(place + 1) / Double(files.count))
            sources.append(try source(contentsOf: file.url, named: file.name, options: options, monitor: share))
        }
        var result = sources[0]
        result.byteCount = sources.reduce(0) { $0 + $1.byteCount }
        let isXESAlone = sources.allSatisfy { $0.format.kind == .xes }
        let parts = zip(files, sources).map { (name: $0.name, builder: $1.builder) }
        sources = []
        result.builder = EventLogBuilder(joining: parts, widensNumbers: !isXESAlone)
        return result.finish(options, monitor)
    }
}

/// A monitor of a part of a longer reading.
private struct ShareMonitor<Base: WorkMonitor>: WorkMonitor {
    private let base: Base
    private let from: Double
    private let to: Double

    init(_ base: Base, from: Double, to: Double) {
        self.base = base
        self.from = from
        self.to = to
    }

    func progress(_ phase: WorkPhase, fraction: Double?, events: Int) {
        base.progress(phase, fraction: fraction.map { from + (to - from) * $0 }, events: events)
    }

    func checkCancellation() throws { try base.checkCancellation() }
}
