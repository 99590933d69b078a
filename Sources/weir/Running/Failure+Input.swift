import ByteParsing
import LogFormats

extension Failure {
    /// An input that cannot be read.
    init(input error: InputError) {
        let status: ExitStatus =
            switch error.kind {
            case .badData: .badData
            case .noInput: .noInput
            case .usage: .usage
            case .io: .inputOutput
            }
        let chinese = error.cause.chinese
        self.init(
            status, file: error.file, line: error.line, column: error.column, Phrase(error.problem, chinese.problem),
            advice: Phrase(error.advice, chinese.advice))
    }
}

extension InputProblem {
    /// What is wrong and what to do, in Chinese.
    fileprivate var chinese: (problem: String, advice: String) {
        switch self {
        case .noSuchFile: return ("文件不存在", "请检查文件名和文件夹")
        case .isFolder: return ("这是一个文件夹", "请指定其中的一个文件")
        case .notPermitted: return ("没有读取权限", "请取得读取权限，或复制一份")
        case .unreadable(let reason): return ("文件无法读取：\(reason)", "请检查磁盘或网络连接后重试")
        case .emptyFile: return ("文件是空的", "请重新导出日志")
        case .noEvents(0): return ("日志中没有事件", "请重新导出带有事件的日志")
        case .noEvents(let cases): return ("日志中没有事件（\(cases) 个空案例）", "请重新导出带有事件的日志")
        case .notALog(let found): return (found.chinese, found.chineseAdvice)
        case .gzip(let error): return Self.chinese(error)
        case .encoding(let byte, let position, let encoding, let candidates):
            let digits = String(Int(byte) + 256, radix: 16, uppercase: true).dropFirst()
            return (
                "第 \(position + 1) 个字节（0x\(digits)）不是有效的 \(encoding)",
                "请说明文件的编码，例如 " + candidates.map { "--encoding \($0)" }.joined(separator: " 或 ")
            )
        case .doubtfulEncoding(let candidates):
            return (
                "文字既可按 \(candidates.joined(separator: " 也可按 ")) 读取，无从判断",
                "请说明文件的编码：" + candidates.map { "--encoding \($0)" }.joined(separator: " 或 ")
            )
        case .unknownEncoding(let name):
            return ("没有名为“\(name)”的编码", "请用 utf-8、utf-16le、utf-16be、latin1、windows-1252 或 gb18030")
        case .xml(let problem): return (Self.chinese(problem), "请修正或重新导出文件；它不是格式良好的 XML")
        case .sparseColumns(let columns, let rows): return ("\(rows) 行中的 \(columns) 列几乎全空", "请去掉与流程无关的列")
        case .sheetOfNoWorkbook(let sheet): return ("文件不是 Excel 工作簿，没有工作表“\(sheet)”", "请去掉 --sheet")
        case .workbook(let problem): return Self.chinese(problem)
        case .json(let problem): return (Self.chinese(problem), Self.chineseAdvice(problem))
        case .attributeWithoutKey(let element): return ("<\(element)> 没有 key", "请修正或重新导出文件；XES 的每个属性都有 key")
        case .unknownClassifier(let name, let known):
            return (
                "没有名为“\(name)”的分类器或事件属性",
                known.isEmpty ? "日志没有声明分类器；请写事件属性，如 concept:name" : "请从中选择：\(Self.list(known))"
            )
        case .unclosedQuote: return ("从这里开始的字段缺少结束引号", "请补上引号，或把引号写两遍")
        case .textAfterQuote: return ("结束引号之后还有文字", "引号内的每个引号都要写两遍")
        case .tooManyFields(let found, let expected):
            return ("该行有 \(found) 个字段，表头有 \(expected) 个", "请把含分隔符的字段放在引号中，或用 --delimiter 指定正确的分隔符")
        case .singleColumn(let delimiter):
            return ("表头只有一列（分隔符“\(delimiter)”）", "请用 --delimiter 指定分隔符，例如 --delimiter ';'")
        case .noColumn(let role, let columns):
            return ("没有列是\(role.chinese)；现有列：\(Self.list(columns))", "请用 --map 指定（\(role.rawValue): 列名）")
        case .ambiguousColumn(let role, let columns):
            return (
                "有 \(columns.count) 列都可能是\(role.chinese)：\(Self.list(columns))",
                "请用 --map 选择其一（\(role.rawValue): \(columns.last ?? "列名")）"
            )
        case .unknownColumn(let name, let suggestion):
            return ("没有名为“\(name)”的列", suggestion.map { "是否想写“\($0)”？" } ?? "请用表头中的列名")
        case .ambiguousTimes(let column, let formats):
            return (
                "“\(column)”的时间可读作 \(Self.list(formats))，没有取值能区分",
                "请用 --map 选择其一（format: \(formats.first ?? "dd/MM/yyyy HH:mm")）"
            )
        case .unreadableTimes(let column, let unreadable, let total, let examples):
            let shown = examples.map { "第 \($0.line) 行“\($0.text)”" }.joined(separator: "、")
            return ("“\(column)”的 \(total) 个时间中有 \(unreadable) 个无法读取：\(shown)", "请改正，或用 --map 说明写法（format: dd.MM.yyyy HH:mm）")
        case .badTimeFormat: return ("时间格式有误", "请写成 dd.MM.yyyy HH:mm:ss、unix 或 unix_ms 的形式")
        case .unknownTimeZone(let name, let suggestion):
            return ("没有时区“\(name)”", suggestion.map { "是否想用 \($0)？" } ?? "请写时区，如 Asia/Shanghai 或 +08:00")
        case .returningCase(let name):
            return ("案例“\(name)”在其他案例开始之后再次出现，文件无法分段读取", "请先按案例排序；内存足够时可用 --stream never 整体读取")
        case .cannotStream(let obstacle):
            return ("日志无法分段读取：\(obstacle.chinese)", "\(obstacle.chineseAdvice)；或用 --stream never 整体读取")
        case .mapSyntax: return ("不是 YAML 列映射", "每行写成 case: 订单号 的形式")
        case .mapUnknownKey(let key, let suggestion): return ("列映射没有键“\(key)”", "是否想写 \(suggestion)？")
        case .mapValue(let key):
            let isTime = key == "timestamp" || key == "start"
            return ("“\(key)”需要一个文本值", "请写 \(key): 列名" + (isTime ? "，或 \(key): [日期列, 时间列]" : ""))
        }
    }

    private static func list(_ names: [String]) -> String {
        let shown = names.prefix(12).map { "“\($0)”" }.joined(separator: "、")
        return names.count > 12 ? shown + " 等 \(names.count) 个" : shown
    }

    private static func chinese(_ error: GzipError) -> (problem: String, advice: String) {
        switch error.problem {
        case .bomb: ("解压后大得不合常理", "若信任此文件，请提高上限，如 --unpack-limit 8GB")
        case .trailingBytes: ("gzip 数据之后还有其他内容", "请单独重新压缩日志")
        case .truncated: ("gzip 数据不完整", "请重新下载或复制文件；文件不完整或已损坏")
        case .corrupt: ("gzip 数据已损坏", "请重新下载或复制文件；文件不完整或已损坏")
        }
    }

    private static func chinese(_ problem: WorkbookProblem) -> (problem: String, advice: String) {
        let advice = "请用表格软件打开并重新保存，或重新复制文件"
        return switch problem {
        case .damaged(let part, let words):
            ("工作簿已损坏\(part.map { "：\($0)" } ?? "")\(words.isEmpty ? "" : "（\(words)）")", advice)
        case .encrypted: ("工作簿设有密码", "请另存为不带密码的文件")
        case .bomb(let part, let inflated): ("工作簿中的 \(part) 解压后超过 \(inflated) 字节，大得不合常理", "若信任此文件，请提高上限，如 --unpack-limit 8GB")
        case .missingPart(let part): ("工作簿缺少 \(part)", advice)
        case .noSheet: ("工作簿中没有单元格工作表", "请把事件保存在由行和列组成的工作表中")
        case .unknownSheet(let name, let known): ("工作簿中没有工作表“\(name)”", "请从中选择：\(list(known))，或用 1 到 \(known.count) 的编号")
        case .noTable(let sheet): ("工作表“\(sheet)”中没有列名行", "请用 --sheet 指定其他工作表，或把列名放在第一行")
        }
    }

    private static func chinese(_ problem: JSONError.Problem) -> String {
        switch problem {
        case .unexpected(let text): "JSON 中此处不能出现“\(text)”"
        case .unexpectedEnd: "文件在 JSON 对象中间结束"
        case .unclosedText: "从这里开始的文本在本行内缺少结束引号"
        case .controlCharacter(let code):
            "JSON 文本中的字符 U+00\(String(Int(code) + 256, radix: 16, uppercase: true).dropFirst()) 必须转义"
        case .badEscape: "“\\”之后不是 JSON 的转义"
        case .leadingZero: "JSON 数字不能以 0 开头再接其他数字"
        case .tooDeep: "嵌套超过 \(JSONScanner.greatestDepth) 层"
        case .duplicateKey(let key): "同一对象中键“\(key)”出现两次"
        case .tooManyKeys(let most): "不同的键超过 \(most) 个"
        case .notAnObject: "该行不是 JSON 对象"
        case .textAfterObject: "该行的对象之后还有其他内容"
        case .lineBreak: "对象没有在本行内结束"
        }
    }

    private static func chineseAdvice(_ problem: JSONError.Problem) -> String {
        switch problem {
        case .lineBreak, .notAnObject, .textAfterObject: "请让每个事件各占一行，例如用 jq -c '.[]' 转换"
        case .unexpectedEnd, .unclosedText: "请重新导出或复制文件，或改正该行"
        case .tooDeep: "请减少嵌套层数"
        case .tooManyKeys: "请把键本身是数据的成员放进一个单独的对象"
        default: "请改正该行，或用 JSON 库重新写出文件"
        }
    }

    private static func chinese(_ problem: XMLError.Problem) -> String {
        switch problem {
        case .unexpected(let text): "“\(text)”不能出现在这里"
        case .unclosed(let name): "文件结束时“\(name)”尚未关闭"
        case .unexpectedEnd(let name): "</\(name)> 没有对应的开始标签"
        case .mismatchedEnd(let expected, let found): "此处应为 </\(expected)>，却是 </\(found)>"
        case .missingValue(let name): "属性 \(name) 没有引号中的值"
        case .duplicateAttribute(let name): "属性 \(name) 出现两次"
        case .illegalCharacter(let code): "XML 中不允许字符 U+\(String(code, radix: 16, uppercase: true))"
        case .unfinishedReference: "“&”之后不是完整的引用（该符号本身写作 &amp;）"
        case .entity(let name): "实体 &\(name); 不属于 XML 的五个实体，自定义实体不予展开"
        case .tooDeep: "元素嵌套超过 \(XMLReader.greatestDepth) 层"
        case .tooLong: "一个标签、名称或注释超过 \(XMLReader.greatestLength / 1_000_000) MB"
        case .tooManyAttributes: "一个标签的属性过多"
        case .misplacedDeclaration: "<?xml …?> 只能位于文件最开头，前面不能有空格或换行"
        case .badDeclaration: "<?xml …?> 不是 XML 1.0 的声明"
        case .malformed(let words): "XML 有误（\(words)）"
        case .contentOutsideRoot: "根元素之外还有内容"
        case .noElement: "文件中没有元素"
        }
    }
}

extension InputProblem.StreamObstacle {
    fileprivate var chinese: String {
        switch self {
        case .notAFile: "它不是可以重复读取的文件"
        case .format(let name): "\(name) 只能整体读取"
        case .encoding: "它不是 UTF-8 编码"
        case .traces: "其中的轨迹不是普通的 <trace> 元素"
        case .variantFilter: "变体的名次要到最后才知道"
        case .calendarWithoutZone: "日历没有时区"
        }
    }

    fileprivate var chineseAdvice: String {
        switch self {
        case .notAFile: "请先保存为文件"
        case .format: "请导出为 XES 或 CSV"
        case .encoding: "请转换编码，例如 iconv -t UTF-8"
        case .traces: "请导出为普通的 XES 或 CSV"
        case .variantFilter: "请改用 has(…)、starts(…) 或 directly(…) 过滤"
        case .calendarWithoutZone: "请在日历中写明时区，或用 --timezone 指定"
        }
    }
}

extension InputProblem.FoundContent {
    fileprivate var chinese: String {
        switch self {
        case .html: "这是网页（HTML），不是事件日志"
        case .pdf: "这是 PDF 文档，不是事件日志"
        case .oldWorkbook: "这是 2007 版之前的 Excel 工作簿（.xls），或设有密码的工作簿"
        case .binaryWorkbook: "这是二进制 Excel 工作簿（.xlsb），无法读取"
        case .officeFile(let part): "这是办公文档（\(part)），不是事件日志"
        case .zip(let files, let count):
            "这是含 \(count) 个文件的 ZIP 压缩包"
                + (files.isEmpty ? "" : "（" + files.map { "“\($0)”" }.joined(separator: "、") + (count > files.count ? "等）" : "）"))
        case .sqlite: "这是 SQLite 数据库，无法读取"
        case .json: "这是 JSON 数组；事件需要每行一个对象"
        case .ocelJSON: "这是 JSON 格式的以对象为中心的日志（OCEL），无法读取"
        case .ocelXML: "这是以对象为中心的日志（OCEL），无法读取"
        case .parquet: "这是 Parquet 文件，无法读取"
        case .packed(let program): "这是用 \(program) 压缩的文件"
        case .xml(let root): "这是以 <\(root)> 为根的 XML，不是 XES 日志"
        case .binary: "这是二进制数据，不是文本"
        }
    }

    fileprivate var chineseAdvice: String {
        switch self {
        case .html: "请下载文件本身，而不是介绍它的网页"
        case .oldWorkbook: "请用表格软件打开，另存为不带密码的 .xlsx"
        case .binaryWorkbook: "请用表格软件打开，另存为 .xlsx"
        case .officeFile: "请把其中的表格另存为 .xlsx 或 CSV"
        case .zip, .packed: "请解压后指定其中的文件；gzip 可直接读取"
        case .json: "请转换成每行一个对象，例如 jq -c '.[]' 文件"
        case .pdf, .sqlite, .ocelJSON, .ocelXML, .parquet, .xml, .binary: "请把日志导出为 XES 或 CSV"
        }
    }
}

extension ColumnRole {
    /// The role in Chinese.
    fileprivate var chinese: String {
        switch self {
        case .caseID: "案例"
        case .activity: "活动"
        case .timestamp: "时间戳"
        case .start: "开始时间"
        case .resource: "资源"
        case .role: "角色"
        case .department: "部门"
        case .lifecycle: "生命周期"
        case .cost: "成本"
        }
    }
}
