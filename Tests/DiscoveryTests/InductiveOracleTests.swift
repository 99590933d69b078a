import EventLogs
import Foundation
import LogFormats
import ProcessModels
import TestSupport
import Testing

@testable import Discovery

/// One of the real logs with the tree that PM4Py 2.7.23 finds in it.
struct TreeAnswer: Decodable, CustomTestStringConvertible, Sendable {
    var log: String
    var tree: String

    private enum CodingKeys: String, CodingKey {
        case log
        case tree = "inductive_tree"
    }

    var testDescription: String { log }

    static let all: [TreeAnswer] = {
        guard let folder = SharedData.answers else { return [] }
        let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
        return files.filter { $0.pathExtension == "json" }.sorted { $0.path < $1.path }.compactMap {
            try? JSONDecoder().decode(TreeAnswer.self, from: Data(contentsOf: $0))
        }
    }()

    func read() throws -> EventLog {
        let folder = try #require(SharedData.folder)
        let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
        let file = try #require(files.lazy.compactMap { $0 as? URL }.first { $0.lastPathComponent == log })
        return try LogReader.read(
            contentsOf: file, named: log, options: ReadOptions(counting: .events), monitor: SilentMonitor()
        ).log
    }
}

@Suite(.enabled(if: SharedData.hasAnswers, "the shared data with PM4Py's answers is absent"))
struct InductiveOracleTests {
    @Test(arguments: TreeAnswer.all)
    func fitsAndEqualsPM4Py(answer: TreeAnswer) throws {
        let log = try answer.read()
        let variants = VariantIndex(of: log)
        let tree = InductiveMiner(noise: 0).tree(of: variants, names: log.activities)
        let acceptor = TraceAcceptor(tree)
        let names = log.activities.strings
        var fits = 0
        for rank in 0..<variants.count {
            if acceptor.accepts(variants.activities(ofRank: rank + 1).lazy.map { names[Int($0)] }) { fits += 1 }
        }
        #expect(fits == variants.count)
        // Whatever the log, the graph alone has a tree of all its activities.
        let counts = DirectlyFollowsCounts(of: log)
        for noise in [0, 0.2] {
            #expect(Set(InductiveMiner(noise: noise).tree(of: counts).activities) == Set(tree.activities))
        }
        let expected = try #require(TreeText.read(answer.tree))
        #expect(tree.canonical().description == expected.canonical().description)
    }
}
