import Foundation
import TestSupport
import Testing

/// The notebook in the folder `notebooks-exports` is what the command beside it makes.
@Suite struct NotebookExportTests {
    private static let folder = SharedData.checkout.appending(path: "notebooks-exports")
    private static let name = "p2p-before-after.ipynb"

    /// The version of Graphviz that is installed, if any.
    private static func graphvizVersion() -> String? {
        let process = Process()
        let errors = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["dot", "-V"]
        process.standardError = errors
        guard (try? process.run()) != nil else { return nil }
        let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return text.firstMatch(of: /version ([0-9.]+)/).map { String($0.output.1) }
    }

    /// The cells as id and text.
    private static func cells(_ notebook: Data) throws -> [(id: String, text: String)] {
        let json = try #require(try JSONSerialization.jsonObject(with: notebook) as? [String: Any])
        return try #require(json["cells"] as? [[String: Any]]).map { cell in
            (try #require(cell["id"] as? String), try #require(cell["source"] as? [String]).joined())
        }
    }

    @Test func notebookIsRegeneratedByteForByte() throws {
        let readme = try String(contentsOf: Self.folder.appending(path: "README.md"), encoding: .utf8)
        let line = try #require(readme.split(separator: "\n").first { $0.hasPrefix("weir report ") })
        #expect(line.hasSuffix(" -o notebooks-exports/\(Self.name)"))
        let scratch = try Folder()
        let arguments = line.split(separator: " ").dropFirst().map { word in
            if word.hasPrefix("datasets/") { return SharedData.checkout.appending(path: String(word)).path }
            return word.hasPrefix("notebooks-exports/") ? scratch.path(Self.name) : String(word)
        }
        _ = try Command.output(arguments)
        let committed = try Data(contentsOf: Self.folder.appending(path: Self.name))
        #expect(committed.count < 2_500_000)
        let made = try Data(contentsOf: scratch.url.appending(path: Self.name))
        if let version = Self.graphvizVersion(), readme.contains("Graphviz \(version):") {
            // Not compared in the expectation itself: it would print both files.
            let isSame = made == committed
            #expect(isSame, "the file differs from what the command makes: \(line)")
            return
        }
        // Another Graphviz, or none, lays the maps out otherwise: all cells but theirs are the same.
        let (old, new) = (try Self.cells(committed), try Self.cells(made))
        #expect(old.map(\.id) == new.map(\.id))
        for (old, new) in zip(old, new) where old.id != "section-process" {
            let isSame = old.text == new.text
            #expect(isSame, "the cell \(old.id) differs from what the command makes: \(line)")
        }
    }
}
