import ArgumentParser
import Foundation
import Logging
import Reports
import Workbench

/// A verb of the command line: its arguments are parsed, it calls one use case and prints one result.
protocol Verb: ParsableCommand {
    /// What every verb understands.
    var common: CommonOptions { get }

    /// How many seconds a working day has, where durations are counted in working time; else `nil`.
    func workingDay() throws -> Double?

    /// Does the work.
    func run(in session: Session) throws
}

extension Verb {
    func workingDay() throws -> Double? { nil }
}

/// A verb that reads a log.
protocol LogVerb: Verb {
    /// How it is read.
    var reading: LogOptions { get }
}

extension LogVerb {
    func workingDay() throws -> Double? {
        try reading.calendars().map { Double($0.workingDay) / 1e6 }
    }
}

/// Runs one command line from its arguments to its exit status: the only place that decides how the process ends.
struct Launcher {
    var arguments: [String]
    var environment: [String: String]

    /// Parses, runs and reports; returns how to end.
    func run() -> ExitStatus {
        signal(SIGPIPE, SIG_IGN)
        let language = LanguageChoice.language(arguments: arguments, environment: environment)
        do {
            try refuseUnknownVerb()
            let command = try Weir.parseAsRoot(arguments)
            guard let verb = command as? any Verb else {
                var command = command
                try command.run()
                return .success
            }
            return try run(verb, language)
        } catch WriteError.brokenPipe {
            return .success
        } catch let failure as Failure {
            standardError(failure.message(language))
            return failure.status
        } catch {
            return end(parsing: error, language)
        }
    }

    private func run(_ verb: some Verb, _ language: Language) throws -> ExitStatus {
        let common = verb.common
        try common.check()
        let interruption = Interruption()
        let listeners = interruption.listen()
        defer { listeners.forEach { $0.cancel() } }
        let showsProgress = isatty(STDERR_FILENO) == 1 && !common.quiet && !common.noProgress
        let monitor = ProgressLine(isShown: showsProgress, language: language, interruption: interruption)
        defer { monitor.end() }
        let isTerminal = isatty(STDOUT_FILENO) == 1
        let session = Session(
            language: language, isColoured: isTerminal && (environment["NO_COLOR"] ?? "").isEmpty,
            width: isTerminal ? Self.terminalWidth : 100, monitor: monitor, interruption: interruption, logger: logger(),
            isQuiet: common.quiet, arguments: arguments, searchPath: (environment["PATH"] ?? "").split(separator: ":").map(String.init),
            threads: common.threadCount)
        do {
            session.logger.debug("\(Weir.name(of: type(of: verb))) begins")
            try Humane.$workingDayInScope.withValue(try verb.workingDay()) { try verb.run(in: session) }
            session.logger.debug("\(Weir.name(of: type(of: verb))) is done")
            return .success
        } catch let early as EarlyEnd {
            return early.status
        } catch is CancellationError {
            return .interrupted
        } catch WriteError.brokenPipe {
            return .success
        } catch {
            monitor.end()
            if interruption.isRequested { return .interrupted }
            let failure = Failure(explaining: error)
            standardError(failure.message(language))
            return failure.status
        }
    }

    /// `WEIR_LOG=debug` (or any level of swift-log) makes the tool tell on standard error what it does.
    private func logger() -> Logger {
        guard let level = environment["WEIR_LOG"].flatMap(Logger.Level.init(rawValue:)) else {
            return Logger(label: "weir") { _ in SwiftLogNoOpLogHandler() }
        }
        var logger = Logger(label: "weir") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = level
        return logger
    }

    /// The columns of the terminal on standard output, at most 100.
    private static var terminalWidth: Int {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 100 }
        return min(100, max(40, Int(size.ws_col)))
    }

    /// A first word that is no verb is said to be none, with the one that was perhaps meant.
    private func refuseUnknownVerb() throws(Failure) {
        guard let word = arguments.first, !word.hasPrefix("-") else { return }
        let names = Weir.verbNames
        if names.contains(word) { return }
        throw UsageFailure.unknownVerb(word, known: names)
    }

    private func end(parsing error: any Error, _ language: Language) -> ExitStatus {
        let code = Weir.exitCode(for: error)
        if code == .success {
            let text = Weir.fullMessage(for: error, columns: 100)
            do {
                try standardOutput(text.hasSuffix("\n") ? text : text + "\n")
            } catch let failure as Failure {
                standardError(failure.message(language))
                return failure.status
            } catch {}
            return .success
        }
        let verb = arguments.first.flatMap { Weir.verbNames.contains($0) ? $0 : nil }
        let failure = UsageFailure.failure(Weir.message(for: error), verb: verb)
        standardError(failure.message(language))
        return failure.status
    }
}

/// A verb is done and has said everything, but ends with another status than success.
struct EarlyEnd: Error {
    /// The status.
    var status: ExitStatus
}
