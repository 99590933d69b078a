package import Foundation

/// Where the real logs that tests read are: the folder named by `WEIR_TEST_DATA`, else `../shared/data` beside the checkout.
///
/// They are not part of the project; tests that need them are enabled only where they are there.
package enum SharedData {
    /// The root of this checkout.
    package static let checkout = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The folder of real logs, or `nil` where there is none.
    package static let folder: URL? = {
        let named = ProcessInfo.processInfo.environment["WEIR_TEST_DATA"].map { URL(filePath: $0) }
        let beside = checkout.deletingLastPathComponent().appending(path: "shared/data")
        let candidate = named ?? beside
        return FileManager.default.fileExists(atPath: candidate.path) ? candidate : nil
    }()

    /// The folder of reference answers for those logs, or `nil` where there is none.
    package static let answers: URL? = {
        guard let folder else { return nil }
        let candidate = folder.deletingLastPathComponent().appending(path: "oracle/expected")
        return FileManager.default.fileExists(atPath: candidate.path) ? candidate : nil
    }()

    /// Whether the real logs are there: for `.enabled(if:)`.
    package static var isThere: Bool { folder != nil }

    /// Whether the reference answers are there too.
    package static var hasAnswers: Bool { answers != nil }

    /// The file at a path within the folder of real logs.
    package static func file(_ path: String) -> URL {
        guard let folder else { preconditionFailure("the test must be enabled only where SharedData.isThere") }
        return folder.appending(path: path)
    }
}
