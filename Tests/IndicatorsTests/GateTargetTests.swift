import Indicators
import Testing

@Suite struct GateTargetTests {
    private static let median = KPIName(.cycleTime, .median)!
    private static let rework = KPIName(.reworkRate, .rate)!
    private static let throughput = KPIName(.throughput, .mean)!

    @Test(arguments: [
        ("<= 30d", 2_592_000.0, GateTarget.Side.atMost, "<= 30d"), (">=1d12h", 129_600, .atLeast, ">= 1d12h"),
        ("  <  90s ", 90, .below, "< 90s"), ("> 0.5h", 1_800, .above, "> 0.5h"),
    ])
    func timesAreDurations(text: String, bound: Double, side: GateTarget.Side, canonical: String) throws {
        let target = try GateTarget(parsing: text, for: Self.median)
        #expect(target.bound == bound && target.side == side && target.text == canonical)
    }

    @Test func workingDaysAreThoseOfTheCalendar() throws {
        let target = try GateTarget(parsing: "<= 12wd4wh", for: Self.median, workingDay: 8 * 3_600_000_000)
        #expect(target.bound == 100 * 3_600 && target.time == .working && target.text == "<= 12wd4wh")
        #expect(try GateTarget(parsing: "<= 3d", for: Self.median, workingDay: 1).time == .elapsed)
        #expect(try GateTarget(parsing: "<= 10%", for: Self.rework, workingDay: 1).time == nil)
    }

    @Test func sharesAndNumbersAreWhatTheirFiguresAre() throws {
        #expect(try GateTarget(parsing: "<= 10%", for: Self.rework).bound == 0.1)
        #expect(try GateTarget(parsing: "<= 12.5 %", for: Self.rework).bound == 0.125)
        #expect(try GateTarget(parsing: "<= 0.1", for: Self.rework).bound == 0.1)
        #expect(try GateTarget(parsing: ">= 2.5", for: Self.throughput).bound == 2.5)
        #expect(try GateTarget(parsing: "<= 2500", for: KPIName(.cost, .mean)!).bound == 2_500)
        #expect(try GateTarget(parsing: ">= 100", for: KPIName(.cycleTime, .count)!).bound == 100)
    }

    @Test(arguments: [
        ("30d", median, GateTarget.Problem.noSide), ("", median, .noSide), ("== 3d", median, .noSide), ("<= 30", median, .noDuration("30")),
        ("<= 3 months", median, .noDuration("3 months")), ("<= 12wd", median, .workingTime("12wd")),
        ("<= 8wh", median, .workingTime("8wh")),
        ("<= -3d", median, .noDuration("-3d")), ("<= 10", rework, .noShare("10")), ("<= 3d", rework, .noShare("3d")),
        ("<= nan", rework, .noShare("nan")), ("<= 1e3", throughput, .noNumber("1e3")), ("<= inf", throughput, .noNumber("inf")),
        ("<= 10%", throughput, .noNumber("10%")),
    ])
    func whatIsNoTargetIsRefused(text: String, name: KPIName, problem: GateTarget.Problem) {
        #expect(throws: problem) { try GateTarget(parsing: text, for: name) }
    }
}
