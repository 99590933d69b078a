import Foundation

/// The built command in a process of its own, with bounded memory and time.
enum BoundedCommand {
    /// How it ended.
    struct End: Equatable {
        var reason: Process.TerminationReason
        var status: Int32
    }

    static let environment = ProcessInfo.processInfo.environment
    /// How many damaged files are tried, and which.
    static let runs = environment["WEIR_FUZZ_RUNS"].flatMap { Int($0) } ?? 240
    static let seed = environment["WEIR_FUZZ_SEED"].flatMap { UInt64($0) } ?? 1
    /// Kilobytes of address space and seconds of CPU that one file may take.
    private static let memory = 1_572_864
    private static let seconds = 20

    private static let program: URL = {
        let tests = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        let folders = [tests.deletingLastPathComponent(), URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()]
        let candidates = folders.map { $0.appending(path: "weir") }
        return candidates.first { FileManager.default.isExecutableFile(atPath: $0.path) } ?? candidates[0]
    }()

    /// Runs it and forgets what it says.
    static func run(_ arguments: [String]) throws -> End {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments =
            ["-c", "ulimit -v \(memory); ulimit -t \(seconds); ulimit -c 0; exec \"$0\" \"$@\"", program.path] + arguments
            + ["--format", "json", "--quiet"]
        process.environment = ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1"]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return End(reason: process.terminationReason, status: process.terminationStatus)
    }

    /// A folder that is gone when `body` has ended.
    static func withFolder(_ name: String, _ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "\(name)-\(ProcessInfo.processInfo.processIdentifier)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder)
    }
}
