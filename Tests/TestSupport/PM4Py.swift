package import Foundation

/// A Python with PM4Py, for tests that hold files against it: `PM4PY_PYTHON` names it; without it they are skipped.
package enum PM4Py {
    /// The program; nil where none is named.
    package static let python = ProcessInfo.processInfo.environment["PM4PY_PYTHON"].map { URL(filePath: $0) }

    /// Whether there is one: for `.enabled(if:)`.
    package static var isThere: Bool { python != nil }

    /// What a script prints behind the line `ANSWER`.
    ///
    /// - Parameters:
    ///   - files: texts by file name; the script finds them in the `folder`.
    ///   - path: a file that the script knows as `path`.
    package static func answer(_ script: String, files: [String: String] = [:], about path: String = "") throws -> String {
        guard let python else { preconditionFailure("the test must be enabled only where PM4Py.isThere") }
        let folder = FileManager.default.temporaryDirectory.appending(path: "pm4py-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in files { try Data(text.utf8).write(to: folder.appending(path: name)) }
        let process = Process()
        let output = Pipe()
        process.executableURL = python
        process.arguments = [
            "-W", "ignore", "-c", "import sys, pm4py\nfolder, path = sys.argv[1:3]\nprint('ANSWER')\n" + script, folder.path, path,
        ]
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return text.components(separatedBy: "ANSWER\n").last ?? ""
    }

    /// The rows that a script tells of a file with `row(…)`: texts, none of which holds a tab or a line break.
    package static func rows(_ script: String, about path: String) throws -> [[String]] {
        let told = try answer("def row(*cells): print('\\t'.join(['ROW', *map(str, cells)]))\n" + script, about: path)
        return told.split(separator: "\n").filter { $0.hasPrefix("ROW\t") }
            .map { $0.split(separator: "\t", omittingEmptySubsequences: false).dropFirst().map(String.init) }
    }
}
