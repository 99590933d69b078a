package import EventLogs

extension ConformanceResult {
    /// How well a log and a net go together, in bounded time: by optimal alignments where all markings of the net can be listed, else by token
    /// replay; ``method`` says which. Deviations and cases, which take the log itself, are left out.
    ///
    /// - Throws: ``CheckedNetError`` where the net cannot be compared with a log; `CancellationError` where the monitor stops the work.
    package init(
        boundedOf variants: VariantIndex, on net: CheckedNet, options: AlignmentOptions, monitor: some WorkMonitor
    ) throws {
        if StateSpace(net, limit: options.stateLimit) != nil {
            self.init(try Alignments(variants, on: net, options: options, monitor: monitor))
        } else {
            self.init(TokenReplay(variants, on: net, options: options))
        }
    }
}
