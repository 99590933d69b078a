import CByteScan

/// The places in a text that may end a field, 64 bytes a step.
struct CSVFieldMarks {
    private let base: UnsafePointer<UInt8>
    private let end: Int
    private let delimiter: UInt8
    private var block = 0
    private var marks: UInt64
    /// Other than 0 where a byte that was looked at is not ASCII.
    var beyond: Int32 = 0

    init(_ text: UnsafeRawBufferPointer, _ delimiter: UInt8) {
        base = text.baseAddress!.assumingMemoryBound(to: UInt8.self)
        end = text.count
        self.delimiter = delimiter
        marks = weir_field_marks(base, end, delimiter, &beyond)
    }

    /// The place of the next byte that may end a field; the end where there is none.
    @inline(__always)
    mutating func next() -> Int {
        while marks == 0 {
            block &+= 64
            if block >= end { return end }
            marks = weir_field_marks(base + block, end &- block, delimiter, &beyond)
        }
        let place = block &+ marks.trailingZeroBitCount
        marks &= marks &- 1
        return place
    }

    /// Goes on at a later place.
    @inline(__always)
    mutating func move(to place: Int) {
        if place >= end {
            block = end
            marks = 0
            return
        }
        if place &- block >= 64 {
            block = place & ~63
            marks = weir_field_marks(base + block, end &- block, delimiter, &beyond)
        }
        marks &= ~0 << UInt64(truncatingIfNeeded: place &- block)
    }
}
