import ByteParsing
import Statistics
import Testing

struct UTF8CheckTests {
    /// Against the standard library's validation, on mutated text.
    @Test func agreesWithTheStandardLibrary() {
        var stream = RandomStream(seed: 11, path: 1)
        let seedText = Array("aé漢🙂 plain ascii text that fills more than eight bytes ߿ࠀ\u{FFFF}\u{10FFFF}".utf8)
        for _ in 0..<20_000 {
            var bytes = seedText
            for _ in 0..<stream.index(below: 4) { bytes[stream.index(below: bytes.count)] = UInt8(stream.index(below: 256)) }
            bytes.removeLast(stream.index(below: 12))
            let bad = bytes.withUnsafeBytes { UTF8Check.firstInvalid(in: $0) }
            #expect((bad == nil) == (String(validating: bytes, as: UTF8.self) != nil))
            if let bad {
                #expect(String(validating: bytes[..<bad], as: UTF8.self) != nil, "everything before the place is valid")
                #expect(bad < bytes.count)
            }
        }
    }
}
