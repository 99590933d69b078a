import CZlib

/// Packs bytes as one gzip member (RFC 1952), piece by piece. The header holds neither a name nor a time, so that equal input gives
/// equal bytes.
package struct GzipDeflater: ~Copyable {
    private let stream: UnsafeMutablePointer<z_stream>
    private let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)

    /// A deflater before its first byte.
    package init() {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let status = deflateInit2_(
            stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        precondition(status == Z_OK, "zlib could not be set up")
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
        room.deallocate()
    }

    /// Packs the next bytes; what is ready goes to `write`.
    package mutating func append(_ bytes: UnsafeRawBufferPointer, to write: (UnsafeRawBufferPointer) throws -> Void) rethrows {
        var rest = bytes
        while !rest.isEmpty {
            let piece = UnsafeRawBufferPointer(rebasing: rest.prefix(1 << 30))
            try run(piece, Z_NO_FLUSH, write)
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(piece.count))
        }
    }

    /// Ends the member. Nothing can be appended afterwards.
    package mutating func finish(to write: (UnsafeRawBufferPointer) throws -> Void) rethrows {
        try run(UnsafeRawBufferPointer(start: nil, count: 0), Z_FINISH, write)
    }

    private func run(_ bytes: UnsafeRawBufferPointer, _ flush: Int32, _ write: (UnsafeRawBufferPointer) throws -> Void) rethrows {
        stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
        stream.pointee.avail_in = UInt32(bytes.count)
        while true {
            stream.pointee.next_out = room.baseAddress?.assumingMemoryBound(to: UInt8.self)
            stream.pointee.avail_out = UInt32(room.count)
            let status = deflate(stream, flush)
            let written = room.count - Int(stream.pointee.avail_out)
            if written > 0 { try write(UnsafeRawBufferPointer(rebasing: room[..<written])) }
            if flush == Z_FINISH ? status == Z_STREAM_END : stream.pointee.avail_in == 0 && stream.pointee.avail_out > 0 { return }
        }
    }
}
