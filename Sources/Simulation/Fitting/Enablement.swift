import Instants

/// What each observed instance had to wait for.
struct Enablement {
    /// The rows of the case that must be complete before each row, earlier rows only, transitively reduced.
    private(set) var after: [[Int]]
    /// The activity of the one that was complete last, or -1.
    private(set) var previous: [Int]
    /// When that was; the first start of the case where there is none.
    private(set) var enabled: [Int64]

    /// How many earlier rows of a case are looked at.
    private static let reach = 64

    /// By partial order: everything complete before a start, but for what runs beside it.
    init(_ work: ObservedWork, _ oracle: ConcurrencyOracle) {
        self.init(work) { first, second in !oracle.callsConcurrent(work.activity[first], work.activity[second]) }
    }

    /// By total order: each row waits for the one before.
    init(inOrderOf work: ObservedWork) {
        after = [[Int]](repeating: [], count: work.count)
        previous = [Int](repeating: -1, count: work.count)
        enabled = work.start
        for range in work.cases {
            for row in range where row > range.lowerBound {
                after[row] = [row - 1]
                previous[row] = work.activity[row - 1]
                enabled[row] = min(work.completion[row - 1], work.start[row])
            }
        }
    }

    private init(_ work: ObservedWork, _ mayCause: (Int, Int) -> Bool) {
        after = [[Int]](repeating: [], count: work.count)
        previous = [Int](repeating: -1, count: work.count)
        enabled = work.start
        for range in work.cases {
            let begin = range.map { work.start[$0] }.min() ?? 0
            // Bit k of a row's ancestors stands for the row k + 1 places before.
            var ancestors = [UInt64](repeating: 0, count: range.count)
            for row in range {
                enabled[row] = begin
                var covered: UInt64 = 0
                for back in 1...Self.reach where row - back >= range.lowerBound {
                    let other = row - back
                    if covered & (1 << UInt64(back - 1)) != 0 { continue }
                    if work.completion[other] > work.start[row] || !mayCause(other, row) { continue }
                    after[row].append(other)
                    covered |= 1 << UInt64(back - 1)
                    if back < 64 { covered |= ancestors[other - range.lowerBound] << UInt64(back) }
                }
                ancestors[row - range.lowerBound] = covered
                after[row].reverse()
                if let last = after[row].max(by: { (work.completion[$0], $0) < (work.completion[$1], $1) }) {
                    previous[row] = work.activity[last]
                    enabled[row] = work.completion[last]
                }
            }
        }
    }
}
