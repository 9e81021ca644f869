// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"), .enableUpcomingFeature("MemberImportVisibility"),
]

// Uses only the public libraries, as another program would. `python3 Benchmarks/run.py` runs everything.
let package = Package(
    name: "tocsin-benchmarks",
    dependencies: [.package(name: "tocsin", path: "..")],
    targets: [
        .executableTarget(
            name: "DecodeBenchmark",
            dependencies: [
                .product(name: "TocsinModel", package: "tocsin"), .product(name: "TocsinDecoders", package: "tocsin"),
            ], swiftSettings: settings),
        .executableTarget(
            name: "UpdateBenchmark",
            dependencies: [
                .product(name: "TocsinModel", package: "tocsin"), .product(name: "TocsinTracking", package: "tocsin"),
            ], swiftSettings: settings),
        .executableTarget(
            name: "TrackBenchmark",
            dependencies: [
                .product(name: "TocsinModel", package: "tocsin"), .product(name: "TocsinTracking", package: "tocsin"),
            ], swiftSettings: settings),
    ])
