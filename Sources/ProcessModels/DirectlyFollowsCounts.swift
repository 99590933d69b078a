package import EventLogs

/// How often each activity occurs, opens and closes cases, and how often one directly follows another.
package struct DirectlyFollowsCounts: Sendable {
    /// The names that the activity numbers stand for.
    package let names: Vocabulary
    /// Per activity number: its instances.
    package let activityCounts: [Int]
    /// Per activity number: cases it opens.
    package let startCounts: [Int]
    /// Per activity number: cases it closes.
    package let endCounts: [Int]
    /// Per activity number: the place of its name among all names by UTF-8 bytes.
    package let nameRanks: [UInt32]
    /// How many cases there are, those without an instance included.
    package let caseCount: Int
    /// Per edge: the activity that comes first; edges are in order of descending count, ties by the UTF-8 bytes of source and target.
    package let source: [UInt32]
    /// Per edge: the activity that directly follows.
    package let target: [UInt32]
    /// Per edge: how often.
    package let edgeCounts: [Int]

    /// How many edges there are.
    package var edgeCount: Int { source.count }
}
