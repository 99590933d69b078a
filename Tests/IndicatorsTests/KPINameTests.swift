import Foundation
import Testing

@testable import Indicators

@Suite struct KPINameTests {
    @Test func everyNameParsesBack() throws {
        #expect(KPIName.all.count == 3 * 6 + 6 + 2 + 2)
        for name in KPIName.all {
            #expect(try KPIName(parsing: name.text) == name)
            let coded = try JSONEncoder().encode([name])
            #expect(String(decoding: coded, as: UTF8.self) == "[\"\(name.text)\"]")
            #expect(try JSONDecoder().decode([KPIName].self, from: coded) == [name])
        }
    }

    @Test func theFirstStatisticIsMeantWhereNoneIsNamed() throws {
        #expect(try KPIName(parsing: "cycle_time").text == "cycle_time.median")
        #expect(try KPIName(parsing: "throughput").text == "throughput.mean")
        #expect(try KPIName(parsing: "cost").text == "cost.mean")
        #expect(try KPIName(parsing: "rework_rate").text == "rework_rate.rate")
    }

    @Test func comparisonsListTheContractsNames() {
        #expect(
            KPIName.compared.map(\.text) == [
                "cycle_time.mean", "cycle_time.median", "cycle_time.p90", "waiting_time.mean", "service_time.mean", "throughput.mean",
                "cost.mean", "rework_rate.rate",
            ])
        #expect(KPIName.compared.map { $0.unit(currency: "EUR") } == ["s", "s", "s", "s", "s", "cases/day", "EUR", "share"])
        #expect(KPIName.compared.map(\.isLowerBetter) == [true, true, true, true, true, false, true, true])
    }

    @Test(
        arguments: [
            ("cycletime", "cycle_time"), ("cycle_time.p9", "cycle_time.p90"), ("rework_rate.mean", "rework_rate.rate"),
            ("cost.rate", "cost.mean"), ("cycle_time.mean.x", "cycle_time.mean"), ("P01", nil), ("", nil),
            ("throughput.p90", "throughput.mean"),
        ] as [(String, String?)])
    func unknownNamesNameTheNearest(text: String, nearest: String?) {
        let error = #expect(throws: KPINameError.self) { try KPIName(parsing: text) }
        #expect(error == KPINameError(name: text, nearest: nearest))
        #expect(error?.description.contains(nearest ?? "cycle_time, waiting_time") == true)
    }

    @Test func aMeasureHasOnlyItsStatistics() {
        #expect(KPIName(.throughput, .p90) == nil)
        #expect(KPIName(.cycleTime, .p95)?.text == "cycle_time.p95")
    }
}
