/// The languages in which everything a user reads exists.
package enum Language: String, Sendable, Codable, CaseIterable {
    /// English.
    case en
    /// Simplified Chinese.
    case zh

    /// The one of two texts that is in this language: `language("cases", "案例")`.
    package func callAsFunction(_ english: String, _ chinese: String) -> String {
        self == .zh ? chinese : english
    }
}
