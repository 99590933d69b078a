/// The correction of p-values for how many things were looked at, where none of those named should be chance.
package enum FamilywiseError {
    /// Holm's adjusted p-values ("A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6, 1979), in the
    /// order of `pValues`: named at 0.05, any of them is chance in at most 5 % of all lists, however they hang together. Unknown ones stay
    /// unknown and count for nothing.
    package static func adjusted(_ pValues: [Double?]) -> [Double?] {
        let known = pValues.indices.filter { pValues[$0] != nil }.sorted { (pValues[$0]!, $0) < (pValues[$1]!, $1) }
        var result = [Double?](repeating: nil, count: pValues.count)
        var largest = 0.0
        for (place, index) in known.enumerated() {
            largest = max(largest, min(1, pValues[index]! * Double(known.count - place)))
            result[index] = largest
        }
        return result
    }
}
