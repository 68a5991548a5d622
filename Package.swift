// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableExperimentalFeature("Lifetimes"),
]

/// A room of the house: what it may import of ours, and its one outside package.
func room(
    _ name: String, imports: [Target.Dependency] = [], outside: [Target.Dependency] = [],
    resources: [Resource]? = nil
) -> Target {
    .target(
        name: name, dependencies: imports + outside, resources: resources, swiftSettings: strict)
}

func tests(_ name: String, of rooms: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(
        name: name, dependencies: rooms + ["TestSupport"], exclude: exclude, swiftSettings: strict)
}

/// What client and server of HTTP have in common.
let sockets: [Target.Dependency] = [
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOHTTP1", package: "swift-nio"),
    .product(name: "NIOPosix", package: "swift-nio"),
    .product(name: "NIOSSL", package: "swift-nio-ssl"),
]

let package = Package(
    name: "lastcall",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "lastcall", targets: ["lastcall"]),
        .library(name: "OperationsClient", targets: ["OperationsClient"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    ],
    targets: [
        // Leaves
        .target(name: "CByteScan"),
        room("Deprecations"),
        room("ByteScan", imports: ["CByteScan"]),
        room("FileWalk"),
        room(
            "OperationsClient",
            outside: sockets + [
                .product(name: "AsyncHTTPClient", package: "async-http-client")
            ]),
        room(
            "StandIn",
            outside: sockets + [
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
            ]),
        // Subjects
        room(
            "RuleFiles", imports: ["Deprecations"],
            outside: [.product(name: "Yams", package: "Yams")],
            resources: [.embedInCode("Rules/workiva-operations.yaml")]),
        room("SourceScan", imports: ["Deprecations", "ByteScan"]),
        .systemLibrary(name: "CIsal", pkgConfig: "libisal", providers: [.apt(["libisal-dev"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
        .systemLibrary(name: "CBzip2", providers: [.apt(["libbz2-dev"])]),
        .systemLibrary(name: "CLzma", pkgConfig: "liblzma", providers: [.apt(["liblzma-dev"])]),
        .systemLibrary(name: "CLz4", pkgConfig: "liblz4", providers: [.apt(["liblz4-dev"])]),
        room(
            "AccessLogs", imports: ["Deprecations", "ByteScan"],
            outside: ["CIsal", "CZstd", "CBzip2", "CLzma", "CLz4"]),
        room(
            "AuditStore", imports: ["Deprecations"],
            outside: [.product(name: "GRDB", package: "GRDB.swift")]),
        room(
            "Reports", imports: ["Deprecations"],
            outside: [.product(name: "Mustache", package: "swift-mustache")]),
        // Pipeline
        room(
            "Audit",
            imports: [
                "Deprecations", "ByteScan", "FileWalk", "RuleFiles", "SourceScan", "AccessLogs",
                "AuditStore", "OperationsClient",
            ]),
        // Roof
        .executableTarget(
            name: "lastcall",
            dependencies: [
                "AccessLogs", "Audit", "Deprecations", "Reports", "StandIn",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),
        // Tests
        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
        tests("DeprecationsTests", of: ["Deprecations"]),
        tests("ByteScanTests", of: ["ByteScan"]),
        tests("FileWalkTests", of: ["FileWalk"]),
        tests("OperationsClientTests", of: ["OperationsClient", "StandIn"] + sockets),
        tests("StandInTests", of: ["StandIn"]),
        tests("RuleFilesTests", of: ["RuleFiles", "Deprecations"]),
        tests("SourceScanTests", of: ["SourceScan", "Deprecations", "ByteScan", "RuleFiles"]),
        tests(
            "AccessLogsTests",
            of: ["AccessLogs", "Deprecations", "CZstd", "CBzip2", "CLzma", "CLz4"]),
        tests("AuditStoreTests", of: ["AuditStore", "Deprecations"]),
        tests("ReportsTests", of: ["Reports", "Deprecations"], exclude: ["Golden"]),
        tests(
            "AuditTests",
            of: [
                "Audit", "AccessLogs", "Deprecations", "FileWalk", "OperationsClient", "RuleFiles",
            ]),
        tests("EndToEndTests", of: ["lastcall", "AuditStore"]),
    ]
)
