/// The marking equation of a net and what is left of a trace, as a linear program whose optimum no alignment can undercut
/// (Adriansyah 2014, section 4.4; van Dongen: "Efficiently computing alignments", BPM 2018, doi:10.1007/978-3-319-98648-7_12).
///
/// Over the firings z ≥ 0 of the transitions: minimise Σₐ |Σ_{t carries a} zₜ − cₐ| so that the marking plus the effects of z is the final
/// marking, where cₐ is how often activity a is left in the trace. That is the equation of the synchronous product with the moves
/// of each activity summed up: what is not taken together is a move on log or on model, whichever side has more. Markings and counts
/// stand on the right alone, so that the basis of one state is a start, feasible for the dual, for every other.
struct MarkingEquation: Sendable {
    /// How many rows there are: the places, then the activities that transitions carry.
    let rowCount: Int
    /// How many transitions there are.
    let transitionCount: Int
    /// How many places there are.
    let placeCount: Int
    /// Per activity number: its row, or −1.
    let activityRow: [Int]
    /// The columns of the transitions: where each begins, one more than there are transitions.
    let starts: [Int]
    /// The row of each entry.
    let rows: [Int]
    /// The value of each entry.
    let values: [Double]
    /// The final marking.
    private let final: [Int]

    /// The equation of a net.
    init(_ net: CheckedNet) {
        placeCount = net.placeCount
        transitionCount = net.transitionCount
        final = net.final
        var activityRow = [Int](repeating: -1, count: net.activities.count)
        var count = net.placeCount
        for activity in activityRow.indices where !net.carriers(of: activity).isEmpty {
            activityRow[activity] = count
            count += 1
        }
        var starts = [0]
        var rows: [Int] = []
        var values: [Double] = []
        for transition in 0..<net.transitionCount {
            var effect: [Int: Int] = [:]
            for arc in net.inputs.range(transition) { effect[net.inputs.places[arc], default: 0] -= net.inputs.weights[arc] }
            for arc in net.outputs.range(transition) { effect[net.outputs.places[arc], default: 0] += net.outputs.weights[arc] }
            for (place, value) in effect.sorted(by: { $0.key < $1.key }) where value != 0 {
                rows.append(place)
                values.append(Double(value))
            }
            if net.labels[transition] != CheckedNet.silent {
                rows.append(activityRow[Int(net.labels[transition])])
                values.append(1)
            }
            starts.append(rows.count)
        }
        rowCount = count
        self.activityRow = activityRow
        self.starts = starts
        self.rows = rows
        self.values = values
    }

    /// The right side for a marking: what is still to be put on each place.
    func setPlaces(_ right: inout [Double], _ marking: UInt32, of graph: MarkingGraph) {
        for place in 0..<placeCount { right[place] = Double(final[place] - graph.tokens(place, in: marking)) }
    }
}
