import Instants

/// Little's law held against a log: the mean number in a system L against arrivals per time λ times the mean time in it W.
///
/// The law holds in the long run (Little: "A proof for the queuing formula: L = λW", Operations Research 9, 1961,
/// doi:10.1287/opre.9.3.383); over a window it holds but for the time that what came before spends inside it (carried in), the time that
/// what came inside spends beyond (carried out), and what never left (open). The window leaves out, at both ends of the log, the 95th
/// percentile of the times, a quarter of the log at most, since logs are cut there. L counts all that is there; W is the mean of what
/// came in the window and left. The gap is then, to the microsecond, carried in − carried out + open: what it is made of says what it
/// means.
package struct LittlesLaw: Codable, Sendable, Equatable {
    /// Whether the two sides agree.
    package enum Verdict: String, Codable, Sendable {
        /// They differ by no more than ``tolerance``.
        case consistent
        /// They differ by more.
        case inconsistent
        /// Fewer than ``fewest`` arrivals, or a window shorter than ``shortest`` mean times: nothing is said.
        case insufficient
    }

    /// What most of a gap comes from.
    package enum Reason: String, Codable, Sendable {
        /// More was carried out than in: the number inside grows, or the log begins with nothing inside.
        case growing
        /// More was carried in than out: the number inside falls, or the log has no new arrivals towards its end.
        case falling
        /// Much never left, or was not seen leaving: W leaves it out.
        case open
    }

    /// Both sides agree up to this share of λW.
    package static let tolerance = 0.1
    /// The law is not asked of fewer arrivals.
    package static let fewest = 30
    /// Nor of a window shorter than so many mean times.
    package static let shortest = 3.0

    /// Where the window begins, in seconds after the log's first time.
    package var fromS: Double
    /// Its length in seconds.
    package var lengthS: Double
    /// What came in it.
    package var arrivals: Int
    /// Of that, what never left.
    package var open: Int
    /// L: the mean number inside.
    package var meanNumber: Double?
    /// λ: arrivals per second.
    package var arrivalsPerS: Double?
    /// W: the mean time of what came and left, in seconds.
    package var meanTimeS: Double?
    /// L ÷ (λW) − 1; nil where it cannot be told.
    package var gap: Double?
    /// Time spent in the window by what came before it, in seconds.
    package var carriedInS: Double
    /// Time spent after the window by what came in it and left, in seconds.
    package var carriedOutS: Double
    /// Time spent in the window by what came in it and never left, less W for each, in seconds.
    package var openS: Double?
    /// Whether the sides agree.
    package var verdict: Verdict
    /// What most of the gap comes from; nil where they agree or nothing is said.
    package var reason: Reason?

    /// The law over what stood somewhere between the log's first and last time.
    init(_ sojourns: Sojourns, first: Int64, last: Int64) {
        let closed = sojourns.from.indices.filter { !sojourns.isOpen($0) }
        let times = closed.map { sojourns.to[$0] - sojourns.from[$0] }.sorted()
        let usual = times.isEmpty ? 0 : times[Swift.min(times.count - 1, times.count * 95 / 100)]
        let trim = Swift.min(usual, (last - first) / 4)
        let (from, to) = (first + trim, last - trim)
        var inside: Int128 = 0
        var sum: Int128 = 0
        var (carriedIn, carriedOut, openTime): (Int128, Int128, Int128) = (0, 0, 0)
        var (arrivals, left) = (0, 0)
        for place in sojourns.from.indices {
            let (own, end) = (sojourns.from[place], sojourns.to[place])
            let overlap = Int128(Swift.max(0, Swift.min(end, to) - Swift.max(own, from)))
            inside += overlap
            if own < from {
                carriedIn += overlap
            } else if own < to {
                arrivals += 1
                if sojourns.isOpen(place) {
                    openTime += overlap
                } else {
                    left += 1
                    sum += Int128(end - own)
                    carriedOut += Int128(Swift.max(0, end - to))
                }
            }
        }
        let length = Double(to - from)
        fromS = Double(trim) / 1e6
        lengthS = length / 1e6
        self.arrivals = arrivals
        open = arrivals - left
        carriedInS = Double(carriedIn) / 1e6
        carriedOutS = Double(carriedOut) / 1e6
        meanNumber = length > 0 ? Double(inside) / length : nil
        arrivalsPerS = length > 0 ? Double(arrivals) / (length / 1e6) : nil
        let mean = left > 0 ? Double(sum) / Double(left) : nil
        meanTimeS = mean.map { $0 / 1e6 }
        openS = mean.map { (Double(openTime) - Double(arrivals - left) * $0) / 1e6 }
        verdict = .insufficient
        guard let mean, mean > 0, length > 0 else { return }
        let gap = Double(inside) / (Double(arrivals) * mean) - 1
        self.gap = gap
        if arrivals < Self.fewest || length < Self.shortest * mean { return }
        verdict = abs(gap) <= Self.tolerance ? .consistent : .inconsistent
        if verdict == .consistent { return }
        let carried = carriedInS - carriedOutS
        if abs(openS ?? 0) > abs(carried) {
            reason = .open
        } else {
            reason = carried < 0 ? .growing : .falling
        }
    }
}
