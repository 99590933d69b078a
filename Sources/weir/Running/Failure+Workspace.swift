import Database
import Foundation
import Reports
import Workbench
import Workspaces

extension Failure {
    /// A workspace that cannot be used.
    init(workspace error: WorkspaceFailure) {
        switch error.cause {
        case .database(let problem): self.init(database: problem, error.file)
        case .workspace(let problem): self.init(workspace: problem, error.file)
        case .decidedAtImport(let option):
            self.init(
                .usage, file: error.file,
                Phrase("\(option) was decided when the log was imported", "\(option) 在导入日志时已经确定"),
                advice: Phrase(
                    "leave it out; or import the file again under another --log name", "请去掉它；或用另一个 --log 名称重新导入文件"))
        case .logOfNoWorkspace(let name):
            self.init(
                .usage, file: error.file, Phrase("is no workspace, so it has no log “\(name)”", "不是工作区，没有日志“\(name)”"),
                advice: Phrase("leave --log out", "请去掉 --log"))
        case .importOfWorkspace:
            self.init(
                .usage, file: error.file, Phrase("is a workspace already", "已经是工作区"),
                advice: Phrase("write its log into a file with weir export, and import that", "请先用 weir export 写成文件，再导入"))
        case .repeatedFile(let name):
            self.init(
                .usage, file: error.file, Phrase("“\(name)” stands twice among the files", "文件“\(name)”重复给出"),
                advice: Phrase("give each file once", "每个文件只给一次"))
        case .logName(let name):
            self.init(
                .usage, Phrase("“\(name)” cannot be the name of a log", "“\(name)”不能用作日志名称"),
                advice: Phrase("give --log a name of 1 to 200 characters without line breaks", "请用 --log 指定 1–200 个字符且不含换行的名称"))
        }
    }

    private init(workspace problem: WorkspaceProblem, _ file: String) {
        switch problem {
        case .noSuchLog(let name, let known):
            let near = UsageFailure.nearest(to: name, among: known)
            self.init(
                .noInput, file: file, Phrase("has no log “\(name)”", "没有日志“\(name)”"),
                advice: near.map { Phrase("did you mean “\($0)”?", "是否想用“\($0)”？") } ?? Self.logsAdvice(file))
        case .severalLogs(let known):
            let first = known.prefix(8).joined(separator: ", ")
            let more = known.count > 8 ? ", …" : ""
            self.init(
                .usage, file: file, Phrase("holds \(known.count) logs: \(first)\(more)", "含有 \(known.count) 个日志：\(first)\(more)"),
                advice: Phrase("choose one with --log", "请用 --log 选择一个"))
        case .noLog:
            self.init(
                .noInput, file: file, Phrase("holds no log yet", "还没有日志"),
                advice: Phrase(
                    "import one: weir import LOG --workspace \(shellWord(file))", "请先导入：weir import LOG --workspace \(shellWord(file))"))
        case .tooManyLogs(let limit):
            self.init(
                .cannotWrite, file: file, Phrase("holds \(limit) logs, as many as it can", "已有 \(limit) 个日志，达到上限"),
                advice: Phrase("give --workspace another file", "请用 --workspace 指定另一个文件"))
        case .readOtherwise(let name, let log, let then, let now):
            self.init(
                .usage, file: file,
                Phrase(
                    "“\(name)” is part of the log “\(log)” already, but was read otherwise: \(then) then, \(now) now",
                    "“\(name)”已是日志“\(log)”的一部分，但读取方式不同：当时为 \(then)，现在为 \(now)"),
                advice: Phrase(
                    "import it under another --log name, or delete the log first: weir logs \(shellWord(file)) --delete \(shellWord(log))",
                    "请用另一个 --log 名称导入，或先删除该日志：weir logs \(shellWord(file)) --delete \(shellWord(log))"))
        case .tamperedLog(let log):
            self.init(
                .badData, file: file,
                Phrase(
                    "the log “\(log)” may have been changed by another program", "日志“\(log)”可能被其他程序改动过"),
                advice: Phrase(
                    "delete it and import its files again: weir logs \(shellWord(file)) --delete \(shellWord(log))",
                    "请删除后重新导入其文件：weir logs \(shellWord(file)) --delete \(shellWord(log))"))
        }
    }

    private static func logsAdvice(_ file: String) -> Phrase {
        Phrase("“weir logs \(shellWord(file))” lists them", "运行 weir logs \(shellWord(file)) 查看现有日志")
    }

    private init(database problem: DatabaseProblem, _ file: String) {
        let status: ExitStatus
        let what: Phrase
        var advice: Phrase?
        switch problem {
        case .missing:
            (status, what) = (.noInput, Phrase("no such file", "文件不存在"))
            advice = Phrase("see that name and folder are right; weir import makes a workspace", "请检查文件名和文件夹；weir import 可新建工作区")
        case .isFolder:
            (status, what) = (.noInput, Phrase("is a folder", "这是一个文件夹"))
            advice = Phrase("name a file in it", "请指定其中的一个文件")
        case .notPermitted(let isWriting):
            (status, what) =
                isWriting
                ? (.cannotWrite, Phrase("may not be written", "没有写入权限")) : (.noInput, Phrase("may not be read", "没有读取权限"))
            advice = Phrase("see who owns the file and its folder", "请检查文件及其文件夹的权限")
        case .notADatabase:
            (status, what) = (.badData, Phrase("is no workspace: it is no SQLite file", "不是工作区：不是 SQLite 文件"))
            advice = Phrase("give a file that weir import made, or a new name", "请使用 weir import 生成的文件，或换一个新文件名")
        case .foreign(let application, let tables):
            let listed = tables.isEmpty ? "" : ": " + tables.joined(separator: ", ")
            let number = "0x" + String(UInt32(bitPattern: application), radix: 16)
            (status, what) = (
                .badData,
                Phrase(
                    "is a SQLite file of another program (application id \(number), \(tables.isEmpty ? "no tables" : "tables")\(listed))",
                    "是其他程序的 SQLite 文件（application id \(number)，\(tables.isEmpty ? "没有表" : "表")\(listed)）")
            )
            advice = Phrase("give a file that weir import made, or a new name", "请使用 weir import 生成的文件，或换一个新文件名")
        case .newer(let found, let known):
            (status, what) = (
                .badData,
                Phrase(
                    "was written by a newer weir (layout \(found); this one knows up to \(known))",
                    "由更新版本的 weir 写成（布局 \(found)；本版本最高支持 \(known)）")
            )
            advice = Phrase("update weir; nothing was changed", "请更新 weir；文件未被改动")
        case .busy:
            (status, what) = (.inputOutput, Phrase("another process is using it", "另一个进程正在使用它"))
            advice = Phrase("wait until that is done and try again", "请等其结束后重试")
        case .full:
            (status, what) = (.cannotWrite, Phrase("the disk is full; nothing was changed", "磁盘已满；内容未被改动"))
            advice = Phrase("make room and run the command again", "请腾出空间后重新运行")
        case .damaged(let message):
            (status, what) = (.badData, Phrase("is damaged: \(message)", "文件已损坏：\(message)"))
            advice = Phrase("restore it from a copy, or import its files anew", "请从备份恢复，或重新导入")
        case .statement(let problem):
            self = Self.statement(problem)
            return
        case .other(let code, let message):
            (status, what) = (.inputOutput, Phrase("SQLite says: \(message) (\(code))", "SQLite 报告：\(message)（\(code)）"))
            advice = Phrase("see that the disk has room and the folder may be written", "请检查磁盘空间和文件夹的写入权限")
        }
        self.init(status, file: file, what, advice: advice)
    }

    private static func statement(_ problem: DatabaseProblem.StatementProblem) -> Failure {
        switch problem {
        case .empty:
            Failure(
                .usage, Phrase("there is no SQL statement", "没有 SQL 语句"),
                advice: Phrase("give one, such as \"SELECT * FROM cases LIMIT 5\"", "请给出一条，如 \"SELECT * FROM cases LIMIT 5\""))
        case .several:
            Failure(
                .usage, Phrase("there is more than one SQL statement", "有多条 SQL 语句"),
                advice: Phrase("give one at a time", "请一次给出一条"))
        case .writes:
            Failure(
                .usage, Phrase("the statement would change something; weir sql only reads", "该语句会改动内容；weir sql 只能读取"),
                advice: Phrase("give a SELECT", "请使用 SELECT"))
        case .parameters:
            Failure(
                .usage, Phrase("the statement has marks for values", "语句含有参数占位符"),
                advice: Phrase("write the values into it", "请把值直接写入语句"))
        case .invalid(let message, let offset):
            Failure(
                .usage,
                Phrase(
                    "SQL: \(message)" + (offset.map { " (at byte \($0 + 1))" } ?? ""),
                    "SQL：\(message)" + (offset.map { "（第 \($0 + 1) 字节处）" } ?? "")),
                advice: Phrase(
                    "the views are cases, events, logs, attributes, imports and runs", "可用视图：cases、events、logs、attributes、imports、runs"))
        }
    }
}
