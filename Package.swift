// swift-tools-version: 6.2
import PackageDescription

// Three manifests in one, chosen by the environment, so that the inner loop stays short:
//   (nothing)            everything
//   TOCSIN_CORE_ONLY=1   the pure core and its tests; two small dependencies
//   TOCSIN_PURE_CORE=1   the core without the implicit concurrency module: `Task` and
//                        `ContinuousClock` do not exist, so purity is checked by the compiler
let pureCore = Context.environment["TOCSIN_PURE_CORE"] == "1"
let coreOnly = pureCore || Context.environment["TOCSIN_CORE_ONLY"] == "1"

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]
let core: [SwiftSetting] =
    strict + [.strictMemorySafety()]
    + (pureCore ? [.unsafeFlags(["-Xfrontend", "-disable-implicit-concurrency-module-import"])] : [])

let collections: Target.Dependency = .product(name: "OrderedCollections", package: "swift-collections")
let numerics: Target.Dependency = .product(name: "RealModule", package: "swift-numerics")

func coreTarget(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies + [collections, numerics], swiftSettings: core)
}

func testTarget(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies + ["TocsinTestKit"], swiftSettings: strict)
}

var products: [Product] = ["TocsinModel", "TocsinDecoders", "TocsinTracking", "TocsinForecast"]
    .map { .library(name: $0, targets: [$0]) }

var dependencies: [Package.Dependency] = [
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
]

var targets: [Target] = [
    coreTarget("TocsinModel"),
    coreTarget("TocsinDecoders", ["TocsinModel"]),
    coreTarget("TocsinTracking", ["TocsinModel"]),
    coreTarget("TocsinAreas", ["TocsinModel"]),
    coreTarget("TocsinForecast", ["TocsinModel"]),
    coreTarget("TocsinWarning", ["TocsinModel"]),
    coreTarget("TocsinDrill", ["TocsinModel"]),
    coreTarget(
        "TocsinPipeline",
        ["TocsinModel", "TocsinDecoders", "TocsinTracking", "TocsinForecast", "TocsinWarning"]),
    .target(name: "TocsinTestKit", dependencies: ["TocsinModel"], swiftSettings: strict),

    testTarget("TocsinModelTests", ["TocsinModel"]),
    testTarget("TocsinDecodersTests", ["TocsinModel", "TocsinDecoders"]),
    testTarget("TocsinTrackingTests", ["TocsinModel", "TocsinTracking", "TocsinDrill"]),
    testTarget("TocsinAreasTests", ["TocsinModel", "TocsinAreas"]),
    testTarget("TocsinForecastTests", ["TocsinModel", "TocsinForecast", "TocsinDrill"]),
    testTarget("TocsinWarningTests", ["TocsinModel", "TocsinWarning"]),
    testTarget("TocsinDrillTests", ["TocsinModel", "TocsinDrill"]),
    testTarget(
        "TocsinPipelineTests",
        ["TocsinModel", "TocsinPipeline", "TocsinForecast", "TocsinTracking", "TocsinWarning", "TocsinDrill"]),
    testTarget("ArchitectureTests", []),
]

if coreOnly && !pureCore {
    // Counts the instructions of kernels that are not public; see Benchmarks/guard.py.
    targets.append(
        .executableTarget(
            name: "KernelBenchmark", dependencies: ["TocsinTracking"],
            path: "Benchmarks/Sources/KernelBenchmark", swiftSettings: strict))
    targets.append(
        .executableTarget(
            name: "AreaBenchmark", dependencies: ["TocsinAreas"],
            path: "Benchmarks/Sources/AreaBenchmark", swiftSettings: strict))
    targets.append(
        .executableTarget(
            name: "ForecastBenchmark", dependencies: ["TocsinModel", "TocsinForecast"],
            path: "Benchmarks/Sources/ForecastBenchmark", swiftSettings: strict))
}

if !coreOnly {
    products.append(.executable(name: "tocsin", targets: ["tocsin"]))
    dependencies += [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/CoreOffice/XMLCoder", from: "0.18.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
    ]
    targets += [
        .target(
            name: "TocsinFormats",
            dependencies: [
                "TocsinModel", collections,
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "XMLCoder", package: "XMLCoder"),
            ], swiftSettings: strict),
        .target(
            name: "TocsinJournal",
            dependencies: [
                "TocsinModel", "TocsinFormats",
                .product(name: "Crypto", package: "swift-crypto"),
            ], swiftSettings: strict),
        .target(
            name: "TocsinFeeds",
            dependencies: [
                "TocsinModel", "TocsinDecoders",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ], swiftSettings: strict),
        .target(
            name: "TocsinServer",
            dependencies: [
                "TocsinModel", "TocsinAreas", "TocsinDecoders", "TocsinTracking", "TocsinForecast", "TocsinWarning",
                "TocsinDrill", "TocsinPipeline", "TocsinFormats", "TocsinJournal", "TocsinFeeds",
                collections,
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "Yams", package: "Yams"),
            ],
            resources: [.copy("Web")],
            swiftSettings: strict),
        .executableTarget(
            name: "tocsin",
            dependencies: [
                "TocsinModel", "TocsinAreas", "TocsinDecoders", "TocsinTracking", "TocsinForecast", "TocsinDrill",
                "TocsinPipeline", "TocsinFormats", "TocsinJournal", "TocsinServer",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ], swiftSettings: strict),

        testTarget("TocsinFormatsTests", ["TocsinModel", "TocsinAreas", "TocsinFormats"]),
        testTarget("TocsinJournalTests", ["TocsinModel", "TocsinFormats", "TocsinJournal"]),
        testTarget(
            "TocsinFeedsTests",
            [
                "TocsinModel", "TocsinDecoders", "TocsinFeeds",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
        testTarget(
            "TocsinServerTests",
            [
                "TocsinModel", "TocsinPipeline", "TocsinJournal", "TocsinServer",
                "TocsinForecast", "TocsinWarning", "TocsinTracking", "TocsinDrill",
            ]),
        testTarget(
            "TocsinHTTPTests",
            [
                "TocsinModel", "TocsinPipeline", "TocsinFormats", "TocsinJournal", "TocsinServer",
                "TocsinForecast", "TocsinWarning", "TocsinTracking",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
        testTarget("AcceptanceTests", ["TocsinModel"]),
    ]
}

let package = Package(
    name: "tocsin",
    products: products,
    dependencies: dependencies,
    targets: targets)
