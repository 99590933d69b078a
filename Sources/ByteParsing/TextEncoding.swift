import Foundation

/// Turns text into the bytes of another encoding by the system's `iconv`; one conversion is opened once and used for many texts.
package final class TextEncoding {
    private let converter: iconv_t

    /// The conversion into an encoding from ``TextDecoding/canonicalName(_:)``, or `nil` where the system has none.
    package init?(_ encoding: String) {
        guard let converter = iconv_open(encoding, "UTF-8"), Int(bitPattern: converter) != -1 else { return nil }
        self.converter = converter
    }

    deinit {
        iconv_close(converter)
    }

    /// The text's bytes in that encoding, or `nil` where it has characters that the encoding lacks.
    package func bytes(of text: String) -> [UInt8]? {
        iconv(converter, nil, nil, nil, nil)
        var source = Array(text.utf8)
        var target = [UInt8](repeating: 0, count: source.count * 2 + 8)
        let written: Int? = source.withUnsafeMutableBytes { from in
            target.withUnsafeMutableBytes { to in
                var input = from.baseAddress?.assumingMemoryBound(to: CChar.self)
                var left = from.count
                var output = to.baseAddress?.assumingMemoryBound(to: CChar.self)
                var spare = to.count
                return iconv(converter, &input, &left, &output, &spare) == -1 ? nil : to.count - spare
            }
        }
        guard let written else { return nil }
        return Array(target.prefix(written))
    }
}
