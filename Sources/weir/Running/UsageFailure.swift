import Instants

/// Errors of the command line itself, in the form of all others and in both languages.
enum UsageFailure {
    /// A first word that is no verb.
    static func unknownVerb(_ word: String, known: [String]) -> Failure {
        let advice: Phrase
        if let near = nearest(to: word, among: known) {
            advice = Phrase("did you mean “\(near)”? “weir help” lists all", "是否想用“\(near)”？运行 weir help 查看全部命令")
        } else {
            advice = Phrase("“weir help” lists all", "运行 weir help 查看全部命令")
        }
        return Failure(.usage, Phrase("there is no verb “\(word)”", "没有“\(word)”这个命令"), advice: advice)
    }

    /// The known word most like a given one, where one is like it.
    static func nearest(to word: String, among known: [String]) -> String? {
        let given = Array(word.lowercased().utf8)
        let ranked = known.map { ($0, editDistance(given, Array($0.lowercased().utf8))) }
        guard let best = ranked.min(by: { $0.1 < $1.1 }), best.1 <= max(1, best.0.utf8.count / 3) else { return nil }
        return best.0
    }

    /// What the parser of arguments said in English, as a failure in both languages.
    ///
    /// - Parameter verb: the verb on the command line, for the advice.
    static func failure(_ message: String, verb: String?) -> Failure {
        let help = verb.map { "weir help \($0)" } ?? "weir help"
        let seeHelp = Phrase("see “\(help)”", "用法见 \(help)")
        if let hinted = message.firstMatch(of: /^Unknown option '(?<option>[^']+)'(?:\. Did you mean '(?<meant>[^']+)'\?)?/) {
            let option = hinted.option
            let meant = hinted.meant.flatMap { editDistance(Array($0.utf8), Array(option.utf8)) <= 2 ? $0 : nil }
            let advice = meant.map { Phrase("did you mean “\($0)”? See “\(help)”", "是否想用“\($0)”？用法见 \(help)") }
            return Failure(.usage, Phrase("there is no option “\(option)” here", "这里没有选项“\(option)”"), advice: advice ?? seeHelp)
        }
        if let match = message.firstMatch(of: /^Missing expected argument '(?<what>[^']+)'/) {
            return Failure(.usage, Phrase("\(match.what) is missing", "缺少 \(match.what)"), advice: seeHelp)
        }
        if let match = message.firstMatch(of: /^Missing value for '(?<option>[^' ]+)/) {
            return Failure(.usage, Phrase("“\(match.option)” needs a value", "“\(match.option)”后面缺少取值"), advice: seeHelp)
        }
        if let match = message.firstMatch(of: /^Unexpected argument '(?<what>.*)'$/) {
            return Failure(.usage, Phrase("nothing is expected at “\(match.what)”", "多余的参数“\(match.what)”"), advice: seeHelp)
        }
        if let match = message.firstMatch(of: /^\d+ unexpected arguments: '(?<what>.*)'$/) {
            return Failure(.usage, Phrase("nothing is expected at “\(match.what)”", "多余的参数“\(match.what)”"), advice: seeHelp)
        }
        let isInvalid = /^The value '(?<value>.*)' is invalid for '(?<option>[^' ]+)[^']*'\.?\s*(?<rest>[\s\S]*)$/
        if let match = message.firstMatch(of: isInvalid) {
            let choices = match.rest.matches(of: /'([^']+)'/).map { String($0.1) }
            let chosen =
                choices.isEmpty
                ? seeHelp : Phrase("give one of \(choices.joined(separator: ", "))", "请用 \(choices.joined(separator: "、")) 之一")
            return Failure(
                .usage,
                Phrase("“\(match.value)” cannot be the value of “\(match.option)”", "“\(match.value)”不能用作“\(match.option)”的取值"),
                advice: chosen)
        }
        if let match = message.firstMatch(of: /^The option '(?<option>[^']+)' does not take any value/) {
            return Failure(.usage, Phrase("“\(match.option)” takes no value", "“\(match.option)”不带取值"), advice: seeHelp)
        }
        let first = message.split(separator: "\n").first.map(String.init) ?? message
        return Failure(.usage, Phrase(first, "命令行参数有误"), advice: seeHelp)
    }
}
