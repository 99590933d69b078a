import Foundation
import Testing

@testable import SyntheticLogs

@Suite struct SyntheticLogTests {
    @Test func sameRequestGivesSameBytes() throws {
        for variant in SyntheticLog.catalogue[0].variants {
            let one = try SyntheticLog.generate(name: "p2p", variant: variant, cases: 120, seed: 42)
            let two = try SyntheticLog.generate(name: "p2p", variant: variant, cases: 120, seed: 42)
            let other = try SyntheticLog.generate(name: "p2p", variant: variant, cases: 120, seed: 43)
            #expect(one.csv() == two.csv())
            #expect(one.csv() != other.csv())
            #expect(one.plantedFacts == two.plantedFacts)
        }
    }

    @Test func usualRequestIsTheFirstVariant() throws {
        let log = try SyntheticLog.generate(name: "p2p")
        #expect(log.variant == "before")
        #expect(log.caseCount == SyntheticLog.catalogue[0].defaultCases)
        #expect(log.seed == 1)
    }

    /// Every line has eleven plain fields, and together they say what the columns say.
    @Test func fileHasTheColumnsInOrder() throws {
        let log = try SyntheticLog.generate(name: "p2p", variant: "after", cases: 150, seed: 9)
        let text = try #require(String(bytes: log.csv(), encoding: .utf8))
        #expect(text.hasSuffix("\n") && !text.contains("\r") && !text.contains("\""))
        let lines = text.split(separator: "\n")
        #expect(
            lines[0] == "case_id,activity,start_time,end_time,resource,role,department,amount,vendor,plant,material_group")
        #expect(lines.count == log.rowCount + 1)
        let formatter = ISO8601DateFormatter()
        formatter.timeZone = TimeZone(secondsFromGMT: 28_800)
        formatter.formatOptions = [.withInternetDateTime, .withColonSeparatorInTimeZone]
        for index in 0..<log.caseCount {
            for row in log.caseRows[index]..<log.caseRows[index + 1] {
                let resource = log.resources[Int(log.rowResource[row])]
                let cents = log.caseAmountCents[index]
                let expected = [
                    "PO-\(100_001 + index)", log.activities[Int(log.rowActivity[row])],
                    formatter.string(from: Date(timeIntervalSince1970: Double(log.rowStart[row] / 1_000_000))),
                    formatter.string(from: Date(timeIntervalSince1970: Double(log.rowEnd[row] / 1_000_000))),
                    resource.name, resource.role, resource.department, String(format: "%.2f", Double(cents) / 100),
                    log.vendors[Int(log.caseVendor[index])], log.plants[Int(log.casePlant[index])],
                    log.materialGroups[Int(log.caseMaterialGroup[index])],
                ]
                #expect(lines[row + 1].split(separator: ",", omittingEmptySubsequences: false).map(String.init) == expected)
            }
        }
    }

    @Test func fileIsWrittenInPieces() throws {
        let log = try SyntheticLog.generate(name: "p2p", cases: 1_500, seed: 2)
        var pieces: [[UInt8]] = []
        log.writeCSV { pieces.append(Array($0)) }
        #expect(pieces.count > 1)
        #expect(pieces.allSatisfy { $0.last == UInt8(ascii: "\n") })
        #expect(Array(pieces.joined()) == log.csv())
    }

    @Test func writingStopsWithTheWritersError() throws {
        struct Full: Error {}
        let log = try SyntheticLog.generate(name: "p2p", cases: 20)
        #expect(throws: Full.self) { try log.writeCSV { _ in throw Full() } }
    }

    @Test func namesAreUniqueAndPlain() throws {
        let log = try SyntheticLog.generate(name: "p2p", cases: 3_100, seed: 1)
        for names in [log.activities, log.resources.map(\.name), log.vendors, log.plants, log.materialGroups] {
            #expect(Set(names).count == names.count)
        }
        #expect(log.plants.count == 9)
    }

    @Test func unknownWordsNameTheNearest() {
        func error(_ name: String, _ variant: String?, _ cases: Int?) -> SyntheticLogError? {
            #expect(throws: SyntheticLogError.self) { try SyntheticLog.generate(name: name, variant: variant, cases: cases) }
        }
        let name = error("p2", nil, nil)
        #expect(name == SyntheticLogError(code: .unknownName, given: "p2", nearest: ["p2p"], known: ["p2p"]))
        #expect(error("logistics", nil, nil)?.nearest == [])
        let variant = error("p2p", "aftr", nil)
        #expect(variant?.code == .unknownVariant)
        #expect(variant?.nearest == ["after"])
        #expect(variant?.known == ["before", "after", "drift", "plain"])
        #expect(error("p2p", "be", nil)?.nearest == ["before"])
        #expect(error("p2p", nil, 0)?.code == .casesOutOfRange)
        #expect(error("p2p", nil, 5_000_001)?.known == ["1", "5000000"])
    }

    @Test func editDistanceIsLevenshteins() {
        func distance(_ left: String, _ right: String) -> Int { NearestNames.distance(Array(left.utf8), Array(right.utf8)) }
        #expect(distance("kitten", "sitting") == 3)
        #expect(distance("", "abc") == 3)
        #expect(distance("abc", "") == 3)
        #expect(distance("before", "before") == 0)
    }

    @Test func factsAreReadableAsJSON() throws {
        let facts = try SyntheticLog.generate(name: "p2p", variant: "drift", cases: 400).plantedFacts
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let data = try encoder.encode(facts)
        let text = try #require(String(bytes: data, encoding: .utf8))
        #expect(text.contains(#"{"name":"vendor","value":"V1010"}"#))
        #expect(text.contains(#"{"name":"delivery_time_factor","value":5}"#))
        let again = try JSONDecoder().decode([PlantedFact].self, from: data)
        #expect(try encoder.encode(again) == data)
    }
}
