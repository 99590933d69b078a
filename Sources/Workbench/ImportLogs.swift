import Database
package import EventLogs
package import Foundation
import Instants
package import LogFormats
import Workspaces

/// Reads files into a log of a workspace: once, whole or not at all, and only what is new.
package struct ImportLogs {
    /// What is to be imported.
    package struct Request {
        /// The files, in the order in which they are read.
        package var files: [URL]
        /// The workspace; it is made where it does not exist.
        package var workspace: URL
        /// The log's name; `nil` for the first file's without its endings.
        package var log: String?
        /// How the files are read.
        package var reading: ReadOptions
        /// Whether a mapping that was given for files of the same columns is used again.
        package var recallsMappings: Bool

        /// A request with these parts.
        package init(files: [URL], workspace: URL, log: String?, reading: ReadOptions, recallsMappings: Bool) {
            self.files = files
            self.workspace = workspace
            self.log = log
            self.reading = reading
            self.recallsMappings = recallsMappings
        }
    }

    /// What came of it.
    package struct Result: Encodable, Sendable, Equatable {
        /// One file.
        package struct File: Encodable, Sendable, Equatable {
            /// The file's own name.
            package var file: String
            /// The SHA-256 of its bytes.
            package var sha256: String
            /// Whether the log held this very file already, so that it was not read again.
            package var isKnown: Bool
            /// How many events it has; `nil` where it was not read.
            package var eventsRead: Int?
            /// How many events were new.
            package var eventsAdded: Int
            /// How many cases were new.
            package var casesAdded: Int
            /// How many known cases had an attribute changed.
            package var casesChanged: Int
            /// The file for which the column mapping was given that was used again; `nil` where none was.
            package var mappingFrom: String?
        }

        /// The workspace's own name.
        package var workspace: String
        /// The log's name.
        package var log: String
        /// Whether the log was made.
        package var isNew: Bool
        /// The files in their order.
        package var files: [File]
        /// How many cases the log has now.
        package var cases: Int
        /// How many events the log has now.
        package var events: Int
    }

    private let request: Request
    private var name: String { request.workspace.lastPathComponent }

    /// An import.
    package init(_ request: Request) { self.request = request }

    /// The log's name that a file's name gives: without folders, `.gz` and the ending before it.
    package static func logName(of file: URL) -> String {
        var name = file.lastPathComponent
        if name.lowercased().hasSuffix(".gz") { name.removeLast(3) }
        if let dot = name.lastIndex(of: "."), dot != name.startIndex { name = String(name[..<dot]) }
        return name
    }

    /// Reads the files and adds what is new of them, in one step.
    ///
    /// - Throws: `InputError` where a file cannot be read, ``WorkspaceFailure`` where the workspace cannot take it, and what the monitor
    ///   throws. The workspace is unchanged then.
    package func run(monitor: some WorkMonitor) throws -> Result {
        let log = request.log ?? Self.logName(of: request.files[0])
        guard !log.isEmpty, log.count <= 200, !log.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else {
            throw WorkspaceFailure(file: name, .logName(log))
        }
        // What is certainly refused is refused before the workspace is made.
        var digests: [String] = []
        for file in request.files {
            let own = file.lastPathComponent
            if WorkspaceLog.isWorkspace(file) { throw WorkspaceFailure(file: own, .importOfWorkspace) }
            guard FileManager.default.fileExists(atPath: file.path) else { throw InputError(file: own, .noSuchFile) }
            let digest = try Self.digest(of: file, monitor)
            if digests.contains(digest) { throw WorkspaceFailure(file: own, .repeatedFile(own)) }
            digests.append(digest)
        }
        let known = try WorkspaceFailure.naming(name) { try existing() }
        var files: [Result.File] = []
        var unknown: [(url: URL, name: String)] = []
        for (file, digest) in zip(request.files, digests) {
            let own = file.lastPathComponent
            let before = try WorkspaceFailure.naming(name) { try known?.imports(ofFile: digest, in: log) ?? [] }
            if let before = before.first { try check(before, own, log) } else { unknown.append((file, own)) }
            files.append(
                Result.File(
                    file: own, sha256: digest, isKnown: !before.isEmpty, eventsAdded: 0, casesAdded: 0, casesChanged: 0))
        }
        if unknown.isEmpty, let entry = try WorkspaceFailure.naming(name, { try known?.entries().first { $0.name == log } }) {
            return Result(workspace: name, log: log, isNew: false, files: files, cases: entry.cases, events: entry.events)
        }
        let extract = try read(unknown, &files, known, monitor)
        monitor.progress(.writing, fraction: 0, events: 0)
        let outcome = try WorkspaceFailure.naming(name) {
            try Workspace(path: request.workspace.path, access: .creating).add(extract, to: log, monitor: monitor)
        }
        var imports = outcome.imports[...]
        for place in files.indices where !files[place].isKnown {
            guard let item = imports.popFirst() else { break }
            files[place].eventsRead = item.eventsRead
            files[place].eventsAdded = item.eventsAdded
            files[place].casesAdded = item.casesAdded
            files[place].casesChanged = item.casesChanged
        }
        return Result(workspace: name, log: log, isNew: outcome.isNew, files: files, cases: outcome.cases, events: outcome.events)
    }

    /// The workspace as it is, or `nil` where there is none yet.
    private func existing() throws -> Workspace? {
        let attributes = try? FileManager.default.attributesOfItem(atPath: request.workspace.path)
        guard let attributes, (attributes[.size] as? Int ?? 0) > 0 else { return nil }
        do {
            return try Workspace(path: request.workspace.path, access: .reading)
        } catch DatabaseProblem.foreign(applicationID: 0, tables: []) {
            // A file that was begun and never got its first table.
            return nil
        }
    }

    /// A file that is part of the log is known however it is called, but not if it was read otherwise.
    private func check(_ before: Workspace.Import, _ file: String, _ log: String) throws {
        let now = parameters(request.reading)
        if request.reading.isPlain || before.file.parameters == now { return }
        throw WorkspaceFailure(
            file: name, .workspace(.readOtherwise(file: file, log: log, then: before.file.parameters, now: now)))
    }

    /// What the files hold together, read as the request says or, where it gives no mapping, as was said of files with the same columns.
    private func read(
        _ unknown: [(url: URL, name: String)], _ files: inout [Result.File], _ known: Workspace?, _ monitor: some WorkMonitor
    ) throws -> Workspace.Extract {
        var options = request.reading
        let recalls = request.recallsMappings && options.mapping == nil
        if recalls, let known {
            options.recalledMapping = { columns in
                guard let mapping = try? known.mapping(forShape: Self.shape(columns)) else { return nil }
                return try? ColumnMapping(yaml: mapping.text, fileName: mapping.file)
            }
        }
        let read = try LogReader.read(files: unknown, options: options, monitor: monitor)
        var own: [Workspace.File] = []
        var mappings: [Int: (shape: String, text: String)] = [:]
        var places = files.indices.filter { !files[$0].isKnown }[...]
        for (place, columns) in read.columnNames.enumerated() {
            guard let file = places.popFirst() else { break }
            let shape = Self.shape(columns)
            var recalled: (text: String, file: String)?
            if recalls && !columns.isEmpty {
                recalled = try WorkspaceFailure.naming(name) { try known?.mapping(forShape: shape) }
            }
            files[file].mappingFrom = recalled?.file
            if let given = options.mapping, !columns.isEmpty { mappings[place] = (shape, given.yaml) }
            own.append(
                Workspace.File(
                    name: files[file].file, sha256: files[file].sha256, parameters: parameters(options, recalled: recalled?.text),
                    version: ToolVersion.current))
        }
        return Workspace.Extract(
            log: read.log, files: own, tellsLevels: read.columnNames.allSatisfy(\.isEmpty), mappings: mappings)
    }

    private static func digest(of file: URL, _ monitor: some WorkMonitor) throws -> String {
        do {
            return try InputDigest.ofFile(file, keepGoing: monitor.checkCancellation)
        } catch let error as CocoaError {
            let isDenied = error.code == .fileReadNoPermission
            throw InputError(file: file.lastPathComponent, isDenied ? .notPermitted : .unreadable(reason: error.localizedDescription))
        }
    }

    /// What tells files of one shape: the names of their columns.
    private static func shape(_ columns: [String]) -> String {
        String(decoding: (try? JSONEncoder().encode(columns)) ?? Data(), as: UTF8.self)
    }

    /// The options that decide what is read, as JSON.
    private func parameters(_ options: ReadOptions, recalled: String? = nil) -> String {
        var all: [String: String] = [:]
        all["mapping"] = options.mapping?.yaml ?? recalled
        all["encoding"] = options.encoding
        all["delimiter"] = options.delimiter.map { String(UnicodeScalar($0)) }
        all["sheet"] = options.sheet
        all["timezone"] = options.zone?.name
        all["classifier"] = options.classifier
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: (try? encoder.encode(all)) ?? Data(), as: UTF8.self)
    }
}

extension ReadOptions {
    /// Whether nothing was said about how to read.
    fileprivate var isPlain: Bool {
        mapping == nil && encoding == nil && delimiter == nil && sheet == nil && zone == nil && classifier == nil
    }
}
