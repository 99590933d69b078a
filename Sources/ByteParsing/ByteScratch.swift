/// Room for one text at a time that must be rewritten before it can be used, such as a field with doubled quotes.
///
/// What it lends stays valid until the next text is written.
package final class ByteScratch {
    private var room = UnsafeMutableRawBufferPointer.allocate(byteCount: 256, alignment: 8)
    private var count = 0

    /// Empty room.
    package init() {}

    deinit {
        room.deallocate()
    }

    /// Forgets the text.
    package func clear() {
        count = 0
    }

    /// Appends one byte to the text.
    package func append(_ byte: UInt8) {
        if count == room.count { grow(1) }
        room[count] = byte
        count &+= 1
    }

    /// Appends bytes to the text.
    package func append(_ bytes: UnsafeRawBufferPointer) {
        if bytes.isEmpty { return }
        if room.count - count < bytes.count { grow(bytes.count) }
        UnsafeMutableRawBufferPointer(rebasing: room[count...]).copyMemory(from: bytes)
        count += bytes.count
    }

    /// Appends a character as UTF-8.
    package func append(_ scalar: Unicode.Scalar) {
        for byte in UTF8.encode(scalar)! { append(byte) }
    }

    /// The text, until the next is written.
    package var bytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: room[..<count])
    }

    private func grow(_ more: Int) {
        let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: max(room.count * 2, count + more), alignment: 8)
        larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: room[..<count]))
        room.deallocate()
        room = larger
    }
}
