package import Instants

/// A value over time by week (or another equal period): the line of a typical value, the middle 80 % as a band, a rule where
/// something changed. Gaps stay gaps; periods that the log covers in part are hatched and drawn with open marks.
package struct WeeklyLine: Sendable {
    /// One period.
    package struct Point: Sendable, Equatable {
        /// Its first day.
        package var start: CivilDate
        /// The value, nil where there is none.
        package var value: Double?
        /// The 10th percentile.
        package var low: Double?
        /// The 90th percentile.
        package var high: Double?
        /// How many observations it rests on.
        package var count: Int?
        /// Whether the log covers only part of the period.
        package var isPartial: Bool

        /// A period.
        package init(
            start: CivilDate, value: Double?, low: Double? = nil, high: Double? = nil, count: Int? = nil, isPartial: Bool = false
        ) {
            self.start = start
            self.value = value
            self.low = low
            self.high = high
            self.count = count
            self.isPartial = isPartial
        }

        var day: Int { start.daysSinceEpoch }
    }

    /// A date at which something changed.
    package struct Rule: Sendable, Equatable {
        /// The date.
        package var date: CivilDate
        /// What it is called.
        package var name: String

        /// A rule at a date.
        package init(date: CivilDate, name: String) {
            self.date = date
            self.name = name
        }
    }

    /// What kind of number is drawn: decides the ticks.
    package enum Kind: Sendable {
        /// Lengths of time in seconds.
        case duration
        /// Whole numbers.
        case count
        /// Other numbers.
        case number
    }

    /// The periods, ascending; a missing one is a gap.
    package var points: [Point]
    /// What the value axis shows.
    package var valueTitle: String
    /// The kind of value.
    package var kind: Kind
    /// The length of a period in days.
    package var periodDays: Int
    /// Rules, at most four are drawn.
    package var rules: [Rule]
    /// What the line is called; it labels the line itself.
    package var lineName: String?
    /// What the band is called.
    package var bandName: String?

    /// A line over these periods.
    package init(
        points: [Point], valueTitle: String, kind: Kind, periodDays: Int = 7, rules: [Rule] = [], lineName: String? = nil,
        bandName: String? = nil
    ) {
        self.points = points
        self.valueTitle = valueTitle
        self.kind = kind
        self.periodDays = max(1, periodDays)
        self.rules = rules
        self.lineName = lineName
        self.bandName = bandName
    }

    /// The picture.
    package func picture(_ frame: PictureFrame) -> Picture {
        let points = points.sorted { $0.day < $1.day }
        let values = points.flatMap { [$0.value, $0.low, $0.high] }.compactMap { $0 }.filter(\.isFinite)
        guard let greatest = values.max(), let first = points.first, let last = points.last else { return .empty(frame) }
        let humane = frame.humane
        let scale = ValueScale(greatest: greatest, kind: kind, humane: humane, most: 5)
        var svg = SVG()
        let left = (scale.ticks.map { TextWidth.of($0.label) }.max() ?? 0) + 8
        let right = frame.width - 6
        let days = Axis(Double(first.day), Double(last.day + periodDays), from: left, to: right)
        let drawn = rules.filter { Double($0.date.daysSinceEpoch) >= days.low && Double($0.date.daysSinceEpoch) <= days.high }.prefix(4)
        let heads = drawn.map { LabelRows.Rule(pixel: days.position(Double($0.date.daysSinceEpoch)), width: TextWidth.of($0.name)) }
        let rows = LabelRows(heads, in: left...right)

        svg.text(valueTitle, 0, 12, ink: .muted, room: frame.width)
        let top = 30 + Double(rows.rows) * 16
        let bottom = top + (frame.isNarrow ? 150 : 180)
        let height = Axis(0, scale.end, from: bottom, to: top)
        for tick in scale.ticks {
            let y = height.position(tick.value)
            svg.line(left, y, right, y, .grid)
            svg.text(tick.label, left - 6, y + 4, .end, ink: .muted)
        }
        let run = WeeklyDrawing(points: points, periodDays: periodDays, days: days, height: height)
        run.drawPartial(&svg, id: frame.id + "-h", top: top, bottom: bottom)
        run.drawBand(&svg)
        run.drawLine(&svg) { point in
            let count = point.count.map { ", n = " + humane.count($0) } ?? ""
            return point.start.iso8601 + ": " + scale.form(point.value ?? 0) + count
        }
        for (index, rule) in drawn.enumerated() {
            let place = rows.places[index]
            let y = top - 8 - Double(place.row) * 16
            svg.line(heads[index].pixel, place.coversRule ? y + 4 : y - 10, heads[index].pixel, bottom, .text, width: 1.5, dash: "5 3")
            svg.text(rule.name, place.left, y, hasHalo: true, room: right - left)
        }
        svg.line(left, bottom, right, bottom, .muted)
        var end = DateTicks.draw(&svg, days, at: bottom, bounds: 0...frame.width)
        if lineName != nil || bandName != nil {
            end += 4
            var x = left
            if let lineName {
                let width = 30 + min(TextWidth.of(lineName), frame.width - left - 30)
                svg.line(x, end + 8, x + 22, end + 8, .asIs, width: 2)
                svg.text(lineName, x + 28, end + 12, ink: .muted, room: frame.width - left - 30)
                x += width + 18
                if let bandName, x + 30 + TextWidth.of(bandName) > frame.width {
                    x = left
                    end += 18
                }
            }
            if let bandName {
                svg.rect(x, end + 2, 22, 12, fill: .ramp(1))
                svg.text(bandName, x + 28, end + 12, ink: .muted, room: frame.width - left - 30)
            }
            end += 20
        }
        return Picture(frame, height: end, svg)
    }
}

/// The marks of values over time between two axes.
struct WeeklyDrawing {
    let points: [WeeklyLine.Point]
    let periodDays: Int
    let days: Axis
    let height: Axis

    /// The middle of a period in pixels.
    func middle(_ point: WeeklyLine.Point) -> Double {
        days.position(Double(point.day) + Double(periodDays) / 2)
    }

    /// Stretches of periods that follow each other without a gap in what `has` asks for.
    func stretches(_ has: (WeeklyLine.Point) -> Bool) -> [[WeeklyLine.Point]] {
        var result: [[WeeklyLine.Point]] = []
        for point in points where has(point) {
            if let before = result.last?.last, point.day - before.day <= periodDays {
                result[result.count - 1].append(point)
            } else {
                result.append([point])
            }
        }
        return result
    }

    func drawPartial(_ svg: inout SVG, id: String, top: Double, bottom: Double) {
        let partial = points.filter(\.isPartial)
        guard !partial.isEmpty else { return }
        svg.hatching(id: id, .grid)
        for point in partial {
            let from = days.position(Double(point.day))
            let to = days.position(Double(point.day + periodDays))
            svg.rect(from, top, max(to - from, 1), bottom - top, pattern: id)
        }
    }

    func drawBand(_ svg: inout SVG) {
        for stretch in stretches({ $0.low?.isFinite == true && $0.high?.isFinite == true }) {
            var upper: [(Double, Double)] = []
            var lower: [(Double, Double)] = []
            for point in stretch {
                guard let low = point.low, let high = point.high else { continue }
                upper.append((middle(point), height.position(high)))
                lower.append((middle(point), height.position(low)))
            }
            if upper.count == 1 {
                svg.rect(upper[0].0 - 2, upper[0].1, 4, max(lower[0].1 - upper[0].1, 1), fill: .ramp(1))
            } else {
                svg.path(Self.joined(upper + lower.reversed()) + "Z", fill: .ramp(1))
            }
        }
    }

    func drawLine(_ svg: inout SVG, ink: Ink = .asIs, marks: Bool = true, tip: (WeeklyLine.Point) -> String) {
        let stretches = stretches { $0.value?.isFinite == true }
        for stretch in stretches where stretch.count > 1 {
            svg.path(Self.joined(stretch.map { (middle($0), height.position($0.value ?? 0)) }), stroke: ink, width: 2)
        }
        let isAiry = (days.end - days.start) / Double(max(points.count, 1)) >= 9
        for stretch in stretches {
            for point in stretch where point.isPartial || stretch.count == 1 || (isAiry && marks) {
                let y = height.position(point.value ?? 0)
                if point.isPartial {
                    svg.circle(middle(point), y, 3, fill: .paper, stroke: ink, width: 1.5, tip: tip(point))
                } else {
                    svg.circle(middle(point), y, 2.5, fill: ink, tip: tip(point))
                }
            }
        }
    }

    static func joined(_ points: [(Double, Double)]) -> String {
        points.enumerated().map { ($0.offset == 0 ? "M" : "L") + SVG.point($0.element.0, $0.element.1) }.joined()
    }
}

/// Ticks and words of an axis of values from zero.
struct ValueScale {
    /// The upper end.
    let end: Double
    /// The ticks from zero.
    let ticks: [Axis.Tick]
    /// Writes a value.
    let form: (Double) -> String

    init(greatest: Double, kind: WeeklyLine.Kind, humane: Humane, most: Int) {
        switch kind {
        case .duration:
            form = { humane.duration(seconds: $0) }
            let step = Axis.durationSteps(upTo: max(greatest, 1)).first { max(greatest, 1e-6) / $0 <= Double(most) } ?? greatest
            end = max((greatest / step - 1e-9).rounded(.up), 1) * step
            let form = form
            ticks = (0...Int((end / step).rounded())).map { Axis.Tick(value: Double($0) * step, label: form(Double($0) * step)) }
        case .count, .number:
            let isWhole = kind == .count
            form = { isWhole ? humane.count(Int($0.rounded())) : humane.number($0) }
            end = Axis.roundEnd(greatest, atMost: most, isWhole: isWhole)
            ticks = Axis(0, end, from: 0, to: 1).numberTicks(atMost: most, isWhole: isWhole, form)
        }
    }
}

/// Ticks of an axis of days since 1970-01-01: days, months, quarters or years, as there is room.
enum DateTicks {
    /// Draws ticks with dates below an axis and gives the lower end of the words.
    static func draw(_ svg: inout SVG, _ days: Axis, at y: Double, bounds: ClosedRange<Double>) -> Double {
        for tick in ticks(days, bounds: bounds) {
            let x = days.position(tick.value)
            svg.line(x, y, x, y + 4, .muted)
            svg.text(tick.label, Axis.leftEdge(of: TextWidth.of(tick.label), at: x, in: bounds), y + 17, ink: .muted)
        }
        return y + 24
    }

    /// Round dates that have room for their labels.
    static func ticks(_ days: Axis, bounds: ClosedRange<Double>) -> [Axis.Tick] {
        let first = Int(days.low.rounded(.up))
        let last = Int(days.high.rounded(.down))
        guard first <= last else { return [] }
        if last - first > 70 {
            for months in [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1_200] {
                let ticks = monthStarts(first, last, every: months)
                if !ticks.isEmpty && fit(ticks, days, bounds) { return ticks }
            }
        }
        for step in [1, 7, 14, 28, 56, 112] {
            // Steps of weeks begin on Mondays; 1970-01-05 was one.
            let begin = step == 1 ? first : first + ((4 - first) % 7 + 7) % 7
            let ticks = stride(from: begin, through: last, by: step).map {
                Axis.Tick(value: Double($0), label: CivilDate(daysSinceEpoch: $0).iso8601)
            }
            if !ticks.isEmpty && fit(ticks, days, bounds) { return ticks }
        }
        return [Axis.Tick(value: Double(first), label: CivilDate(daysSinceEpoch: first).iso8601)]
    }

    private static func monthStarts(_ first: Int, _ last: Int, every months: Int) -> [Axis.Tick] {
        let from = CivilDate(daysSinceEpoch: first)
        let to = CivilDate(daysSinceEpoch: last)
        var result: [Axis.Tick] = []
        for index in (from.year * 12 + from.month - 1)...(to.year * 12 + to.month - 1) where index % months == 0 {
            let year = index.flooredQuotient(by: 12)
            let date = CivilDate(year: year, month: index - year * 12 + 1, day: 1)
            guard date.daysSinceEpoch >= first, date.daysSinceEpoch <= last else { continue }
            let label = months >= 12 ? String(date.iso8601.dropLast(6)) : String(date.iso8601.dropLast(3))
            result.append(Axis.Tick(value: Double(date.daysSinceEpoch), label: label))
        }
        return result
    }

    private static func fit(_ ticks: [Axis.Tick], _ days: Axis, _ bounds: ClosedRange<Double>) -> Bool {
        var free = bounds.lowerBound
        for tick in ticks {
            let width = TextWidth.of(tick.label)
            let left = Axis.leftEdge(of: width, at: days.position(tick.value), in: bounds)
            if left < free { return false }
            free = left + width + 14
        }
        return true
    }
}
