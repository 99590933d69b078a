package import EventLogs

/// The cases of a log as a tree of how they begin: each node is reached by the cases that share its way from the root.
///
/// The first node is the root, which every case passes; children stand behind their parents, the most frequent first, ties by the UTF-8 bytes of
/// their activities.
package struct PrefixTree: Codable, Sendable, Equatable {
    /// One activity after a way.
    package struct Node: Codable, Sendable, Equatable {
        /// The activity; nil for the root.
        package var activity: String?
        /// The node before, by its place; nil for the root.
        package var parent: Int?
        /// How many activities lead here.
        package var depth: Int
        /// The cases that come here.
        package var count: Int
        /// Those of them that end here.
        package var ends: Int
    }

    /// The nodes.
    package var nodes: [Node]
    /// Nodes left out because too few cases come to them.
    package var omitted: Int

    /// The tree of a log.
    ///
    /// - Parameters:
    ///   - leastCases: how many cases must come to a node for it to be there.
    ///   - deepest: how many activities from the root are looked at; nil for all.
    package init(of log: EventLog, leastCases: Int = 1, deepest: Int? = nil) {
        self.init(VariantIndex(of: log), activities: log.activities, leastCases: leastCases, deepest: deepest)
    }

    /// The tree of variants.
    ///
    /// - Complexity: O(instances of one case per variant), plus sorting the children of each node.
    package init(_ variants: VariantIndex, activities: Vocabulary, leastCases: Int = 1, deepest: Int? = nil) {
        let ranks = activities.ranks()
        // Variants by the order of their activities stand beside those with which they share the longest way.
        let order = (0..<variants.count).sorted { left, right in
            variants.activities(ofRank: left + 1).lexicographicallyPrecedes(variants.activities(ofRank: right + 1)) {
                ranks[Int($0)] < ranks[Int($1)]
            }
        }
        var raw = [(activity: UInt32.max, parent: -1, count: 0, ends: 0)]
        var children: [[Int]] = [[]]
        var way = [0]
        var last: ArraySlice<UInt32> = []
        for place in order {
            let own = variants.activities(ofRank: place + 1).prefix(deepest ?? .max)
            let cases = variants.counts[place]
            var shared = 0
            for (one, other) in zip(own, last) {
                if one != other { break }
                shared += 1
            }
            way.removeLast(way.count - 1 - shared)
            for activity in own.dropFirst(shared) {
                let parent = way[way.count - 1]
                children[parent].append(raw.count)
                way.append(raw.count)
                raw.append((activity, parent, 0, 0))
                children.append([])
            }
            for node in way { raw[node].count += cases }
            if own.count == variants.activities(ofRank: place + 1).count { raw[way[way.count - 1]].ends += cases }
            last = own
        }
        let names = activities.strings
        var result: [Node] = []
        var kept = 0
        var open = [(node: 0, parent: Int?.none, depth: 0)]
        while let (node, parent, depth) = open.popLast() {
            let own = result.count
            result.append(
                Node(
                    activity: node == 0 ? nil : names[Int(raw[node].activity)], parent: parent, depth: depth, count: raw[node].count,
                    ends: raw[node].ends))
            kept += 1
            let next = children[node].filter { raw[$0].count >= leastCases }.sorted { left, right in
                raw[left].count != raw[right].count
                    ? raw[left].count > raw[right].count : ranks[Int(raw[left].activity)] < ranks[Int(raw[right].activity)]
            }
            for child in next.reversed() { open.append((child, own, depth + 1)) }
        }
        nodes = result
        omitted = raw.count - kept
    }

    /// The tree in Graphviz's DOT language, from left to right: activities with the cases that come to them, bold where some end.
    ///
    /// Names are text and nothing else; equal trees give equal texts.
    package func dot() -> String {
        var text = "digraph prefixes {\n  rankdir=LR;\n  node [shape=box, fontsize=12];\n  edge [arrowhead=none];\n"
        for (place, node) in nodes.enumerated() {
            let label = node.activity.map { DOTText.escaped($0) + "\\n" } ?? ""
            let style = node.ends > 0 ? ", style=bold" : ""
            text += "  n\(place) [label=\"\(label)\(node.count)\"\(style)];\n"
            if let parent = node.parent { text += "  n\(parent) -> n\(place);\n" }
        }
        return text + "}\n"
    }
}
