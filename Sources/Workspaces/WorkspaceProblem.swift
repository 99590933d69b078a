/// Why a workspace cannot do what is asked of it, beside what its database says.
package enum WorkspaceProblem: Error, Equatable, Sendable {
    /// It has no log of that name; those that it has.
    case noSuchLog(String, known: [String])
    /// It has several logs and none was named.
    case severalLogs([String])
    /// It has no log.
    case noLog
    /// It has as many logs as it can show side by side.
    case tooManyLogs(limit: Int)
    /// A file that is part of the log was read otherwise then: the options then and now.
    case readOtherwise(file: String, log: String, then: String, now: String)
    /// The rows of a log can be changed by other programs, so they may have been; or its columns do not fit together.
    case tamperedLog(String)
}
