import ByteParsing
import EventLogs
import Instants

/// What was learnt of a table while its pieces were read, kept for the next time.
struct CSVPieceState {
    fileprivate var plain: CSVPlainPlan?
    fileprivate var columns: CSVColumns?
    fileprivate var plan: CSVPlan?
    fileprivate var separators: [LogFinding] = []
    fileprivate var layout = PieceLayout()
    fileprivate var expected = ExpectedColumns()
}

extension CSVLogReader {
    /// Hands the cases of the table to a taker, piece by piece.
    ///
    /// - Parameters:
    ///   - size: about how many bytes a piece has.
    ///   - release: is lent every stretch of the text that is no longer needed.
    func readPieces(
        _ state: inout CSVPieceState, size: Int, to taker: any LogPieceTaker, release: @Sendable (UnsafeRawBufferPointer) -> Void
    ) throws -> PiecewiseFile {
        if state.plan == nil {
            if state.plain == nil {
                state.plain = try plainPlan()
                state.columns = state.plain?.next()
            }
            if let file = try readPlainPieces(&state, size, taker, release) { return file }
            try checkText(release)
            let survey = try survey(rows: .max) { place in
                release(UnsafeRawBufferPointer(rebasing: text[max(0, place - Self.releaseStep)..<place]))
            }
            state.layout = PieceLayout()
            let plan = try plan(of: survey)
            state.plan = plan
            state.separators = separatorFindings(survey, plan)
        }
        guard let plan = state.plan else { preconditionFailure("there is a plan") }
        while true {
            taker.begin()
            do {
                return try readCompletePieces(plan, &state, size, taker, release)
            } catch is PieceRestart {
                continue
            }
        }
    }

    /// More than the bytes between two looks at the progress.
    private static var releaseStep: Int { 1 << 26 }

    private func finishedFile(_ course: PieceCourse, findings: [LogFinding], timeFormats: [String]) throws -> PiecewiseFile {
        PiecewiseFile(
            format: LogFormat(kind: .csv, isGzipped: false, delimiter: delimiter), recognised: mapping, timeFormats: timeFormats,
            findings: findings, caseNames: course.caseNames, assumedZone: try TableColumns.zone(options, file: file)?.name)
    }

    // MARK: - Plain tables

    /// Reads a plain table; `nil` where it turns out to be none.
    private func readPlainPieces(
        _ state: inout CSVPieceState, _ size: Int, _ taker: any LogPieceTaker, _ release: @Sendable (UnsafeRawBufferPointer) -> Void
    ) throws -> PiecewiseFile? {
        guard let header = state.plain?.header, let given = state.plain.map(\.given) else { return nil }
        let zone = try TableColumns.zone(options, file: file)
        attempt: while let columns = state.columns {
            taker.begin()
            var course = PieceCourse(file: file)
            var builder = EventLogBuilder()
            builder.promotesConstantAttributes = true
            builder.sourceNames = TableColumns.sourceNames(names, roles)
            builder.expected = state.expected
            var counts = CSVStretchScanner.Counts()
            var lines = header.lines
            var place = header.end
            while place < text.count {
                let end = pieceEnd(from: place, size, caseColumn: columns.caseID)
                try checkText(place..<end)
                let stretch = max(1, min(1 << 24, size / max(1, options.threads)))
                switch try scan(cuts(from: place, to: end, stretch: stretch), columns, ZoneClock(zone ?? .utc), release) {
                case .failure(let contradiction):
                    if state.plain?.correct(contradiction) != true { return nil }
                    state.columns = state.plain?.next()
                    state.layout = PieceLayout()
                    continue attempt
                case .success(let parts):
                    if let varying = Self.varyingAttribute(parts.all, columns.attributes) {
                        state.plain?.noteVarying(varying)
                        state.columns = state.plain?.next()
                        state.layout = PieceLayout()
                        continue attempt
                    }
                    _ = builder.append(parts: Self.numbered(parts, &counts, &lines))
                }
                monitor.progress(.reading, fraction: Double(end) / Double(text.count), events: course.events)
                do {
                    try hand(&builder, &state, &course, taker)
                } catch is PieceRestart {
                    continue attempt
                }
                place = end
            }
            if !state.layout.isRight {
                state.layout.suppose()
                continue
            }
            state.expected = course.columns
            return try finishedFile(course, findings: plainFindings(counts), timeFormats: plainTimeFormats(given))
        }
        return nil
    }

    private func hand(
        _ builder: inout EventLogBuilder, _ state: inout CSVPieceState, _ course: inout PieceCourse, _ taker: any LogPieceTaker
    ) throws {
        let log = builder.takePiece().finishPiece(counting: options.counting, extent: taker.extent, layout: &state.layout)
        if state.layout.isWrong {
            state.layout.suppose()
            throw PieceRestart()
        }
        do {
            try course.hand(log, to: taker)
        } catch let found as ReturningCase {
            throw InputError(file: file, line: found.row, .returningCase(String(found.name.prefix(60))))
        }
    }

    /// Where a piece ends that begins at `place`: behind a row whose case another follows.
    private func pieceEnd(from place: Int, _ size: Int, caseColumn: Int) -> Int {
        guard place + size < text.count, let feed = text[(place + size)...].firstIndex(of: 0x0A), feed + 1 < text.count else {
            return text.count
        }
        let start = feed + 1
        let rest = UnsafeRawBufferPointer(rebasing: text[start...])
        var tokenizer = CSVTokenizer(rest, delimiter: delimiter)
        var previous: UnsafeRawBufferPointer?
        while true {
            let before = tokenizer.position
            guard let found = try? tokenizer.next() else { return start }
            if !found { return text.count }
            if caseColumn >= tokenizer.fields.count { continue }
            let field = tokenizer.fields[caseColumn]
            let value = UnsafeRawBufferPointer(rebasing: rest[field.start..<field.end])
            if let previous, !previous.elementsEqual(value) { return start + before }
            previous = value
        }
    }

    // MARK: - Other tables

    private func readCompletePieces(
        _ plan: CSVPlan, _ state: inout CSVPieceState, _ size: Int, _ taker: any LogPieceTaker,
        _ release: (UnsafeRawBufferPointer) -> Void
    ) throws -> PiecewiseFile {
        guard let caseColumn = roles[.caseID] else { preconditionFailure("recognition finds a case column or throws") }
        let zone = try TableColumns.zone(options, file: file)
        var course = PieceCourse(file: file)
        var filler = CSVRowFiller(plan: plan, names: names, roles: roles, clocks: clocks, clock: ZoneClock(zone ?? .utc), file: file)
        filler.builder.expected = state.expected
        var tokenizer = CSVTokenizer(text, delimiter: delimiter)
        _ = try nextRow(&tokenizer)
        var begin = tokenizer.position
        var previous = 0..<0
        while true {
            let before = tokenizer.position
            guard try nextRow(&tokenizer) else { break }
            if caseColumn < tokenizer.fields.count {
                let field = tokenizer.fields[caseColumn]
                let own = field.start..<field.end
                if before - begin >= size && !own.isEmpty && !text[own].elementsEqual(text[previous]) && filler.builder.eventCount > 0 {
                    try hand(&filler.builder, &state, &course, taker)
                    release(UnsafeRawBufferPointer(rebasing: text[begin..<before]))
                    monitor.progress(.reading, fraction: Double(before) / Double(text.count), events: course.events)
                    try monitor.checkCancellation()
                    begin = before
                }
                if !own.isEmpty { previous = own }
            }
            filler.add(tokenizer, scratch)
        }
        if filler.builder.eventCount > 0 { try hand(&filler.builder, &state, &course, taker) }
        if course.events == 0 { throw noEvents(filler) }
        if !state.layout.isRight {
            state.layout.suppose()
            throw PieceRestart()
        }
        filler.builder.findings += state.separators
        filler.addFindings(
            blankLines: tokenizer.blankLines - (hasDelimiterLine ? 1 : 0), tokenizer.firstBlankLines.filter { !hasDelimiterLine || $0 > 1 })
        state.expected = course.columns
        return try finishedFile(course, findings: filler.builder.findings, timeFormats: plan.timeFormatNames)
    }

    // MARK: - Encoding

    /// Sees to it that all of the text is UTF-8.
    private func checkText(_ release: (UnsafeRawBufferPointer) -> Void) throws {
        var place = 0
        while place < text.count {
            var end = min(text.count, place + Self.releaseStep)
            while end < text.count && text[end] & 0xC0 == 0x80 && end - place < Self.releaseStep + 4 { end += 1 }
            try checkText(place..<end)
            release(UnsafeRawBufferPointer(rebasing: text[place..<end]))
            place = end
        }
    }

    private func checkText(_ range: Range<Int>) throws {
        guard let bad = UTF8Check.firstInvalid(in: UnsafeRawBufferPointer(rebasing: text[range])) else { return }
        throw SourceText.invalid(text, at: range.lowerBound + bad, encoding: options.encoding ?? "UTF-8", file)
    }
}
