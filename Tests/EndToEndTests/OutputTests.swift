import Foundation
import Testing

/// What every answer has in common: bytes that never vary, inert text, two languages, help.
@Suite struct OutputTests {
    static let readingVerbs: [[String]] = [
        ["inspect", "small.csv"], ["discover", "small.csv"], ["variants", "small.csv"], ["cases", "small.csv"],
        ["performance", "small.csv"],
        ["compare", "small.csv", "small.csv"],
    ]

    @Test(arguments: readingVerbs)
    func everyFormIsTheSameWhateverTheThreads(arguments: [String]) throws {
        let folder = try SmallLog.folder()
        for format in ["text", "json", "csv", "markdown"] {
            let runs = try ["1", "2", "2"].map { threads in
                try Command.run(arguments + ["--format", format, "--threads", threads, "--quiet"], in: folder).output
            }
            #expect(!runs[0].isEmpty)
            // The command to type next repeats what was typed.
            #expect(runs[1] == runs[2])
            #expect(runs[0].replacing("--threads 1", with: "--threads 2") == runs[1])
        }
    }

    @Test func filesAreTheSameWhateverTheThreads() throws {
        let folder = try Folder()
        _ = try Command.output(["generate", "p2p", "--cases", "150", "-o", "p.csv"], in: folder)
        for name in ["html", "md", "ipynb"] {
            for threads in ["1", "2"] {
                _ = try Command.output(
                    ["report", "p.csv", "--split", "2024-02-15", "--threads", threads, "-o", "\(threads).\(name)"], in: folder)
            }
            #expect(try folder.text("1.\(name)") == folder.text("2.\(name)"))
        }
        _ = try Command.output(["generate", "p2p", "--cases", "150", "--threads", "1", "-o", "q.csv"], in: folder)
        #expect(try folder.text("p.csv") == folder.text("q.csv"))
    }

    @Test(arguments: readingVerbs)
    func jsonBeginsWithItsSchemaAndHoldsNoPath(arguments: [String]) throws {
        let folder = try SmallLog.folder()
        var paths = arguments
        for index in paths.indices.dropFirst() { paths[index] = folder.path(paths[index]) }
        let text = try Command.run(paths + ["--format", "json", "--seed", "7"], in: folder).output
        #expect(text.hasPrefix("{\n  \"schema\": \"weir/\(arguments[0])/1\",\n"))
        #expect(!text.contains(folder.url.lastPathComponent))
        let json = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let provenance = try #require(json["provenance"] as? [String: Any])
        #expect(provenance["tool"] as? String == "weir")
        #expect(provenance["seed"] as? Int == 7)
        #expect(provenance["clock"] as? String == "elapsed")
        #expect(provenance["calendar"] is NSNull)
        let inputs = try #require(provenance["inputs"] as? [[String: String]])
        #expect(inputs.count == arguments.count - 1)
        #expect(inputs[0]["name"] == "small.csv")
        #expect(inputs[0]["sha256"]?.count == 64)
    }

    @Test func checksumsAreThoseOfTheBytesAsGiven() throws {
        let folder = try SmallLog.folder()
        let shell = Process()
        let output = Pipe()
        shell.executableURL = URL(filePath: "/bin/sh")
        shell.arguments = ["-c", "sha256sum small.csv | cut -d' ' -f1; gzip -n -k small.csv; sha256sum small.csv.gz | cut -d' ' -f1"]
        shell.currentDirectoryURL = folder.url
        shell.standardOutput = output
        try shell.run()
        let sums = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self).split(separator: "\n")
        shell.waitUntilExit()
        for (name, sum) in zip(["small.csv", "small.csv.gz"], sums) {
            #expect(try Command.output(["inspect", name, "--format", "json"], in: folder).contains("\"sha256\": \"\(sum)\""))
        }
    }

    @Test func gzippedPipedAndPlainLogsGiveTheSameAnswer() throws {
        let folder = try SmallLog.folder()
        let shell = Process()
        shell.executableURL = URL(filePath: "/bin/sh")
        shell.arguments = ["-c", "gzip -k small.csv small.xes; mkfifo pipe"]
        shell.currentDirectoryURL = folder.url
        try shell.run()
        shell.waitUntilExit()
        for (name, text) in [("small.csv", SmallLog.csv), ("small.xes", SmallLog.xes)] {
            let plain = try Command.output(["variants", name, "--format", "csv"], in: folder)
            #expect(try Command.output(["variants", name + ".gz", "--format", "csv"], in: folder) == plain)
            #expect(try Command.output(["variants", "-", "--format", "csv"], input: Data(text.utf8)) == plain)
            let packed = try Data(contentsOf: folder.url.appending(path: name + ".gz"))
            #expect(try Command.output(["variants", "-", "--format", "csv"], input: packed) == plain)
            let writer = Process()
            writer.executableURL = URL(filePath: "/bin/sh")
            writer.arguments = ["-c", "cat \(name) > pipe"]
            writer.currentDirectoryURL = folder.url
            try writer.run()
            #expect(try Command.output(["variants", "pipe", "--format", "csv"], in: folder) == plain)
            writer.waitUntilExit()
        }
    }

    @Test func tabsAndMapsAreRead() throws {
        let folder = try Folder()
        try folder.write("a.tsv", "who did\tOrder No\tStep\tFinished\nann\t7\tA\t31.01.2026 08:00\nbob\t7\tB\t31.01.2026 09:30\n")
        try folder.write(
            "map.yaml",
            "case: Order No\nactivity: Step\ntimestamp: Finished\nresource: who did\nformat: dd.MM.yyyy HH:mm\ntimezone: +08:00\n")
        let json = try Command.json(["cases", "a.tsv", "--map", "map.yaml"], in: folder)
        let cases = try #require(json["cases"] as? [[String: Any]])
        #expect(cases.count == 1)
        #expect(cases[0]["duration_s"] as? Double == 5_400)
        #expect(cases[0]["start"] as? String == "2026-01-31T08:00:00+08:00")
    }

    @Test func eventsCanBeCountedOneByOne() throws {
        let folder = try Folder()
        try folder.write(
            "l.csv",
            "case,activity,timestamp,lifecycle\n1,A,2026-01-01T08:00:00Z,start\n1,A,2026-01-01T09:00:00Z,complete\n1,B,2026-01-01T10:00:00Z,complete\n"
        )
        func edges(_ counting: String) throws -> [String] {
            let json = try Command.json(["discover", "l.csv", "--count", counting], in: folder)
            return try #require(json["edges"] as? [[String: Any]]).map { "\($0["source"]!)\($0["target"]!)\($0["count"]!)" }
        }
        #expect(try edges("instances") == ["AB1"])
        #expect(try edges("events") == ["AA1", "AB1"])
    }

    @Test func filtersOfEventsApplyAfterThoseOfCases() throws {
        let folder = try SmallLog.folder()
        let json = try Command.json(
            ["variants", "small.csv", "--filter", "instances == 4", "--filter-events", "activity != 'Check'"], in: folder)
        let variants = try #require(json["variants"] as? [[String: Any]])
        #expect(variants.map { $0["activities"] as? [String] } == [["Ask", "Pay"]])
        let provenance = try #require(json["provenance"] as? [String: Any])
        #expect(provenance["filters"] as? [String] == ["instances == 4", "activity != 'Check'"])
        let none = try Command.run(["performance", "small.csv", "--filter", "instances > 99"], in: folder)
        #expect(none.status == 0)
        #expect(none.errors.contains("no case is left"))
        let unknown = try Command.run(["variants", "small.csv", "--filter", "has('Chek')"], in: folder)
        #expect(unknown.errors.contains("Check"))
    }

    @Test func namesFromLogsCannotAct() throws {
        let folder = try Folder()
        let names = ["<script>alert(1)</script>", "=cmd()", "\u{1B}[31mred\u{1B}[0m", "a\u{202E}b", String(repeating: "x", count: 10_000)]
        var csv = "case_id,activity,timestamp\n"
        for (index, name) in names.enumerated() {
            csv += "\(index % 2),\"\(name)\",2026-01-0\(index + 1)T08:00:00Z\n"
        }
        try folder.write("hostile.csv", csv)
        for verb in ["inspect", "discover", "variants", "cases", "performance"] {
            for format in ["text", "json", "csv", "markdown"] {
                let text = try Command.output([verb, "hostile.csv", "--format", format], in: folder)
                #expect(!text.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" }, "\(verb) \(format)")
                if format == "text" {
                    #expect(
                        text.split(separator: "\n").allSatisfy { $0.hasPrefix("Next:") || $0.hasPrefix("      weir") || $0.count <= 100 },
                        "\(verb)")
                }
                if format == "csv" {
                    #expect(!text.contains("\n=cmd") && !text.contains(",=cmd"))
                }
                if format == "markdown" { #expect(!text.contains("<script>")) }
            }
        }
        let report = try Command.run(["report", "hostile.csv", "-o", "r.html"], in: folder)
        #expect(report.status == 0, "\(report.errors)")
        #expect(try !folder.text("r.html").contains("<script>"))
        _ = try Command.output(["discover", "hostile.csv", "-o", "m.svg"], in: folder)
        #expect(try !folder.text("m.svg").contains("<script>"))
        let bad = try Command.run(["inspect", "\u{1B}[31m.csv"], in: folder)
        #expect(bad.status == 66)
        #expect(!bad.errors.contains("\u{1B}"))
    }

    @Test func textIsPlainInAPipe() throws {
        let folder = try SmallLog.folder()
        for arguments in Self.readingVerbs + [["doctor"]] {
            let outcome = try Command.run(arguments, environment: ["TERM": "xterm-256color"], in: folder)
            #expect(!outcome.output.contains("\u{1B}") && !outcome.errors.contains("\u{1B}"))
        }
    }

    @Test func onATerminalColourObeysTheUser() throws {
        let coloured = try Terminal.run(["doctor"], environment: ["PATH": "/nonexistent"])
        #expect(coloured.contains("\u{1B}[33mmissing\u{1B}[0m"), "\(coloured)")
        let plain = try Terminal.run(["doctor"], environment: ["PATH": "/nonexistent", "NO_COLOR": "1"])
        #expect(plain.contains("missing") && !plain.contains("\u{1B}[3"), "\(plain)")
    }

    @Test func progressIsShownOnATerminalAndGoneWhenDone() throws {
        let folder = try Folder()
        let arguments = ["generate", "p2p", "--cases", "20000", "-o", folder.path("p.csv")]
        let shown = try Terminal.run(arguments)
        let cleared = try #require(shown.ranges(of: "\r\u{1B}[K").last, "\(shown)")
        #expect(shown[..<cleared.lowerBound].contains("analysing p2p"))
        #expect(!shown[cleared.upperBound...].contains("analysing"))
        for silent in ["--quiet", "--no-progress"] {
            #expect(try !Terminal.run(arguments + [silent]).contains("analysing"))
        }
    }

    @Test(arguments: readingVerbs + [["doctor"], ["generate", "--list"]])
    func chineseHoldsNoEnglishWords(arguments: [String]) throws {
        let folder = try SmallLog.folder()
        let outcome = try Command.run(arguments + ["--lang", "zh"], in: folder)
        #expect(outcome.output.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) })
        // What the log, the command line and file formats say themselves.
        let known: Set<String> = [
            "Ask", "Check", "Pay", "weir", "small", "csv", "case", "id", "activity", "end", "time", "start", "resource", "role", "amount",
            "ann",
            "bob", "cyd", "CSV", "ISO", "c", "d", "Graphviz", "dot", "svg", "discover", "FILE", "o", "format", "html", "performance",
            "report",
            "cases", "sort", "duration", "filter", "directly", "variants", "map", "variant", "before", "after", "drift", "plain", "p",
            "log",
            "generate", "lang", "zh", "n", "compare", "UTC", "inspect",
        ]
        for line in outcome.output.split(separator: "\n") where !line.hasPrefix("下一步") && !line.hasPrefix("        weir") {
            for word in line.matches(of: /[A-Za-z]+/).map({ String($0.0) }) {
                #expect(known.contains(word), "“\(word)” in: \(line)")
            }
        }
    }

    @Test func theLanguageComesFromTheOptionElseTheLocale() throws {
        func firstWord(_ arguments: [String], _ environment: [String: String]) throws -> Bool {
            let text = try Command.run(["doctor"] + arguments, environment: environment).output
            return text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
        }
        #expect(try firstWord([], ["LC_ALL": "zh_CN.UTF-8"]))
        #expect(try firstWord([], ["LC_ALL": "", "LANG": "zh_TW.UTF-8"]))
        #expect(try !firstWord([], ["LC_ALL": "en_US.UTF-8", "LANG": "zh_CN.UTF-8"]))
        #expect(try !firstWord(["--lang", "en"], ["LC_ALL": "zh_CN.UTF-8"]))
        #expect(try firstWord(["--lang=zh"], ["LC_ALL": "en_US.UTF-8"]))
    }

    @Test func quietSaysNothingBesideTheResult() throws {
        let folder = try SmallLog.folder()
        let loud = try Command.run(["discover", "small.csv", "-o", "m.dot"], in: folder)
        #expect(!loud.errors.isEmpty)
        let quiet = try Command.run(["discover", "small.csv", "-o", "m.dot", "--quiet"], in: folder)
        #expect(quiet.errors.isEmpty && quiet.output.isEmpty)
    }
}
