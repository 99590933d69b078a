/// A tree of yes-or-no questions about columns that tells classes apart.
///
/// ```swift
/// let tree = DecisionTree(columns, classes: outcomes, count: 2, rows: training)
/// tree.predict(row, columns)
/// ```
///
/// CART (Breiman, Friedman, Olshen, Stone: "Classification and Regression Trees", 1984): each question lowers the Gini impurity of the rows that
/// reach it the most, ties by column, then by threshold. A row whose value is missing answers every question with no. It is not for regression.
///
/// - Complexity: O(columns · rows · log rows) to sort, then O(columns · rows) for each question.
package struct DecisionTree: Sendable, Equatable {
    /// What is known of each row.
    package enum Column: Sendable, Equatable {
        /// Numbers; NaN where one is missing.
        case numbers([Double])
        /// Numbers of levels from 0, below a count; ``missing`` where one is missing.
        case levels([UInt32], count: Int)

        /// Stands for a level that is missing.
        package static var missing: UInt32 { UInt32.max }
    }

    /// A question.
    package enum Question: Sendable, Equatable {
        /// Whether a number is above a threshold.
        case isAbove(column: Int, Double)
        /// Whether a number is at most a threshold.
        case isAtMost(column: Int, Double)
        /// Whether a level is one of these, ascending.
        case isOne(column: Int, of: [UInt32])

        /// The column that it asks about.
        package var column: Int {
            switch self {
            case .isAbove(let column, _), .isAtMost(let column, _), .isOne(let column, _): column
            }
        }

        /// The answer for a row.
        package func holds(_ row: Int, _ columns: [Column]) -> Bool {
            switch (self, columns[column]) {
            case (.isAbove(_, let threshold), .numbers(let values)): values[row] > threshold
            case (.isAtMost(_, let threshold), .numbers(let values)): values[row] <= threshold
            case (.isOne(_, let own), .levels(let values, _)): own.contains(values[row])
            default: false
            }
        }
    }

    /// A question with what follows, or a leaf.
    package struct Node: Sendable, Equatable {
        /// The training rows of each class that reach it.
        package var counts: [Int]
        /// What it asks; nil for a leaf.
        package var question: Question?
        /// The node after yes, by its place in ``DecisionTree/nodes``.
        package var yes = -1
        /// The node after no.
        package var no = -1

        /// The class of the most rows, the first of several.
        package var majority: Int { counts.indices.max { (counts[$0], -$0) < (counts[$1], -$1) } ?? 0 }
        /// How many rows are of other classes.
        package var errors: Int { counts.reduce(0, +) - (counts.max() ?? 0) }
    }

    /// How a tree grows.
    package struct Options: Sendable, Equatable {
        /// The most questions one after the other.
        package var deepest = 4
        /// The fewest training rows of a leaf.
        package var leastLeaf = 20
        /// The most levels that a question names.
        package var mostLevels = 8

        /// The defaults.
        package init() {}
    }

    /// The nodes; the first is where every row begins.
    package private(set) var nodes: [Node]

    init(nodes: [Node]) {
        self.nodes = nodes
    }

    /// Grows a tree.
    ///
    /// - Parameters:
    ///   - classes: per row its class, from 0, below `count`.
    ///   - rows: the rows to learn from, each once.
    package init(_ columns: [Column], classes: [Int], count: Int, rows: [Int], options: Options = Options()) {
        var grower = DecisionTreeGrower(columns, classes, count, rows, options)
        nodes = grower.grow()
    }

    /// The class of a row.
    package func predict(_ row: Int, _ columns: [Column]) -> Int {
        nodes[leaf(of: row, columns)].majority
    }

    /// The leaf that a row comes to.
    package func leaf(of row: Int, _ columns: [Column]) -> Int {
        var place = 0
        while let question = nodes[place].question { place = question.holds(row, columns) ? nodes[place].yes : nodes[place].no }
        return place
    }

    /// How many of some rows it tells rightly.
    package func hits(_ rows: [Int], _ columns: [Column], classes: [Int]) -> Int {
        rows.count { predict($0, columns) == classes[$0] }
    }

    /// The leaves from yes to no, each with the questions that lead there and their answers.
    package var leaves: [(node: Node, path: [(question: Question, answer: Bool)])] {
        var result: [(node: Node, path: [(question: Question, answer: Bool)])] = []
        var open: [(place: Int, path: [(question: Question, answer: Bool)])] = [(0, [])]
        while let (place, path) = open.popLast() {
            let node = nodes[place]
            guard let question = node.question else {
                result.append((node, path))
                continue
            }
            open.append((node.no, path + [(question, false)]))
            open.append((node.yes, path + [(question, true)]))
        }
        return result
    }
}
