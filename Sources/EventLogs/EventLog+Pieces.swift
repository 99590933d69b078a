extension EventLog {
    /// Where a case comes back in the source after another began: its position and the row, the earliest one; `nil` where the rows of each
    /// case follow one another.
    package var firstReturn: (position: Int, row: Int)? {
        var found: (position: Int, row: Int)?
        var next = UInt32.max
        for position in (0..<caseCount).reversed() {
            var first = UInt32.max
            for place in eventRanges[position] {
                let row = columns.row[event(at: place)]
                if row < first { first = row }
                if row > next, found.map({ Int(row) < $0.row }) ?? true { found = (position, Int(row)) }
            }
            next = min(next, first)
        }
        return found
    }
}
