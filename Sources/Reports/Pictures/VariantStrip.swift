/// A variant as a strip of chevrons with the names of its activities, in lines as wide as the frame.
///
/// Steps shared with a reference variant (a longest common subsequence) are light, the others dark; a long variant shows its
/// first and last steps and how many lie between.
package struct VariantStrip: Sendable {
    /// The names of the activities in order.
    package var activities: [String]
    /// The variant to compare with, or none.
    package var reference: [String]?
    /// How many steps are shown at most.
    package var limit: Int

    /// A strip of these activities.
    package init(activities: [String], reference: [String]? = nil, limit: Int = 30) {
        self.activities = activities
        self.reference = reference
        self.limit = max(limit, 4)
    }

    /// The picture.
    package func picture(_ frame: PictureFrame) -> Picture {
        guard !activities.isEmpty else { return .empty(frame) }
        let isShared = Self.shared(activities, with: reference)
        var steps: [(name: String, isShared: Bool, isGap: Bool)] = zip(activities, isShared).map { ($0, $1, false) }
        if steps.count > limit {
            let head = limit - limit / 3
            let tail = limit / 3
            let hidden = steps.count - head - tail
            steps = steps[..<head] + [(PictureWords(frame.language).more(hidden), true, true)] + steps[(steps.count - tail)...]
        }
        var svg = SVG()
        let height = 26.0
        let point = 8.0
        let most = min(170, frame.width - 2 * point - 12)
        var x = 0.0
        var y = 2.0
        for (index, step) in steps.enumerated() {
            let text = TextWidth.fit(step.name, to: most)
            let width = TextWidth.of(text) + 2 * point + 8
            if x > 0 && x + width + point > frame.width {
                x = 0
                y += height + 6
            }
            if step.isGap {
                svg.text(text, x + point + 8, y + 17, ink: .muted)
            } else {
                let ink: Ink = step.isShared ? .ramp(1) : .ramp(6)
                svg.path(Self.chevron(x, y, width, height, point), fill: ink, tip: "\(index + 1). \(step.name)")
                svg.text(step.name, x + point + 6, y + 17, ink: step.isShared ? .text : .paper, room: most)
            }
            x += width + 3
        }
        return Picture(frame, height: y + height + 2, svg)
    }

    private static func chevron(_ x: Double, _ y: Double, _ width: Double, _ height: Double, _ point: Double) -> String {
        "M\(SVG.point(x, y))H\(SVG.number(x + width))l\(SVG.point(point, height / 2))L\(SVG.point(x + width, y + height))"
            + "H\(SVG.number(x))l\(SVG.point(point, -height / 2))Z"
    }

    /// Which steps belong to a longest common subsequence with the reference; without one, or with very long ones, all.
    static func shared(_ steps: [String], with reference: [String]?) -> [Bool] {
        guard let reference, steps.count * reference.count <= 4_000_000 else { return [Bool](repeating: true, count: steps.count) }
        let rows = steps.count
        let columns = reference.count
        var lengths = [Int32](repeating: 0, count: (rows + 1) * (columns + 1))
        for row in stride(from: rows - 1, through: 0, by: -1) {
            for column in stride(from: columns - 1, through: 0, by: -1) {
                let place = row * (columns + 1) + column
                lengths[place] =
                    steps[row] == reference[column]
                    ? lengths[place + columns + 2] + 1 : max(lengths[place + columns + 1], lengths[place + 1])
            }
        }
        var result = [Bool](repeating: false, count: rows)
        var row = 0
        var column = 0
        while row < rows && column < columns {
            let place = row * (columns + 1) + column
            if steps[row] == reference[column] {
                result[row] = true
                row += 1
                column += 1
            } else if lengths[place + columns + 1] >= lengths[place + 1] {
                row += 1
            } else {
                column += 1
            }
        }
        return result
    }
}
