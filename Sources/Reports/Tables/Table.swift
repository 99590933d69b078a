package import Instants
package import Statistics

/// A table of results as a value: shown on a terminal, as CSV, as Markdown and as HTML from the same cells.
///
/// Text that comes from a log goes into ``Cell/name(_:)``; it is made inert for each of the forms. Humane units are for eyes;
/// CSV gets plain numbers in the machine's units (seconds, shares from 0 to 1).
package struct Table: Sendable, Equatable {
    /// How a column lines up.
    package enum Alignment: Sendable, Equatable {
        /// Names: left, and shortened in the middle where room is short.
        case left
        /// Numbers: right, never shortened.
        case right
    }

    /// A column.
    package struct Column: Sendable, Equatable {
        /// The heading in the reader's language; empty where the table's title serves for it.
        package var name: String
        /// The heading for machines (CSV): `snake_case` with the unit's suffix, such as `total_s`.
        package var key: String
        /// How it lines up.
        package var alignment: Alignment
        /// The unit of bare numbers, shown with the heading; `nil` where the cells carry their own.
        package var unit: String?
        /// Whether its cells are intervals, which CSV writes as two columns `key_low` and `key_high`.
        package var isInterval: Bool

        /// A column with these parts; numbers go right unless told otherwise.
        package init(_ name: String, key: String, _ alignment: Alignment = .right, unit: String? = nil, isInterval: Bool = false) {
            self.name = name
            self.key = key
            self.alignment = alignment
            self.unit = unit
            self.isInterval = isInterval
        }
    }

    /// What a cell holds.
    package enum Value: Sendable, Equatable {
        /// Our own words.
        case words(String)
        /// Text from a log: an activity, a case, a resource, an attribute's value.
        case name(String)
        /// Several names in a row, shown with arrows between them: a variant or an edge.
        case path([String])
        /// Several names side by side: cases, examples.
        case list([String])
        /// Something to type, such as a filter; may hold text from a log.
        case code(String)
        /// A number of things.
        case count(Int)
        /// A number without a unit of its own.
        case number(Double)
        /// A length of time in seconds.
        case seconds(Double)
        /// A part of a whole, from 0 to 1.
        case share(Double)
        /// A relative change: 0.38 is +38 %.
        case change(Double)
        /// From low to high, each as the given measure.
        case interval(Double, Double, Measure)
        /// A point in time, shown at this many seconds east of UTC.
        case instant(Instant, offset: Int)
        /// Not known.
        case missing
    }

    /// How the ends of an interval are shown.
    package enum Measure: Sendable, Equatable {
        /// Bare numbers.
        case number
        /// Lengths of time in seconds.
        case seconds
        /// Shares.
        case share
        /// Relative changes.
        case change
    }

    /// What a cell's colour says; colour is never the only sign.
    package enum Tone: Sendable, Equatable {
        /// Nothing.
        case plain
        /// Better than before.
        case better
        /// Worse than before.
        case worse
        /// Take care.
        case warning
    }

    /// One cell.
    package struct Cell: Sendable, Equatable {
        /// What it holds.
        package var value: Value
        /// What its colour says.
        package var tone: Tone

        /// A cell with a value and a tone.
        package init(_ value: Value, tone: Tone = .plain) {
            self.value = value
            self.tone = tone
        }

        /// Our own words, or nothing known.
        package static func words(_ text: String?, tone: Tone = .plain) -> Cell { Cell(text.map { .words($0) } ?? .missing, tone: tone) }
        /// Text from a log, or nothing known.
        package static func name(_ text: String?) -> Cell { Cell(text.map { .name($0) } ?? .missing) }
        /// Names with arrows between them.
        package static func path(_ names: [String]) -> Cell { Cell(.path(names)) }
        /// Several names side by side.
        package static func list(_ names: [String]) -> Cell { Cell(.list(names)) }
        /// Something to type.
        package static func code(_ text: String) -> Cell { Cell(.code(text)) }
        /// A number of things, or nothing known.
        package static func count(_ count: Int?) -> Cell { Cell(count.map { .count($0) } ?? .missing) }
        /// A number, or nothing known.
        package static func number(_ number: Double?) -> Cell { Cell(number.map { .number($0) } ?? .missing) }
        /// A length of time in seconds, or nothing known.
        package static func seconds(_ seconds: Double?) -> Cell { Cell(seconds.map { .seconds($0) } ?? .missing) }
        /// A part of a whole, or nothing known.
        package static func share(_ share: Double?) -> Cell { Cell(share.map { .share($0) } ?? .missing) }
        /// A relative change, or nothing known.
        package static func change(_ change: Double?, tone: Tone = .plain) -> Cell {
            Cell(change.map { .change($0) } ?? .missing, tone: tone)
        }
        /// An interval, or nothing known.
        package static func interval(_ interval: Interval?, _ measure: Measure) -> Cell {
            Cell(interval.map { .interval($0.low, $0.high, measure) } ?? .missing)
        }
        /// A point in time, or nothing known.
        package static func instant(_ instant: Instant?, offset: Int) -> Cell {
            Cell(instant.map { .instant($0, offset: offset) } ?? .missing)
        }
    }

    /// What the table shows, in the reader's language.
    package var title: String
    /// The columns.
    package var columns: [Column]
    /// The rows, each with a cell for every column.
    package var rows: [[Cell]]
    /// How many further rows there are that are not in ``rows``.
    package var omitted: Int

    /// A table with these parts.
    package init(_ title: String, columns: [Column], rows: [[Cell]], omitted: Int = 0) {
        precondition(rows.allSatisfy { $0.count == columns.count }, "every row has a cell for every column")
        self.title = title
        self.columns = columns
        self.rows = rows
        self.omitted = omitted
    }

    /// The table with its first `count` rows; the rest is counted.
    package func prefix(_ count: Int) -> Table {
        Table(title, columns: columns, rows: Array(rows.prefix(count)), omitted: omitted + Swift.max(0, rows.count - count))
    }
}
