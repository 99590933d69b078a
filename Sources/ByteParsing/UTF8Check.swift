import CByteScan

/// Checks that bytes are UTF-8 as RFC 3629 defines it: no overlong forms, no surrogates, nothing above U+10FFFF.
package enum UTF8Check {
    /// Where the first byte stands that is not part of a well-formed sequence, or `nil` where all are.
    ///
    /// - Complexity: O(n); 64 bytes a step where text is ASCII.
    package static func firstInvalid(in bytes: UnsafeRawBufferPointer) -> Int? {
        firstInvalid(in: bytes, refusesNoncharacters: false)
    }

    /// Whether bytes are UTF-8 without U+FFFE and U+FFFF, which XML 1.0 (section 2.2) does not allow; control characters are not looked at.
    package static func isXMLText(_ bytes: UnsafeRawBufferPointer) -> Bool {
        firstInvalid(in: bytes, refusesNoncharacters: true) == nil
    }

    @inline(__always)
    private static func firstInvalid(in bytes: UnsafeRawBufferPointer, refusesNoncharacters: Bool) -> Int? {
        let count = bytes.count
        var index = 0
        while index < count {
            if bytes[index] < 0x80 {
                let base = bytes.baseAddress!.assumingMemoryBound(to: UInt8.self)
                index = weir_ascii_end(base + index, base + count) - base
                if index == count { return nil }
            }
            let lead = bytes[index]
            let length: Int
            var low: UInt8 = 0x80
            var high: UInt8 = 0xBF
            switch lead {
            case 0xC2...0xDF: length = 2
            case 0xE0:
                length = 3
                low = 0xA0
            case 0xED:
                length = 3
                high = 0x9F
            case 0xE1...0xEF: length = 3
            case 0xF0:
                length = 4
                low = 0x90
            case 0xF1...0xF3: length = 4
            case 0xF4:
                length = 4
                high = 0x8F
            default: return index
            }
            if index &+ length > count { return index }
            if refusesNoncharacters && lead == 0xEF && bytes[index &+ 1] == 0xBF && bytes[index &+ 2] >= 0xBE { return index }
            if bytes[index &+ 1] < low || bytes[index &+ 1] > high { return index }
            var place = 2
            while place < length {
                if bytes[index &+ place] & 0xC0 != 0x80 { return index }
                place &+= 1
            }
            index &+= length
        }
        return nil
    }
}
