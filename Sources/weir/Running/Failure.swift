import Reports
import SyntheticLogs

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

extension Language {
    /// The one of two texts that is in this language: `language("cases", "案例")`.
    func callAsFunction(_ english: String, _ chinese: String) -> String {
        self == .zh ? chinese : english
    }
}

extension Failure {
    /// The failure that an error of the lower rooms amounts to.
    init(explaining error: any Error) {
        switch error {
        case let failure as Failure: self = failure
        case let error as SyntheticLogError: self.init(generating: error)
        default:
            self.init(
                .internalFault, Phrase("an unforeseen error: \(error)", "意外错误：\(error)"),
                advice: Phrase("please report it with the command you typed", "请连同所用命令一起反馈"))
        }
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
