import Workbench

extension Failure {
    /// A file of rates that cannot be used.
    init(rates problem: RatesFile.Problem, in file: String) {
        let phrase: Phrase
        let advice: Phrase
        let example = Phrase("write as in: roles: {Buyer: 45/h}", "请写成 roles: {Buyer: 45/h} 的形式")
        switch problem.reason {
        case .shape(let shape): (phrase, advice) = Self.words(shape, example)
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
