import ByteParsing
import EventLogs
import Instants

/// What the cells of a column have in common, found by looking at all of them.
struct CellProfile {
    private(set) var texts = 0
    private(set) var integers = 0
    private(set) var numbers = 0
    private(set) var booleans = 0
    private(set) var times = 0
    private(set) var nested = 0
    /// The last row with a value, from 0.
    private(set) var lastRow = 0
    private var offsets = 0
    private var hasWideIntegers = false
    /// Whether some whole number is not exact as a double.
    private var hasLongIntegers = false
    private var mayBeTimes = true
    private var detector = TimeFormatDetector()
    /// How texts that are numbers with separators are written.
    private(set) var separated = SeparatedNumberDetector()
    /// What recognition by contents looks at: the first rows.
    private(set) var sample = ColumnRecognition.Sample.Column()

    /// What the values of each kind become.
    struct Types: Equatable {
        var text = AttributeType.string
        /// How texts that are times are written.
        var textFormat = TimeFormat.iso8601
        /// How texts that are numbers are written.
        var textStyle = SeparatedNumber.Style.decimalComma
        var integer = AttributeType.int
        var number = AttributeType.float
        var boolean = AttributeType.boolean
        var time = AttributeType.date

        /// All of it text, as it is written.
        static let texts = Types(text: .string, integer: .string, number: .string, boolean: .string, time: .string)
    }

    mutating func observe(_ value: Cell.Value, row: Int, isSampled: Bool, _ scratch: ByteScratch) {
        lastRow = row
        switch value {
        case .text(let text):
            texts &+= 1
            if offsets == texts &- 1 && ISO8601Reader.offset(text) != nil { offsets &+= 1 }
            if separated.isOpen { separated.observe(text) }
            if mayBeTimes {
                detector.observe(text)
                if !detector.allRead { mayBeTimes = false }
            }
        case .integer(let number, _):
            integers &+= 1
            if number.magnitude > 1 << 53 { hasLongIntegers = true }
        case .wideInteger:
            integers &+= 1
            hasWideIntegers = true
        case .number: numbers &+= 1
        case .boolean: booleans &+= 1
        case .time: times &+= 1
        case .nested: nested &+= 1
        }
        guard isSampled, let text = value.text(scratch) else { return }
        sample.observe(text)
        if case .time(let time) = value, time.isClockOfSheet { sample.clocks += 1 }
    }

    /// Whether every value is an offset from UTC.
    var areOffsets: Bool { texts > 0 && offsets == texts && integers + numbers + booleans + times + nested == 0 }

    /// How the texts and numbers are written where every one of them is a time; `nil` where that is not so.
    var allTimes: TimeFormatDetector.Result? {
        if integers + numbers + booleans > 0 || !mayBeTimes { return nil }
        return detector.result
    }

    /// The types that the column's values get.
    ///
    /// Whole numbers and others together are numbers; whole numbers that would lose digits make all numbers of the column texts, as they
    /// are written. Texts that are all times are times.
    func types(keepingApart: Bool) -> Types {
        var types = Types()
        if numbers > 0 { types.integer = .float }
        if hasWideIntegers || (numbers > 0 && hasLongIntegers) {
            types.integer = .string
            types.number = .string
        }
        if texts > 0, integers + numbers + booleans == 0, case .format(let format, _, 0) = allTimes {
            types.text = .date
            types.textFormat = format
        }
        if texts > 0, !keepingApart, booleans + times + nested == 0, integers + numbers == 0, case .style(let style) = separated.result {
            types.text = .float
            types.textStyle = style
        }
        let kinds = [texts > 0, integers + numbers > 0, booleans > 0, times > 0].count { $0 }
        let areTimes = types.text == .date && kinds == 2 && times > 0
        if kinds > 1 && !keepingApart && !areTimes {
            types = .texts
        }
        return types
    }

    /// The types that occur, in a fixed order.
    func occurringTypes(_ types: Types) -> [AttributeType] {
        var found: [AttributeType] = []
        for (count, type) in [
            (texts, types.text), (integers, types.integer), (numbers, types.number), (booleans, types.boolean), (times, types.time),
        ] where count > 0 && !found.contains(type) { found.append(type) }
        return found
    }
}
