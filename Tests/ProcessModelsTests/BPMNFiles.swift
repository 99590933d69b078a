import Foundation
import TestSupport

/// The BPMN files of others in the shared data: of the OMG's interchange group, of PM4Py, of simulators.
enum BPMNFiles {
    static let all: [URL] = {
        guard SharedData.isThere else { return [] }
        let folders = [
            "bpmn-miwg", "pm4py", "pm4py/more_models", "simulation", "simulation/and_example", "simulation/optimos-purchasing",
            "purchasing-example", "p2p-synthetic", "production",
        ]
        return folders.flatMap { folder -> [URL] in
            let found = try? FileManager.default.contentsOfDirectory(at: SharedData.file(folder), includingPropertiesForKeys: nil)
            return (found ?? []).filter { $0.pathExtension == "bpmn" }.sorted { $0.path < $1.path }
        }
    }()

    /// Runs Python code with arguments; what it prints.
    static func python(_ variable: String, _ code: String, _ arguments: [String]) throws -> String {
        let process = Process()
        let output = Pipe()
        let errors = Pipe()
        process.executableURL = URL(filePath: ProcessInfo.processInfo.environment[variable] ?? "")
        process.arguments = ["-W", "ignore", "-c", code] + arguments
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        let complaints = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return process.terminationStatus == 0 ? text : text + complaints
    }

    /// Writes texts as files into a folder that is gone when `body` has ended.
    static func withFiles<Result>(_ texts: [(name: String, text: String)], _ body: (URL) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "bpmn-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in texts { try Data(text.utf8).write(to: folder.appending(path: name)) }
        return try body(folder)
    }
}
