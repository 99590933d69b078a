/// Moves labels of arrows a little where they would lie on a line, a box or another label.
///
/// Each label in turn takes, of the places around its own, the one that covers the least; nearer places win among equals.
struct LabelNudging {
    private let samples: [(x: Double, y: Double)]
    private let buckets: [Int: [Int]]
    private let boxes: [LabelBox]
    private let columns: Int
    private static let cell = 32.0

    /// - Parameters:
    ///   - lines: points along all lines, a few pixels apart.
    ///   - boxes: what must stay free altogether.
    init(lines: [(x: Double, y: Double)], boxes: [LabelBox], width: Double) {
        samples = lines
        self.boxes = boxes
        let columns = max(1, Int(width / Self.cell) + 2)
        self.columns = columns
        var buckets: [Int: [Int]] = [:]
        for (index, point) in lines.enumerated() {
            buckets[Int(max(0, point.y) / Self.cell) * columns + Int(max(0, point.x) / Self.cell), default: []].append(index)
        }
        self.buckets = buckets
    }

    /// The middles of labels near their wanted ones.
    func places(for wanted: [LabelBox], within bounds: LabelBox) -> [LabelBox] {
        var placed = wanted
        for index in wanted.indices {
            var best = (cost: Int.max, box: wanted[index])
            for offset in Self.offsets {
                let box = LabelBox(
                    x: wanted[index].x + offset.x, y: wanted[index].y + offset.y, width: wanted[index].width,
                    height: wanted[index].height)
                let isInside =
                    box.x >= bounds.x && box.y >= bounds.y && box.x + box.width <= bounds.x + bounds.width
                    && box.y + box.height <= bounds.y + bounds.height
                if !isInside && offset.cost > 0 { continue }
                let others = placed.indices.reduce(0) { $1 != index && placed[$1].overlaps(box) ? $0 + 1 : $0 }
                let cost = 4_000 * others + 2_000 * boxes.reduce(0) { $1.overlaps(box) ? $0 + 1 : $0 } + 30 * lines(in: box) + offset.cost
                if cost < best.cost { best = (cost, box) }
                if cost == offset.cost { break }
            }
            placed[index] = best.box
        }
        return placed
    }

    private func lines(in box: LabelBox) -> Int {
        var count = 0
        let left = Int(max(0, box.x) / Self.cell)
        let right = Int(max(0, box.x + box.width) / Self.cell)
        for row in Int(max(0, box.y) / Self.cell)...Int(max(0, box.y + box.height) / Self.cell) {
            for column in left...max(left, right) {
                for index in buckets[row * columns + column] ?? [] {
                    let point = samples[index]
                    if point.x > box.x && point.x < box.x + box.width && point.y > box.y && point.y < box.y + box.height { count += 1 }
                }
            }
        }
        return count
    }

    /// Offsets to try, nearest first.
    private static let offsets: [(x: Double, y: Double, cost: Int)] = {
        var result: [(x: Double, y: Double, cost: Int)] = []
        for row in -9...9 {
            for column in -9...9 {
                result.append((Double(column) * 4, Double(row) * 4, row * row + column * column))
            }
        }
        return result.enumerated().sorted { ($0.element.cost, $0.offset) < ($1.element.cost, $1.offset) }.map(\.element)
    }()
}

extension MapLayout.Course {
    /// Points along the course, about three pixels apart.
    var samples: [(x: Double, y: Double)] {
        var result: [(x: Double, y: Double)] = []
        var from = points[0]
        for index in stride(from: 1, to: points.count, by: 3) {
            let (first, second, to) = (points[index], points[index + 1], points[index + 2])
            let length = Self.distance(from, first) + Self.distance(first, second) + Self.distance(second, to)
            let steps = max(1, Int(length / 3))
            for step in 0..<steps {
                let t = Double(step) / Double(steps)
                let u = 1 - t
                let (a, b, c, d) = (u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t)
                result.append(
                    (a * from.x + b * first.x + c * second.x + d * to.x, a * from.y + b * first.y + c * second.y + d * to.y))
            }
            from = to
        }
        result.append((tip.x, tip.y))
        return result
    }

    private static func distance(_ a: MapLayout.Point, _ b: MapLayout.Point) -> Double {
        ((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)).squareRoot()
    }
}
