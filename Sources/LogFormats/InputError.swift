/// Why an input could not be read: where, what is wrong, and what to do about it.
///
/// ``cause`` holds the facts, for whoever shows them in another language; the English words are here.
package struct InputError: Error, Equatable, CustomStringConvertible {
    /// What kind of failure it is, which decides the exit code.
    package enum Kind: Sendable {
        /// The file's contents are wrong (65).
        case badData
        /// There is no such file (66).
        case noInput
        /// A flag was given wrongly (64).
        case usage
        /// The system refused (74).
        case io
    }

    /// The file's own name; `-` for standard input.
    package var file: String
    /// The line, from 1, where that is known.
    package var line: Int?
    /// The column in characters, from 1, where that is known.
    package var column: Int?
    /// What is wrong, as facts.
    package var cause: InputProblem

    /// An error with these parts.
    package init(file: String, line: Int? = nil, column: Int? = nil, _ cause: InputProblem) {
        self.file = file
        self.line = line
        self.column = column
        self.cause = cause
    }

    /// The kind of failure; an unknown encoding that the file itself names (on its first line) is the file's fault, not the flag's.
    package var kind: Kind {
        if case .unknownEncoding = cause, line != nil { return .badData }
        return cause.kind
    }

    /// What is wrong, in English.
    package var problem: String { cause.words.problem }

    /// What to do, in English.
    package var advice: String { cause.words.advice }

    /// `FILE:LINE:COLUMN`, as far as known.
    package var place: String {
        file + (line.map { ":\($0)" } ?? "") + (line == nil ? "" : column.map { ":\($0)" } ?? "")
    }

    /// `FILE:LINE:COLUMN: what is wrong — what to do`.
    package var description: String {
        "\(place): \(problem) — \(advice)"
    }
}
