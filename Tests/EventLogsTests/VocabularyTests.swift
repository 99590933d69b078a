import Statistics
import Testing

@testable import EventLogs

@Suite struct VocabularyTests {
    /// Random texts over few letters, of lengths around the hash's step of eight bytes, some very long.
    private func texts(seed: UInt64) -> [String] {
        var stream = RandomStream(seed: seed, path: 2)
        let letters = ["a", "b", "é", "e\u{301}", "龙", "\u{0}", "🏭"]
        return (0..<3_000).map { index in
            let length = index % 500 == 0 ? 5_000 : stream.index(below: 12)
            return (0..<length).map { _ in letters[stream.index(below: letters.count)] }.joined()
        }
    }

    @Test(arguments: [1, 2, 3] as [UInt64]) func numbersTextsInOrderOfFirstSight(seed: UInt64) {
        var vocabulary = Vocabulary()
        var expected: [[UInt8]: UInt32] = [:]
        var order: [String] = []
        #expect(vocabulary.find("a") == nil)
        for text in texts(seed: seed) {
            let bytes = Array(text.utf8)
            let id = vocabulary.intern(text)
            if let known = expected[bytes] {
                #expect(id == known)
            } else {
                #expect(Int(id) == expected.count)
                expected[bytes] = id
                order.append(text)
            }
        }
        #expect(vocabulary.count == expected.count)
        #expect(vocabulary.strings.map { Array($0.utf8) } == order.map { Array($0.utf8) })
        for (bytes, id) in expected {
            #expect(vocabulary.find(String(decoding: bytes, as: UTF8.self)) == id)
            #expect(vocabulary.withBytes(of: id) { Array($0) } == bytes)
        }
        #expect(vocabulary.find("never seen") == nil)
        #expect(vocabulary.text(Vocabulary.missing) == nil)
    }

    @Test func spellingsThatUnicodeCallsEqualStayApart() {
        var vocabulary = Vocabulary()
        #expect(vocabulary.intern("\u{E9}") == 0)
        #expect(vocabulary.intern("e\u{301}") == 1)
        #expect(vocabulary.find("e\u{301}") == 1)
    }

    @Test(arguments: [4, 5] as [UInt64]) func ranksFollowTheBytes(seed: UInt64) {
        var vocabulary = Vocabulary()
        for text in texts(seed: seed) { _ = vocabulary.intern(text) }
        let sorted = vocabulary.strings.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let ranks = vocabulary.ranks()
        for id in vocabulary.ids { #expect(sorted[Int(ranks[Int(id)])].utf8.elementsEqual(vocabulary[id].utf8)) }
        #expect(vocabulary.precedes(0, 1) == vocabulary[0].utf8.lexicographicallyPrecedes(vocabulary[1].utf8))
    }
}

@Suite struct BitmapTests {
    @Test(arguments: [1, 2, 3] as [UInt64]) func holdsWhatASetHolds(seed: UInt64) {
        var stream = RandomStream(seed: seed, path: 3)
        var bitmap = Bitmap()
        var set: Set<Int> = []
        for _ in 0..<500 {
            let index = stream.index(below: 1 + stream.index(below: 2_000))
            bitmap.insert(index)
            set.insert(index)
        }
        #expect(bitmap.count == set.count)
        for index in 0..<2_100 { #expect(bitmap[index] == set.contains(index)) }
    }

    @Test func isClearAtFirst() {
        #expect(Bitmap().count == 0)
        #expect(!Bitmap()[0])
        #expect(!Bitmap()[1_000_000])
    }
}
