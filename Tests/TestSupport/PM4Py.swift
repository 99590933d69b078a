package import Foundation

/// A Python with PM4Py, for tests that hold files against it: `PM4PY_PYTHON` names it; without it they are skipped.
package enum PM4Py {
    /// The program; nil where none is named.
    package static let python = ProcessInfo.processInfo.environment["PM4PY_PYTHON"].map { URL(filePath: $0) }

    /// Whether there is one: for `.enabled(if:)`.
    package static var isThere: Bool { python != nil }

    /// What a script prints behind the line `ANSWER`.
    ///
    /// - Parameter files: texts by file name; the script finds them in the folder that is its first argument.
    package static func answer(_ script: String, files: [String: String] = [:]) throws -> String {
        guard let python else { preconditionFailure("the test must be enabled only where PM4Py.isThere") }
        let folder = FileManager.default.temporaryDirectory.appending(path: "pm4py-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in files { try Data(text.utf8).write(to: folder.appending(path: name)) }
        let process = Process()
        let output = Pipe()
        process.executableURL = python
        process.arguments = ["-c", "import sys, pm4py\nfolder = sys.argv[1]\nprint('ANSWER')\n" + script, folder.path]
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return text.components(separatedBy: "ANSWER\n").last ?? ""
    }
}
