/// The value of an attribute as it stands in a document, made what it says: for readers that look at plain layouts themselves.
package enum XMLReferences {
    /// Writes the value to `scratch`: references replaced, white space normalised (XML 1.0, section 3.3.3); whether nothing in it was unusual.
    ///
    /// Known are the five entities of XML and references to characters by their number.
    package static func decode(_ raw: UnsafeRawBufferPointer, to scratch: ByteScratch) -> Bool {
        scratch.clear()
        var place = 0
        while place < raw.count {
            let byte = raw[place]
            switch byte {
            case UInt8(ascii: "&"):
                guard let end = raw[place...].prefix(16).firstIndex(of: UInt8(ascii: ";")),
                    let scalar = scalar(UnsafeRawBufferPointer(rebasing: raw[(place + 1)..<end]))
                else { return false }
                scratch.append(scalar)
                place = end + 1
            case 0x0D:
                // A line break of two bytes is one white space.
                scratch.append(0x20)
                place += place + 1 < raw.count && raw[place + 1] == 0x0A ? 2 : 1
            case 0x09, 0x0A:
                scratch.append(0x20)
                place += 1
            default:
                scratch.append(byte)
                place += 1
            }
        }
        return true
    }

    /// What the name or number of a reference stands for.
    private static func scalar(_ name: UnsafeRawBufferPointer) -> Unicode.Scalar? {
        if name.first != UInt8(ascii: "#") {
            let entities: [(StaticString, Unicode.Scalar)] = [("amp", "&"), ("lt", "<"), ("gt", ">"), ("quot", "\""), ("apos", "'")]
            return entities.first { name.elementsEqual(UnsafeRawBufferPointer(start: $0.0.utf8Start, count: $0.0.utf8CodeUnitCount)) }?.1
        }
        let isHexadecimal = name.count > 1 && name[1] == UInt8(ascii: "x")
        let digits = name.dropFirst(isHexadecimal ? 2 : 1)
        var code: UInt32 = 0
        for byte in digits {
            let digit: UInt32
            switch byte {
            case 0x30...0x39: digit = UInt32(byte - 0x30)
            case 0x41...0x46 where isHexadecimal: digit = UInt32(byte - 0x41 + 10)
            case 0x61...0x66 where isHexadecimal: digit = UInt32(byte - 0x61 + 10)
            default: return nil
            }
            code = code * (isHexadecimal ? 16 : 10) + digit
            if code > 0x10FFFF { return nil }
        }
        let isLegal = code == 9 || code == 10 || code == 13 || (code >= 0x20 && code != 0xFFFE && code != 0xFFFF)
        return isLegal ? Unicode.Scalar(code) : nil
    }
}
