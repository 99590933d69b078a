import Instants
package import Performance

/// The performance spectrum: for each segment two rails, the activity before above and the activity after below, and a line for each
/// case from when it left the one to when it reached the other, darker the slower it was. Lines that run together at their lower ends
/// are batches, sheaves of flat lines slow phases, crossing lines cases that overtake.
package struct SpectrumPicture: Sendable {
    /// The spectrum.
    package var spectrum: PerformanceSpectrum

    /// The picture of a spectrum.
    package init(_ spectrum: PerformanceSpectrum) {
        self.spectrum = spectrum
    }

    /// The step of the ramp for each quarter of times, the fastest first.
    private static let steps = [2, 4, 6, 8]

    /// The picture.
    package func picture(_ frame: PictureFrame) -> Picture {
        let segments = spectrum.segments.filter { !$0.lines.isEmpty }
        if segments.isEmpty { return .empty(frame) }
        let words = PictureWords(frame.language)
        let day = 86_400.0
        let zero = Double(spectrum.origin) / 1e6 / day + Double(spectrum.offsetS) / day
        let days = Axis(zero, zero + max(spectrum.lengthS / day, 1e-3), from: 0, to: frame.width)
        var svg = SVG()
        var y = key(&svg, frame, words)
        let height = frame.isNarrow ? 64.0 : 76
        for segment in segments {
            let humane = frame.humane
            let median = segment.quartilesS.count == 3 ? words.median(humane.duration(seconds: segment.quartilesS[1])) : ""
            let kept =
                segment.isSampled
                ? words.sampled(segment.lines.count, of: segment.count - segment.left) : "n = " + humane.count(segment.lines.count)
            let note = frame.isNarrow || median.isEmpty ? kept : median + " · " + kept
            let noteWidth = min(TextWidth.of(note) + 8, frame.width * 0.6)
            svg.text(segment.source, 0, y + 13, isStrong: true, room: frame.width - noteWidth)
            svg.text(note, frame.width, y + 13, .end, ink: .muted, room: noteWidth)
            let (top, bottom) = (y + 20, y + 20 + height)
            svg.line(0, top, frame.width, top, .muted)
            svg.line(0, bottom, frame.width, bottom, .muted)
            for quartile in 1...4 {
                var path = ""
                for line in segment.lines where line.quartile == quartile {
                    path += "M" + SVG.point(days.position(zero + line.startS / day), top)
                    path += "L" + SVG.point(days.position(zero + line.endS / day), bottom)
                }
                let opacity = segment.lines.count > 150 ? 0.5 : 0.9
                if !path.isEmpty { svg.path(path, stroke: .ramp(Self.steps[quartile - 1]), opacity: opacity) }
            }
            svg.text(segment.target, 0, bottom + 14, isStrong: true, room: frame.width)
            y = bottom + 26
        }
        y = dates(&svg, days, at: y, frame)
        return Picture(frame, height: y, svg)
    }

    /// What the shades mean; gives where the panels begin.
    private func key(_ svg: inout SVG, _ frame: PictureFrame, _ words: PictureWords) -> Double {
        var x = 0.0
        for (place, name) in words.quarters.enumerated() {
            svg.rect(x, 3, 14, 9, fill: .ramp(Self.steps[place]))
            svg.text(name, x + 18, 12, ink: .muted)
            x += 18 + TextWidth.of(name) + 14
        }
        return 24
    }

    private func dates(_ svg: inout SVG, _ days: Axis, at y: Double, _ frame: PictureFrame) -> Double {
        svg.line(0, y, frame.width, y, .muted)
        return DateTicks.draw(&svg, days, at: y, bounds: 0...frame.width)
    }
}
