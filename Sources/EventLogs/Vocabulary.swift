import CByteScan

/// The distinct texts of a column, each stored once as UTF-8 and known by a dense number from 0 in order of first sight.
///
/// Open addressing over a power-of-two table; numbers never change once given. Texts are compared by their bytes, so two
/// spellings that Unicode calls equivalent stay apart, as they are in the file.
package struct Vocabulary: Sendable {
    /// Stands for "no value" in a column of numbers.
    @inlinable package static var missing: UInt32 { UInt32.max }

    /// The texts one behind the other.
    package private(set) var bytes: [UInt8] = []
    /// Where each text ends in ``bytes``.
    package private(set) var ends: [Int] = []
    /// The upper half of a text's hash above its number; all ones where a slot is free.
    private var slots: [UInt64] = []
    private static let free = UInt64.max

    /// An empty vocabulary.
    package init() {}

    /// The vocabulary of texts that stand one behind the other, all different.
    ///
    /// - Parameter ends: where each text ends.
    package init(bytes: [UInt8], ends: [Int]) {
        self.bytes = bytes
        self.ends = ends
        var size = 16
        while size < ends.count * 2 { size *= 2 }
        fill(size)
    }

    /// How many distinct texts it holds.
    package var count: Int { ends.count }

    /// Whether it holds no text.
    package var isEmpty: Bool { ends.isEmpty }

    /// The numbers of all texts, in order of first sight.
    package var ids: Range<UInt32> { 0..<UInt32(ends.count) }

    /// The number of `text`, which is added if it is new.
    ///
    /// - Complexity: O(length of the text) on average.
    package mutating func intern(_ text: UnsafeRawBufferPointer) -> UInt32 {
        if ends.count &* 2 >= slots.count { grow() }
        let hash = Self.hash(text)
        let slot = slot(of: text, hash)
        if slots[slot] != Self.free { return UInt32(truncatingIfNeeded: slots[slot]) }
        let id = UInt32(ends.count)
        bytes.append(contentsOf: text)
        ends.append(bytes.count)
        slots[slot] = Self.entry(hash, id)
        return id
    }

    /// The slot that holds a text, or the free one where it belongs; there is a free one.
    @inline(__always)
    private func slot(of text: UnsafeRawBufferPointer, _ hash: UInt64) -> Int {
        slots.withUnsafeBufferPointer { slots in
            ends.withUnsafeBufferPointer { ends in
                bytes.withUnsafeBufferPointer { bytes in
                    let mask = slots.count &- 1
                    let other = text.baseAddress?.assumingMemoryBound(to: UInt8.self)
                    var slot = Int(truncatingIfNeeded: hash) & mask
                    while slots[slot] != Self.free {
                        if (slots[slot] ^ hash) >> 32 == 0 {
                            let id = Int(UInt32(truncatingIfNeeded: slots[slot]))
                            let start = id == 0 ? 0 : ends[id &- 1]
                            let length = ends[id] &- start
                            if length == text.count {
                                guard length > 0, let other, let own = bytes.baseAddress else { return slot }
                                if weir_same(own + start, other, length) != 0 { return slot }
                            }
                        }
                        slot = (slot &+ 1) & mask
                    }
                    return slot
                }
            }
        }
    }

    /// The number of `text`, which is added if it is new.
    package mutating func intern(_ text: String) -> UInt32 {
        var text = text
        return text.withUTF8 { intern(UnsafeRawBufferPointer($0)) }
    }

    /// The number of `text`, or `nil` where it was never seen.
    package func find(_ text: String) -> UInt32? {
        if slots.isEmpty { return nil }
        var text = text
        return text.withUTF8 { buffer in
            let raw = UnsafeRawBufferPointer(buffer)
            let slot = slot(of: raw, Self.hash(raw))
            return slots[slot] == Self.free ? nil : UInt32(truncatingIfNeeded: slots[slot])
        }
    }

    /// The text with that number.
    package subscript(id: UInt32) -> String {
        String(decoding: bytes[range(id)], as: UTF8.self)
    }

    /// The text with that number, or `nil` for ``missing``.
    package func text(_ id: UInt32) -> String? {
        id == Self.missing ? nil : self[id]
    }

    /// All texts in order of their numbers.
    package var strings: [String] { ids.map { self[$0] } }

    /// Calls `body` with the UTF-8 bytes of a text.
    package func withBytes<Result>(of id: UInt32, _ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        let place = range(id)
        return try bytes.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[place])) }
    }

    /// Whether the text `left` sorts before the text `right` by UTF-8 bytes: the order of ties in every output.
    package func precedes(_ left: UInt32, _ right: UInt32) -> Bool {
        bytes[range(left)].lexicographicallyPrecedes(bytes[range(right)])
    }

    /// For each number the place of its text when all are sorted by UTF-8 bytes: compare these instead of the texts.
    package func ranks() -> [UInt32] {
        let sorted = ids.sorted(by: precedes)
        var ranks = [UInt32](repeating: 0, count: count)
        for (place, id) in sorted.enumerated() { ranks[Int(id)] = UInt32(place) }
        return ranks
    }

    private func range(_ id: UInt32) -> Range<Int> {
        (id == 0 ? 0 : ends[Int(id) - 1])..<ends[Int(id)]
    }

    private mutating func grow() {
        fill(max(16, slots.count * 2))
    }

    private mutating func fill(_ size: Int) {
        slots = [UInt64](repeating: Self.free, count: size)
        for id in ids {
            let hash = withBytes(of: id) { Self.hash($0) }
            var slot = Int(truncatingIfNeeded: hash) & (size - 1)
            while slots[slot] != Self.free { slot = (slot + 1) & (size - 1) }
            slots[slot] = Self.entry(hash, id)
        }
    }

    /// A slot's content; no number is so large that it could be taken for a free one.
    private static func entry(_ hash: UInt64, _ id: UInt32) -> UInt64 { (hash & 0xFFFF_FFFF_0000_0000) | UInt64(id) }

    /// The order of texts never depends on it.
    private static func hash(_ text: UnsafeRawBufferPointer) -> UInt64 {
        var nothing: UInt8 = 0
        guard let base = text.baseAddress else { return weir_hash(&nothing, 0) }
        return weir_hash(base.assumingMemoryBound(to: UInt8.self), text.count)
    }
}
