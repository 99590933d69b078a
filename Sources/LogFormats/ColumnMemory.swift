import CByteScan
import Foundation

/// The memory of columns while they grow: large columns come from the system and go back to it at once, in pages as large as it has them.
/// They grow where they stand or by moving their pages, so that no column is held twice; pages that nobody wrote to take no memory.
enum ColumnMemory {
    /// From so many bytes on a column is a large one.
    private static let large = 1 << 20

    private static func isLarge<Value>(_ count: Int, of type: Value.Type) -> Bool {
        count &* MemoryLayout<Value>.stride >= large
    }

    /// A column with room for more values: those of `old`, which is freed, and `value` in the places behind.
    static func grown<Value: FixedWidthInteger & BitwiseCopyable>(
        _ old: UnsafeMutablePointer<Value>?, from count: Int, to wanted: Int, filledWith value: Value
    ) -> UnsafeMutablePointer<Value> {
        let isLarge = isLarge(wanted, of: Value.self)
        if let old, isLarge, self.isLarge(count, of: Value.self) {
            let new = remapped(old, from: count, to: wanted)
            if value != 0 { (new + count).initialize(repeating: value, count: wanted - count) }
            return new
        }
        let new = isLarge ? mapped(wanted) : UnsafeMutablePointer<Value>.allocate(capacity: wanted)
        if let old {
            new.initialize(from: old, count: count)
            free(old, capacity: count)
        }
        // What the system gives is zero.
        let kept = old == nil ? 0 : count
        if !isLarge || value != 0 { (new + kept).initialize(repeating: value, count: wanted - kept) }
        return new
    }

    /// A column with room for more values: those of `old`, which is freed; what is in the places behind is not said.
    static func grown<Value: FixedWidthInteger & BitwiseCopyable>(
        _ old: UnsafeMutablePointer<Value>?, from count: Int, to wanted: Int
    ) -> UnsafeMutablePointer<Value> {
        if isLarge(wanted, of: Value.self) { return grown(old, from: count, to: wanted, filledWith: 0) }
        let new = UnsafeMutablePointer<Value>.allocate(capacity: wanted)
        if let old {
            new.initialize(from: old, count: count)
            free(old, capacity: count)
        }
        return new
    }

    /// Frees a column with room for so many values.
    static func free<Value>(_ column: UnsafeMutablePointer<Value>?, capacity: Int) {
        guard let column else { return }
        if isLarge(capacity, of: Value.self) {
            munmap(column, capacity * MemoryLayout<Value>.stride)
        } else {
            column.deallocate()
        }
    }

    private static func mapped<Value>(_ count: Int) -> UnsafeMutablePointer<Value> {
        let bytes = count * MemoryLayout<Value>.stride
        let found = mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        guard let found, found != MAP_FAILED else { fatalError("out of memory") }
        madvise(found, bytes, MADV_HUGEPAGE)
        return found.bindMemory(to: Value.self, capacity: count)
    }

    private static func remapped<Value>(_ old: UnsafeMutablePointer<Value>, from count: Int, to wanted: Int) -> UnsafeMutablePointer<Value>
    {
        let stride = MemoryLayout<Value>.stride
        let found = weir_remap(old, count * stride, wanted * stride)
        guard let found, found != MAP_FAILED else { fatalError("out of memory") }
        return found.bindMemory(to: Value.self, capacity: wanted)
    }
}
