import ByteParsing
import CByteScan
import Dispatch
import EventLogs
import Foundation
import Instants
import Synchronization

/// Reads XES on several threads where its traces are laid out as ``XESTraceScanner`` knows them.
///
/// The document is cut between traces. What stands before the first trace and behind the last goes, with a mark in the place of the
/// traces, to ``XESLogReader``, which so sees a whole document; the stretches of traces go to scanners. Where anything is unusual there
/// is no log, and the caller reads the whole document the complete way: that way alone knows about errors.
enum XESFastReader {
    /// The element that stands for the traces.
    static let mark = "weir-traces"

    /// Stretches have about so many bytes, whatever the number of threads.
    static let usualStretch = 1 << 24
    static let traceStart: StaticString = "<trace>"
    static let traceEnd: StaticString = "</trace>"

    /// The events of a document of XES in UTF-8 that may be invalid, or `nil`.
    ///
    /// - Parameters:
    ///   - stretch: about how many bytes a thread takes at once; `nil` for a size that keeps all threads at work.
    ///   - release: is lent every stretch that is no longer needed.
    /// - Throws: `CancellationError` where the monitor says so.
    static func read(
        _ bytes: UnsafeRawBufferPointer, file: String, options: ReadOptions, monitor: some WorkMonitor,
        stretch: Int? = nil, release: @Sendable (UnsafeRawBufferPointer) -> Void = { _ in }
    ) throws -> EventLogBuilder? {
        guard options.classifier == nil, isUTF8(bytes, file, options), let first = place(of: traceStart, in: bytes[...]),
            let last = lastPlace(of: traceEnd, in: bytes), last > first
        else { return nil }
        let end = last + traceEnd.utf8CodeUnitCount
        let share = options.threads <= 1 ? bytes.count : bytes.count / (2 * options.threads)
        let cuts = cuts(of: bytes, from: first, to: end, stretch: stretch ?? max(usualStretch, share))
        guard let outcome = try scan(bytes, cuts, options: options, monitor: monitor, isFirst: true, release: release) else { return nil }
        return try builder(
            of: outcome, head: UnsafeRawBufferPointer(rebasing: bytes[..<first]), tail: UnsafeRawBufferPointer(rebasing: bytes[end...]),
            file: file, options: options, monitor: monitor)
    }

    /// The stretches between cuts, read on several threads; `nil` where one is laid out otherwise.
    ///
    /// - Parameter isFirst: whether no trace stands before the first cut.
    static func scan(
        _ bytes: UnsafeRawBufferPointer, _ cuts: [Int], options: ReadOptions, monitor: some WorkMonitor, isFirst: Bool,
        release: @Sendable (UnsafeRawBufferPointer) -> Void
    ) throws -> Outcome? {
        let clock = ZoneClock(options.zone ?? .utc)
        let outcome = Outcome(count: cuts.count - 1)
        let source = Source(bytes: bytes)
        let flag = GiveUpFlag()
        let next = Atomic<Int>(0)
        let done = Atomic<Int>(0)
        DispatchQueue.concurrentPerform(iterations: max(1, min(options.threads, cuts.count - 1))) { _ in
            while true {
                let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
                if index >= cuts.count - 1 || flag.isSet || (try? monitor.checkCancellation()) == nil { return }
                let piece = UnsafeRawBufferPointer(rebasing: source.bytes[cuts[index]..<cuts[index + 1]])
                let part = scan(piece, clock: clock, isFirst: isFirst && index == 0, flag: flag) { read in
                    // The system maps pages around one that is looked at, also such as were given back.
                    let around = min(1 << 17, read.baseAddress! - piece.baseAddress!)
                    release(UnsafeRawBufferPointer(start: read.baseAddress! - around, count: read.count + around))
                    let finished = done.wrappingAdd(read.count, ordering: .relaxed).newValue
                    if isFirst { monitor.progress(.reading, fraction: Double(finished) / Double(source.bytes.count), events: 0) }
                    return (try? monitor.checkCancellation()) != nil
                }
                guard let part else {
                    flag.set()
                    return
                }
                outcome.set(index, part)
            }
        }
        try monitor.checkCancellation()
        return flag.isSet ? nil : outcome
    }

    /// Whether a document says, or does not deny, that it is in UTF-8.
    static func isUTF8(_ bytes: UnsafeRawBufferPointer, _ file: String, _ options: ReadOptions) -> Bool {
        (try? SourceText.encodingName(bytes, encoding: options.encoding ?? options.mapping?.encoding, file: file)) == "UTF-8"
    }

    /// The events of one stretch of whole traces, or `nil`.
    ///
    /// - Parameter passed: is lent what has been read and checked, piece by piece; `false` ends the reading.
    static func scan(
        _ piece: UnsafeRawBufferPointer, clock: ZoneClock, isFirst: Bool, flag: GiveUpFlag,
        passed: (UnsafeRawBufferPointer) -> Bool = { _ in true }
    ) -> (events: EventLogPart, rounded: Int)? {
        var scanner = XESTraceScanner(piece, clock: clock, isFirst: isFirst, flag: flag)
        return scan(piece, with: &scanner, passed: passed) ? (scanner.finished(), scanner.rounded) : nil
    }

    /// Lets a scanner, which is at the beginning of a stretch, read it; whether all is in the layout that is known.
    static func scan(
        _ piece: UnsafeRawBufferPointer, with scanner: inout XESTraceScanner, passed: (UnsafeRawBufferPointer) -> Bool = { _ in true }
    ) -> Bool {
        var checked = 0
        return scanner.scan { place in
            let read = UnsafeRawBufferPointer(rebasing: piece[checked..<place])
            checked = place
            return UTF8Check.isXMLText(read) && passed(read)
        }
    }

    /// The events of stretches in order and of what stands around them.
    static func builder(
        of outcome: Outcome, head: UnsafeRawBufferPointer, tail: UnsafeRawBufferPointer,
        file: String, options: ReadOptions, monitor: some WorkMonitor
    ) throws -> EventLogBuilder? {
        var frame = ByteBuffer(capacity: head.count + tail.count + 64)
        frame.append(head)
        Array("<\(mark)/>".utf8).withUnsafeBytes { frame.append($0) }
        frame.append(tail)
        return try frame.withBytes { text in
            if UTF8Check.firstInvalid(in: text) != nil { return nil }
            var reader = XESLogReader(XMLText(text), file: file, options: options, monitor: monitor)
            return try reader.read(traces: outcome)
        }
    }

    // MARK: - Cuts

    /// Where stretches begin and end: between traces.
    static func cuts(of bytes: UnsafeRawBufferPointer, from first: Int, to end: Int, stretch: Int) -> [Int] {
        var cuts = [first]
        var wanted = first + stretch
        while wanted < end, let place = place(of: traceStart, in: bytes[wanted..<end]) {
            cuts.append(place)
            wanted = place + stretch
        }
        return cuts + [end]
    }

    /// The first place of some bytes.
    static func place(of word: StaticString, in bytes: Slice<UnsafeRawBufferPointer>) -> Int? {
        let base = bytes.base.baseAddress!
        guard let found = memmem(base + bytes.startIndex, bytes.count, word.utf8Start, word.utf8CodeUnitCount) else { return nil }
        return UnsafeRawPointer(found) - base
    }

    /// The last place of some bytes.
    static func lastPlace(of word: StaticString, in bytes: UnsafeRawBufferPointer) -> Int? {
        let length = word.utf8CodeUnitCount
        var place = bytes.count - length
        while place >= 0 {
            if memcmp(bytes.baseAddress! + place, word.utf8Start, length) == 0 { return place }
            place -= 1
        }
        return nil
    }

    /// Bytes that several threads read.
    private struct Source: @unchecked Sendable {
        let bytes: UnsafeRawBufferPointer
    }

    /// One place per stretch.
    final class Outcome: Sendable {
        private let parts: Mutex<[(events: EventLogPart, rounded: Int)?]>

        init(count: Int) {
            parts = Mutex(Array(repeating: nil, count: count))
        }

        /// Makes one more place.
        func grow() -> Int {
            parts.withLock { parts in
                parts.append(nil)
                return parts.count - 1
            }
        }

        func set(_ index: Int, _ part: (events: EventLogPart, rounded: Int)) {
            parts.withLock { $0[index] = part }
        }

        /// All parts and how many of their times were rounded, where there is a part in every place; nothing holds them any longer, so that
        /// they can be freed one by one.
        func take() -> (parts: [EventLogPart], rounded: Int)? {
            parts.withLock { parts in
                let all = parts.compactMap { $0 }
                let isComplete = all.count == parts.count
                parts = []
                return isComplete ? (all.map(\.events), all.reduce(0) { $0 + $1.rounded }) : nil
            }
        }
    }
}
