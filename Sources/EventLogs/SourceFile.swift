/// One of the files that a log was put together from.
package struct SourceFile: Sendable, Equatable, Codable {
    /// The file's own name.
    package var name: String
    /// What its rows count.
    package var rowUnit: EventColumns.RowUnit
    /// How many rows the files before it have, as ``EventColumns/row`` counts through all files.
    package var rowsBefore: Int
}

extension EventColumns {
    /// The file in which a row stands and its number there, or `nil` where the log is of one file.
    package func place(ofRow row: Int) -> (file: SourceFile, row: Int)? {
        guard let file = files.last(where: { $0.rowsBefore < row }) else { return nil }
        return (file, row - file.rowsBefore)
    }

    /// The findings with their rows as the files count them, and the files' names; as they are where the log is of one file.
    package func naming(_ findings: [LogFinding]) -> [LogFinding] {
        files.isEmpty ? findings : naming(findings, in: files)
    }

    /// The files of the log, where a log of one file has that name.
    func files(named name: String) -> [SourceFile] {
        files.isEmpty ? [SourceFile(name: name, rowUnit: rowUnit, rowsBefore: 0)] : files
    }

    /// The findings with their rows as these files count them, and the files' names.
    func naming(_ findings: [LogFinding], in files: [SourceFile]) -> [LogFinding] {
        return findings.map { finding in
            var finding = finding
            finding.examples = finding.examples.map { example in
                guard example.file == nil, let row = example.row, let file = files.last(where: { $0.rowsBefore < row }) else {
                    return example
                }
                return example.standing(in: file, at: row - file.rowsBefore)
            }
            return finding
        }
    }
}

extension LogFinding.Example {
    /// The example with the name of its file, and its place there.
    func standing(in file: SourceFile, at row: Int?) -> LogFinding.Example {
        LogFinding.Example(
            row: file.rowUnit == .event ? row : nil, line: file.rowUnit == .line ? row : line, text: text, file: file.name)
    }
}
