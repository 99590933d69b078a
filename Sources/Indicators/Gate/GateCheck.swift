package import EventLogs

/// What a gate holds of one figure: a target, a largest regression, or both.
package struct GateCheck: Sendable, Equatable {
    /// Fewer cases than these on either side are insufficient where nothing else is said.
    package static let smallestSample = 30

    /// The figure.
    package let name: KPIName
    /// Which cases count; `nil` for all.
    package let filter: LogFilter?
    /// The bound to keep.
    package let target: GateTarget?
    /// By what share the figure may be worse than in the baseline, above 0.
    package let maxRegression: Double?
    /// The fewest cases on either side, where the file says so; it then holds for the target too.
    package let minN: Int?

    /// A check with these parts.
    package init(name: KPIName, filter: LogFilter? = nil, target: GateTarget? = nil, maxRegression: Double? = nil, minN: Int? = nil) {
        precondition(target != nil || maxRegression != nil, "a check holds something")
        precondition(maxRegression.map { $0 > 0 } ?? true, "a largest regression is above 0")
        self.name = name
        self.filter = filter
        self.target = target
        self.maxRegression = maxRegression
        self.minN = minN
    }

    /// Whether the figure grows with the log, so that it cannot be compared with that of another.
    package static func growsWithTheLog(_ name: KPIName) -> Bool { name.statistic == .sum || name.statistic == .count }
}
