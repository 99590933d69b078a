/// Groups resources by what they do: roles where a log names none.
///
/// A resource's profile is how often it did each activity. From the most active on, each joins the first group whose profile is much
/// like its own (cosine of at least ``likeness``), else founds one; then the two most alike groups become one, again and again, until
/// none are so much alike. A group's profile is the sum of its members'. After Song, van der Aalst: "Towards comprehensive support for
/// organizational mining", Decision Support Systems 46, 2008, doi:10.1016/j.dss.2008.07.002, section 3.2, with profiles by activity.
/// Groups depend on the profiles and on the order of equally active resources alone.
///
/// - Complexity: O(resources · groups · activities + groups³).
package struct RoleClusters: Sendable {
    /// Profiles of at least this cosine belong together.
    package static let likeness = 0.8

    /// One group.
    package struct Group: Sendable, Equatable {
        /// Its members, ascending.
        package var members: [Int]
        /// The activity that its members do most; of equally common ones the first.
        package var commonest: Int
    }

    /// The groups, in the order in which they were founded.
    package let groups: [Group]

    /// The groups of resources with these profiles; those that did nothing are in none.
    ///
    /// - Parameter profiles: per resource its counts by activity, all of one length.
    package init(profiles: [[Int]]) {
        var sums: [[Double]] = []
        var members: [[Int]] = []
        let totals = profiles.map { $0.reduce(0, +) }
        let order = profiles.indices.filter { totals[$0] > 0 }.sorted { (totals[$1], $0) < (totals[$0], $1) }
        for resource in order {
            let own = profiles[resource].map(Double.init)
            if let group = sums.indices.first(where: { Self.cosine(sums[$0], own) >= Self.likeness }) {
                members[group].append(resource)
                for activity in own.indices { sums[group][activity] += own[activity] }
            } else {
                sums.append(own)
                members.append([resource])
            }
        }
        Self.join(&sums, &members)
        groups = zip(sums, members).map { sum, members in
            Group(members: members.sorted(), commonest: sum.indices.max { (sum[$0], $1) < (sum[$1], $0) } ?? 0)
        }
    }

    /// Joins the two most alike groups, of several pairs the first, until none are alike enough.
    private static func join(_ sums: inout [[Double]], _ members: inout [[Int]]) {
        while true {
            var best: (first: Int, second: Int, cosine: Double)?
            for second in sums.indices {
                for first in 0..<second {
                    let own = cosine(sums[first], sums[second])
                    if own >= likeness && own > best?.cosine ?? 0 { best = (first, second, own) }
                }
            }
            guard let best else { return }
            for activity in sums[best.first].indices { sums[best.first][activity] += sums[best.second][activity] }
            members[best.first] += members[best.second]
            sums.remove(at: best.second)
            members.remove(at: best.second)
        }
    }

    private static func cosine(_ a: [Double], _ b: [Double]) -> Double {
        var product = 0.0
        var left = 0.0
        var right = 0.0
        for place in a.indices {
            product += a[place] * b[place]
            left += a[place] * a[place]
            right += b[place] * b[place]
        }
        return left > 0 && right > 0 ? product / (left * right).squareRoot() : 0
    }
}
