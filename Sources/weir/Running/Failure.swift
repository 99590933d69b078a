import Discovery
import Instants
import LogFormats
import Redesign
import Reports
import Simulation
import SyntheticLogs
import Workbench

/// Why a command cannot go on: where, what is wrong and what to do, in both languages.
struct Failure: Error, Equatable {
    /// How the command ends.
    var status: ExitStatus
    /// The input's own name, without folders.
    var file: String?
    /// The line in it, from 1.
    var line: Int?
    /// The column in that line, from 1.
    var column: Int?
    /// What is wrong.
    var problem: Phrase
    /// What to do about it.
    var advice: Phrase?

    init(_ status: ExitStatus, file: String? = nil, line: Int? = nil, column: Int? = nil, _ problem: Phrase, advice: Phrase? = nil) {
        self.status = status
        self.file = file
        self.line = line
        self.column = column
        self.problem = problem
        self.advice = advice
    }

    /// The line that goes to standard error, without its end. Texts from outside cannot act on the terminal.
    func message(_ language: Language) -> String {
        var text = "weir: error: "
        if let file {
            text += file
            if let line {
                text += ":\(line)"
                if let column { text += ":\(column)" }
            }
            text += ": "
        }
        text += problem.text(language)
        if let advice { text += " — " + advice.text(language) }
        return InertText.line(text)
    }
}

/// One text in both languages.
struct Phrase: Equatable, Sendable {
    /// English.
    var english: String
    /// Simplified Chinese.
    var chinese: String

    init(_ english: String, _ chinese: String) {
        self.english = english
        self.chinese = chinese
    }

    /// The text in a language.
    func text(_ language: Language) -> String {
        language == .zh ? chinese : english
    }
}

extension Failure {
    /// The failure that an error of the lower rooms amounts to.
    init(explaining error: any Error) {
        switch error {
        case let failure as Failure: self = failure
        case let error as FilterSourceError: self.init(filter: error.error, in: error.source)
        case let error as InputError: self.init(input: error)
        case let error as Graphviz.Failure: self.init(drawing: error)
        case let error as TimeZoneTextError: self.init(zone: error)
        case let error as SyntheticLogError: self.init(generating: error)
        case let error as SimulateModel.ModelFileError: self.init(model: error)
        case let error as ModelFile.Problem: self.init(model: error)
        case let error as AlphaMiner.Problem: self.init(alpha: error)
        case let error as SimulateModel.ScenarioFileError: self.init(scenario: error)
        case let error as PlanError: self.init(plan: error)
        case let error as FitError: self.init(fitting: error)
        case let error as WorkspaceFailure: self.init(workspace: error)
        default:
            self.init(
                .internalFault, Phrase("an unforeseen error: \(error)", "意外错误：\(error)"),
                advice: Phrase("please report it with the command you typed", "请连同所用命令一起反馈"))
        }
    }

    /// A picture needs Graphviz, which is not there.
    static let graphvizIsMissing = Failure(
        .missingProgram, Phrase("Graphviz (dot) is missing, which lays out process maps", "缺少用于流程图布局的 Graphviz（dot）"),
        advice: Phrase("apt-get install graphviz; .dot and .json need no program", "apt-get install graphviz；.dot 和 .json 不需要它"))

    private init(drawing error: Graphviz.Failure) {
        switch error {
        case .missing: self = .graphvizIsMissing
        case .timedOut(let seconds):
            self.init(
                .missingProgram,
                Phrase("Graphviz found no layout within \(Int(seconds)) s", "Graphviz 在 \(Int(seconds)) 秒内未能完成布局"),
                advice: Phrase("show fewer paths: --paths 0.3", "请减少路径：--paths 0.3"))
        case .failed(let status, let message):
            self.init(
                .missingProgram, Phrase("Graphviz failed (\(status)): \(message)", "Graphviz 出错（\(status)）"),
                advice: Phrase("“weir doctor” says which one is found", "运行 weir doctor 查看所用的版本"))
        }
    }

    private init(zone error: TimeZoneTextError) {
        self.init(
            .usage, Phrase("there is no time zone “\(error.text)”", "没有时区“\(error.text)”"),
            advice: error.suggestion.map { Phrase("did you mean \($0)?", "是否想用 \($0)？") }
                ?? Phrase("write a zone such as Asia/Shanghai or +08:00", "请写时区，如 Asia/Shanghai 或 +08:00"))
    }

    private init(generating error: SyntheticLogError) {
        let known = error.known.joined(separator: ", ")
        let near = error.nearest.first
        switch error.code {
        case .unknownName:
            self.init(
                .usage, Phrase("there is no synthetic log “\(error.given)”", "没有名为“\(error.given)”的合成日志"),
                advice: near.map { Phrase("did you mean “\($0)”?", "是否想用“\($0)”？") } ?? Phrase("choose from: \(known)", "可选：\(known)"))
        case .unknownVariant:
            self.init(
                .usage, Phrase("there is no variant “\(error.given)”", "没有名为“\(error.given)”的变体"),
                advice: near.map { Phrase("did you mean “\($0)”?", "是否想用“\($0)”？") } ?? Phrase("choose from: \(known)", "可选：\(known)"))
        case .casesOutOfRange:
            let range = error.known.joined(separator: "–")
            self.init(
                .usage, Phrase("\(error.given) cases cannot be made", "无法生成 \(error.given) 个案例"),
                advice: Phrase("give a number in \(range)", "请用 \(range) 之间的数"))
        }
    }
}
