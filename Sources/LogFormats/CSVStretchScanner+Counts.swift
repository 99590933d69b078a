import EventLogs
import Instants

extension CSVStretchScanner {
    /// What was met beside the events.
    struct Counts: Sendable {
        /// Times in a column, and whether all of them are midnights of more than a date.
        struct Times: Sendable {
            var read = 0
            var areMidnights = true

            mutating func add(_ other: Times) {
                read += other.read
                areMidnights = areMidnights && other.areMidnights
            }

            @inline(__always)
            mutating func take(_ time: Int64, _ form: @autoclosure () -> TimeForm) {
                read &+= 1
                if !areMidnights { return }
                let form = form()
                let local = time + Int64(form.offset) * Microseconds.second
                if form.isDateOnly || local % Microseconds.day != 0 { areMidnights = false }
            }
        }

        var timestamps = Times()
        var starts = Times()
        /// Times finer than a microsecond.
        var rounded = 0
        /// Line breaks, those within quotes too.
        var lines = 0
        /// How many columns of texts follow the attributes of cases, to compare their values by.
        var shadows = 0
        /// Whether some of the text is not ASCII.
        var isWide = false

        mutating func add(_ other: Counts) {
            timestamps.add(other.timestamps)
            starts.add(other.starts)
            rounded += other.rounded
            lines += other.lines
            isWide = isWide || other.isWide
        }
    }
}
