/// Accounts under which machines work.
package enum SystemAccount {
    /// Words that name a machine, and words that may stand beside one.
    private static let machines: Set<String> = [
        "SYSTEM", "SYS", "BATCH", "RFC", "BOT", "ROBOT", "RPA", "CRON", "DAEMON", "SCHEDULER", "SAPSYS", "DDIC", "WORKFLOW", "WF",
        "AUTOMATIC", "AUTOMATED", "AUTOMATION", "BACKGROUND", "INTERFACE", "EDI", "系统", "系统自动", "系统用户", "自动", "批处理", "机器人",
        "后台", "接口", "定时任务",
    ]
    private static let companions: Set<String> = ["USER", "ACCOUNT", "ID", "SAP", "ERP", "JOB", "PROCESS", "SERVICE", "ADMIN", "RUN"]

    /// Whether every word of a name is one of a machine's, a number or a neutral one, and at least one is a machine's: `SYSTEM`,
    /// `WF-BATCH`, `RFC_USER`, `batch_07`, `系统`, but neither `System Engineer` nor `user_7`.
    package static func isOne(_ name: String) -> Bool {
        if name.utf8.count > 40 { return false }
        var found = false
        for word in name.uppercased().split(whereSeparator: { !($0.isLetter || $0.isNumber) }) {
            let text = String(word)
            if machines.contains(text) {
                found = true
            } else if !companions.contains(text) && !text.allSatisfy(\.isNumber) {
                // `BATCH07` and `BOT1`: a machine's word with its number.
                let letters = String(text.prefix { $0.isLetter })
                let digits = text.dropFirst(letters.count)
                if digits.isEmpty || !digits.allSatisfy(\.isNumber) || !machines.contains(letters) { return false }
                found = true
            }
        }
        return found
    }
}
