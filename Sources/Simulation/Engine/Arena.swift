/// Memory for columns of plain values, given back all at once.
final class Arena {
    private var blocks: [UnsafeMutableRawPointer] = []

    /// The values as a column; `Value` is trivial.
    func column<Value>(_ values: [Value]) -> UnsafePointer<Value> {
        let memory = room(for: Value.self, count: values.count)
        values.withUnsafeBufferPointer { source in
            if let base = source.baseAddress { memory.initialize(from: base, count: source.count) }
        }
        return UnsafePointer(memory)
    }

    /// `count` copies of a value.
    func column<Value>(repeating value: Value, count: Int) -> UnsafeMutablePointer<Value> {
        let memory = room(for: Value.self, count: count)
        memory.initialize(repeating: value, count: count)
        return memory
    }

    private func room<Value>(for type: Value.Type, count: Int) -> UnsafeMutablePointer<Value> {
        precondition(_isPOD(type), "columns hold plain values")
        let memory = UnsafeMutablePointer<Value>.allocate(capacity: Swift.max(count, 1))
        blocks.append(UnsafeMutableRawPointer(memory))
        return memory
    }

    deinit {
        for block in blocks { block.deallocate() }
    }
}

/// A column of plain values that grows at its end; it is given back by hand.
struct GrowingColumn<Value> {
    private(set) var base: UnsafeMutablePointer<Value>
    private(set) var count = 0
    private var capacity: Int

    init(capacity: Int) {
        precondition(_isPOD(Value.self), "columns hold plain values")
        self.capacity = Swift.max(capacity, 16)
        base = .allocate(capacity: self.capacity)
    }

    @inline(__always)
    mutating func append(_ value: Value) {
        if count == capacity { grow() }
        base[count] = value
        count &+= 1
    }

    @inline(never)
    private mutating func grow() {
        let larger = UnsafeMutablePointer<Value>.allocate(capacity: capacity * 2)
        larger.moveInitialize(from: base, count: count)
        base.deallocate()
        base = larger
        capacity *= 2
    }

    /// The values; the memory is given back.
    consuming func take() -> [Value] {
        let values = Array(UnsafeBufferPointer(start: base, count: count))
        base.deallocate()
        return values
    }
}
