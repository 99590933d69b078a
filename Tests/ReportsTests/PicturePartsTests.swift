import Foundation
import Instants
import Statistics
import Testing

@testable import Reports

@Suite struct PicturePartsTests {
    @Test func barsHoldEveryValueOnce() {
        var stream = RandomStream(seed: 11)
        for round in 0..<200 {
            let spread = [0.01, 0.6, 2.5][round % 3]
            let values = SamplePictures.durations(UInt64(round), count: 1 + stream.index(below: 400), spread: spread, zeros: round % 7)
                .sorted()
            let span = TimeSpan(values, isNarrow: round % 2 == 0)
            let counts = span.counts(values)
            #expect(counts.bars.reduce(0, +) + counts.zeros + counts.beyond == values.count)
            #expect(counts.bars.count <= (round % 2 == 0 ? 24 : 40))
            for bar in counts.bars.indices {
                let isLast = bar == counts.bars.count - 1
                let (low, high) = (span.edges[bar], span.edges[bar + 1])
                let slow = values.filter {
                    ($0 >= low || (bar == 0 && (!span.hasZeros || $0 > 0))) && ($0 < high || (isLast && (!span.hasBeyond || $0 <= high)))
                }
                #expect(counts.bars[bar] == slow.count)
            }
            let positive = values.filter { $0 > 0 }
            let spreadOfMost = zip([Quantiles.quantile(0.99, ofSorted: positive)], [Quantiles.quantile(0.01, ofSorted: positive)]).map {
                ($0 ?? 0) / ($1 ?? 1)
            }
            #expect(span.isLogarithmic == (spreadOfMost[0] > 30))
        }
    }

    @Test func sharesAgainstCounting() {
        let values = SamplePictures.durations(3, count: 300, spread: 1).map { ($0 / 1e5).rounded() }.sorted()
        let share = CumulativeShare(values)
        for value in values + [-1, 0.5, 1e9] {
            #expect(share(value) == Double(values.filter { $0 <= value }.count) / 300)
        }
    }

    @Test func axesAreMonotoneAndInvertible() {
        for axis in [Axis(2, 50, from: 10, to: 300), Axis(0.01, 9_000, isLogarithmic: true, from: 10, to: 300)] {
            var before = -1.0
            for pixel in stride(from: 10.0, through: 300, by: 7) {
                #expect(abs(axis.position(axis.value(pixel)) - pixel) < 1e-9)
                #expect(axis.value(pixel) > before)
                before = axis.value(pixel)
            }
            #expect(axis.position(-5) == 10 && axis.position(1e12) == 300)
        }
        #expect(Axis(3, 3, from: 0, to: 1).high > 3)
    }

    @Test func ticksAreOnTheAxisRoundAndApart() {
        var stream = RandomStream(seed: 5)
        for language in Language.allCases {
            let humane = Humane(language)
            for _ in 0..<300 {
                let low = stream.exponential(mean: 1) * [1e-3, 1, 1e3, 1e6][stream.index(below: 4)]
                let high = low * (1 + stream.exponential(mean: 1) * [1.0, 100, 1e5][stream.index(below: 3)])
                let isLogarithmic = stream.unit() < 0.5
                let axis = Axis(isLogarithmic ? low : 0, high, isLogarithmic: isLogarithmic, from: 40, to: 40 + 200 + 500 * stream.unit())
                let bounds = 0...axis.end
                let ticks = axis.durationTicks(humane, bounds: bounds)
                #expect(!ticks.isEmpty)
                var free = 0.0
                for tick in ticks {
                    #expect(tick.value >= axis.low * 0.99 && tick.value <= axis.high * 1.01)
                    let left = Axis.leftEdge(of: TextWidth.of(tick.label), at: axis.position(tick.value), in: bounds)
                    #expect(left >= free)
                    free = left + TextWidth.of(tick.label)
                }
            }
        }
        #expect(Axis(0, 87, from: 0, to: 1).numberTicks(atMost: 5) { "\($0)" }.map(\.value) == [0, 20, 40, 60, 80])
        #expect(Axis.roundEnd(87, atMost: 4) == 100)
        #expect(Axis.roundEnd(3, atMost: 5, isWhole: true) == 3)
        #expect(Axis.roundEnd(100, atMost: 4) == 100)
    }

    @Test func datesOfAnAxisAreRound() {
        func ticks(_ from: CivilDate, _ to: CivilDate, _ width: Double) -> [String] {
            DateTicks.ticks(Axis(Double(from.daysSinceEpoch), Double(to.daysSinceEpoch), from: 0, to: width), bounds: 0...width).map(
                \.label)
        }
        let begin = CivilDate(year: 2024, month: 11, day: 18)
        #expect(ticks(begin, CivilDate(year: 2025, month: 11, day: 18), 700).prefix(3) == ["2025-01", "2025-03", "2025-05"])
        #expect(ticks(begin, CivilDate(year: 2025, month: 11, day: 18), 300) == ["2025-01", "2025-04", "2025-07", "2025-10"])
        #expect(ticks(begin, CivilDate(year: 2035, month: 11, day: 18), 700).prefix(2) == ["2025", "2026"])
        #expect(ticks(begin, CivilDate(year: 2024, month: 12, day: 9), 300) == ["2024-11-18", "2024-12-02"])
        #expect(ticks(CivilDate(year: 1948, month: 1, day: 1), CivilDate(year: 2148, month: 1, day: 1), 300).count >= 2)
    }

    @Test func labelsOfRulesKeepApart() {
        var stream = RandomStream(seed: 8)
        for _ in 0..<500 {
            let rules = (0..<(1 + stream.index(below: 4))).map { _ in
                LabelRows.Rule(pixel: 40 + 260 * stream.unit(), width: 20 + 150 * stream.unit())
            }
            let rows = LabelRows(rules, in: 40...300)
            for (index, place) in rows.places.enumerated() {
                #expect(place.left >= 40 && place.left + rules[index].width <= 300 + 1e-9)
                for other in rows.places.indices where other > index && rows.places[other].row == place.row {
                    let apart =
                        place.left + rules[index].width + 10 <= rows.places[other].left + 1e-9
                        || rows.places[other].left + rules[other].width + 10 <= place.left + 1e-9
                    #expect(apart)
                }
            }
        }
    }

    @Test func textFitsItsRoom() {
        for name in SamplePictures.names {
            for width in [3.0, 14, 40, 90, 300, 2_000] {
                let shown = TextWidth.fit(name, to: width)
                #expect(TextWidth.of(shown) <= max(width, TextWidth.of("…")) + 1e-6)
                #expect(shown.utf8.count < 8_000)
                for lines in 1...3 {
                    let wrapped = TextWidth.wrap(name, to: width, lines: lines)
                    #expect((1...lines).contains(wrapped.count))
                    #expect(wrapped.allSatisfy { TextWidth.of($0) <= max(width, TextWidth.of("…")) + 1e-6 })
                }
            }
        }
        #expect(TextWidth.fit("short", to: 100) == "short")
        #expect(TextWidth.wrap("Release payment block", to: 100, lines: 2) == ["Release", "payment block"])
        #expect(TextWidth.wrap("三单匹配失败", to: 37, lines: 3) == ["三单匹", "配失败"])
        #expect(TextWidth.of("收货") == 24)
    }

    /// Against the greatest number of steps that any choice of steps shares with the reference in order.
    @Test func sharedStepsAreALongestCommonSubsequence() {
        var stream = RandomStream(seed: 21)
        for _ in 0..<200 {
            let steps = (0..<stream.index(below: 9)).map { _ in "\(stream.index(below: 3))" }
            let reference = (0..<stream.index(below: 9)).map { _ in "\(stream.index(below: 3))" }
            func isWithin(_ chosen: [String]) -> Bool {
                var rest = reference[...]
                for step in chosen {
                    guard let place = rest.firstIndex(of: step) else { return false }
                    rest = rest[(place + 1)...]
                }
                return true
            }
            let best =
                (0..<(1 << steps.count)).filter { choice in isWithin(steps.indices.filter { choice >> $0 & 1 == 1 }.map { steps[$0] }) }
                .map(\.nonzeroBitCount).max() ?? 0
            let shared = VariantStrip.shared(steps, with: reference)
            let chosen = zip(steps, shared).filter(\.1).map(\.0)
            #expect(isWithin(chosen) && chosen.count == best)
        }
        #expect(VariantStrip.shared(["a"], with: nil) == [true])
    }

    @Test func gapsStayGaps() {
        let points = SamplePictures.weeks(1, count: 10, gaps: [4])
        let run = WeeklyDrawing(points: points, periodDays: 7, days: Axis(0, 1, from: 0, to: 1), height: Axis(0, 1, from: 0, to: 1))
        #expect(run.stretches { $0.value != nil }.map(\.count) == [4, 5])
        var unknown = points
        unknown[1].value = nil
        let other = WeeklyDrawing(points: unknown, periodDays: 7, days: run.days, height: run.height)
        #expect(other.stretches { $0.value != nil }.map(\.count) == [1, 2, 5])
    }

    @Test func betterIsOnTheLeft() throws {
        let frame = PictureFrame(id: "x", title: "", description: "", language: .en)
        let lower = IntervalPlot(changes: [.init(name: "a", change: -0.2, low: -0.3, high: -0.1)]).picture(frame)
        let higher = IntervalPlot(changes: [.init(name: "a", change: 0.2, low: 0.1, high: 0.3, isHigherBetter: true)]).picture(frame)
        func bars(_ picture: Picture) -> [Substring] {
            picture.body.split(separator: "\n").filter { $0.hasPrefix("<rect") && $0.contains("f-b") }.map { $0.prefix { $0 != ">" } }
        }
        #expect(bars(lower).count == 1)
        #expect(bars(lower) == bars(higher))
        #expect(higher.body.contains("+20 %"))
    }
}
