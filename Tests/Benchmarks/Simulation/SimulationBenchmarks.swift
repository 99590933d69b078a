import Benchmark
import BenchmarkSupport
import CEventLoop
import Foundation
import Simulation
import WorkingTime

/// Events per CPU second of the engine on two M/M/3 stations in a row, beside a loop in C that does nothing but that.
let benchmarks: @Sendable () -> Void = {
    let rate = BenchmarkMetric.custom("events per CPU second", polarity: .prefersLarger, useScalingFactor: false)
    let ratio = BenchmarkMetric.custom("engine / bare loop, per mille", polarity: .prefersLarger, useScalingFactor: false)
    let cases = 400_000
    let model = tandem()

    Benchmark.defaultConfiguration = .init(metrics: [rate], warmupIterations: 1, maxDuration: .seconds(20), maxIterations: 7)

    Benchmark("tandem, engine") { benchmark in
        benchmark.measurement(rate, Int(engineRate(model, cases: cases)))
    }

    Benchmark("tandem, bare loop in C") { benchmark in
        benchmark.measurement(rate, Int(bareRate(cases: cases)))
    }

    Benchmark("tandem ratio", configuration: .init(metrics: [ratio], warmupIterations: 1, maxDuration: .seconds(30), maxIterations: 7)) {
        benchmark in
        benchmark.measurement(ratio, Int(1_000 * engineRate(model, cases: cases) / bareRate(cases: cases)))
    }
}

/// Two stations of three servers each: gaps of 100 s and services of 240 s on average, both exponential.
private func tandem() -> SimulationModel {
    var resources: [SimulationResource] = []
    for role in 0..<2 {
        for server in 0..<3 { resources.append(SimulationResource(name: "R\(role)-\(server)", role: role, calendar: 0)) }
    }
    return SimulationModel(
        activities: (0..<2).map {
            SimulationActivity(name: "A\($0)", performers: [.init(role: $0, duration: .exponential(mean: 240))])
        },
        roles: (0..<2).map { SimulationRole(name: "R\($0)") }, resources: resources, calendars: [.always],
        arrivals: Arrivals(.gaps(.exponential(mean: 100), clock: .working)), flow: .graph(.sequence([0, 1])))
}

private func engineRate(_ model: SimulationModel, cases: Int) -> Double {
    let begin = cpuSeconds()
    let run = try? Simulator.run(model, options: SimulationOptions(cases: cases, replications: 1, detail: .cases))
    let spent = cpuSeconds() - begin
    return Double(run?.replications.first?.eventCount ?? 0) / spent
}

private func bareRate(cases: Int) -> Double {
    let begin = cpuSeconds()
    let outcome = weir_bare_tandem(Int64(cases), 1)
    let spent = cpuSeconds() - begin
    precondition(outcome.mean_time > 900 && outcome.mean_time < 1_100, "the mean time in the system is 998 s")
    return Double(outcome.events) / spent
}
