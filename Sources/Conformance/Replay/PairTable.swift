/// Values by a marking and an activity: open addressing over a power-of-two table, for look-ups in hot loops.
struct PairTable<Value: BitwiseCopyable>: Sendable where Value: Sendable {
    private var keys = [UInt64](repeating: .max, count: 64)
    private var values: [Value]
    private let blank: Value
    private var count = 0

    /// An empty table; `blank` fills what holds no value.
    init(blank: Value) {
        self.blank = blank
        values = [Value](repeating: blank, count: 64)
    }

    /// The value of a pair, or nil.
    @inline(__always)
    subscript(marking: UInt32, activity: UInt32) -> Value? {
        let key = UInt64(marking) << 32 | UInt64(activity)
        let mask = keys.count &- 1
        var slot = Self.slot(key, mask)
        while keys[slot] != .max {
            if keys[slot] == key { return values[slot] }
            slot = (slot &+ 1) & mask
        }
        return nil
    }

    /// Sets the value of a pair that has none.
    mutating func insert(_ marking: UInt32, _ activity: UInt32, _ value: Value) {
        if count * 2 >= keys.count {
            let (oldKeys, oldValues) = (keys, values)
            keys = [UInt64](repeating: .max, count: oldKeys.count * 2)
            values = [Value](repeating: blank, count: oldKeys.count * 2)
            for (slot, key) in oldKeys.enumerated() where key != .max { place(key, oldValues[slot]) }
        }
        place(UInt64(marking) << 32 | UInt64(activity), value)
        count += 1
    }

    private mutating func place(_ key: UInt64, _ value: Value) {
        var slot = Self.slot(key, keys.count - 1)
        while keys[slot] != .max { slot = (slot + 1) & (keys.count - 1) }
        keys[slot] = key
        values[slot] = value
    }

    @inline(__always)
    private static func slot(_ key: UInt64, _ mask: Int) -> Int {
        Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 20) & mask
    }
}
