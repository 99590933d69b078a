import Dispatch
import Foundation
import Synchronization

/// The user's wish to stop: noticed through signals, asked for by long work, and kept even where work does not ask.
final class Interruption: Sendable {
    private let requested = Atomic<Bool>(false)
    private let temporaryFiles = Mutex<Set<String>>([])
    private let queue = DispatchQueue(label: "weir.interruption")

    /// How long work that was asked to stop may take before the process ends without it.
    static let grace = DispatchTimeInterval.milliseconds(1_500)

    /// Whether the user has asked to stop.
    var isRequested: Bool { requested.load(ordering: .relaxed) }

    /// Begins to listen to SIGINT, SIGTERM and SIGHUP, as long as the result is kept; a second one ends the process at once.
    func listen() -> [any DispatchSourceSignal] {
        [SIGINT, SIGTERM, SIGHUP].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler { [self] in request() }
            source.activate()
            return source
        }
    }

    /// Remembers a file that must not outlive the process.
    func protect(_ path: String) {
        temporaryFiles.withLock { _ = $0.insert(path) }
    }

    /// Forgets a file that is gone or complete.
    func release(_ path: String) {
        temporaryFiles.withLock { _ = $0.remove(path) }
    }

    private func request() {
        if requested.exchange(true, ordering: .relaxed) { endNow() }
        queue.asyncAfter(deadline: .now() + Self.grace) { [self] in endNow() }
    }

    private func endNow() -> Never {
        temporaryFiles.withLock { files in
            for file in files { unlink(file) }
        }
        _exit(ExitStatus.interrupted.rawValue)
    }
}
