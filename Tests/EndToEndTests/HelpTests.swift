import Foundation
import Testing

/// What the command says about itself.
@Suite struct HelpTests {
    static let verbs = [
        "inspect", "lint", "discover", "variants", "cases", "performance", "explain", "bottlenecks", "queues", "spectrum", "dots",
        "organization", "conformance",
        "compare", "report", "gate", "fit", "simulate", "redesign", "generate", "import", "logs", "sql", "export", "doctor", "completions",
        "help",
    ]

    @Test(arguments: verbs)
    func everyVerbExplainsItselfWithExamples(verb: String) throws {
        let help = try Command.output([verb, "--help"])
        #expect(help.hasPrefix("OVERVIEW: "))
        #expect(help.contains("EXAMPLES\n  weir \(verb)"))
        #expect(help.contains("--lang <en|zh>"))
        #expect(!help.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) })
        // Every option says what it is for.
        for line in help.split(separator: "\n") where line.hasPrefix("  --") {
            let words = line.split(separator: " ", omittingEmptySubsequences: true)
            let isAlone = words.count <= 2
            #expect(!isAlone || help.contains(line + "\n                          "), "\(line)")
        }
        #expect(try Command.output(["help", verb]) == help)
    }

    @Test(arguments: [
        "inspect", "lint", "discover", "variants", "cases", "performance", "explain", "bottlenecks", "queues", "spectrum", "dots",
        "organization", "conformance",
        "compare", "report", "gate", "fit", "simulate", "redesign", "export",
    ])
    func everyVerbThatReadsALogTakesTheSameOptions(verb: String) throws {
        let help = try Command.output([verb, "--help"])
        for option in [
            "--log", "--record", "--count", "--classifier", "--map", "--encoding", "--delimiter", "--sheet", "--unpack-limit", "--timezone",
            "--filter",
            "--filter-events",
            "--filter-file",
            "--end", "--censored", "--people", "--rates", "--calendar", "--accept", "--seed", "--threads", "--quiet", "--no-progress",
        ] {
            #expect(help.contains("  \(option) ") || help.contains("  \(option)\n"), "\(option)")
        }
        #expect(!help.contains("--workspace"))
    }

    @Test func theExamplesOfHelpAreCommandsThatExist() throws {
        for verb in Self.verbs {
            let help = try Command.output([verb, "--help"])
            let examples = help.split(separator: "\n").filter { $0.hasPrefix("  weir ") }.map { $0.dropFirst(7) }
            #expect(!examples.isEmpty)
            for example in examples {
                let first = example.split(separator: " ").first.map(String.init) ?? ""
                #expect(Self.verbs.contains(first), "\(example)")
            }
        }
    }

    @Test func theOverviewListsEveryVerb() throws {
        let overview = try Command.output(["--help"])
        for verb in Self.verbs { #expect(overview.contains("\n  \(verb) ")) }
        #expect(try Command.output(["help"]) == overview)
        #expect(try Command.output([]) == overview)
        #expect(try Command.output(["--version"]).wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func completionsKnowTheVerbs(shell: String) throws {
        let script = try Command.output(["completions", shell])
        for verb in Self.verbs { #expect(script.contains(verb)) }
        guard FileManager.default.isExecutableFile(atPath: "/bin/\(shell)") else { return }
        let folder = try Folder()
        try folder.write("script", script)
        let check = Process()
        check.executableURL = URL(filePath: "/bin/\(shell)")
        check.arguments = ["-n", folder.path("script")]
        try check.run()
        check.waitUntilExit()
        #expect(check.terminationStatus == 0)
    }

    @Test func theManualPageIsMadeOfAllHelp() throws {
        let page = try Command.output(["help", "--man"])
        #expect(page.hasPrefix(".TH WEIR 1 "))
        for verb in Self.verbs { #expect(page.contains(".SH WEIR \(verb.uppercased())\n")) }
        #expect(page.contains("\n.SH EXIT STATUS\n"))
    }
}
