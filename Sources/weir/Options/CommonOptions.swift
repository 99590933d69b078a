import ArgumentParser
import Foundation
import Reports

/// How a result is printed.
enum ResultFormat: String, CaseIterable, ExpressibleByArgument {
    /// For eyes.
    case text
    /// For programs: the whole result.
    case json
    /// For spreadsheets: the main table.
    case csv
    /// For notes and tickets.
    case markdown

    /// The format that the name of an output file asks for.
    init?(suffixOf name: String) {
        switch URL(filePath: name).pathExtension.lowercased() {
        case "txt": self = .text
        case "json": self = .json
        case "csv": self = .csv
        case "md", "markdown": self = .markdown
        default: return nil
        }
    }
}

extension Language: ExpressibleByArgument {}

/// The flags of every verb.
struct CommonOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Language of texts: en or zh. (default: from LC_ALL or LANG)", valueName: "en|zh"))
    var lang: Language?

    @Option(help: ArgumentHelp("Seed of all random numbers.", valueName: "n"))
    var seed: Int = 1

    @Option(help: ArgumentHelp("Threads to use; results do not depend on it. (default: all cores)", valueName: "n"))
    var threads: Int?

    @Flag(help: "Print nothing but the result and errors.")
    var quiet = false

    @Flag(help: "Show no progress line.")
    var noProgress = false

    /// Refuses values that parse and cannot be meant.
    func check() throws(Failure) {
        if seed < 0 {
            throw Failure(.usage, Phrase("--seed is below 0", "--seed 小于 0"), advice: Phrase("give 0 or more", "请用 0 或更大的整数"))
        }
        if let threads, threads < 1 {
            throw Failure(
                .usage, Phrase("--threads is below 1", "--threads 小于 1"), advice: Phrase("give 1 or more", "请用 1 或更大的整数"))
        }
    }

    /// The threads to use.
    var threadCount: Int { threads ?? ProcessInfo.processInfo.activeProcessorCount }
}

/// Where a result goes and in which form.
struct OutputOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Form of the result: text, json, csv or markdown. (default: text)", valueName: "form"))
    var format: ResultFormat?

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Write the result to FILE when it is complete; .json .csv .md choose the form.", valueName: "file"))
    var output: String?

    /// The form: what was asked for, else what the file's name says, else text.
    var chosenFormat: ResultFormat {
        format ?? output.flatMap(ResultFormat.init(suffixOf:)) ?? .text
    }
}
