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
        var sources = try sources(of: files, options, monitor)
        var result = sources[0]
        result.builder = EventLogBuilder()
        result.byteCount = sources.reduce(0) { $0 + $1.byteCount }
        let isXESAlone = sources.allSatisfy { $0.format.kind == .xes }
        let columnNames = sources.map { $0.shape?.names ?? [] }
        let parts = zip(files, sources).map { (name: $0.name, builder: $1.builder) }
        sources = []
        result.builder = EventLogBuilder(joining: consume parts, widensNumbers: !isXESAlone)
        var read = result.finish(options, monitor)
        read.columnNames = columnNames
        return read
    }
}

extension LogReader {
    /// What each of the files holds.
    ///
    /// Tables with the same columns are understood alike: as the first of them that tells what its columns are and how times are written.
    /// An attribute that is of one type in one table and of another in the next is text in both.
    private static func sources(
        of files: [(url: URL, name: String)], _ options: ReadOptions, _ monitor: some WorkMonitor
    ) throws -> [ReadSource] {
        var options = options
        var sources = [ReadSource?](repeating: nil, count: files.count)
        func read(_ place: Int) throws -> ReadSource {
            let share = ShareMonitor(monitor, from: Double(place) / Double(files.count), to: Double(place + 1) / Double(files.count))
            return try source(contentsOf: files[place].url, named: files[place].name, options: options, monitor: share)
        }
        var isUntold: [Int] = []
        for place in files.indices {
            do {
                let source = try read(place)
                if let shape = source.shape { options.shapes.append(shape) }
                sources[place] = source
            } catch let error as InputError where error.cause.mayBeToldByAnother {
                isUntold.append(place)
            }
        }
        for place in isUntold { sources[place] = try read(place) }
        options.textColumns = conflictingAttributes(sources.compactMap(\.self))
        if options.textColumns.isEmpty { return sources.compactMap(\.self) }
        for place in files.indices {
            guard let source = sources[place], source.isTable else { continue }
            if source.builder.attributeTypes.contains(where: { $0.type != .string && options.textColumns.contains($0.name) }) {
                sources[place] = try read(place)
            }
        }
        return sources.compactMap(\.self)
    }

    /// The attributes that are of different types in different tables, numbers being of one type.
    private static func conflictingAttributes(_ sources: [ReadSource]) -> Set<String> {
        var types: [String: AttributeType] = [:]
        var conflicts: Set<String> = []
        for source in sources where source.isTable {
            for (name, type) in source.builder.attributeTypes {
                let type = type == .float ? .int : type
                if let known = types[name], known != type { conflicts.insert(name) }
                types[name] = type
            }
        }
        return conflicts
    }
}

extension ReadSource {
    /// Whether the file is a table whose columns have one type each.
    fileprivate var isTable: Bool { format.kind == .csv || format.kind == .xlsx }
}

extension InputProblem {
    /// Whether another table with the same columns may tell what this one leaves open.
    fileprivate var mayBeToldByAnother: Bool {
        switch self {
        case .noColumn, .ambiguousColumn, .ambiguousTimes: true
        default: false
        }
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
