import Workbench

extension Failure {
    /// What is wrong with the shape of a file of keys and values, and what to do.
    ///
    /// - Parameter example: how such a file is written.
    static func words(_ shape: YAMLProblem.Reason, _ example: Phrase) -> (Phrase, Phrase) {
        switch shape {
        case .syntax(let words): return (Phrase("this is no YAML: \(words)", "不是 YAML"), example)
        case .noMapping: return (Phrase("keys with values are expected here", "这里应为键和值"), example)
        case .unknownKey(let name, let nearest, let known):
            let advice =
                nearest.map { Phrase("did you mean “\($0)”?", "是否想写“\($0)”？") }
                ?? Phrase("the keys are \(known.joined(separator: ", "))", "可用的键：\(known.joined(separator: "、"))")
            return (Phrase("there is no key “\(name)” here", "这里没有键“\(name)”"), advice)
        case .repeatedKey(let name):
            return (Phrase("“\(name)” stands here twice", "“\(name)”出现两次"), Phrase("remove one of them", "请删去其中之一"))
        }
    }
}
