/// A directly-follows graph reduced to what is frequent, and what was left out.
package struct AbstractedGraph: Codable, Sendable, Equatable {
    /// The activities and edges that are shown, with the figures they have in the whole graph.
    package var graph: DirectlyFollowsGraph
    /// Names of the shown activities whose opening of cases is shown: for the arrows from the start.
    package var shownStarts: [String]
    /// Names of the shown activities whose closing of cases is shown: for the arrows to the end.
    package var shownEnds: [String]
    /// How many activities are shown.
    package var keptActivities: Int
    /// How many activities there are.
    package var allActivities: Int
    /// How many edges are shown.
    package var keptEdges: Int
    /// How many edges there are.
    package var allEdges: Int
    /// The share of the activity instances that belong to shown activities, 0…1.
    package var keptEventShare: Double
    /// The share of the steps between activities that take shown edges, 0…1; 1 where there are no steps.
    package var keptPathShare: Double
}

extension DirectlyFollowsGraph {
    /// The most frequent part of the graph, in which every shown activity lies on a path from the start to the end.
    ///
    /// - `activities`: the share of the activities to show, 0…1, the most frequent first (ties by name); at least one is shown.
    ///   Less frequent ones are shown too where the chosen ones are connected only through them.
    /// - `paths`: the share of the paths between shown activities to show, 0…1, the most frequent first (ties by the names);
    ///   opening and closing a case count as paths. The paths that connect are always shown: those of the two trees that
    ///   reach every shown activity from the start, and the end from every shown activity, each grown by its most frequent
    ///   next path (so that the rarest path on the way is as frequent as can be).
    ///
    /// Both shares are shares of the distinct activities and paths, not of events, and round up.
    package func abstracted(activities activityShare: Double, paths pathShare: Double) -> AbstractedGraph {
        precondition((0...1).contains(activityShare) && (0...1).contains(pathShare), "a share lies between 0 and 1")
        let network = Network(self)
        let chosen = Swift.min(activities.count, Swift.max(1, Self.rounded(activityShare, of: activities.count)))
        let (shown, tree) = network.connected(showing: chosen)
        let candidates = network.paths.indices.filter { path in
            shown[network.paths[path].from] && shown[network.paths[path].to]
        }
        var kept = tree
        for path in candidates.prefix(Self.rounded(pathShare, of: candidates.count)) { kept[path] = true }
        return reduced(network, shown: shown, kept: kept)
    }

    /// The share of a count, rounded up; the small allowance keeps `0.1 · 30` at 3.
    private static func rounded(_ share: Double, of count: Int) -> Int {
        Swift.min(count, Swift.max(0, Int((share * Double(count) - 1e-9).rounded(.up))))
    }

    private func reduced(_ network: Network, shown: [Bool], kept: [Bool]) -> AbstractedGraph {
        var result = AbstractedGraph(
            graph: DirectlyFollowsGraph(activities: [], edges: []), shownStarts: [], shownEnds: [], keptActivities: 0,
            allActivities: activities.count, keptEdges: 0, allEdges: edges.count, keptEventShare: 1, keptPathShare: 1)
        result.graph.activities = activities.indices.filter { shown[$0] }.map { activities[$0] }
        var keptEdges = [Bool](repeating: false, count: edges.count)
        for (place, path) in network.paths.enumerated() where kept[place] {
            if let edge = path.edge {
                keptEdges[edge] = true
            } else if path.from == network.start {
                result.shownStarts.append(activities[path.to].name)
            } else {
                result.shownEnds.append(activities[path.from].name)
            }
        }
        result.graph.edges = edges.indices.filter { keptEdges[$0] }.map { edges[$0] }
        result.keptActivities = result.graph.activities.count
        result.keptEdges = result.graph.edges.count
        let events = activities.reduce(0) { $0 + $1.count }
        let steps = edges.reduce(0) { $0 + $1.count }
        if events > 0 { result.keptEventShare = Double(result.graph.activities.reduce(0) { $0 + $1.count }) / Double(events) }
        if steps > 0 { result.keptPathShare = Double(result.graph.edges.reduce(0) { $0 + $1.count }) / Double(steps) }
        return result
    }
}

/// A graph with its start and its end as nodes, and openings and closings of cases as paths.
private struct Network {
    struct Path {
        var from: Int
        var to: Int
        var count: Int
        /// The edge it is, or `nil` for an opening or a closing.
        var edge: Int?
    }

    /// By descending count; ties: openings, edges, closings, each in the order of the graph.
    let paths: [Path]
    /// The node before all activities.
    let start: Int
    /// The node after all activities.
    let end: Int
    private let outgoing: [[Int]]
    private let incoming: [[Int]]

    init(_ graph: DirectlyFollowsGraph) {
        let size = graph.activities.count
        start = size
        end = size + 1
        var number: [String: Int] = [:]
        for (place, activity) in graph.activities.enumerated() { number[activity.name] = place }
        var all: [Path] = []
        for (place, activity) in graph.activities.enumerated() where activity.starts > 0 {
            all.append(Path(from: size, to: place, count: activity.starts, edge: nil))
        }
        for (place, edge) in graph.edges.enumerated() {
            guard let from = number[edge.source], let to = number[edge.target] else {
                preconditionFailure("an edge joins two activities of the graph")
            }
            all.append(Path(from: from, to: to, count: edge.count, edge: place))
        }
        for (place, activity) in graph.activities.enumerated() where activity.ends > 0 {
            all.append(Path(from: place, to: size + 1, count: activity.ends, edge: nil))
        }
        let order = all.indices.sorted { (-all[$0].count, $0) < (-all[$1].count, $1) }
        let sorted = order.map { all[$0] }
        var outgoing = [[Int]](repeating: [], count: size + 2)
        var incoming = outgoing
        for (place, path) in sorted.enumerated() {
            outgoing[path.from].append(place)
            incoming[path.to].append(place)
        }
        paths = sorted
        self.outgoing = outgoing
        self.incoming = incoming
    }

    /// The nodes to show so that the first `chosen` activities are connected, and the paths that connect them.
    func connected(showing chosen: Int) -> (shown: [Bool], tree: [Bool]) {
        var shown = [Bool](repeating: false, count: end + 1)
        for activity in 0..<chosen { shown[activity] = true }
        shown[start] = true
        shown[end] = true
        var tree = [Bool](repeating: false, count: paths.count)
        grow(from: start, along: outgoing, backward: false, &shown, &tree)
        grow(from: end, along: incoming, backward: true, &shown, &tree)
        return (shown, tree)
    }

    /// Reaches every shown node from `root`: first through shown nodes alone, then through any; those passed are shown too.
    private func grow(from root: Int, along leaving: [[Int]], backward: Bool, _ shown: inout [Bool], _ tree: inout [Bool]) {
        var entry = [Int](repeating: -1, count: shown.count)
        var reached = [Bool](repeating: false, count: shown.count)
        reached[root] = true
        for passesHidden in [false, true] {
            var open = Frontier()
            for node in reached.indices where reached[node] { open.add(leaving[node]) }
            while let path = open.takeFirst() {
                let next = backward ? paths[path].from : paths[path].to
                if reached[next] || (!passesHidden && !shown[next]) { continue }
                reached[next] = true
                entry[next] = path
                open.add(leaving[next])
            }
        }
        for node in shown.indices where shown[node] && node != root {
            var node = node
            while entry[node] >= 0 && !tree[entry[node]] {
                tree[entry[node]] = true
                node = backward ? paths[entry[node]].to : paths[entry[node]].from
                shown[node] = true
            }
        }
    }
}

/// Path numbers, the smallest (most frequent) first: a binary heap.
private struct Frontier {
    private var heap: [Int] = []

    mutating func add(_ paths: [Int]) {
        for path in paths {
            heap.append(path)
            var child = heap.count - 1
            while child > 0 && heap[child] < heap[(child - 1) / 2] {
                heap.swapAt(child, (child - 1) / 2)
                child = (child - 1) / 2
            }
        }
    }

    mutating func takeFirst() -> Int? {
        guard let first = heap.first else { return nil }
        let last = heap.removeLast()
        if heap.isEmpty { return first }
        heap[0] = last
        var parent = 0
        while true {
            var child = 2 * parent + 1
            if child >= heap.count { break }
            if child + 1 < heap.count && heap[child + 1] < heap[child] { child += 1 }
            if heap[parent] <= heap[child] { break }
            heap.swapAt(parent, child)
            parent = child
        }
        return first
    }
}
