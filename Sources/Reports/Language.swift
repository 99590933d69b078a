/// The languages in which everything a user reads exists.
package enum Language: String, Sendable, Codable, CaseIterable {
    /// English.
    case en
    /// Simplified Chinese.
    case zh
}
