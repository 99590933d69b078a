import ByteParsing
import Statistics
import Testing

struct GzipDeflaterTests {
    private static func packed(_ pieces: [[UInt8]]) -> [UInt8] {
        var result: [UInt8] = []
        var deflater = GzipDeflater()
        for piece in pieces { piece.withUnsafeBytes { deflater.append($0) { result.append(contentsOf: $0) } } }
        deflater.finish { result.append(contentsOf: $0) }
        return result
    }

    @Test(arguments: 1...6 as ClosedRange<UInt64>) func whatIsPackedIsInflated(seed: UInt64) throws {
        var stream = RandomStream(seed: seed, path: 4)
        let pieces = (0..<stream.index(below: 6)).map { _ in
            (0..<stream.index(below: 200_000)).map { _ in UInt8(stream.index(below: 1 + Int(seed) * 40)) }
        }
        let packed = Self.packed(pieces)
        let again = try packed.withUnsafeBytes { bytes in
            let inflated = try GzipInflater.inflate(bytes)
            return inflated.withBytes { Array($0) }
        }
        #expect(again == pieces.flatMap { $0 })
        // No name and no time in the header.
        #expect(packed.prefix(8) == [0x1F, 0x8B, 8, 0, 0, 0, 0, 0])
        #expect(Self.packed(pieces) == packed)
    }
}
