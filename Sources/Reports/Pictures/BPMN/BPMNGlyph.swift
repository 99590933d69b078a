import ProcessModels

/// The small signs in tasks, events and gateways, as strokes around (0, 0): up to 9 from the middle.
enum BPMNGlyph {
    enum Name {
        // In events.
        case clock, envelope, triangle, bolt, up, back, page, arrow, times, disc, pentagon
        // In gateways.
        case cross, bigPlus, ring, ringedPentagon, star
        // In tasks.
        case person, gear, scroll, table, hand, plus, again, atOnce, oneByOne, tilde
    }

    /// The sign of what an event is about; nil where it has none.
    static func event(_ trigger: String) -> Name? {
        switch trigger {
        case "timer": .clock
        case "message": .envelope
        case "signal": .triangle
        case "error": .bolt
        case "escalation": .up
        case "compensate": .back
        case "conditional": .page
        case "link": .arrow
        case "cancel": .times
        case "terminate": .disc
        default: nil
        }
    }

    /// The sign of a kind of task; nil where it has none.
    static func task(_ task: BPMNModel.Task) -> Name? {
        switch task {
        case .user: .person
        case .manual: .hand
        case .service: .gear
        case .script: .scroll
        case .businessRule: .table
        case .send, .receive: .envelope
        default: nil
        }
    }

    static func draw(
        _ svg: inout SVG, _ name: Name, _ x: Double, _ y: Double, scale: Double, ink: Ink, on ground: Ink, isFilled: Bool = false
    ) {
        let width = isBold(name) ? 3 : 1.3
        let fill: Ink? = name == .disc || isFilled && isClosed(name) ? ink : nil
        svg.path(path(name, x, y, scale), fill: fill, stroke: ink, width: width * min(scale, 1))
        // What is drawn in the colour of the ground on a filled sign.
        if isFilled && name == .envelope { svg.path(pen(x, y, scale, "M-8 -5L0 1L8 -5"), stroke: ground, width: 1.3) }
    }

    private static func isBold(_ name: Name) -> Bool {
        name == .cross || name == .bigPlus || name == .ring || name == .star
    }

    private static func isClosed(_ name: Name) -> Bool {
        switch name {
        case .envelope, .triangle, .bolt, .up, .back, .arrow, .times, .pentagon: true
        default: false
        }
    }

    private static func path(_ name: Name, _ x: Double, _ y: Double, _ scale: Double) -> String {
        if name == .ring { return BPMNShapes.circle(x, y, 11 * scale) }
        if name == .disc { return BPMNShapes.circle(x, y, 9 * scale) }
        if name == .clock { return BPMNShapes.circle(x, y, 9.5 * scale) + pen(x, y, scale, "M0 -6L0 0L5 1") }
        if name == .ringedPentagon {
            return BPMNShapes.circle(x, y, 13 * scale) + BPMNShapes.circle(x, y, 10.5 * scale) + path(.pentagon, x, y, scale * 0.75)
        }
        return pen(x, y, scale, strokes(name))
    }

    private static func strokes(_ name: Name) -> String {
        switch name {
        case .envelope: "M-8 -5L8 -5L8 5L-8 5ZM-8 -5L0 1L8 -5"
        case .triangle: "M0 -8L8 6L-8 6Z"
        case .bolt: "M-8 7L-3 -6L3 2L8 -7L3 6L-3 -1Z"
        case .up: "M0 -9L6 7L0 1L-6 7Z"
        case .back: "M0 -6L0 6L-8 0ZM8 -6L8 6L0 0Z"
        case .page: "M-6 -8L6 -8L6 8L-6 8ZM-4 -4L4 -4M-4 0L4 0M-4 4L4 4"
        case .arrow: "M-8 -3L2 -3L2 -7L9 0L2 7L2 3L-8 3Z"
        case .times: "M-8 -6L-6 -8L0 -2L6 -8L8 -6L2 0L8 6L6 8L0 2L-6 8L-8 6L-2 0Z"
        case .pentagon: "M0 -9L9 -2L5 8L-5 8L-9 -2Z"
        case .cross: "M-7 -7L7 7M7 -7L-7 7"
        case .bigPlus: "M-11 0L11 0M0 -11L0 11"
        case .star: "M-11 0L11 0M0 -11L0 11M-8 -8L8 8M8 -8L-8 8"
        case .person: "M-3 -4L0 -8L3 -4L0 0ZM-8 8L-8 5L-4 1L4 1L8 5L8 8Z"
        case .gear: "M-3 -8L3 -8L4 -5L7 -5L8 0L7 5L4 5L3 8L-3 8L-4 5L-7 5L-8 0L-7 -5L-4 -5ZM-3 0L0 -3L3 0L0 3Z"
        case .scroll: "M-5 -8L8 -8L5 0L7 8L-7 8L-5 0ZM-2 -4L4 -4M-2 0L3 0M-2 4L4 4"
        case .table: "M-8 -7L8 -7L8 7L-8 7ZM-8 -3L8 -3M-8 2L8 2M-3 -3L-3 7"
        case .hand: "M-8 -4L-3 -8L0 -6L-3 -4L8 -4L8 -1L3 -1L8 -1L7 2L3 2L7 2L6 5L3 5L5 5L4 8L-4 8L-8 4Z"
        case .plus: "M-7 -7L7 -7L7 7L-7 7ZM-4 0L4 0M0 -4L0 4"
        case .again: "M-3 6L-7 2L-7 -3L-3 -7L3 -7L7 -3L7 2L3 6M-3 6L-8 6M-3 6L-3 1"
        case .atOnce: "M-5 -7L-5 7M0 -7L0 7M5 -7L5 7"
        case .oneByOne: "M-7 -5L7 -5M-7 0L7 0M-7 5L7 5"
        case .tilde: "M-8 2L-4 -3L4 3L8 -2"
        default: ""
        }
    }

    /// Strokes written as `M` and `L` with whole numbers, moved and scaled.
    private static func pen(_ x: Double, _ y: Double, _ scale: Double, _ strokes: String) -> String {
        var result = ""
        var numbers: [Double] = []
        var digits = ""
        func finish(_ result: inout String) {
            if let number = Double(digits) { numbers.append(number) }
            digits = ""
            if numbers.count == 2 {
                result += SVG.point(x + numbers[0] * scale, y + numbers[1] * scale)
                numbers = []
            }
        }
        for character in strokes {
            switch character {
            case "M", "L", "Z":
                finish(&result)
                result.append(character)
            case " ": finish(&result)
            default: digits.append(character)
            }
        }
        finish(&result)
        return result
    }
}
