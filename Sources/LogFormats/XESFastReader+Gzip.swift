import ByteParsing
import Dispatch
import EventLogs
import Instants

extension XESFastReader {
    /// Packed documents are inflated in stretches of about so many bytes.
    static let inflatedStretch = 1 << 21

    /// The events of a document of XES in UTF-8 that is packed with gzip, or `nil`: one thread inflates stretches, the others scan them, and
    /// the document never stands in memory as a whole.
    ///
    /// - Parameters:
    ///   - stretch: about how many bytes a thread takes at once.
    ///   - release: is lent every stretch of the packed bytes that is no longer needed.
    /// - Throws: ``InputError`` where the gzip data is wrong, `CancellationError` where the monitor says so.
    static func read(
        gzip bytes: UnsafeRawBufferPointer, file: String, options: ReadOptions, monitor: some WorkMonitor, stretch: Int = inflatedStretch,
        release: (UnsafeRawBufferPointer) -> Void = { _ in }
    ) throws -> EventLogBuilder? {
        if options.classifier != nil { return nil }
        let work = Work(threads: options.threads, clock: ZoneClock(options.zone ?? .utc))
        var head: ByteBuffer?
        var carry = ByteBuffer(capacity: 64)
        var inflater = GzipInflater(bytes, limit: options.inflateLimit)
        var isAtEnd = false
        var released = 0
        while !isAtEnd {
            try monitor.checkCancellation()
            if work.flag.isSet { break }
            var block = ByteBuffer(capacity: stretch + carry.count + 64)
            carry.withBytes { block.append($0) }
            let wanted = block.count + stretch
            do {
                while !isAtEnd && block.count < wanted {
                    let missing = wanted - block.count
                    try block.append(room: missing) { room throws(GzipError) in
                        let got = try inflater.read(into: UnsafeMutableRawBufferPointer(rebasing: room[..<missing]))
                        isAtEnd = got == 0
                        return got
                    }
                }
            } catch {
                work.flag.set()
                work.wait()
                throw InputError(file: file, .gzip(error))
            }
            let isFirst = head == nil
            let found = block.withBytes { text -> (start: Int, end: Int)? in
                if isFirst {
                    guard case .xml = ContentSniffer.textKind(text), isUTF8(text, file, options) else { return nil }
                }
                guard let start = isFirst ? place(of: traceStart, in: text[...]) : 0 else { return nil }
                guard let last = lastPlace(of: traceEnd, in: text), last >= start else { return (start, start) }
                return (start, last + traceEnd.utf8CodeUnitCount)
            }
            guard let found, found.end > found.start || !isFirst else {
                work.flag.set()
                break
            }
            // A trace of more than some stretches is none of those that are read this way.
            if block.count - found.end > stretch * 8 {
                work.flag.set()
                break
            }
            carry = ByteBuffer(capacity: block.count - found.end + 64)
            block.withBytes { text in
                carry.append(UnsafeRawBufferPointer(rebasing: text[found.end...]))
                if isFirst {
                    var before = ByteBuffer(capacity: found.start + 64)
                    before.append(UnsafeRawBufferPointer(rebasing: text[..<found.start]))
                    head = consume before
                }
            }
            if found.end > found.start { work.scan(Block(block, found.start..<found.end), isFirst: isFirst) }
            if inflater.position - released > 1 << 20 {
                release(UnsafeRawBufferPointer(rebasing: bytes[released..<inflater.position]))
                released = inflater.position
            }
            monitor.progress(.reading, fraction: Double(inflater.position) / Double(bytes.count), events: 0)
        }
        work.finish()
        guard !work.flag.isSet, let before = head.take() else { return nil }
        return try before.withBytes { head in
            try carry.withBytes { tail in
                try builder(of: work.outcome, head: head, tail: tail, file: file, options: options, monitor: monitor)
            }
        }
    }

    /// A stretch of text with one owner at a time.
    private final class Block: @unchecked Sendable {
        private let buffer: ByteBuffer
        private let range: Range<Int>

        init(_ buffer: consuming ByteBuffer, _ range: Range<Int>) {
            self.buffer = buffer
            self.range = range
        }

        func withText<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
            buffer.withBytes { body(UnsafeRawBufferPointer(rebasing: $0[range])) }
        }
    }

    /// Scans stretches beside the thread that inflates them; no more than some wait.
    ///
    /// One thread that scans goes on where it was with the stretch before, so that there is one part; of several each stretch is a part.
    private struct Work {
        let flag = GiveUpFlag()
        let outcome = Outcome(count: 0)
        private let clock: ZoneClock
        private let threads: Int
        private let queue: DispatchQueue
        private let group = DispatchGroup()
        private let room: DispatchSemaphore
        private let sequel: Sequel

        init(threads: Int, clock: ZoneClock) {
            self.clock = clock
            self.threads = threads
            queue = DispatchQueue(label: "weir.xes", attributes: threads > 2 ? .concurrent : [])
            room = DispatchSemaphore(value: threads > 2 ? threads : 1)
            sequel = Sequel(clock: clock, flag: flag)
        }

        func scan(_ block: Block, isFirst: Bool) {
            let (flag, outcome, clock, room, sequel) = (flag, outcome, clock, room, sequel)
            if threads < 2 {
                block.withText { sequel.scan($0) }
                return
            }
            room.wait()
            if threads == 2 {
                queue.async(group: group) {
                    block.withText { sequel.scan($0) }
                    room.signal()
                }
                return
            }
            let index = outcome.grow()
            queue.async(group: group) {
                if let part = block.withText({ XESFastReader.scan($0, clock: clock, isFirst: isFirst, flag: flag) }) {
                    outcome.set(index, part)
                } else {
                    flag.set()
                }
                room.signal()
            }
        }

        func wait() { group.wait() }

        /// Waits for what is being scanned and takes what one thread has scanned.
        func finish() {
            wait()
            if !flag.isSet, let part = sequel.finished() { outcome.set(outcome.grow(), part) }
        }
    }

    /// A scanner that is given one stretch after the other by one thread at a time.
    private final class Sequel: @unchecked Sendable {
        private var scanner: XESTraceScanner?
        private let clock: ZoneClock
        private let flag: GiveUpFlag

        init(clock: ZoneClock, flag: GiveUpFlag) {
            self.clock = clock
            self.flag = flag
        }

        func scan(_ text: UnsafeRawBufferPointer) {
            if flag.isSet { return }
            var own = scanner.take() ?? XESTraceScanner(text, clock: clock, isFirst: true, flag: flag)
            own.goOn(with: text)
            if !XESFastReader.scan(text, with: &own) { flag.set() }
            scanner = consume own
        }

        func finished() -> (events: EventLogPart, rounded: Int)? {
            guard var own = scanner.take() else { return nil }
            return (own.finished(), own.rounded)
        }
    }
}
