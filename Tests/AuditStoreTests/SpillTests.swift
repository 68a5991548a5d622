import Deprecations
import Foundation
import GRDB
import TestSupport
import Testing

@testable import AuditStore

@Suite("More callers than are held or told apart")
struct SpillTests {
    private let store: AuditStore

    init() throws {
        store = try AuditStore.inMemory()
    }

    private func traffic(_ numbers: some Sequence<Int>, requests: Int = 1) -> [Traffic] {
        numbers.map { number in
            var key = Sample.key()
            key.caller.address = "10.\(number >> 16).\(number >> 8 & 255).\(number & 255)"
            return Traffic(key: key, totals: Sample.totals(requests, from: Int64(number % 50)))
        }
    }

    @Test("what was spilled in parts is stored as if it had been handed over at once")
    func parts() throws {
        let whole = try AuditStore.inMemory()
        try whole.run { run, time in
            var reading = Sample.reading(to: 300, requests: 4)
            reading.traffic = traffic(0..<300, requests: 3)
            _ = try whole.save(reading, run: run, at: time)
        }
        try store.run { run, time in
            let (ticket, other) = (store.newSpillTicket(), store.newSpillTicket())
            try store.spill(traffic(0..<200), of: ticket)
            try store.spill(traffic(0..<300), of: other)
            try store.spill(traffic(100..<300), of: ticket)
            try store.spill(traffic(0..<100), of: ticket)
            try store.spill(traffic(200..<300), of: ticket)
            try store.discard(other)
            var reading = Sample.reading(to: 300, requests: 4)
            reading.traffic = traffic(0..<300)
            reading.spill = ticket
            _ = try store.save(reading, run: run, at: time)
        }
        let reports = [try whole.sampleReport().traffic, try store.sampleReport().traffic]
        #expect(reports[0].map(\.key) == reports[1].map(\.key))
        #expect(reports[0].map(\.totals.requests) == reports[1].map(\.totals.requests))
        #expect(reports[1].allSatisfy { $0.totals.requests == 3 && $0.totals.statuses == [200: 3] })
    }

    @Test(
        "beyond ten thousand callers the rest is counted together, its number estimated, those with most requests named"
    )
    func bound() throws {
        try store.run { run, time in
            let ticket = store.newSpillTicket()
            try store.spill(traffic(0..<14_000), of: ticket)
            try store.spill(traffic(13_000..<14_000, requests: 2), of: ticket)
            var reading = Sample.reading(to: 300)
            reading.spill = ticket
            _ = try store.save(reading, run: run, at: time)
        }
        let report = try store.sampleReport()
        #expect(report.traffic.count == 10_001)
        #expect(report.traffic.reduce(0) { $0 + $1.totals.requests } == 16_000)
        #expect(report.traffic.count { $0.totals.requests == 3 } == 1000)
        let others = report.traffic.first { $0.key.caller == .others }
        #expect(others?.totals.requests == 4000)
        let row = try store.queue.read { try $0.further() }
        let sample = try #require(row)
        #expect(abs(Double(sample.distinct) / 4000 - 1) < 4 * 0.032)
        #expect(
            report.diagnostics.contains {
                $0.message.contains("are counted together as (other callers)")
            })
        // Again with the same callers: nobody is another one now.
        try store.run(at: 1) { run, time in
            var reading = Sample.reading("b.log", of: "B", to: 300)
            reading.traffic = traffic(0..<14_000)
            _ = try store.save(reading, run: run, at: time)
        }
        #expect(try store.sampleReport().traffic.count == 10_001)
        #expect(try store.queue.read { try $0.further()?.distinct } == sample.distinct)
    }
}

extension Database {
    fileprivate func further() throws -> OperationSample? {
        try Data.fetchOne(self, sql: "SELECT sample FROM further_callers").flatMap {
            OperationSample(encoded: [UInt8]($0))
        }
    }
}
