import Foundation
import NIOCore
import NIOPosix
import StandIn
import Synchronization

@testable import OperationsClient

/// A clock on which every wait is over at once, and the time has passed all the same.
final class SkippingClock: Clock, Sendable {
    struct Instant: InstantProtocol {
        var offset: Duration

        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    /// Shared by the tasks that wait.
    private let state = Mutex((now: Duration.zero, waits: [Duration]()))

    var now: Instant { Instant(offset: state.withLock(\.now)) }
    var minimumResolution: Duration { .nanoseconds(1) }
    /// Every wait so far.
    var waits: [Duration] { state.withLock(\.waits) }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        try Task.checkCancellation()
        state.withLock {
            $0.waits.append(deadline.offset - $0.now)
            $0.now = max($0.now, deadline.offset)
        }
        await Task.yield()
    }
}

/// The lines of a stand-in's log.
final class RequestLog: Sendable {
    private let held = Mutex<[AccessLogLine]>([])

    var lines: [AccessLogLine] { held.withLock { $0 } }
    func add(_ line: AccessLogLine) { held.withLock { $0.append(line) } }
}

/// The built-in rule's endpoint.
let operationsAPI = StandInAPI(
    path: "/platform/v1/operations/{operationId}", replacementPath: "/operations/{operationId}",
    versionHeader: "X-Version", deprecatedValues: ["2022-01-01"], replacementValue: "2026-01-01",
    deprecatedAt: 1_770_854_400, sunsetAt: 1_864_512_000,
    initiators: [
        .init(
            method: "POST", path: "/platform/v1/documents/{documentId}/export",
            replacementPath: "/documents/{documentId}/export")
    ])

/// Milliseconds since 1970.
func wallClock() -> Int64 { Int64(Date().timeIntervalSince1970 * 1000) }

/// Runs a stand-in while `body` runs.
@discardableResult
func withStandIn<Result: Sendable>(
    _ change: (inout StandInConfiguration) -> Void = { _ in }, tls: StandIn.TLSFiles? = nil,
    _ body: @escaping @Sendable (BaseURL, RequestLog) async throws -> Result
) async throws -> Result {
    var configuration = StandInConfiguration(api: operationsAPI, phase: .active)
    configuration.requestsPerSecond = 0
    change(&configuration)
    let log = RequestLog()
    let standIn = StandIn(configuration, tls: tls, now: wallClock, log: { log.add($0) })
    let (addresses, listening) = AsyncStream.makeStream(of: String.self)
    return try await withThrowingTaskGroup(of: Result?.self) { group in
        group.addTask {
            try await standIn.run { listening.yield($0) }
            return nil
        }
        group.addTask {
            var iterator = addresses.makeAsyncIterator()
            guard let address = await iterator.next() else { throw CancellationError() }
            return try await body(try BaseURL(address), log)
        }
        defer { group.cancelAll() }
        while let result = try await group.next() {
            if let result { return result }
        }
        throw CancellationError()
    }
}

/// A server that answers every request with the same bytes, and closes; an empty answer keeps the caller waiting.
@discardableResult
func withPlainServer<Result: Sendable>(
    answering bytes: [UInt8], keepingOpen: Bool = false,
    _ body: (BaseURL) async throws -> Result
) async throws -> Result {
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .serverChannelOption(ChannelOptions.socketOption(.so_reuseaddr), value: 1)
        .childChannelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandler(
                    SameAnswer(bytes: bytes, keepsOpen: keepingOpen))
            }
        }
        .bind(host: "127.0.0.1", port: 0).get()
    do {
        let result = try await body(
            try BaseURL("http://127.0.0.1:\(channel.localAddress?.port ?? 0)"))
        try await channel.close()
        return result
    } catch {
        try? await channel.close()
        throw error
    }
}

private final class SameAnswer: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let bytes: [UInt8]
    private let keepsOpen: Bool
    private var seen: [UInt8] = []

    init(bytes: [UInt8], keepsOpen: Bool) {
        self.bytes = bytes
        self.keepsOpen = keepsOpen
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        seen += unwrapInboundIn(data).readableBytesView
        guard seen.suffix(4).elementsEqual([13, 10, 13, 10]) else { return }
        seen = []
        if bytes.isEmpty { return }
        let channel = context.channel
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes))).assumeIsolated()
            .whenComplete { [keepsOpen] _ in
                if !keepsOpen { channel.close(promise: nil) }
            }
    }
}

/// A client of `base` that asks as fast as it may on a clock that skips its waits.
@discardableResult
func withTestClient<Result: Sendable>(
    of base: BaseURL, version: OperationsClient.Version = .v2026_01_01,
    credentials: Credentials? = nil,
    clock: some Clock<Duration> = SkippingClock(),
    _ change: (inout OperationsClient.Configuration) -> Void = { _ in },
    _ body: (OperationsClient) async throws -> Result
) async throws -> Result {
    var configuration = OperationsClient.Configuration(
        base: base, version: version,
        credentials: try credentials ?? .bearer(Secret("top-secret-token")))
    configuration.environment = [:]
    change(&configuration)
    let client = try OperationsClient(configuration, clock: clock, jitter: { 0.5 })
    do {
        let result = try await body(client)
        await client.shutdown()
        return result
    } catch {
        await client.shutdown()
        throw error
    }
}
