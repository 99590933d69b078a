/// Gives the text of a document piece by piece, as often as it is asked to begin again.
package protocol XMLSource: AnyObject {
    /// Begins again at the start of the document.
    func restart() throws
    /// The next bytes, which are valid UTF-8 when put together and stay in place until the next call; `nil` at the end.
    ///
    /// - Parameter count: about how many are wanted.
    func next(about count: Int) throws -> UnsafeRawBufferPointer?
    /// How much of the document was given, 0…1.
    var fraction: Double { get }
}

/// A document that stands in memory, in one or several pieces.
package final class XMLText: XMLSource {
    private let pieces: [UnsafeRawBufferPointer]
    private var piece = 0
    private var place = 0

    /// The document that these bytes are, one after the other: valid UTF-8 that must stay in place for as long as it is read.
    package init(_ pieces: UnsafeRawBufferPointer...) {
        self.pieces = pieces
    }

    package func restart() {
        piece = 0
        place = 0
    }

    package func next(about count: Int) -> UnsafeRawBufferPointer? {
        while piece < pieces.count && place == pieces[piece].count {
            piece += 1
            place = 0
        }
        if piece == pieces.count { return nil }
        let end = min(pieces[piece].count, place + count)
        defer { place = end }
        return UnsafeRawBufferPointer(rebasing: pieces[piece][place..<end])
    }

    package var fraction: Double {
        let whole = pieces.reduce(0) { $0 + $1.count }
        let given = pieces[..<piece].reduce(place) { $0 + $1.count }
        return whole == 0 ? 1 : Double(given) / Double(whole)
    }
}
