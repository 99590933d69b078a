/// Disjoint groups of the numbers below a size, joined one pair at a time; each goes by its smallest member.
struct Groups {
    private var parent: [Int]

    /// Each number on its own.
    init(size: Int) {
        parent = Array(0..<size)
    }

    /// The smallest member of the group of a number.
    @inline(__always)
    mutating func find(_ number: Int) -> Int {
        var own = number
        while parent[own] != own {
            parent[own] = parent[parent[own]]
            own = parent[own]
        }
        return own
    }

    /// Joins the groups of two numbers.
    @inline(__always)
    mutating func join(_ left: Int, _ right: Int) {
        let (one, other) = (find(left), find(right))
        if one != other { parent[max(one, other)] = min(one, other) }
    }

    /// The members of each group in ascending order, groups by their smallest member.
    mutating func members() -> [[Int]] {
        var place = [Int](repeating: -1, count: parent.count)
        var result: [[Int]] = []
        for number in parent.indices {
            let head = find(number)
            if place[head] < 0 {
                place[head] = result.count
                result.append([])
            }
            result[place[head]].append(number)
        }
        return result
    }
}
