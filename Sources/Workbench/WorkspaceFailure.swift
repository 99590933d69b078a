package import Database
package import Workspaces

/// Why a workspace cannot be used, with the file's own name.
package struct WorkspaceFailure: Error {
    /// What is wrong.
    package enum Cause: Sendable, Equatable {
        /// What its database says.
        case database(DatabaseProblem)
        /// What the workspace says.
        case workspace(WorkspaceProblem)
        /// An option that belongs to reading a file; it was decided at the import.
        case decidedAtImport(option: String)
        /// A log was named, but the file is no workspace.
        case logOfNoWorkspace(String)
        /// A workspace is to be imported into a workspace.
        case importOfWorkspace
        /// The same file stands twice among those to be imported.
        case repeatedFile(String)
        /// Log names are neither empty nor longer than 200 characters, and hold no control characters.
        case logName(String)
    }

    /// The file's own name.
    package let file: String
    /// What is wrong.
    package let cause: Cause

    /// A failure with this cause.
    package init(file: String, _ cause: Cause) {
        self.file = file
        self.cause = cause
    }

    /// Runs `body` and ties what a workspace says to its file.
    package static func naming<Result>(_ file: String, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let problem as DatabaseProblem {
            throw WorkspaceFailure(file: file, .database(problem))
        } catch let problem as WorkspaceProblem {
            throw WorkspaceFailure(file: file, .workspace(problem))
        }
    }
}
