/// How a time was written in the source: kept beside the instant so that nothing about it is lost.
package struct TimeForm: Hashable, Sendable, Codable {
    /// Seconds east of UTC that the text carried, or that were assumed where it carried none.
    package var offset: Int32
    /// Whether the text carried no offset, so that one was assumed.
    package var isNaive: Bool
    /// Whether the text had no time part: the stamp stands for the interval [00:00, 24:00) of its day.
    package var isDateOnly: Bool

    /// A form with these properties.
    package init(offset: Int32, isNaive: Bool = false, isDateOnly: Bool = false) {
        self.offset = offset
        self.isNaive = isNaive
        self.isDateOnly = isDateOnly
    }

    /// A time written in UTC.
    package static let utc = TimeForm(offset: 0)
}
