import Foundation
import TestSupport
import Testing

/// `weir variants` with groups, trees and other logs.
@Suite struct VariantStructureVerbTests {
    private static let before = SharedData.checkout.appending(path: "datasets/p2p-before.csv").path
    private static let after = SharedData.checkout.appending(path: "datasets/p2p-after.csv").path

    @Test func groupsHoldEveryCaseOnce() throws {
        let object = try Command.json(["variants", Self.before, "--groups"])
        let groups = try #require(object["groups"] as? [[String: Any]])
        #expect(groups.reduce(0) { $0 + ($1["cases"] as? Int ?? 0) } == 1_200 && groups.count > 1)
        #expect(try Command.output(["variants", Self.before, "--groups", "--lang", "zh"]).contains("走法相近的案例组"))
    }

    @Test func aTreeCountsTheCasesOfEveryBeginning() throws {
        let folder = try Folder()
        let object = try Command.json(["variants", Self.before, "--tree"])
        let nodes = try #require(object["nodes"] as? [[String: Any]])
        #expect(nodes[0]["count"] as? Int == 1_200)
        #expect(nodes.reduce(0) { $0 + ($1["ends"] as? Int ?? 0) } == 1_200)
        _ = try Command.output(["variants", Self.before, "--tree", "-o", "tree.dot"], in: folder)
        #expect(try folder.text("tree.dot").hasPrefix("digraph"))
        #expect(try Command.output(["variants", Self.before, "--tree"]).contains("\nCreate Purchase Requisition (1,200)\n"))
    }

    @Test func severalLogsAreHeldAgainstTheFirst() throws {
        let same = try Command.json(["variants", Self.before, "--against", Self.before])
        let verdicts = try #require(same["activities"] as? [[String: Any]]).flatMap { $0["logs"] as? [[String: Any]] ?? [] }
        #expect(verdicts.allSatisfy { !["more", "fewer"].contains($0["verdict"] as? String ?? "") })
        let both = try Command.json(["variants", Self.before, "--against", Self.after, "--against", Self.before])
        #expect((both["logs"] as? [[String: Any]])?.map { $0["name"] as? String } == ["p2p-before.csv", "p2p-after.csv", "p2p-before.csv"])
        let csv = try Command.output(["variants", Self.before, "--against", Self.after, "--format", "csv"])
        #expect(csv.hasPrefix("kind,activities,log,share_first,share,change,change_ci95_low,change_ci95_high,p_value,verdict\n"))
        #expect(try Command.output(["variants", Self.before, "--against", Self.after]).contains("p2p-after.csv: "))
    }

    @Test func whatExcludesEachOtherIsRefused() throws {
        let outcome = try Command.run(["variants", Self.before, "--groups", "--tree"])
        #expect(outcome.status == 64 && outcome.errors.contains("--tree"))
    }
}
