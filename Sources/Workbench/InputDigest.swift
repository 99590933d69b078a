import Crypto
package import Foundation

/// The SHA-256 of an input's bytes as they were given, in hexadecimal.
package struct InputDigest {
    private var hash = SHA256()

    /// The digest of nothing, to be updated.
    package init() {}

    /// Adds bytes.
    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        hash.update(bufferPointer: bytes)
    }

    /// The digest of all bytes added: 64 hexadecimal digits.
    package var hexadecimal: String {
        hash.finalize().map { String(Int($0) + 256, radix: 16).dropFirst() }.joined()
    }

    /// The digest of a file, read in pieces.
    ///
    /// - Parameter keepGoing: called between pieces; it may throw to stop.
    /// - Throws: `CocoaError` where the file cannot be read.
    package static func ofFile(_ url: URL, keepGoing: () throws -> Void = {}) throws -> String {
        let handle = try FileHandle(forReadingFrom: url)
        defer { try? handle.close() }
        var digest = InputDigest()
        while let piece = try handle.read(upToCount: 1 << 22), !piece.isEmpty {
            try keepGoing()
            piece.withUnsafeBytes { digest.update($0) }
        }
        return digest.hexadecimal
    }

    /// The digest of several inputs: of what `sha256sum` prints of them.
    package static func ofList(_ inputs: [(name: String, sha256: String)]) -> String {
        var digest = InputDigest()
        var text = inputs.map { "\($0.sha256)  \($0.name)\n" }.joined()
        text.withUTF8 { digest.update(UnsafeRawBufferPointer($0)) }
        return digest.hexadecimal
    }
}
