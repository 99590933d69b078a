import Foundation

/// Finds out which optional programs are there.
package enum Doctor {
    /// What a program is needed for.
    package enum Purpose: String, Codable, Sendable {
        /// The layout of process maps.
        case processMaps = "process_maps"
    }

    /// An optional program.
    package struct Program: Codable, Sendable, Equatable {
        /// Its name.
        package var name: String
        /// Whether it was found and runs.
        package var found: Bool
        /// Its version as it says itself, or `nil` where it is missing.
        package var version: String?
        /// What it is needed for.
        package var purpose: Purpose
        /// The Debian package that brings it.
        package var package: String
    }

    /// What was found.
    package struct Diagnosis: Codable, Sendable, Equatable {
        /// The version of this tool.
        package var version: String
        /// The optional programs.
        package var programs: [Program]
    }

    /// Looks for the optional programs.
    ///
    /// - Parameter searchPath: the folders to look in.
    package static func examine(searchPath: [String]) -> Diagnosis {
        let version = programVersion("dot", arguments: ["-V"], searchPath: searchPath)
        return Diagnosis(
            version: ToolVersion.current,
            programs: [
                Program(name: "Graphviz", found: version != nil, version: version, purpose: .processMaps, package: "graphviz")
            ])
    }

    /// Whether a program is in one of the folders.
    package static func isThere(_ name: String, searchPath: [String]) -> Bool {
        find(name, searchPath: searchPath) != nil
    }

    private static func find(_ name: String, searchPath: [String]) -> URL? {
        let candidates = searchPath.map { URL(filePath: $0).appending(path: name) }
        return candidates.first { FileManager.default.isExecutableFile(atPath: $0.path) }
    }

    /// The version that a program prints on either output: the first word that begins with a digit.
    private static func programVersion(_ name: String, arguments: [String], searchPath: [String]) -> String? {
        guard let file = find(name, searchPath: searchPath) else { return nil }
        let process = Process()
        process.executableURL = file
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        process.standardInput = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return nil }
        let deadline = DispatchTime.now() + .seconds(10)
        let watch = DispatchWorkItem { process.terminate() }
        DispatchQueue.global().asyncAfter(deadline: deadline, execute: watch)
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        watch.cancel()
        guard process.terminationStatus == 0 else { return nil }
        return text.split(whereSeparator: \.isWhitespace).first { $0.first?.isNumber == true }.map(String.init) ?? ""
    }
}
