/// Something about a log that a reader should know: a repair that was made, or a property that touches what can be concluded.
///
/// A finding carries facts, not sentences: the words in both languages belong to whoever shows it.
package struct LogFinding: Sendable, Equatable, Codable {
    /// How much it matters.
    package enum Severity: String, Sendable, Codable {
        /// Worth knowing.
        case info
        /// Some figures are affected.
        case warning
        /// Figures are wrong unless it is mended.
        case error
    }

    /// The rules by stable id.
    package enum Rule: String, Sendable, Codable, CaseIterable {
        /// Events were not in time order within their case and have been sorted (count: events out of order).
        case unorderedEvents = "unordered-events"
        /// Neighbouring events of a case share their time, so that recorded order decides (count: events; detail: share of cases).
        case sameTime = "same-time"
        /// Events without a time keep their recorded place (count: events).
        case missingTime = "missing-time"
        /// A time could not be read and counts as missing (count: values).
        case unreadableTime = "unreadable-time"
        /// Events without an activity name (count: events).
        case missingActivity = "missing-activity"
        /// Rows or traces without a case id: rows are left out, traces get a number (count: rows).
        case missingCase = "missing-case"
        /// Cases without any event are left out (count: cases).
        case emptyCase = "empty-case"
        /// Events equal to another of their case in everything (count: events beyond the first of each).
        case duplicateEvent = "duplicate-event"
        /// Cases with a single event (count: cases; detail: their share).
        case singleEventCase = "single-event-case"
        /// Cases at the log's beginning that begin as other cases do not (count: cases; detail: their share of the cases there).
        case cutStart = "cut-start"
        /// Cases at the log's end that end as other cases do not (count: cases; detail: their share of the cases there).
        case cutEnd = "cut-end"
        /// Several traces share a name and were put together (count: traces).
        case duplicateCase = "duplicate-case"
        /// Events that several files hold, equal in everything, count once (count: events left out).
        case overlappingFiles = "overlapping-files"
        /// Files give a case different values of an attribute of cases: that of the later file counts (count: values overruled).
        case caseConflict = "case-conflict"
        /// Times without offset were read in an assumed zone (count: times; detail: the zone).
        case naiveTime = "naive-time"
        /// Stamps that are whole days stand for 24 hours (count: stamps).
        case dateOnly = "date-only"
        /// Stamps tell the day alone, and most cases with several events begin and end on one day: their times are nought (count:
        /// such cases; detail: their share of the cases with several events).
        case dayResolution = "day-resolution"
        /// A time column holds nothing but midnights (count: values; detail: the column).
        case midnightColumn = "midnight-column"
        /// Times without offset stand on both sides of times with one, or the offsets are not those of one zone (count: times
        /// not written as most are; detail: how most are).
        case mixedOffsets = "mixed-offsets"
        /// Times without offset that the clock of the assumed zone skipped when it was put forward (count: times; detail: the zone).
        case clockGap = "clock-gap"
        /// Times without offset that the clock of the assumed zone showed twice when it was put back: the earlier is taken (count:
        /// times; detail: the zone).
        case clockOverlap = "clock-overlap"
        /// Times long before all others, parted from them by an empty stretch (count: events; detail: the first of the others).
        case ancientTime = "ancient-time"
        /// Times long after all others, parted from them by an empty stretch, or after the instant that the user named (count:
        /// events; detail: the last of the others).
        case futureTime = "future-time"
        /// Times finer than a microsecond were rounded (count: times).
        case finerThanMicrosecond = "finer-than-microsecond"
        /// No start and no complete transition: every event counts as a completion (count: events).
        case lifecycleNonstandard = "lifecycle-nonstandard"
        /// Transitions that neither start nor end an instance play no part in instances (count: events).
        case lifecycleIgnored = "lifecycle-ignored"
        /// Starts without a completion: instances still open (count: starts).
        case openInstance = "open-instance"
        /// Completions without a start in a log that records starts (count: completions).
        case unpairedCompletion = "unpaired-completion"
        /// A start after its completion: the start counts as unknown (count: instances).
        case startAfterCompletion = "start-after-completion"
        /// Rows shorter than the header: the rest is missing (count: rows).
        case shortRow = "short-row"
        /// The file is not in UTF-8; what it is in was found out from its bytes (count: files; detail: the encoding).
        case encodingDetected = "encoding-detected"
        /// Numbers with separators, as `1.234,56` or `1,234.56` (count: values; detail: the column).
        case numberSeparators = "number-separators"
        /// Numbers such as `1,234`, whose comma may part thousands or decimals and no value of the column tells; they stay texts (count:
        /// values; detail: the column).
        case ambiguousNumber = "ambiguous-number"
        /// Bytes that are not valid in the file's encoding were replaced (count: values).
        case invalidEncoding = "invalid-encoding"
        /// Texts that went through a wrong encoding before they came here (count: cases or events that hold one; detail: the column).
        case damagedText = "damaged-text"
        /// Activity names that differ only in capitals, spaces, punctuation, width or the form of characters (count: events under
        /// another spelling than the commonest).
        case activitySpelling = "activity-spelling"
        /// Rare activity names one letter away from a common one (count: events under the rare name).
        case activityTypo = "activity-typo"
        /// Attributes with one and the same value everywhere (count: attributes).
        case constantColumn = "constant-column"
        /// Work done by accounts of machines (count: events).
        case systemUser = "system-user"
        /// An attribute value did not fit its declared type and is kept as text (count: values; detail: the attribute).
        case invalidValue = "invalid-value"
        /// Empty or blank lines were skipped (count: lines).
        case blankLine = "blank-line"
        /// Rows above the header with a single cell were skipped (count: rows).
        case titleRow = "title-row"
        /// Cells that hold an error instead of a value, such as `#N/A`, count as missing (count: cells; examples: cell and error).
        case cellError = "cell-error"
        /// A cell merged over several rows counts in each of them (count: cells filled).
        case mergedCell = "merged-cell"
        /// Times stored as serial numbers of days were rounded to the millisecond (count: times).
        case serialTime = "serial-time"
        /// Hidden sheets of the workbook (count: sheets; examples: their names).
        case hiddenSheet = "hidden-sheet"
        /// More distinct values than are counted exactly (detail: the attribute).
        case distinctCapped = "distinct-capped"
    }

    /// One place or value to which a finding applies.
    package struct Example: Sendable, Equatable, Codable, ExpressibleByStringLiteral {
        /// Where it stands, as ``EventColumns/row`` counts; `nil` where the finding has no one place.
        package var row: Int?
        /// The line of the file in which that row begins; `nil` where it is not known.
        package var line: Int?
        /// The file's own name, where a log was put together from several.
        package var file: String?
        /// A case id, a name or a value; may be text from the log.
        package var text: String?

        /// An example with these parts.
        package init(row: Int? = nil, line: Int? = nil, text: String? = nil, file: String? = nil) {
            self.row = row
            self.line = line
            self.file = file
            self.text = text
        }

        /// A value.
        package init(stringLiteral text: String) {
            self.init(text: text)
        }

        /// A place, as ``EventColumns/row`` counts.
        package static func row(_ row: some BinaryInteger) -> Example { Example(row: Int(row)) }

        /// A case id, a name or a value.
        package static func text(_ text: String) -> Example { Example(text: text) }
    }

    /// The rule.
    package var rule: Rule
    /// How much it matters.
    package var severity: Severity
    /// How often it applies; what is counted is said at the rule.
    package var count: Int
    /// A name or figure that belongs to the finding, such as a column; may be text from the log.
    package var detail: String?
    /// Up to five places or values.
    package var examples: [Example]

    /// A finding with these parts.
    package init(_ rule: Rule, _ severity: Severity, count: Int, detail: String? = nil, examples: [Example] = []) {
        self.rule = rule
        self.severity = severity
        self.count = count
        self.detail = detail
        self.examples = Array(examples.prefix(5))
    }
}
