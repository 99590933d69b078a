import CISAL

/// Inflates gzip (RFC 1952) piece by piece: one member after the other, checksums verified.
///
/// Zero bytes after the last member are padding, as tape archives leave it; anything else there is an error.
package struct GzipInflater: ~Copyable {
    private let source: UnsafeRawBufferPointer
    private let state: UnsafeMutableRawPointer
    private let limit: Limit
    /// How many compressed bytes have been taken.
    package private(set) var position = 0
    private var total = 0
    private var isInMember = false

    /// When a file is taken for a decompression bomb: its contents exceed both figures.
    package struct Limit: Sendable {
        /// Inflated bytes.
        package var bytes: Int
        /// Inflated bytes per compressed byte; deflate reaches 1,032 on nothing but repetition, logs some 100.
        package var ratio: Int

        /// Both figures; by default 128 MiB and 500 : 1.
        package init(bytes: Int = 1 << 27, ratio: Int = 500) {
            self.bytes = bytes
            self.ratio = ratio
        }
    }

    /// An inflater of `source`, which must stay in place for as long as it lives.
    package init(_ source: UnsafeRawBufferPointer, limit: Limit = Limit()) {
        self.source = source
        self.limit = limit
        guard let state = weir_inflate_new() else { preconditionFailure("there is no memory to inflate with") }
        self.state = state
    }

    deinit {
        weir_inflate_free(state)
    }

    /// Whether `bytes` begin as a gzip file does.
    package static func isGzip(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.count >= 2 && bytes[0] == 0x1F && bytes[1] == 0x8B
    }

    /// All of `source`, inflated.
    package static func inflate(_ source: UnsafeRawBufferPointer, limit: Limit = Limit()) throws(GzipError) -> ByteBuffer {
        var inflater = GzipInflater(source, limit: limit)
        var buffer = ByteBuffer(capacity: min(max(source.count * 4, 65_536), 1 << 30))
        var isAtEnd = false
        while !isAtEnd {
            try buffer.append(room: 1 << 18) { room throws(GzipError) in
                let got = try inflater.read(into: room)
                isAtEnd = got == 0
                return got
            }
        }
        return buffer
    }

    /// Writes the next inflated bytes to `target`, which must not be empty, and returns how many; 0 only at the end.
    package mutating func read(into target: UnsafeMutableRawBufferPointer) throws(GzipError) -> Int {
        precondition(!target.isEmpty, "no room to inflate into")
        while true {
            if !isInMember {
                if position > 0 && restIsPadding { return 0 }
                if position > 0 {
                    let rest = UnsafeRawBufferPointer(rebasing: source[position...])
                    if !Self.isGzip(rest) { throw GzipError(position: position, problem: .trailingBytes) }
                    weir_inflate_reset(state)
                }
                isInMember = true
            }
            let piece = min(source.count - position, 1 << 30)
            let step = weir_inflate_step(
                state, source.baseAddress?.advanced(by: position).assumingMemoryBound(to: UInt8.self), UInt32(piece),
                target.baseAddress!.assumingMemoryBound(to: UInt8.self), UInt32(min(target.count, 1 << 30)))
            position += Int(step.taken)
            let written = Int(step.written)
            total += written
            if step.status < 0 { throw GzipError(position: position, problem: .corrupt(Self.words(step.status))) }
            if step.is_finished != 0 { isInMember = false }
            if total > limit.bytes && total / max(position, 1) > limit.ratio {
                throw GzipError(position: position, problem: .bomb(inflated: total))
            }
            if written > 0 { return written }
            if isInMember && position == source.count { throw GzipError(position: position, problem: .truncated) }
        }
    }

    private static func words(_ status: Int32) -> String {
        switch status {
        case ISAL_INVALID_BLOCK: "a block that is none"
        case ISAL_INVALID_SYMBOL: "a symbol that is none"
        case ISAL_INVALID_LOOKBACK: "a distance that reaches too far back"
        case ISAL_INVALID_WRAPPER: "a wrong header"
        case ISAL_UNSUPPORTED_METHOD: "an unknown method of compression"
        case ISAL_INCORRECT_CHECKSUM: "a wrong checksum"
        default: "invalid data"
        }
    }

    private var restIsPadding: Bool {
        source[position...].allSatisfy { $0 == 0 }
    }
}

/// Why bytes could not be inflated.
package struct GzipError: Error, Equatable, CustomStringConvertible {
    /// What is wrong.
    package enum Problem: Equatable, Sendable {
        /// The file ends in the middle of a member.
        case truncated
        /// Compressed data or a checksum is wrong, and how.
        case corrupt(String)
        /// Something that is no gzip member follows the last one.
        case trailingBytes
        /// The contents are so much larger than the file that it is taken for a decompression bomb.
        case bomb(inflated: Int)
    }

    /// The place in the compressed bytes, from 0.
    package var position: Int
    /// What is wrong.
    package var problem: Problem

    package var description: String {
        switch problem {
        case .truncated: "the gzip data ends too early, at byte \(position)"
        case .corrupt(let words): "the gzip data is damaged at byte \(position): \(words)"
        case .trailingBytes: "something that is not gzip follows at byte \(position)"
        case .bomb(let inflated): "the gzip data swells to more than \(inflated) bytes at byte \(position)"
        }
    }
}
