import Foundation
import Performance
import Testing

/// How often congestion is called where nobody waits for anyone: a simulation study, not a test of every build.
///
/// `WEIR_STUDY=congestion swift test --filter CongestionStudy` prints the figures that the manual quotes and checks those promised.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["WEIR_STUDY"] == "congestion")) struct CongestionStudy {
    /// What vendors answer and deliver, each in a time of its own.
    static let vendors = ["Receive Order Confirmation", "Record Goods Receipt", "Record Invoice Receipt"]

    @Test(arguments: [600, 1_200]) func plainPurchases(cases: Int) throws {
        let seeds = 100
        var places = (growing: 0, falling: 0)
        var logs = (growing: 0, falling: 0)
        var clerk = 0
        for seed in 1...seeds {
            let found = Congestion.of(try PlantedLogs.purchases("plain", cases: cases, seed: UInt64(seed)))
            let own = found.filter { one in Self.vendors.contains { $0 == one.activity || $0 == one.target } }
            let activities = own.filter { $0.kind == .activity }
            places.growing += activities.count { $0.verdict == .growing }
            places.falling += activities.count { $0.verdict == .falling }
            if own.contains(where: { $0.verdict == .growing }) { logs.growing += 1 }
            if own.contains(where: { $0.verdict == .falling }) { logs.falling += 1 }
            if found.contains(where: { $0.activity == "Match Invoice" && $0.verdict == .growing }) { clerk += 1 }
        }
        print("\(cases) cases: of \(3 * seeds) activities \(places), of \(seeds) logs \(logs); the clerk's queue grows in \(clerk)")
        #expect(logs.growing <= seeds / 20 && logs.falling <= seeds / 20 && clerk * 100 >= 99 * seeds)
    }
}
