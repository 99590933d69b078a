import Foundation
import Logging
import Reports
import Workbench

/// What a verb runs with: how to speak, where to write, and how to learn that it should stop.
struct Session {
    /// The language of everything said.
    var language: Language
    /// Whether standard output takes colour.
    var isColoured: Bool
    /// How many columns text may have.
    var width: Int
    /// Shows progress and passes on the wish to stop.
    var monitor: ProgressLine
    /// The user's wish to stop.
    var interruption: Interruption
    /// What the tool says about itself; silent unless asked for.
    var logger: Logger
    /// Whether notes beside the result are unwanted.
    var isQuiet: Bool
    /// The words of the command line behind the tool's name.
    var arguments: [String]
    /// The folders in which programs are looked for.
    var searchPath: [String]
    /// How many threads may work at once.
    var threads: Int

    /// The command line as it was typed, with more words behind it; for what to do next.
    func command(adding words: String) -> String {
        (["weir"] + arguments.map(shellWord)).joined(separator: " ") + " " + words
    }

    /// Says something beside the result, on standard error.
    func note(_ english: String, _ chinese: String) {
        if isQuiet { return }
        monitor.end()
        standardError("weir: " + language(english, chinese))
    }
}

/// Writes a line to standard error; control characters in it cannot act.
func standardError(_ line: String) {
    var text = InertText.line(line) + "\n"
    text.withUTF8 { bytes in _ = try? writeAll(UnsafeRawBufferPointer(bytes), to: STDERR_FILENO) }
}

/// Writes text to standard output.
func standardOutput(_ text: String) throws {
    var text = text
    try text.withUTF8 { bytes in try standardOutput(UnsafeRawBufferPointer(bytes)) }
}

/// Writes bytes to standard output.
///
/// - Throws: `CancellationError`-free ends: ``WriteError/brokenPipe`` where the reader has gone, else a ``Failure``.
func standardOutput(_ bytes: UnsafeRawBufferPointer) throws {
    do {
        try writeAll(bytes, to: STDOUT_FILENO)
    } catch .system(let number) {
        let reason = String(cString: strerror(number))
        throw Failure(
            .inputOutput, Phrase("standard output cannot be written: \(reason)", "无法写入标准输出：\(reason)"),
            advice: Phrase("see where it is redirected to", "请检查它被重定向到何处"))
    }
}
