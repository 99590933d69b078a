package import EventLogs
package import Performance
package import Reports

/// Who works with whom, with people shown as the user wants them.
package enum DescribeOrganization {
    /// The organisation behind a log.
    ///
    /// - Parameters:
    ///   - people: whether people show as their roles or by name.
    ///   - reentry: what counts as written twice.
    package static func of(
        _ log: EventLog, people: PeopleDisplay, reentry: ReentrySuspects.Options = ReentrySuspects.Options()
    ) -> Organization {
        let names = PeopleNames(of: [log], display: people)
        let shown = log.columns.resource?.vocabulary.strings.map { names.name(of: $0) }
        return Organization(of: log, options: Organization.Options(shown: shown, isByRole: names.isByRole, reentry: reentry))
    }
}
