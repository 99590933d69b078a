import Foundation
import TestSupport
import Testing

/// Prosimos 2.1 (`pip install prosimos==2.1.0`) in the Python that `PROSIMOS_PYTHON` names, else in `python3`.
private enum Prosimos {
    private static let python = ProcessInfo.processInfo.environment["PROSIMOS_PYTHON"] ?? "python3"

    static let isInstalled = (try? run(["-c", "import prosimos"])) == 0

    static func run(_ arguments: [String]) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [python] + arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }
}

/// The model that `fit` writes, in Prosimos; skipped where that is not installed.
@Suite(.enabled(if: Prosimos.isInstalled, "Prosimos is not installed: pip install prosimos==2.1.0"))
struct ProsimosTests {
    private static let script = """
        import sys
        from prosimos.simulation_engine import run_simulation
        d = sys.argv[1]
        run_simulation(d + "/model.bpmn", d + "/scenario.json", int(sys.argv[2]), log_out_path=d + "/log.csv",
                       stat_out_path=d + "/stat.csv", starting_at="2024-01-01T00:00:00.000000+00:00")
        """

    @Test func thePlainProcessTakesAsLongThere() throws {
        let folder = try Folder()
        _ = try Command.output(["generate", "p2p", "--variant", "plain", "--cases", "1200", "--seed", "2", "-o", "plain.csv"], in: folder)
        _ = try Command.output(["fit", "plain.csv", "-o", "model"], in: folder)
        try #require(try Prosimos.run(["-c", Self.script, folder.path("model"), "8000"]) == 0)
        let there = try Command.json(["performance", "model/log.csv"], in: folder)["cycle_time"] as? [String: Any]
        let here = try Command.json(["simulate", "plain.csv"], in: folder)["kpis"] as? [String: [String: Any]]
        let ours = try #require(here?["cycle_time"]?["mean_s"] as? Double)
        #expect(abs(try #require(there?["mean_s"] as? Double) / ours - 1) < 0.1)
    }

    @Test func theWholeProcessRunsThere() throws {
        let folder = try Folder()
        _ = try Command.output(
            ["fit", SharedData.checkout.appending(path: "datasets/p2p-before.csv").path, "-o", "model"], in: folder)
        #expect(try Prosimos.run(["-c", Self.script, folder.path("model"), "500"]) == 0)
        let seen = try Command.json(["inspect", "model/log.csv"], in: folder)
        #expect(seen["cases"] as? Int == 500)
    }
}
