/// Numbers as bytes, each as wide as the largest needs: a byte that says the width (1, 2, 4 or 8), then the numbers, lowest byte first.
enum PackedNumbers {
    /// The bytes of 32-bit numbers; the largest number of the width stands for `UInt32.max`.
    static func pack(_ numbers: [UInt32]) -> [UInt8] {
        var largest: UInt32 = 0
        for number in numbers where number != .max && number > largest { largest = number }
        if largest < UInt32(UInt8.max) { return packed(numbers, 1) { $0 == .max ? UInt8.max : UInt8(truncatingIfNeeded: $0) } }
        if largest < UInt32(UInt16.max) { return packed(numbers, 2) { $0 == .max ? UInt16.max : UInt16(truncatingIfNeeded: $0) } }
        return packed(numbers, 4) { $0 }
    }

    /// The bytes of small numbers.
    static func pack(_ numbers: [UInt16]) -> [UInt8] { pack(numbers.map { $0 == .max ? UInt32.max : UInt32($0) }) }

    /// The bytes of any numbers.
    static func pack(_ numbers: [Int64]) -> [UInt8] { packed(numbers, 8) { $0 } }

    /// The bytes of words.
    static func pack(_ words: [UInt64]) -> [UInt8] { packed(words, 8) { $0 } }

    /// The 32-bit numbers in bytes, or `nil` where these are no packed numbers.
    static func numbers(_ bytes: [UInt8]) -> [UInt32]? {
        switch bytes.first {
        case 1: unpacked(bytes, UInt8.self) { $0 == .max ? UInt32.max : UInt32($0) }
        case 2: unpacked(bytes, UInt16.self) { $0 == .max ? UInt32.max : UInt32($0) }
        case 4: unpacked(bytes, UInt32.self) { $0 }
        default: nil
        }
    }

    /// The small numbers in bytes.
    static func smallNumbers(_ bytes: [UInt8]) -> [UInt16]? {
        switch bytes.first {
        case 1: unpacked(bytes, UInt8.self) { $0 == .max ? UInt16.max : UInt16($0) }
        case 2: unpacked(bytes, UInt16.self) { $0 }
        default: nil
        }
    }

    /// The numbers in bytes.
    static func wideNumbers(_ bytes: [UInt8]) -> [Int64]? {
        bytes.first == 8 ? unpacked(bytes, Int64.self) { $0 } : nil
    }

    /// The words in bytes.
    static func words(_ bytes: [UInt8]) -> [UInt64]? {
        bytes.first == 8 ? unpacked(bytes, UInt64.self) { $0 } : nil
    }

    private static func packed<Number, Stored: FixedWidthInteger>(
        _ numbers: [Number], _ width: UInt8, _ stored: (Number) -> Stored
    ) -> [UInt8] {
        let size = MemoryLayout<Stored>.size
        return [UInt8](unsafeUninitializedCapacity: 1 + numbers.count * size) { buffer, count in
            buffer[0] = width
            let raw = UnsafeMutableRawBufferPointer(buffer)
            var place = 1
            for number in numbers {
                raw.storeBytes(of: stored(number).littleEndian, toByteOffset: place, as: Stored.self)
                place += size
            }
            count = place
        }
    }

    private static func unpacked<Stored: FixedWidthInteger, Number>(
        _ bytes: [UInt8], _ type: Stored.Type, _ number: (Stored) -> Number
    ) -> [Number]? {
        let size = MemoryLayout<Stored>.size
        guard (bytes.count - 1) % size == 0 else { return nil }
        let count = (bytes.count - 1) / size
        return bytes.withUnsafeBytes { raw in
            [Number](unsafeUninitializedCapacity: count) { buffer, initialized in
                for index in 0..<count {
                    let stored = Stored(littleEndian: raw.loadUnaligned(fromByteOffset: 1 + index * size, as: Stored.self))
                    buffer.initializeElement(at: index, to: number(stored))
                }
                initialized = count
            }
        }
    }
}
