import Foundation
import Statistics
import Testing

@testable import SyntheticLogs

/// The queues against the closed formulas of queueing theory.
@Suite struct QueueNetworkTests {
    /// Seconds of mean service: long enough that whole seconds do not matter.
    private static let service = 20_000.0

    /// The mean wait in units of mean service: Poisson arrivals to one role that works around the clock.
    private func meanWait(servers: Int, load: Double, customers: Int, seed: UInt64, service draw: (inout RandomStream) -> Double) -> Double
    {
        var random = RandomStream(seed: seed)
        var network = QueueNetwork(start: 0, roles: [Array(repeating: .always, count: servers)])
        var arrivals: [Int64] = []
        var waited = 0.0
        var served = 0
        let gap = Self.service / (load * Double(servers))
        network.wake(at: 0, token: UInt64.max)
        while let occurrence = network.next() {
            switch occurrence {
            case .woke:
                network.request(
                    role: 0, token: UInt64(arrivals.count), work: max(1, Int64((Self.service * draw(&random)).rounded())))
                arrivals.append(network.now)
                if arrivals.count < customers {
                    network.wake(at: network.now + Int64(random.exponential(mean: gap).rounded()), token: UInt64.max)
                }
            case .finished(let token, _, let start):
                waited += Double(start - arrivals[Int(token)])
                served += 1
            }
        }
        #expect(served == customers)
        return waited / Double(served) / Self.service
    }

    /// Erlang's C formula (A. K. Erlang 1917): the mean wait of M/M/c in units of mean service.
    private func erlangWait(servers: Int, load: Double) -> Double {
        let offered = load * Double(servers)
        var term = 1.0
        var sum = 1.0
        for index in 1..<max(servers, 1) {
            term *= offered / Double(index)
            sum += term
        }
        if servers == 1 { sum = 1 }
        let last = (servers == 1 ? 1.0 : term) * offered / Double(servers) / (1 - load)
        return last / (sum + last) / (Double(servers) * (1 - load))
    }

    @Test func formulaIsThatOfMM1() {
        #expect(abs(erlangWait(servers: 1, load: 0.7) - 0.7 / 0.3) < 1e-12)
        // M/M/2: C = 2ρ²/(1+ρ).
        #expect(abs(erlangWait(servers: 2, load: 0.8) - 2 * 0.64 / 1.8 / (2 * 0.2)) < 1e-12)
    }

    /// Whether the mean of independent runs fits a formula: within four standard errors of the runs, which are small.
    private func expectWait(
        _ expected: Double, servers: Int, load: Double, service draw: (inout RandomStream) -> Double,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let runs = (0..<10).map { meanWait(servers: servers, load: load, customers: 12_000, seed: 100 + UInt64($0), service: draw) }
        let mean = runs.reduce(0, +) / 10
        let error = (runs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 9 / 10).squareRoot()
        #expect(abs(mean - expected) < 4 * error, "measured \(mean) ± \(error), formula \(expected)", sourceLocation: sourceLocation)
        #expect(error < 0.05 * expected, sourceLocation: sourceLocation)
    }

    @Test(arguments: [(1, 0.5), (1, 0.7), (2, 0.8), (3, 0.75), (6, 0.8)]) func waitsAsErlangSays(servers: Int, load: Double) {
        expectWait(erlangWait(servers: servers, load: load), servers: servers, load: load) { $0.exponential(mean: 1) }
    }

    /// Pollaczek and Khinchine: Wq = ρ (1 + cv²) / (2 (1 − ρ)) services.
    @Test func waitsAsPollaczekAndKhinchineSay() {
        expectWait(0.7 / 0.6, servers: 1, load: 0.7) { _ in 1 }
        let sigma = 0.8
        expectWait(0.6 * exp(sigma * sigma) / 0.8, servers: 1, load: 0.6) {
            PurchaseToPayDemand.logNormal(mean: 1, sigma: sigma, $0.normal())
        }
    }

    /// First come, first served; nobody rests while work waits; nobody works outside the hours.
    @Test func worksOffInOrderWithinTheHours() {
        let office = PurchaseToPaySettings.officeHours
        let early = WeeklyShift(days: 0..<6, hours: [(300, 700)], offset: 28_800)
        let monday = PurchaseToPaySettings.firstDay
        var random = RandomStream(seed: 8)
        var network = QueueNetwork(start: monday, roles: [[office, early], [office]])
        var asked = 0
        var last: [Int64] = [.min, .min, .min]
        var starts: [(role: Int, token: UInt64, start: Int64)] = []
        network.wake(at: monday, token: UInt64.max)
        while let occurrence = network.next() {
            switch occurrence {
            case .woke:
                network.request(role: asked % 2, token: UInt64(asked), work: 1 + Int64(random.exponential(mean: 5_000)))
                asked += 1
                if asked < 3_000 { network.wake(at: network.now + Int64(random.exponential(mean: 9_000)), token: UInt64.max) }
            case .finished(let token, let resource, let start):
                let shift = [office, early, office][resource]
                #expect(shift.isOpen(start) && shift.isOpen(network.now - 1))
                #expect(start >= last[resource])
                last[resource] = network.now
                starts.append((resource == 2 ? 1 : 0, token, start))
            }
        }
        #expect(starts.count == 3_000)
        for role in 0..<2 {
            let inOrder = starts.filter { $0.role == role }.sorted { ($0.start, $0.token) < ($1.start, $1.token) }.map(\.token)
            #expect(inOrder == inOrder.sorted())
        }
    }

    /// The one who has been free longest begins.
    @Test func sharesWorkByTimeFree() {
        var network = QueueNetwork(start: 0, roles: [[.always, .always, .always]])
        for token in 0..<3 { network.request(role: 0, token: UInt64(token), work: Int64(10 + token)) }
        var resources: [Int] = []
        while case .finished(let token, let resource, _)? = network.next() {
            resources.append(resource)
            if token == 2 {
                for again in 3..<6 { network.request(role: 0, token: UInt64(again), work: 1) }
            }
        }
        #expect(resources == [0, 1, 2, 0, 1, 2])
    }
}
