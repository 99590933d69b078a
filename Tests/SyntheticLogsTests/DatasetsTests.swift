import Foundation
import Testing

@testable import SyntheticLogs

/// The logs in the folder `datasets` are what the generator makes.
@Suite struct DatasetsTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("datasets")

    @Test(arguments: ["before", "after"]) func datasetIsRegeneratedByteForByte(variant: String) throws {
        let log = try SyntheticLog.generate(name: "p2p", variant: variant, cases: 1_200, seed: 2)
        let file = try Data(contentsOf: Self.folder.appendingPathComponent("p2p-\(variant).csv"))
        #expect(file.count < 2_000_000)
        #expect(file == Data(log.csv()), "the file differs from what the generator makes")
        let readme = try String(contentsOf: Self.folder.appendingPathComponent("README.md"), encoding: .utf8)
        #expect(readme.contains("weir generate p2p --variant \(variant) --cases 1200 --seed 2 -o datasets/p2p-\(variant).csv"))
        for fact in log.plantedFacts { #expect(readme.contains(fact.english)) }
        for column in SyntheticLog.csvHeader.split(separator: ",") { #expect(readme.contains("`\(column)`")) }
        for activity in log.activities { #expect(readme.contains(activity)) }
    }
}
