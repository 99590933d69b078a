import ProcessModels

/// The outlines of a BPMN diagram, as paths.
enum BPMNShapes {
    typealias Box = BPMNDiagram.Box
    typealias Point = BPMNDiagram.Point

    static func rounded(_ box: Box, _ radius: Double) -> String {
        let r = min(radius, box.width / 2, box.height / 2)
        let arc = "a\(SVG.number(r)) \(SVG.number(r)) 0 0 1 "
        return "M\(SVG.point(box.x + r, box.y))H\(SVG.number(box.right - r))\(arc)\(SVG.point(r, r))V\(SVG.number(box.bottom - r))"
            + "\(arc)\(SVG.point(-r, r))H\(SVG.number(box.x + r))\(arc)\(SVG.point(-r, -r))V\(SVG.number(box.y + r))\(arc)\(SVG.point(r, -r))Z"
    }

    static func circle(_ x: Double, _ y: Double, _ radius: Double) -> String {
        let r = SVG.number(radius)
        return "M\(SVG.point(x - radius, y))a\(r) \(r) 0 1 0 \(SVG.number(2 * radius)) 0a\(r) \(r) 0 1 0 \(SVG.number(-2 * radius)) 0Z"
    }

    /// A page with a corner folded.
    static func page(_ box: Box) -> String {
        let fold = min(10, box.width / 2, box.height / 2)
        return "M\(SVG.point(box.x, box.y))H\(SVG.number(box.right - fold))L\(SVG.point(box.right, box.y + fold))V\(SVG.number(box.bottom))"
            + "H\(SVG.number(box.x))ZM\(SVG.point(box.right - fold, box.y))V\(SVG.number(box.y + fold))H\(SVG.number(box.right))"
    }

    static func barrel(_ box: Box) -> String {
        let lid = min(6, box.height / 4)
        let arc = "A\(SVG.number(box.width / 2)) \(SVG.number(lid)) 0 0 "
        return "M\(SVG.point(box.x, box.y + lid))\(arc)1 \(SVG.point(box.right, box.y + lid))V\(SVG.number(box.bottom - lid))"
            + "\(arc)1 \(SVG.point(box.x, box.bottom - lid))Z"
    }

    static func barrelLid(_ box: Box) -> String {
        let lid = min(6, box.height / 4)
        let arc = "A\(SVG.number(box.width / 2)) \(SVG.number(lid)) 0 0 0 "
        return [lid, 2 * lid].map { "M\(SVG.point(box.x, box.y + $0))\(arc)\(SVG.point(box.right, box.y + $0))" }.joined()
    }

    // MARK: Lines

    /// A line with its corners rounded.
    static func line(_ points: [Point]) -> String {
        var path = "M" + SVG.point(points[0].x, points[0].y)
        for index in 1..<points.count {
            let point = points[index]
            guard index + 1 < points.count else {
                path += "L" + SVG.point(point.x, point.y)
                break
            }
            let before = along(point, points[index - 1], 6)
            let after = along(point, points[index + 1], 6)
            path += "L\(SVG.point(before.x, before.y))Q\(SVG.point(point.x, point.y)) \(SVG.point(after.x, after.y))"
        }
        return path
    }

    /// The point a little way from one towards another, at most half of it.
    private static func along(_ from: Point, _ to: Point, _ distance: Double) -> Point {
        let (dx, dy) = (to.x - from.x, to.y - from.y)
        let length = (dx * dx + dy * dy).squareRoot()
        guard length > 0 else { return from }
        let share = min(distance, length / 2) / length
        return Point(x: from.x + dx * share, y: from.y + dy * share)
    }

    /// The direction of the piece between two points; to the right where they are the same.
    private static func direction(_ from: Point, _ to: Point) -> (x: Double, y: Double) {
        let (dx, dy) = (to.x - from.x, to.y - from.y)
        let length = (dx * dx + dy * dy).squareRoot()
        return length > 0 ? (dx / length, dy / length) : (1, 0)
    }

    /// The last direction of a line.
    private static func ending(_ points: [Point]) -> (x: Double, y: Double) {
        let last = points[points.count - 1]
        return direction(points.last { $0 != last } ?? last, last)
    }

    /// The tip of an arrow that ends a line.
    static func head(_ points: [Point], size: Double) -> String {
        let (tip, way) = (points[points.count - 1], ending(points))
        let base = Point(x: tip.x - way.x * size, y: tip.y - way.y * size)
        let half = size * 0.45
        return "M\(SVG.point(tip.x, tip.y))L\(SVG.point(base.x - way.y * half, base.y + way.x * half))"
            + "L\(SVG.point(base.x + way.y * half, base.y - way.x * half))Z"
    }

    static func openHead(_ points: [Point]) -> String {
        let (tip, way) = (points[points.count - 1], ending(points))
        let base = Point(x: tip.x - way.x * 7, y: tip.y - way.y * 7)
        return "M\(SVG.point(base.x - way.y * 4, base.y + way.x * 4))L\(SVG.point(tip.x, tip.y))"
            + "L\(SVG.point(base.x + way.y * 4, base.y - way.x * 4))"
    }

    /// The stroke across the beginning of a line that is taken where no other is.
    static func slash(_ points: [Point]) -> String {
        let way = direction(points[0], points[1])
        let middle = Point(x: points[0].x + way.x * 11, y: points[0].y + way.y * 11)
        let (dx, dy) = (way.x * 3 - way.y * 5, way.y * 3 + way.x * 5)
        return "M\(SVG.point(middle.x - dx, middle.y - dy))L\(SVG.point(middle.x + dx, middle.y + dy))"
    }

    /// The diamond at the beginning of a line that has a condition.
    static func diamond(_ points: [Point]) -> String {
        let way = direction(points[0], points[1])
        func point(_ ahead: Double, _ aside: Double) -> String {
            SVG.point(points[0].x + way.x * ahead - way.y * aside, points[0].y + way.y * ahead + way.x * aside)
        }
        return "M\(point(0, 0))L\(point(7, 4))L\(point(14, 0))L\(point(7, -4))Z"
    }

    /// The longest piece of a line that lies, else the longest of all.
    static func longest(_ points: [Point]) -> (Point, Point) {
        var best = (points[0], points[1])
        var most = -1.0
        for (a, b) in zip(points, points.dropFirst()) {
            let length = abs(a.x - b.x) + abs(a.y - b.y) + (a.y == b.y && abs(a.x - b.x) > 30 ? 1e7 : 0)
            if length > most { (most, best) = (length, (a, b)) }
        }
        return best
    }

    /// The point half the way along a line.
    static func middle(_ points: [Point]) -> Point {
        let lengths = zip(points, points.dropFirst()).map { abs($0.x - $1.x) + abs($0.y - $1.y) }
        var rest = lengths.reduce(0, +) / 2
        for (index, length) in lengths.enumerated() {
            if rest <= length, length > 0 {
                let (a, b, share) = (points[index], points[index + 1], rest / length)
                return Point(x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share)
            }
            rest -= length
        }
        return points[0]
    }
}
