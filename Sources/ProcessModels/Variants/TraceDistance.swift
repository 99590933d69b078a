/// How far two sequences of activities are apart.
enum TraceDistance {
    /// The fewest insertions, deletions and replacements that turn one sequence into the other (Wagner, Fischer 1974,
    /// doi:10.1145/321796.321811).
    ///
    /// - Complexity: O(product of the lengths).
    static func edits(_ left: ArraySlice<UInt32>, _ right: ArraySlice<UInt32>, _ row: inout [Int32]) -> Int {
        if left.count < right.count { return edits(right, left, &row) }
        if right.isEmpty { return left.count }
        row.removeAll(keepingCapacity: true)
        for place in 0...right.count { row.append(Int32(place)) }
        return left.withUnsafeBufferPointer { left in
            right.withUnsafeBufferPointer { right in
                row.withUnsafeMutableBufferPointer { row in
                    for (place, own) in left.enumerated() {
                        var diagonal = row[0]
                        row[0] = Int32(place + 1)
                        var column = 0
                        while column < right.count {
                            let replaced = diagonal &+ (own == right[column] ? 0 : 1)
                            diagonal = row[column &+ 1]
                            row[column &+ 1] = min(replaced, min(diagonal, row[column]) &+ 1)
                            column &+= 1
                        }
                    }
                    return Int(row[right.count])
                }
            }
        }
    }

    /// Edits by length, 0…1: a metric (Yujian, Bo: "A normalized Levenshtein distance metric", IEEE Transactions on Pattern Analysis and Machine
    /// Intelligence 29, 2007, doi:10.1109/TPAMI.2007.1078).
    static func normalized(_ left: ArraySlice<UInt32>, _ right: ArraySlice<UInt32>, _ row: inout [Int32]) -> Float {
        let edits = edits(left, right, &row)
        return edits == 0 ? 0 : 2 * Float(edits) / Float(left.count + right.count + edits)
    }
}
