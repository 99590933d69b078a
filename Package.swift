// swift-tools-version: 6.1
import PackageDescription

import class Foundation.ProcessInfo

/// Every target builds in the Swift 6 language mode with these upcoming features:
/// SE-0335 (`any` is written out), SE-0444 (members need their module's import), SE-0409 (imports are internal).
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

/// A target of ours: `floor` below names what it may import, lowest first.
func room(_ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = []) -> Target {
    .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: strict)
}

/// The tests of one target, in the folder of the same name.
func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies + ["TestSupport"], swiftSettings: strict)
}

let package = Package(
    name: "weir",
    products: [.executable(name: "weir", targets: ["weir"])],
    dependencies: [
        // The command tree as types, with help, completions and spelling hints.
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        // YAML for the files people write; line numbers for their errors.
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        // What the tool says about itself while it works, off unless asked for.
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        // SQLite for the workspace: connections, transactions, errors.
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        // SHA-256 of inputs for provenance: cryptography is never ours.
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    ],
    targets: [
        // Floor 0: C libraries of Debian and one header of compare masks.
        .systemLibrary(name: "CByteScan"),
        .systemLibrary(name: "CISAL", providers: [.apt(["libisal-dev"])]),
        .systemLibrary(name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
        .systemLibrary(name: "CXLSXWriter", providers: [.apt(["libxlsxwriter-dev"])]),
        .systemLibrary(name: "CXML", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(name: "CZip", providers: [.apt(["libzip-dev"])]),
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
        // Floor 1
        room("Database", [.product(name: "GRDB", package: "GRDB.swift"), .product(name: "GRDBSQLite", package: "GRDB.swift")]),
        room("Instants"),
        room("LinearAlgebra", ["COpenBLAS"]),
        // Floor 2
        room("ByteParsing", ["CByteScan", "CISAL", "CXML", "CZip", "CZlib", "Instants"]),
        room("Statistics", ["LinearAlgebra"]),
        room("WorkingTime", ["Instants"], resources: [.embedInCode("Holidays")]),
        // Floor 3
        room("EventLogs", ["CByteScan", "Instants", "WorkingTime"]),
        // Floor 4
        room("LogFormats", ["ByteParsing", "CByteScan", "CXLSXWriter", "EventLogs", "Instants", .product(name: "Yams", package: "Yams")]),
        room("SyntheticLogs", ["Instants", "Statistics"]),
        room("Workspaces", ["Database", "EventLogs", "Instants"]),
        room("ProcessModels", ["ByteParsing", "EventLogs", "Instants", "Statistics"]),
        // Floor 5
        room("Performance", ["EventLogs", "Instants", "LinearAlgebra", "ProcessModels", "Statistics", "WorkingTime"]),
        room("Conformance", ["EventLogs", "Instants", "LinearAlgebra", "ProcessModels", "Statistics", "WorkingTime"]),
        room("Discovery", ["EventLogs", "Instants", "ProcessModels"]),
        // Floor 6
        room(
            "Indicators", ["EventLogs", "Instants", "LinearAlgebra", "Performance", "ProcessModels", "Statistics", "WorkingTime"]),
        room(
            "Simulation", ["ByteParsing", "EventLogs", "Instants", "Performance", "ProcessModels", "Statistics", "WorkingTime"]),
        // Floor 7
        room(
            "Redesign",
            [
                "EventLogs", "Indicators", "Instants", "ProcessModels", "Simulation", "Statistics", "WorkingTime",
                .product(name: "Yams", package: "Yams"),
            ]),
        // Floor 8
        room(
            "Reports",
            [
                "Conformance", "EventLogs", "Indicators", "Instants", "Performance", "ProcessModels", "Redesign", "Simulation",
                "Statistics", "WorkingTime",
            ]),
        // Floor 9
        room(
            "Workbench",
            [
                "ByteParsing", "Conformance", "Database", "Discovery", "EventLogs", "Indicators", "Instants", "LogFormats", "Performance",
                "ProcessModels", "Redesign", "Reports", "Simulation", "Statistics", "SyntheticLogs", "WorkingTime", "Workspaces",
                .product(name: "Crypto", package: "swift-crypto"), .product(name: "Yams", package: "Yams"),
            ]),
        // Floor 11
        .executableTarget(
            name: "weir",
            dependencies: [
                "ByteParsing", "Conformance", "Database", "Discovery", "EventLogs", "Indicators", "Instants", "LogFormats", "Performance",
                "ProcessModels", "Redesign", "Reports", "Simulation", "Statistics", "SyntheticLogs", "Workbench", "WorkingTime",
                "Workspaces",
                .product(name: "ArgumentParser", package: "swift-argument-parser"), .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict),
        // Tests
        .target(
            name: "TestSupport", dependencies: ["EventLogs", "Instants", "ProcessModels", "Statistics"], path: "Tests/TestSupport",
            swiftSettings: strict),
        tests("InstantsTests", ["Instants", "Statistics"]),
        tests("DatabaseTests", ["Database"]),
        tests("WorkspacesTests", ["Workspaces", "Database", "EventLogs", "Instants", "LogFormats", "Statistics", "SyntheticLogs"]),
        tests("LinearAlgebraTests", ["LinearAlgebra", "Statistics"]),
        tests("ByteParsingTests", ["ByteParsing", "CXML", "CZlib", "Instants", "Statistics"]),
        tests("StatisticsTests", ["Statistics", "LinearAlgebra"]),
        tests("EventLogsTests", ["EventLogs", "Instants", "Statistics", "WorkingTime"]),
        tests("WorkingTimeTests", ["WorkingTime", "Instants", "Statistics"]),
        tests("LogFormatsTests", ["LogFormats", "ByteParsing", "EventLogs", "Instants", "Statistics", "SyntheticLogs"]),
        tests("SyntheticLogsTests", ["SyntheticLogs", "LogFormats", "EventLogs"]),
        tests("ProcessModelsTests", ["ProcessModels", "ByteParsing", "EventLogs", "Instants", "Statistics"]),
        tests(
            "PerformanceTests",
            ["Performance", "ProcessModels", "SyntheticLogs", "EventLogs", "Instants", "LogFormats", "Statistics", "WorkingTime"]),
        tests("DiscoveryTests", ["Conformance", "Discovery", "EventLogs", "Instants", "LogFormats", "ProcessModels", "Statistics"]),
        tests(
            "ConformanceTests",
            ["Conformance", "EventLogs", "Instants", "LogFormats", "ProcessModels", "Statistics", "SyntheticLogs", "WorkingTime"]),
        tests(
            "IndicatorsTests",
            [
                "Indicators", "SyntheticLogs", "EventLogs", "Instants", "LinearAlgebra", "LogFormats", "Performance", "ProcessModels",
                "Statistics", "WorkingTime",
            ]),
        tests(
            "ReportsTests",
            [
                "Reports", "SyntheticLogs", "EventLogs", "Indicators", "Instants", "Performance", "ProcessModels", "Redesign", "Simulation",
                "Statistics",
            ]),
        tests(
            "RedesignTests",
            ["Redesign", "EventLogs", "Indicators", "Instants", "ProcessModels", "Simulation", "Statistics", "WorkingTime"]),
        tests(
            "WorkbenchTests", ["Workbench", "Conformance", "EventLogs", "Indicators", "Instants", "LogFormats", "ProcessModels", "Reports"]),
        tests(
            "SimulationTests",
            [
                "Simulation", "EventLogs", "Instants", "LogFormats", "Performance", "ProcessModels", "Statistics", "SyntheticLogs",
                "WorkingTime",
            ]),
        tests("OracleTests", ["LogFormats", "EventLogs", "Instants", "ProcessModels", "Performance", "Statistics"]),
        tests("EndToEndTests", ["weir"]),
        .testTarget(
            name: "FuzzTests", dependencies: ["weir", "Statistics", "TestSupport"], path: "Tests/Fuzz", exclude: ["Corpus", "Models"],
            swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)

// The benchmark suites, only where they are asked for (.ci/bench): nobody else fetches or builds their harness.
if ProcessInfo.processInfo.environment["WEIR_BENCHMARKS"] != nil {
    // Metrics, repetition and thresholds as files. Without its traits it replaces no allocator.
    package.dependencies.append(.package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []))
    package.targets += [
        .target(name: "BenchmarkSupport", path: "Tests/Benchmarks/Support", swiftSettings: strict),
        .target(name: "CEventLoop", path: "Tests/Benchmarks/CEventLoop", cSettings: [.unsafeFlags(["-O3"])]),
        .executableTarget(
            name: "SimulationBenchmarks",
            dependencies: [
                "BenchmarkSupport", "CEventLoop", "Simulation", "WorkingTime", .product(name: "Benchmark", package: "benchmark"),
            ],
            path: "Tests/Benchmarks/Simulation", swiftSettings: strict, plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
        .executableTarget(
            name: "IngestBenchmarks",
            dependencies: [
                "BenchmarkSupport", "ByteParsing", "CByteScan", "Database", "EventLogs", "LogFormats", "Workspaces",
                .product(name: "Benchmark", package: "benchmark"),
            ],
            path: "Tests/Benchmarks/Ingest", swiftSettings: strict, plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
        .executableTarget(
            name: "DiscoveryBenchmarks",
            dependencies: [
                "BenchmarkSupport", "Discovery", "EventLogs", "LogFormats", "ProcessModels",
                .product(name: "Benchmark", package: "benchmark"),
            ],
            path: "Tests/Benchmarks/Discovery", swiftSettings: strict, plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
        .executableTarget(
            name: "PerformanceBenchmarks",
            dependencies: [
                "BenchmarkSupport", "EventLogs", "Instants", "LogFormats", "Performance", "ProcessModels", "Statistics", "SyntheticLogs",
                "WorkingTime", .product(name: "Benchmark", package: "benchmark"),
            ],
            path: "Tests/Benchmarks/Performance", swiftSettings: strict,
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
        .executableTarget(
            name: "ConformanceBenchmarks",
            dependencies: [
                "BenchmarkSupport", "Conformance", "Discovery", "EventLogs", "LogFormats", "ProcessModels",
                .product(name: "Benchmark", package: "benchmark"),
            ],
            path: "Tests/Benchmarks/Conformance", swiftSettings: strict,
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
    ]
}
