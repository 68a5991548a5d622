import Foundation
import StandIn
import Synchronization
import Testing

@testable import OperationsClient

@Suite("Many operations at once")
struct PollingLoadTests {
    /// How many; `LASTCALL_OPERATIONS=10000 swift test --filter PollingLoadTests` for the whole measurement.
    private static let count =
        ProcessInfo.processInfo.environment["LASTCALL_OPERATIONS"].flatMap { Int($0) } ?? 200

    @Test(
        "no operation is lost to faults, no request is above the rate, and no Retry-After is undercut"
    )
    func many() async throws {
        let ids = (0..<Self.count).map { "op-\($0)" }
        let plan = FaultPlan(
            faults: [
                .reset, .halfHeaders, .tooManyRequests, .wrongLength, .serverFailure, .unavailable,
            ],
            every: 97)
        let lines = try await withStandIn({
            $0.operations = ids
            $0.faults = plan
            $0.requestsPerSecond = 250
        }) { base, log in
            try await withTestClient(of: base, clock: ContinuousClock()) {
                $0.requestInterval = .milliseconds(5)
            } _: { client in
                let ends = try await withThrowingTaskGroup(of: OperationStatus.self) { group in
                    for id in ids {
                        group.addTask { try await client.waitForCompletion(of: id).status }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(ends.count == ids.count)
                #expect(ends.allSatisfy { $0 == .completed })
            }
            return log.lines
        }
        #expect(lines.count > Self.count * 4)
        // The stand-in itself refuses what is above its rate: no refusal but those that were planned.
        let planned = (1...lines.count).count { number in
            number % plan.every == 0 && (number / plan.every - 1) % plan.faults.count == 2
        }
        #expect(lines.count { $0.status == 429 } == planned)
        var last: [String: AccessLogLine] = [:]
        var undercut = 0
        for line in lines.sorted(by: { $0.milliseconds < $1.milliseconds }) {
            if let before = last[line.target], let wait = before.retryAfter.flatMap({ Int64($0) }) {
                if line.milliseconds - before.milliseconds < wait * 1000 { undercut += 1 }
            }
            last[line.target] = line
        }
        #expect(undercut == 0)
    }
}
