import Deprecations
import Testing

@Suite("Operation samples")
struct OperationSampleTests {
    private struct Request {
        var operation: UInt64
        var time: Timestamp?
    }

    private func requests(_ count: Int, operations: Int, seed: UInt64) -> [Request] {
        var state = seed
        func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 11
        }
        return (0..<count).map { _ in
            let id = Array(String(next() % UInt64(operations)).utf8)
            let time = Timestamp(milliseconds: Int64(next() % 10_000_000))
            return Request(
                operation: OperationSample.hash(of: id.span), time: next() % 9 == 0 ? nil : time)
        }
    }

    private func sample(_ requests: some Sequence<Request>) -> OperationSample {
        var sample = OperationSample()
        for request in requests { sample.record(request.operation, at: request.time) }
        return sample
    }

    @Test(
        "parts added in any order are the whole",
        arguments: [(100, 10), (3000, 40), (6000, 900), (20_000, 900), (30_000, 9000)])
    func adding(count: Int, operations: Int) {
        let all = requests(count, operations: operations, seed: UInt64(count + operations))
        let whole = sample(all)
        for parts in [2, 3, 7] {
            let pieces = (0..<parts).map { part in
                sample(all.indices.lazy.filter { $0 % parts == part }.map { all[$0] })
            }
            var forward = OperationSample()
            for piece in pieces { forward.add(piece) }
            var backward = OperationSample()
            for piece in pieces.reversed() { backward.add(piece) }
            #expect(forward == whole)
            #expect(backward == whole)
        }
        #expect(sample(all.reversed()) == whole)
    }

    @Test("up to 1024 operations are counted exactly")
    func exactCount() {
        var sample = OperationSample()
        for operation in 0..<1024 {
            let id = Array("operation-\(operation)".utf8)
            sample.record(OperationSample.hash(of: id.span), at: nil)
            sample.record(OperationSample.hash(of: id.span), at: nil)
        }
        #expect(sample.distinct == 1024)
        #expect(sample.askedRepeatedly == 1024)
        #expect(sample.isExact)
    }

    @Test("many operations are estimated within four standard errors", arguments: [5000, 100_000])
    func estimate(count: Int) {
        var sample = OperationSample()
        for operation in 0..<count {
            let id = Array("9f2c-\(operation)".utf8)
            sample.record(OperationSample.hash(of: id.span), at: nil)
        }
        #expect(!sample.isExact)
        #expect(abs(Double(sample.distinct) / Double(count) - 1) < 4 * 0.032)
        #expect(sample.encoded().count < 16_000)
    }

    @Test("gaps lie between successive requests for one operation")
    func gaps() {
        var sample = OperationSample()
        for (operation, second) in [(1, 10), (2, 11), (1, 13), (1, 12), (2, 20), (3, 50)] {
            sample.record(UInt64(operation), at: Timestamp(seconds: Int64(second)))
        }
        #expect(sample.gaps == [1000, 2000, 9000])
        #expect(sample.askedRepeatedly == 2)
    }

    @Test("what is written is read again", arguments: [0, 1, 50, 5000, 40_000])
    func encoding(count: Int) {
        let sample = sample(requests(count, operations: count / 4 + 1, seed: 7))
        let bytes = sample.encoded()
        #expect(OperationSample(encoded: bytes) == sample)
    }

    @Test("cut-off and changed bytes are refused or read as a sample, and never trap")
    func damagedEncoding() {
        let bytes = sample(requests(300, operations: 30, seed: 8)).encoded()
        for end in bytes.indices { #expect(OperationSample(encoded: Array(bytes[..<end])) == nil) }
        for index in bytes.indices {
            var changed = bytes
            changed[index] ^= UInt8(truncatingIfNeeded: index &* 37 | 1)
            if let read = OperationSample(encoded: changed) {
                var sum = read
                sum.add(read)
                #expect(sum.distinct >= 0)
            }
        }
        #expect(OperationSample(encoded: []) == nil)
    }
}

@Suite("Polling pace")
struct PollingPaceTests {
    private func totals(gaps: [Int64], statuses: [Int: Int] = [:]) -> TrafficTotals {
        var totals = TrafficTotals(requests: gaps.count + 1, statuses: statuses)
        var time: Int64 = 1_770_880_443_000
        totals.operations.record(1, at: Timestamp(milliseconds: time))
        for gap in gaps {
            time += gap
            totals.operations.record(1, at: Timestamp(milliseconds: time))
        }
        return totals
    }

    @Test("a median under a second is aggressive, a second or more is respectful")
    func median() {
        #expect(
            totals(gaps: [500, 400, 9000]).pace
                == PollingPace(
                    operationsPolled: 1, medianIntervalSeconds: 0.5, verdict: .aggressive))
        #expect(
            totals(gaps: [1000, 3000]).pace
                == PollingPace(
                    operationsPolled: 1, medianIntervalSeconds: 2, verdict: .respectful))
        #expect(totals(gaps: [1000]).pace.verdict == .respectful)
    }

    @Test("over a tenth of the answers 429 is aggressive, a tenth is not")
    func tooManyRequests() {
        let slow = [Int64](repeating: 5000, count: 9)
        #expect(totals(gaps: slow, statuses: [200: 9, 429: 1]).pace.verdict == .respectful)
        #expect(totals(gaps: slow, statuses: [200: 8, 429: 2]).pace.verdict == .aggressive)
    }

    @Test("nothing is known of who asked for no operation twice, or when")
    func unknown() {
        #expect(totals(gaps: []).pace == PollingPace(operationsPolled: 0, verdict: .unknown))
        var undated = TrafficTotals(requests: 2, statuses: [200: 2])
        undated.operations.record(1, at: nil)
        undated.operations.record(1, at: nil)
        #expect(undated.pace == PollingPace(operationsPolled: 1, verdict: .unknown))
    }
}
