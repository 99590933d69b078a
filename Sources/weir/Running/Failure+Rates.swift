import Workbench

extension Failure {
    /// A file of rates that cannot be used.
    init(rates problem: RatesFile.Problem, in file: String) {
        let phrase: Phrase
        let advice: Phrase
        let example = Phrase("write as in: roles: {Buyer: 45/h}", "请写成 roles: {Buyer: 45/h} 的形式")
        switch problem.reason {
        case .syntax(let words):
            phrase = Phrase("this is no YAML: \(words)", "不是 YAML")
            advice = example
        case .noMapping:
            phrase = Phrase("names with values are expected here", "这里应为名称和取值")
            advice = example
        case .unknownKey(let name, let nearest):
            phrase = Phrase("rates have no key “\(name)”", "费率文件没有键“\(name)”")
            advice =
                nearest.map { Phrase("did you mean “\($0)”?", "是否想写“\($0)”？") }
                ?? Phrase("the keys are currency, roles and activities", "可用的键：currency、roles、activities")
        case .repeatedKey(let name):
            phrase = Phrase("“\(name)” stands here twice", "“\(name)”出现两次")
            advice = Phrase("remove one of them", "请删去其中之一")
        case .badCurrency:
            phrase = Phrase("the currency is no text", "货币不是文本")
            advice = Phrase("write as in: currency: EUR", "请写成 currency: EUR 的形式")
        case .badRoleRate(let name, let found):
            phrase = Phrase("“\(found)” is no rate per hour for “\(name)”", "“\(found)”不是“\(name)”的小时费率")
            advice = Phrase("write an amount and /h: 45/h", "请写金额加 /h，如 45/h")
        case .badActivityRate(let name, let found):
            phrase = Phrase("“\(found)” is no amount for “\(name)”", "“\(found)”不是“\(name)”的金额")
            advice = Phrase("write a number such as 2.5", "请写数字，如 2.5")
        }
        self.init(.badData, file: file, line: problem.line, column: problem.column, phrase, advice: advice)
    }
}
