import Synchronization

/// Says to all who read stretches of one source that one of them was given up.
final class GiveUpFlag: Sendable {
    private let flag = Atomic<Bool>(false)

    /// Whether one was given up.
    var isSet: Bool { flag.load(ordering: .relaxed) }

    /// Gives up.
    func set() { flag.store(true, ordering: .relaxed) }
}
