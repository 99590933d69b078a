/// What a colour means in a picture; the colour itself depends on light or dark surroundings and is written as a class.
///
/// The pairs are told apart in grey scale and by the common colour-vision deficiencies together with a second sign
/// (position, dash, hatching), and every text ink reaches a contrast of 4.5 : 1 on ``paper``.
enum Ink: Hashable {
    /// Words and numbers.
    case text
    /// Words that step back: axis titles, ticks, notes.
    case muted
    /// Grid lines and axes.
    case grid
    /// Marks that give context only.
    case context
    /// The process as it is, or before.
    case asIs
    /// The process after a change.
    case toBe
    /// Words about ``asIs``.
    case asIsText
    /// Words about ``toBe``.
    case toBeText
    /// A failed check.
    case failed
    /// The surface.
    case paper
    /// An amount, 0 (least) to 8 (most).
    case ramp(Int)

    /// The steps of the ramp of amounts.
    static let rampSteps = 9

    /// All inks, in the order of the style sheet.
    static let all: [Ink] =
        [.text, .muted, .grid, .context, .asIs, .toBe, .asIsText, .toBeText, .failed, .paper] + (0..<rampSteps).map { .ramp($0) }

    /// The short name in class names.
    var name: String {
        switch self {
        case .text: "t"
        case .muted: "m"
        case .grid: "g"
        case .context: "c"
        case .asIs: "a"
        case .toBe: "b"
        case .asIsText: "at"
        case .toBeText: "bt"
        case .failed: "x"
        case .paper: "p"
        case .ramp(let step): "r\(step)"
        }
    }

    /// The colour on light paper.
    var light: String {
        switch self {
        case .text: "#1b1f24"
        case .muted: "#59626d"
        case .grid: "#d5dae0"
        case .context: "#9aa5b1"
        case .asIs, .asIsText: "#2f6fab"
        case .toBe: "#c8641b"
        case .toBeText: "#a04c0d"
        case .failed: "#a33a2a"
        case .paper: "#ffffff"
        case .ramp(let step):
            ["#e3edf7", "#cfe0f1", "#b6d0e9", "#97bbdd", "#78a5d0", "#3a75b0", "#2f6299", "#214d7d", "#143860"][step]
        }
    }

    /// The colour on dark paper.
    var dark: String {
        switch self {
        case .text: "#e6e9ec"
        case .muted: "#a3acb6"
        case .grid: "#3a424b"
        case .context: "#6b7683"
        case .asIs, .asIsText: "#6aa6dc"
        case .toBe, .toBeText: "#e8935a"
        case .failed: "#e58a7b"
        case .paper: "#14171b"
        case .ramp(let step):
            ["#1b2a3a", "#21374d", "#284663", "#30567b", "#376492", "#74a9da", "#93bee6", "#b3d2ef", "#d3e5f7"][step]
        }
    }

    /// The ink for words on a surface of the ramp.
    static func onRamp(_ step: Int) -> Ink {
        step < 5 ? .text : .paper
    }

    /// The step of the ramp for a share of the greatest amount, 0…1.
    static func step(_ share: Double) -> Int {
        guard share.isFinite else { return 0 }
        return min(rampSteps - 1, max(0, Int(share * Double(rampSteps))))
    }
}
