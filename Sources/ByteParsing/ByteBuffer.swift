/// A growing run of bytes with one owner: what is inflated, decoded or read from a pipe lands here.
package struct ByteBuffer: ~Copyable {
    private var base: UnsafeMutableRawPointer
    private var capacity: Int
    /// How many bytes it holds.
    package private(set) var count = 0

    /// An empty buffer with room for `capacity` bytes.
    package init(capacity: Int = 65_536) {
        self.capacity = max(capacity, 64)
        base = .allocate(byteCount: self.capacity, alignment: 64)
    }

    deinit {
        base.deallocate()
    }

    /// Lends `body` room for at least `room` bytes behind the last one; `body` returns how many it wrote.
    package mutating func append<E: Error>(room: Int, _ body: (UnsafeMutableRawBufferPointer) throws(E) -> Int) throws(E) {
        if capacity - count < room {
            let grown = max(capacity * 2, count + room)
            let moved = UnsafeMutableRawPointer.allocate(byteCount: grown, alignment: 64)
            moved.copyMemory(from: base, byteCount: count)
            base.deallocate()
            base = moved
            capacity = grown
        }
        let written = try body(UnsafeMutableRawBufferPointer(start: base + count, count: capacity - count))
        precondition(written >= 0 && written <= capacity - count, "wrote beyond the buffer")
        count += written
    }

    /// Appends a copy of `bytes`.
    package mutating func append(_ bytes: UnsafeRawBufferPointer) {
        append(room: bytes.count) { room in
            room.copyMemory(from: bytes)
            return bytes.count
        }
    }

    /// Forgets the first bytes, or all; the room stays.
    package mutating func removeFirst(_ number: Int) {
        precondition(number <= count, "there are not so many bytes")
        base.copyMemory(from: base + number, byteCount: count - number)
        count -= number
    }

    /// Lends the bytes to `body`, for as long as it runs.
    package borrowing func withBytes<Result, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> Result) throws(E) -> Result {
        try body(UnsafeRawBufferPointer(start: base, count: count))
    }
}
