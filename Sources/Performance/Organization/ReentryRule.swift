import EventLogs

/// Which activity names say that data is entered, and which that it is entered once more.
struct ReentryRule {
    /// Words for entering data once more.
    private static let again = [
        "re-key", "rekey", "re key", "re-enter", "reenter", "re enter", "re-entry", "reentry", "re-type", "retype", "re-record", "rerecord",
        "re-input", "re-capture", "recapture", "duplicate entry", "enter again", "record again", "key in again", "copy to ", "transcribe",
        "重新录入", "重复录入", "再次录入", "二次录入", "补录", "转录", "重新输入", "重复输入", "手工转", "重新登记", "重复登记", "抄录",
    ]
    /// Words for entering data; the first word of a name in a language with spaces.
    private static let enter = [
        "enter", "record", "register", "key", "capture", "input", "type", "post", "book", "create", "save", "log", "录入", "登记", "输入",
        "填写", "填报", "创建", "新建", "记录",
    ]
    /// Words that say where or how, not what.
    private static let neutral: Set<String> = [
        "in", "into", "to", "the", "a", "an", "manual", "manually", "sap", "erp", "excel", "system", "new", "of", "手工", "手动", "系统",
    ]

    /// Per activity: whether its name says that data is entered once more.
    let isAgain: [Bool]
    /// Per activity: a number that is equal where names say that the same thing is entered; −1 where none says so.
    let object: [Int]

    /// The rule for some activities.
    init(_ activities: Vocabulary) {
        var objects: [String: Int] = [:]
        let names = activities.strings.map { $0.lowercased() }
        isAgain = names.map { name in Self.again.contains { name.contains($0) } }
        object = names.map { name in
            guard let what = Self.object(of: name) else { return -1 }
            return objects[what, default: objects.count].registered(in: &objects, what)
        }
    }

    /// What a name says is entered, such as `invoice` of “Enter invoice (SAP)”; nil where it says nothing is.
    static func object(of name: String) -> String? {
        let words = name.split { !($0.isLetter || $0.isNumber) }.map(String.init)
        guard let first = words.first else { return nil }
        for verb in enter where first.hasPrefix(verb) {
            if verb.unicodeScalars.allSatisfy(\.isASCII) {
                if first != verb { continue }
                let rest = words.dropFirst().filter { !neutral.contains($0) }
                return rest.isEmpty ? nil : rest.joined(separator: " ")
            }
            // Chinese names stand without spaces.
            let rest = ([String(first.dropFirst(verb.count))] + words.dropFirst()).filter { !$0.isEmpty && !neutral.contains($0) }
            return rest.isEmpty ? nil : rest.joined(separator: " ")
        }
        return nil
    }
}

extension Int {
    /// The number, kept under a name.
    fileprivate func registered(in numbers: inout [String: Int], _ name: String) -> Int {
        numbers[name] = self
        return self
    }
}
