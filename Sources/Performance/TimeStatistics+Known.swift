import Instants
import Statistics

extension TimeStatistics {
    /// The statistics of the durations that are known; nil where none is.
    static func ofKnown(_ microseconds: [Int64]) -> TimeStatistics? {
        var known = microseconds.filter { $0 != Instant.missing }
        return known.withUnsafeMutableBufferPointer { TimeStatistics(rearranging: $0) }
    }
}
