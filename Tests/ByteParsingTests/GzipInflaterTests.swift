import ByteParsing
import CZlib
import Statistics
import Testing

struct GzipInflaterTests {
    /// `bytes` as one gzip member.
    static func packed(_ bytes: [UInt8]) -> [UInt8] {
        var stream = z_stream()
        precondition(
            deflateInit2_(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK)
        defer { deflateEnd(&stream) }
        var input = bytes
        var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))))
        let written = input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                stream.next_in = source.baseAddress
                stream.avail_in = UInt32(source.count)
                stream.next_out = target.baseAddress
                stream.avail_out = UInt32(target.count)
                precondition(deflate(&stream, Z_FINISH) == Z_STREAM_END)
                return target.count - Int(stream.avail_out)
            }
        }
        return Array(output[..<written])
    }

    private func inflated(_ packed: [UInt8], limit: GzipInflater.Limit = .init()) throws -> [UInt8] {
        try packed.withUnsafeBytes { raw in try GzipInflater.inflate(raw, limit: limit).withBytes { Array($0) } }
    }

    private func random(_ stream: inout RandomStream, _ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8(truncatingIfNeeded: stream.index(below: 20)) }
    }

    /// Any number of members, read in pieces of any size, gives what was packed.
    @Test(arguments: [1, 2, 7, 63, 64, 65, 4_096, 1 << 20])
    func membersReadBackInPieces(_ piece: Int) throws {
        var stream = RandomStream(seed: 31, path: UInt64(piece))
        for members in 1...4 {
            var whole: [UInt8] = []
            var file: [UInt8] = []
            for _ in 0..<members {
                let part = random(&stream, stream.index(below: 3_000))
                whole += part
                file += Self.packed(part)
            }
            file += [UInt8](repeating: 0, count: stream.index(below: 3) * 256)
            let result = try file.withUnsafeBytes { raw in
                var inflater = GzipInflater(raw)
                var result: [UInt8] = []
                var room = [UInt8](repeating: 0, count: piece)
                while true {
                    let got = try room.withUnsafeMutableBytes { target in try inflater.read(into: target) }
                    if got == 0 { return result }
                    result += room[..<got]
                }
            }
            #expect(result == whole)
            #expect(try inflated(file) == whole)
        }
    }

    @Test func everyTruncationIsAnError() throws {
        var stream = RandomStream(seed: 32, path: 1)
        let whole = random(&stream, 500)
        let file = Self.packed(whole)
        for count in 1..<file.count {
            let error = #expect(throws: GzipError.self) { try inflated(Array(file[..<count])) }
            #expect(error?.problem == .truncated && error?.position == count)
        }
    }

    /// A changed byte is noticed, or (in the header's free fields) changes nothing.
    @Test func damageIsNoticed() throws {
        var stream = RandomStream(seed: 33, path: 1)
        let whole = random(&stream, 2_000)
        let file = Self.packed(whole)
        for place in 2..<file.count {
            var damaged = file
            damaged[place] ^= 1 << UInt8(stream.index(below: 8))
            if let result = try? inflated(damaged) { #expect(result == whole && place < 10) }
        }
    }

    @Test func whatFollowsIsNotIgnored() {
        let error = #expect(throws: GzipError.self) { try inflated(Self.packed([1, 2, 3]) + Array("rest".utf8)) }
        #expect(error?.problem == .trailingBytes)
    }

    @Test func bombsAreRefused() throws {
        let file = Self.packed([UInt8](repeating: 7, count: 4 << 20))
        let error = #expect(throws: GzipError.self) { try inflated(file, limit: .init(bytes: 1 << 20, ratio: 500)) }
        guard case .bomb(let size) = error?.problem else {
            Issue.record("a bomb is expected")
            return
        }
        #expect(size > 1 << 20)
        #expect(try inflated(file).count == 4 << 20, "within the limit it is a file like any other")
    }
}
