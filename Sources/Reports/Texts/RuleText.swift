package import EventLogs

/// What a rule of lint is about, in words that hold for every log: its title, why it matters and what to do.
///
/// ```swift
/// RuleText(.futureTime).advice(.en)      // "Look the cases up in the source system …"
/// ```
package struct RuleText: Sendable {
    private let words: (title: (String, String), why: (String, String), advice: (String, String))

    /// The text of a rule.
    package init(_ rule: LogFinding.Rule) {
        words = Self.words(rule)
    }

    /// The rule in a few words, without a full stop.
    package func title(_ language: Language) -> String { language(words.title.0, words.title.1) }

    /// Why it matters, in a sentence.
    package func why(_ language: Language) -> String { language(words.why.0, words.why.1) }

    /// What to do, in a sentence.
    package func advice(_ language: Language) -> String { language(words.advice.0, words.advice.1) }

    private static func words(
        _ rule: LogFinding.Rule
    ) -> (title: (String, String), why: (String, String), advice: (String, String)) {
        switch rule {
        case .unorderedEvents:
            (
                ("Events out of time order", "事件未按时间排列"),
                (
                    "The order of the file differs from the order of time; the order of time is used.",
                    "文件中的次序与时间次序不同，分析按时间次序进行。"
                ),
                (
                    "Nothing, unless times are typed in by hand: then ask which order is the true one.",
                    "一般无需处理；如果时间是手工录入的，请确认哪个次序才是真实的。"
                )
            )
        case .sameTime:
            (
                ("Events of a case at the same time", "同一案例的事件时间相同"),
                (
                    "Between events of one time only the order of the file decides, so variants and paths may split where nothing differs.",
                    "时间相同的事件只能按文件次序排列，流程变体和路径可能因此被无谓地拆开。"
                ),
                ("Export finer times, or a sequence number to sort by.", "导出更精确的时间，或导出可用于排序的序号。")
            )
        case .missingTime:
            (
                ("Events without a time", "事件没有时间"),
                (
                    "Such an event has no duration and no place of its own; a log without any time has no cycle times.",
                    "没有时间就没有时长，也无法确定先后；完全没有时间的日志算不出周期时间。"
                ),
                ("Name the time column with --map, or export it.", "用 --map 指定时间列，或重新导出时间。")
            )
        case .unreadableTime:
            (
                ("Times that cannot be read", "时间无法识别"),
                ("Such a time counts as missing.", "无法识别的时间按缺失处理。"),
                (
                    "Mend the values, or say how they are written with --map (format: dd.MM.yyyy HH:mm).",
                    "改正这些值，或用 --map 说明格式（format: dd.MM.yyyy HH:mm）。"
                )
            )
        case .missingActivity:
            (
                ("Events without an activity", "事件没有活动名称"),
                (
                    "Variants and paths are made of activity names; events without one run together under an empty name.",
                    "流程变体和路径由活动名称构成，没有名称的事件会混在一个空名称之下。"
                ),
                ("Fill the names in, or leave such events out with --filter-events.", "补全名称，或用 --filter-events 去掉这些事件。")
            )
        case .missingCase:
            (
                ("Rows or traces without a case", "记录或轨迹没有案例编号"),
                ("A row without a case belongs to no case and is left out.", "没有案例编号的记录不属于任何案例，不计入。"),
                ("Fill the case in, or name the right column with --map.", "补全案例编号，或用 --map 指定正确的列。")
            )
        case .emptyCase:
            (
                ("Cases without events", "案例没有事件"),
                ("A case without events took no way and no time; it is left out.", "没有事件的案例既无路径也无时间，不计入。"),
                ("See whether its events were lost in the export.", "请检查导出时是否丢失了这些事件。")
            )
        case .duplicateEvent:
            (
                ("Events recorded twice", "事件重复记录"),
                (
                    "The same event counts twice: as rework, as work done, and as a variant of its own.",
                    "同一事件被计算两次：既成了返工，也虚增了工作量，还会多出一个流程变体。"
                ),
                (
                    "See whether the export joins tables that multiply rows; remove the second copy where it is one.",
                    "检查导出时的表连接是否使记录成倍增加；确属重复的请删去。"
                )
            )
        case .singleEventCase:
            (
                ("Cases with a single event", "只有一个事件的案例"),
                ("Such a case has no path and a cycle time of nought, which pulls the figures down.", "这类案例没有路径，周期时间为零，会拉低各项数字。"),
                (
                    "See whether the case id is the right column; leave such cases out with --filter \"instances > 1\".",
                    "确认案例编号列是否选对；可用 --filter \"instances > 1\" 去掉。"
                )
            )
        case .cutStart:
            (
                ("Cases cut at the log's beginning", "案例在日志开头被截断"),
                (
                    "These cases began before the log does: their cycle times are too short and their variants incomplete.",
                    "这些案例在日志开始之前就已开始，周期时间偏短，流程变体不完整。"
                ),
                (
                    "Export by case instead of by date, or leave them out with --filter \"starts('FIRST ACTIVITY')\".",
                    "请按案例而不是按日期导出，或用 --filter \"starts('首个活动')\" 去掉。"
                )
            )
        case .cutEnd:
            (
                ("Cases cut at the log's end", "案例在日志末尾被截断"),
                (
                    "These cases go on behind the log's end: their cycle times are too short and their variants incomplete.",
                    "这些案例在日志结束之后仍在继续，周期时间偏短，流程变体不完整。"
                ),
                ("Leave unfinished cases out with --censored exclude, or export later.", "用 --censored exclude 不计未完成案例，或晚些再导出。")
            )
        case .duplicateCase:
            (
                ("Traces with the same name", "轨迹同名"),
                (
                    "Traces of one name are put together; if they are different cases, paths and times are mixed.",
                    "同名轨迹会合并；如果本是不同案例，路径和时间就会混在一起。"
                ),
                ("See that the case name tells cases apart.", "请确认案例名称能区分不同案例。")
            )
        case .overlappingFiles:
            (
                ("Files that overlap", "文件内容重叠"),
                (
                    "Exports of neighbouring periods often hold the same events; counted twice they would look like rework.",
                    "相邻时段的导出常含相同事件，重复计数会被误认为返工。"
                ),
                ("See that the events named here are the same; nothing is left out within one file.", "请确认所列事件确为同一事件；同一文件内的重复不会去除。")
            )
        case .caseConflict:
            (
                ("Attributes of cases that differ between files", "案例属性在文件之间不一致"),
                ("A case has one value of such an attribute; the files give it several.", "案例的这类属性只有一个值，而各文件给出的值不同。"),
                ("Name the files in the order in which they were drawn, the newest last.", "请按导出先后列出文件，最新的放在最后。")
            )
        case .encodingDetected:
            (
                ("Encoding found out", "自动识别编码"),
                ("Text read in a wrong encoding has wrong names; the bytes allow no other reading here.", "编码识别错误会使名称变成乱码；这里的字节不允许其他读法。"),
                ("Say it with --encoding where it is known.", "如已知编码，请用 --encoding 指明。")
            )
        case .numberSeparators:
            (
                ("Numbers with separators", "带分隔符的数字"),
                ("Which sign stands before the decimals is told by all values of the column together.", "哪个符号是小数点，由整列的值共同判断。"),
                ("Nothing, if the figures are of the right size.", "如数值大小无误，无需处理。")
            )
        case .ambiguousNumber:
            (
                ("Numbers that can be read in two ways", "数字有两种读法"),
                ("1,234 is a thousand in one country and one and a bit in another.", "1,234 在不同国家可能是一千多，也可能是一点多。"),
                ("Export the numbers without separators of thousands.", "请导出不带千位分隔符的数字。")
            )
        case .naiveTime:
            (
                ("Times without an offset", "时间没有时区偏移"),
                ("Without an offset it is open which instant a time means.", "没有时区偏移，就无法确定时间对应的时刻。"),
                ("Say the zone: --timezone Asia/Shanghai.", "请指明时区：--timezone Asia/Shanghai。")
            )
        case .dateOnly:
            (
                ("Stamps that are whole days", "时间只有日期"),
                ("Times within a day are not known, nor is the order of events of one day.", "一天之内的时间和同一天事件的先后都无从得知。"),
                ("Export the time of day where the source has it; read figures in days.", "源系统如有具体时刻，请一并导出；数字只精确到天。")
            )
        case .dayResolution:
            (
                ("Stamps too coarse for the process", "时间精度不足"),
                (
                    "Most cases begin and end on one day, and the stamps tell the day alone: their times come out as nought.",
                    "多数案例在一天内开始并结束，而时间只精确到天，算出的时长都是零。"
                ),
                ("Export the time of day; durations of this log mean nothing.", "请导出具体时刻；这份日志的时长没有意义。")
            )
        case .midnightColumn:
            (
                ("A column of nothing but midnights", "整列都是零点"),
                ("The column holds days that look like times, so times within a day are not known.", "这一列其实是日期，一天之内的时间无从得知。"),
                ("Export the time of day where the source has it; read figures in days.", "源系统如有具体时刻，请一并导出；数字只精确到天。")
            )
        case .mixedOffsets:
            (
                ("Times written in different ways", "时间的写法不一"),
                (
                    "Times of different sources may stand on different clocks; if one of them is wrong, order and durations are.",
                    "不同来源的时间可能采用不同的时钟，只要其中一个有误，先后和时长就会出错。"
                ),
                ("See where the odd ones come from; give all an offset.", "查明这些时间的来源，并统一写明时区偏移。")
            )
        case .clockGap:
            (
                ("Times that the clock skipped", "时间落在时钟拨快的空档"),
                (
                    "Such a time never was on the clock of this zone: the zone is not the right one, or the time was computed.",
                    "这个时区的时钟从未显示过这样的时间：要么时区不对，要么时间是算出来的。"
                ),
                ("See whether --timezone is right, or whether the times are UTC.", "请确认 --timezone 是否正确，或这些时间本是 UTC。")
            )
        case .clockOverlap:
            (
                ("Times that the clock showed twice", "时间落在时钟拨慢的重叠时段"),
                (
                    "When the clock was put back it showed these times twice; the earlier is taken, which may be an hour wrong.",
                    "时钟拨慢时这些时间出现了两次，按较早的一次计算，可能相差一小时。"
                ),
                ("Export times with an offset.", "请导出带时区偏移的时间。")
            )
        case .ancientTime:
            (
                ("Times long before all others", "时间远早于其他事件"),
                (
                    "A time of another age makes its case last for years, and the log with it.",
                    "一个错误的早期时间会使案例乃至整个日志的时间跨度长达数年。"
                ),
                (
                    "Look the cases up in the source system; leave them out with --filter \"start >= DATE\".",
                    "到源系统核对这些案例；可用 --filter \"start >= 日期\" 去掉。"
                )
            )
        case .futureTime:
            (
                ("Times long after all others", "时间远晚于其他事件"),
                (
                    "A time that has not come yet, such as a due date, makes its case last for years, and the log with it.",
                    "尚未到来的时间（例如到期日）会使案例乃至整个日志的时间跨度长达数年。"
                ),
                (
                    "Look the cases up in the source system; leave them out with --filter \"end < DATE\".",
                    "到源系统核对这些案例；可用 --filter \"end < 日期\" 去掉。"
                )
            )
        case .finerThanMicrosecond:
            (
                ("Times finer than a microsecond", "时间精度高于微秒"),
                ("Times are kept to the microsecond; what is finer is rounded.", "时间保留到微秒，更细的部分取整。"),
                ("Nothing: no figure depends on it.", "无需处理，不影响任何数字。")
            )
        case .lifecycleNonstandard:
            (
                ("Neither starts nor completions", "没有开始和完成状态"),
                ("Every event counts as a completion, so service and waiting times are unknown.", "每个事件都按完成处理，处理时间和等待时间未知。"),
                ("Export transitions of the standard: start, complete.", "请导出标准的状态：start、complete。")
            )
        case .lifecycleIgnored:
            (
                ("Transitions that play no part", "不参与计算的状态"),
                (
                    "Scheduling, assigning, suspending and the like are no work done; times asleep count as work.",
                    "排程、分派、挂起等不算完成的工作；挂起的时间计入工作时间。"
                ),
                ("Count every event instead with --count events, where that is meant.", "如需逐个事件计数，请用 --count events。")
            )
        case .openInstance:
            (
                ("Work started and not completed", "活动已开始而未完成"),
                ("Its case counts as unfinished, and the work has no duration.", "所在案例按未完成处理，这项工作没有时长。"),
                ("See whether completions were lost in the export, or the work is still going on.", "检查导出时是否丢失了完成事件，或工作仍在进行。")
            )
        case .unpairedCompletion:
            (
                ("Completions without a start", "完成事件没有对应的开始"),
                ("Service and waiting time of that work are unknown, and so are those of its case.", "这项工作以及所在案例的处理时间和等待时间未知。"),
                ("See whether starts were lost, or resources differ between start and completion.", "检查是否丢失了开始事件，或开始与完成的资源不一致。")
            )
        case .startAfterCompletion:
            (
                ("Starts after their completion", "开始晚于完成"),
                ("Such a start counts as unknown.", "这样的开始时间按未知处理。"),
                ("See whether the two columns are swapped, or stand on different clocks.", "检查两列是否颠倒，或采用了不同的时钟。")
            )
        case .shortRow:
            (
                ("Rows shorter than the header", "记录的字段少于表头"),
                ("Fields at the end are missing, or fields have slipped to the left.", "末尾的字段缺失，或字段整体左移。"),
                ("See whether a line break or a delimiter stands in a text without quotes.", "检查文字中是否有未加引号的换行或分隔符。")
            )
        case .invalidEncoding:
            (
                ("Bytes that the encoding does not know", "编码之外的字节"),
                ("They have been replaced, so names may differ that are one.", "这些字节已被替换，同一名称可能变成不同名称。"),
                ("Say the encoding: --encoding gb18030.", "请指明编码：--encoding gb18030。")
            )
        case .damagedText:
            (
                ("Texts that went through a wrong encoding", "文字乱码"),
                ("Nobody can read such a name, and it counts as another than the undamaged one.", "乱码的名称无法阅读，也会被当作另一个名称。"),
                (
                    "Export anew in UTF-8; where this file itself is in another encoding, say so with --encoding.",
                    "请以 UTF-8 重新导出；如果文件本身是其他编码，请用 --encoding 指明。"
                )
            )
        case .activitySpelling:
            (
                ("One activity in several spellings", "同一活动写法不一"),
                (
                    "Each spelling is an activity of its own, so variants split and figures per activity are too small.",
                    "每种写法都成了单独的活动，流程变体被拆开，各活动的数字偏小。"
                ),
                ("Make them one in the export.", "请在导出时统一写法。")
            )
        case .activityTypo:
            (
                ("Rare names one letter from a common one", "罕见名称与常见名称只差一个字母"),
                ("If it is a slip of the keyboard, one activity counts as two.", "如果是录入错误，同一活动就被算成了两个。"),
                ("See whether the two are one; mend the rare one in the source.", "确认两者是否为同一活动，并在源系统中改正。")
            )
        case .constantColumn:
            (
                ("Attributes that never vary", "取值不变的属性"),
                ("What is everywhere the same explains nothing.", "处处相同的属性不能说明任何问题。"),
                ("Leave them out of the export.", "导出时可以去掉。")
            )
        case .systemUser:
            (
                ("Work done by machines", "由系统完成的工作"),
                (
                    "Accounts of machines work day and night; with people they distort workload and working hours.",
                    "系统账号昼夜运行，与人员混在一起会使工作量和工作时间失真。"
                ),
                (
                    "Leave them out where people are meant: --filter-events \"resource != 'NAME'\".",
                    "只看人员时请去掉：--filter-events \"resource != '账号'\"。"
                )
            )
        case .invalidValue:
            (
                ("Values that do not fit their type", "取值与类型不符"),
                ("Such a value is kept as text, so the attribute is no number any more.", "这样的值按文本保留，属性不再是数值。"),
                ("Mend the values, or declare the attribute as text.", "改正取值，或将属性声明为文本。")
            )
        case .titleRow:
            (
                ("Rows above the column names", "列名上方的行"),
                ("A row with a single cell above the names is a title, not data.", "列名上方只有一个单元格的行是标题，不是数据。"),
                ("Nothing, where it is a title.", "如果确是标题，无需处理。")
            )
        case .cellError:
            (
                ("Cells that hold an error", "单元格为错误值"),
                ("An error such as #N/A is no value; it counts as missing.", "#N/A 之类的错误值不是数据，按缺失处理。"),
                ("Mend the formulas, or export values.", "请修正公式，或导出数值。")
            )
        case .mergedCell:
            (
                ("Merged cells", "合并单元格"),
                ("A value merged over several rows counts in each of them.", "合并单元格的值计入其覆盖的每一行。"),
                ("See that the value is meant for every row.", "请确认该值适用于每一行。")
            )
        case .serialTime:
            (
                ("Times stored as fractions of days", "时间以天数小数存储"),
                ("Such a number is no finer than a millisecond.", "这种数值的精度不高于毫秒。"),
                ("Nothing: no figure depends on it.", "无需处理，不影响任何数字。")
            )
        case .hiddenSheet:
            (
                ("Hidden sheets", "隐藏的工作表"),
                ("A hidden sheet may hold the data that are meant.", "真正需要的数据可能在隐藏的工作表中。"),
                ("Name the sheet with --sheet where it is meant.", "如需读取，请用 --sheet 指定。")
            )
        case .blankLine:
            (
                ("Blank lines", "空行"),
                ("They hold nothing and are skipped.", "空行没有内容，已跳过。"),
                ("Nothing.", "无需处理。")
            )
        case .distinctCapped:
            (
                ("More values than are counted", "取值过多"),
                ("The number of different values is not known.", "不同取值的数量未知。"),
                ("Nothing: no other figure depends on it.", "无需处理，不影响其他数字。")
            )
        }
    }
}
