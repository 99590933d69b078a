import Foundation

/// The `dot` program of Graphviz, run as a process of its own that never outlives its time.
package struct Graphviz: Sendable, Equatable {
    /// Why there is no layout.
    package enum Failure: Error, Equatable, Sendable {
        /// The program is not installed: the caller shows tables instead and says what to install.
        case missing(executable: String)
        /// The layout took longer than allowed and was stopped: fewer paths help.
        case timedOut(seconds: Double)
        /// The program ended with an error or an answer that cannot be read.
        case failed(status: Int32, message: String)
    }

    /// The program: a name to be found on the search path, or a path with a `/`.
    package var executable: String
    /// How long a layout may take, in seconds.
    package var timeLimit: Double

    /// A way to run Graphviz.
    package init(executable: String = "dot", timeLimit: Double = 20) {
        self.executable = executable
        self.timeLimit = timeLimit
    }

    /// What `dot` answers to a graph in the DOT language, in one of its output formats.
    func run(_ graph: String, format: String) throws(Failure) -> Data {
        if executable.contains("/") && !FileManager.default.isExecutableFile(atPath: executable) {
            throw .missing(executable: executable)
        }
        // The graph comes from an unlinked file, not a pipe: nobody has to write while somebody reads, and a program that
        // ends early breaks nothing.
        let input = try Self.inputFile(graph)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["LC_ALL=C", executable, "-T" + format]
        let output = Pipe()
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        do { try process.run() } catch { throw .missing(executable: executable) }
        try? output.fileHandleForWriting.close()
        let deadline = DispatchTime.now() + timeLimit
        guard let answer = Self.read(output.fileHandleForReading.fileDescriptor, until: deadline) else {
            // Not waited for: what it started itself may live on and would be waited for as well.
            kill(process.processIdentifier, SIGKILL)
            throw .timedOut(seconds: timeLimit)
        }
        while process.isRunning {
            if DispatchTime.now() > deadline {
                kill(process.processIdentifier, SIGKILL)
                throw .timedOut(seconds: timeLimit)
            }
            usleep(500)
        }
        // 127 is what env answers where there is no such program.
        if process.terminationStatus == 127 && answer.isEmpty { throw .missing(executable: executable) }
        guard process.terminationReason == .exit, process.terminationStatus == 0 else {
            throw .failed(status: process.terminationStatus, message: "\(executable) ended with status \(process.terminationStatus)")
        }
        return answer
    }

    private static func inputFile(_ graph: String) throws(Failure) -> FileHandle {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("weir-\(UUID().uuidString).dot")
        do {
            try Data(graph.utf8).write(to: url)
            let handle = try FileHandle(forReadingFrom: url)
            try FileManager.default.removeItem(at: url)
            return handle
        } catch {
            throw .failed(status: 0, message: "\(url.path): \(error.localizedDescription)")
        }
    }

    /// All bytes up to the end of a stream, or nil where it has not ended at the deadline.
    private static func read(_ descriptor: Int32, until deadline: DispatchTime) -> Data? {
        var result = Data()
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let now = DispatchTime.now()
            guard now < deadline else { return nil }
            let left = min((deadline.uptimeNanoseconds - now.uptimeNanoseconds) / 1_000_000 + 1, 1_000)
            var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let ready = poll(&request, 1, Int32(left))
            if ready < 0 && errno != EINTR { return result }
            if ready <= 0 { continue }
            let count = buffer.withUnsafeMutableBytes { Foundation.read(descriptor, $0.baseAddress, $0.count) }
            if count == 0 { return result }
            if count < 0 {
                if errno == EINTR { continue }
                return result
            }
            result.append(contentsOf: buffer[..<count])
        }
    }
}
