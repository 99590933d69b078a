import ArgumentParser
import EventLogs
import Reports
import Workbench

/// Which table of a performance analysis CSV holds.
enum PerformanceTable: String, CaseIterable, ExpressibleByArgument {
    /// Where the time goes.
    case bottlenecks
    /// Why work waits, by hand-off.
    case waitingCauses = "waiting-causes"
    /// What is done in batches.
    case batches
    /// The activities.
    case activities
    /// Self-loops and ping-pong.
    case repetition
    /// Where branches come together.
    case joins
}

/// What a performance analysis tells besides the times.
struct WaitingOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "What CSV holds: bottlenecks, waiting-causes, batches, activities, repetition or joins.", valueName: "table"))
    var table: PerformanceTable = .bottlenecks

    @Flag(
        help: ArgumentHelp(
            "Estimate starts that are not recorded, from the completion before in the case and the one before of the resource; the result says how many."
        ))
    var estimateStarts = false

    @Flag(
        help: ArgumentHelp("Tell how long finished branches wait for one another where they come together, and what ran beside what."))
    var joins = false

    @Option(
        help: ArgumentHelp(
            "Activities that run beside each other, for --joins and --estimate-starts; once per group. (default: what the log's successions tell)",
            valueName: "activity,activity"))
    var concurrent: [String] = []

    /// What is to be told.
    func detail() throws(Failure) -> PerformanceDetail.Options {
        var groups: [[String]] = []
        for text in concurrent { groups.append(try LogOptions.list(text)) }
        return PerformanceDetail.Options(
            estimatesStarts: estimateStarts, joins: joins || table == .joins, concurrent: concurrent.isEmpty ? nil : groups)
    }

    /// The way a log is read for that: whole, where only the whole log tells it.
    func streaming(_ options: StreamOptions) throws(Failure) -> StreamOptions {
        if try !detail().needsWhole && table != .waitingCauses && table != .batches { return options }
        if options.stream == .always {
            throw Failure(
                .usage,
                Phrase(
                    "waiting causes, batches, joins and estimated starts need the whole log, which --stream always does not keep",
                    "等待原因、批量、汇合和开始时间估计需要整个日志，不能与 --stream always 同用"),
                advice: Phrase("leave --stream away, or narrow the log with --filter", "去掉 --stream，或用 --filter 缩小日志"))
        }
        var options = options
        options.stream = .never
        return options
    }
}
