package import EventLogs
package import Reports

/// Which findings about a log's data make an answer worthless: those at error level that forbid what the answer is made of, but for
/// the rules that the user accepts.
///
/// The one way in which any verb comes to refuse an answer for its data.
package enum DataVeto {
    /// The findings that forbid an answer about some analyses.
    ///
    /// - Parameter isByCalendar: whether hours of a calendar count: these cannot be laid over times whose zone is not known.
    package static func vetoes(
        _ findings: [LogFinding], touching analyses: [FindingText.Analysis], accepting accepted: Set<LogFinding.Rule>,
        isByCalendar: Bool
    ) -> [LogFinding] {
        findings.filter { finding in
            if accepted.contains(finding.rule) { return false }
            if isByCalendar && finding.rule == .naiveTime { return true }
            return FindingText(finding).forbids.contains { analyses.contains($0) }
        }
    }
}
