package import EventLogs

/// Whole cases of a log that is read piece by piece.
package struct LogPiece: Sendable {
    /// The cases.
    package let log: EventLog
    /// How many cases of the file stand before them.
    package let firstCase: Int
    /// How many events of the file stand before theirs.
    package let firstEvent: Int
}

/// What is known of a file once its last piece was read.
package struct PiecewiseFile: Sendable {
    /// The file's format.
    package var format: LogFormat
    /// Which columns of a table play which role; `nil` for XES.
    package var recognised: ColumnMapping?
    /// How the time columns of a table are written: timestamp, then start.
    package var timeFormats: [String] = []
    /// The classifiers that the file declares.
    package var classifiers: [String] = []
    /// What reading has found, but for what every piece says itself.
    package var findings: [LogFinding] = []
    /// The names of all cases in the order of the file.
    package var caseNames = Vocabulary()
    /// The zone in which the user said that times without an offset are to be read.
    package var assumedZone: String?
}

/// Whoever takes the pieces of a log in their order.
///
/// What a file holds is supposed after its beginning; where a later piece contradicts it, everything begins anew.
package protocol LogPieceTaker: AnyObject {
    /// How much of a log a piece is taken to be.
    var extent: LogExtent { get }
    /// Forgets everything: the first piece comes (again).
    func begin()
    /// Takes the next piece.
    ///
    /// - Throws: ``PieceRestart`` where everything must begin anew.
    func take(_ piece: LogPiece) throws
}

/// What was supposed of the pieces so far turned out wrong: they are to be read anew.
package struct PieceRestart: Error {
    /// A wish to begin anew.
    package init() {}
}

/// Hands the pieces of one reading to their taker and sees to it that no case comes back.
struct PieceCourse {
    private(set) var caseNames = Vocabulary()
    private(set) var events = 0
    /// The standard columns met so far.
    private(set) var columns = ExpectedColumns()
    let file: String

    init(file: String) {
        self.file = file
    }

    /// Hands on a piece.
    mutating func hand(_ log: EventLog, to taker: any LogPieceTaker) throws {
        let first = caseNames.count
        let names = log.columns.caseNames
        for id in names.ids {
            let number = names.withBytes(of: id) { caseNames.intern($0) }
            if Int(number) < first, let event = log.eventRanges[Int(id)].first {
                throw ReturningCase(name: names[id], row: Int(log.columns.row[event]))
            }
        }
        if let found = log.firstReturn { throw ReturningCase(name: names[log.caseIDs[found.position]], row: found.row) }
        columns.add(log.columns)
        try taker.take(LogPiece(log: log, firstCase: first, firstEvent: events))
        events += log.columns.count
    }
}

/// A case that comes back in a row, before it is said where in the file that is.
struct ReturningCase: Error {
    let name: String
    /// The row; `nil` where only the case is known.
    let row: Int?
}
