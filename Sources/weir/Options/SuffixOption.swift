import Foundation
import Reports

extension LogOptions {
    /// Refuses a calendar where every hour must count, since it is told what was there when.
    func refuseCalendarForElapsedTime() throws(Failure) {
        if calendar == nil { return }
        throw Failure(
            .usage,
            Phrase("what is there at a time is told in elapsed time, so --calendar is not for it", "某一时刻的状态按自然时间计算，不能使用 --calendar"),
            advice: Phrase("leave it out", "请去掉它"))
    }
}

/// Verbs whose result is also a picture: the suffix of the output file says so.
enum SuffixOption {
    /// Whether the output is to be a picture; suffixes that are no form of the result are refused.
    static func isPicture(_ output: OutputOptions) throws(Failure) -> Bool {
        guard let file = output.output, file != "-" else { return false }
        let suffix = URL(filePath: file).pathExtension.lowercased()
        if suffix == "svg" {
            guard let format = output.format else { return true }
            throw Failure(
                .usage,
                Phrase("--format \(format.rawValue) and a file “.svg” exclude each other", "--format \(format.rawValue) 与 .svg 文件不能同时使用"),
                advice: Phrase("leave --format out", "请去掉 --format"))
        }
        if output.format != nil || ResultFormat(suffixOf: file) != nil { return false }
        throw Failure(
            .usage, Phrase("“.\(suffix)” is no form of a result here", "这里不能输出“.\(suffix)”形式的结果"),
            advice: Phrase("choose .svg, .json, .csv or .md", "请用 .svg、.json、.csv 或 .md"))
    }

    /// Refuses a number below 1.
    static func check(_ name: String, _ value: Int) throws(Failure) {
        if value >= 1 { return }
        throw Failure(
            .usage, Phrase("\(name) is below 1", "\(name) 小于 1"), advice: Phrase("give 1 or more", "请用 1 或更大的整数"))
    }
}
