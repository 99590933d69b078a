import EventLogs
import Foundation
import Reports
import Synchronization

/// The one line on a terminal's standard error that says what is being done, how far it is and how long it still takes.
///
/// It is redrawn at most ten times a second and gone when the work is done. Everywhere else it only passes on the user's wish
/// to stop.
final class ProgressLine: WorkMonitor {
    private struct State {
        var subject = ""
        var phase: WorkPhase?
        var phaseBegan = ContinuousClock.now
        var lastDrawn: ContinuousClock.Instant?
        var isShown = false
    }

    private let isShown: Bool
    private let language: Language
    private let interruption: Interruption
    private let state = Mutex(State())

    /// - Parameter isShown: whether there is a terminal to draw on and nobody asked for silence.
    init(isShown: Bool, language: Language, interruption: Interruption) {
        self.isShown = isShown
        self.language = language
        self.interruption = interruption
    }

    /// Says which file the next words are about.
    func begin(_ subject: String) {
        guard isShown else { return }
        state.withLock {
            $0.subject = InertText.line(subject)
            $0.phase = nil
        }
    }

    func progress(_ phase: WorkPhase, fraction: Double?, events: Int) {
        guard isShown else { return }
        state.withLock { state in
            let now = ContinuousClock.now
            if state.phase != phase {
                state.phase = phase
                state.phaseBegan = now
            }
            if let last = state.lastDrawn, now - last < .milliseconds(100) { return }
            state.lastDrawn = now
            state.isShown = true
            let line = Self.line(
                phase, subject: state.subject, fraction: fraction, events: events, elapsed: now - state.phaseBegan, language)
            Self.draw("\r" + line + "\u{1B}[K")
        }
    }

    func checkCancellation() throws {
        if interruption.isRequested { throw CancellationError() }
    }

    /// Removes the line.
    func end() {
        state.withLock { state in
            if state.isShown { Self.draw("\r\u{1B}[K") }
            state.isShown = false
        }
    }

    /// `reading purchases.xes.gz  61 %  12.4 M events  ~8 s`.
    static func line(
        _ phase: WorkPhase, subject: String, fraction: Double?, events: Int, elapsed: Duration, _ language: Language
    ) -> String {
        var parts = [verb(phase, language) + (subject.isEmpty ? "" : (language == .zh ? "" : " ") + InertText.cut(subject, to: 40))]
        if let fraction {
            let percent = Int((min(max(fraction, 0), 1) * 100).rounded(.down))
            parts.append(language("\(percent) %", "\(percent)%"))
        }
        if events > 0 { parts.append(language("\(short(events)) events", "\(short(events)) 个事件")) }
        let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
        if let fraction, fraction > 0.02, seconds > 1 {
            let rest = Int((seconds * (1 - fraction) / fraction).rounded(.up))
            parts.append(language("~\(rest) s", "约 \(rest) 秒"))
        }
        return parts.joined(separator: "  ")
    }

    private static func verb(_ phase: WorkPhase, _ language: Language) -> String {
        switch phase {
        case .reading: language("reading", "正在读取 ")
        case .building: language("sorting", "正在整理 ")
        case .analysing: language("analysing", "正在分析 ")
        case .writing: language("writing", "正在写入 ")
        }
    }

    private static func short(_ count: Int) -> String {
        switch count {
        case 1_000_000...: String(format: "%.1f M", Double(count) / 1e6)
        case 10_000...: String(format: "%.0f k", Double(count) / 1e3)
        default: String(count)
        }
    }

    private static func draw(_ text: String) {
        var text = text
        text.withUTF8 { bytes in _ = try? writeAll(UnsafeRawBufferPointer(bytes), to: STDERR_FILENO) }
    }
}
