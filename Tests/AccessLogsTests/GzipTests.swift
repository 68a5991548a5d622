import AccessLogs
import Deprecations
import Foundation
import TestSupport
import Testing

@Suite("Gzip")
struct GzipTests {
    private let reader: LogReader

    init() throws {
        reader = LogReader(rules: [try OperationsRule.rule()], gateways: [], callers: [])
    }

    private func read(_ data: Data, in folder: URL) throws -> LogReading {
        let file = folder.appending(path: "access.log.gz")
        try data.write(to: file)
        return try reader.read(file.path)
    }

    private func expectSame(_ packed: LogReading, as text: Data, in folder: URL) throws {
        let file = folder.appending(path: "access.log")
        try text.write(to: file)
        let plain = try reader.read(file.path)
        #expect(packed.counts == plain.counts)
        #expect(packed.tailCounts == plain.tailCounts)
        #expect(packed.traffic == plain.traffic)
        #expect(packed.tailTraffic == plain.tailTraffic)
        #expect(packed.checkpoint == plain.checkpoint)
        #expect(packed.format == plain.format)
        #expect(plain.compression == nil)
    }

    @Test("what gzip packed is read as what it was made of", arguments: [1, 300, 20_000])
    func whole(lines: Int) async throws {
        try await withTemporaryFolder { folder in
            var log = SampleLog(seed: 21)
            let text = Data(log.lines(lines).utf8)
            let reading = try read(try gzipped(text, in: folder), in: folder)
            #expect(reading.state == .complete)
            #expect(reading.compression == "gzip")
            #expect(reading.diagnostics.isEmpty)
            #expect(reading.counts.lines == lines)
            try expectSame(reading, as: text, in: folder)
        }
    }

    @Test(
        "members one after the other are one log, wherever the lines were cut",
        arguments: [UInt64](1...6))
    func members(seed: UInt64) async throws {
        try await withTemporaryFolder { folder in
            var random = SeededGenerator(seed: seed)
            var log = SampleLog(seed: seed)
            let text = Data(log.lines(400).utf8)
            var packed = Data()
            var start = 0
            while start < text.count {
                let end = min(text.count, start + random.below(text.count / 3))
                packed += try gzipped(text[start..<end], in: folder)
                start = end
            }
            // Tape archives pad with zeros.
            packed += Data(count: random.below(2) * 512)
            let reading = try read(packed, in: folder)
            #expect(reading.state == .complete)
            try expectSame(reading, as: text, in: folder)
        }
    }

    @Test("a log that grows by members counts every line once")
    func growth() async throws {
        try await withTemporaryFolder { folder in
            var log = SampleLog(seed: 22)
            let ledger = LogLedger()
            var packed = Data()
            var text = Data()
            for _ in 0..<5 {
                let part = Data(log.lines(70).utf8)
                text += part
                packed += try gzipped(part, in: folder)
                let file = folder.appending(path: "access.log.gz")
                try packed.write(to: file)
                #expect(ledger.save(try reader.read(file.path, known: ledger.known)))
            }
            #expect(ledger.counts.lines == 350)
            #expect(ledger.streamCount == 1)
        }
    }

    @Test("a file that ends too early is read up to there, and says at which byte")
    func truncated() async throws {
        try await withTemporaryFolder { folder in
            var log = SampleLog(seed: 23)
            let text = Data(log.lines(2000, rarity: 2).utf8)
            let packed = try gzipped(text, in: folder)
            var last = 0
            for length in stride(from: 200, to: packed.count, by: packed.count / 17) {
                let reading = try read(packed.prefix(length), in: folder)
                #expect(reading.state == .truncated)
                let error = try #require(reading.diagnostics.first { $0.severity == .error })
                #expect(error.message.contains("at byte \(length);"), "\(error.message)")
                #expect(error.message.contains("\(reading.counts.lines) lines"))
                let lines = reading.counts.lines + reading.tailCounts.lines
                #expect(lines >= last)
                last = lines
            }
            #expect(last > 1500)
        }
    }

    @Test("a truncated file that is completed later counts every line once")
    func completed() async throws {
        try await withTemporaryFolder { folder in
            var log = SampleLog(seed: 24)
            let packed = try gzipped(Data(log.lines(900, rarity: 1).utf8), in: folder)
            let ledger = LogLedger()
            for length in [packed.count / 3, packed.count / 2, packed.count - 1, packed.count] {
                let file = folder.appending(path: "access.log.gz")
                try packed.prefix(length).write(to: file)
                #expect(ledger.save(try reader.read(file.path, known: ledger.known)))
            }
            #expect(ledger.counts.matched == 900)
            #expect(ledger.requests == 900)
            #expect(ledger.streamCount == 1)
        }
    }

    @Test("a header without data is no log")
    func nothingBehindHeader() async throws {
        try await withTemporaryFolder { folder in
            let packed = try gzipped(Data("x".utf8), in: folder)
            let reading = try read(packed.prefix(12), in: folder)
            #expect(reading.state == .unreadable)
            #expect(reading.checkpoint == nil)
            #expect(reading.diagnostics.map(\.severity) == [.error])
        }
    }

    @Test("damaged data is told, and what lies before it counts", arguments: [UInt64](1...20))
    func damaged(seed: UInt64) async throws {
        try await withTemporaryFolder { folder in
            var random = SeededGenerator(seed: seed)
            var log = SampleLog(seed: seed)
            var packed = try gzipped(Data(log.lines(800).utf8), in: folder)
            packed[30 + random.below(packed.count - 30)] ^= UInt8(1 + random.below(255))
            let reading = try read(packed, in: folder)
            #expect(reading.state != .complete)
            #expect(reading.diagnostics.contains { $0.severity == .error })
        }
    }

    @Test("what follows the gzip data is ignored, and told where it begins")
    func garbage() async throws {
        try await withTemporaryFolder { folder in
            var log = SampleLog(seed: 25)
            let packed = try gzipped(Data(log.lines(50).utf8), in: folder)
            let reading = try read(packed + Data("garbage".utf8), in: folder)
            #expect(reading.state == .complete)
            #expect(reading.counts.lines == 50)
            #expect(reading.diagnostics.map(\.severity) == [.warning])
            #expect(reading.diagnostics.first?.message.contains("byte \(packed.count)") == true)
        }
    }
}
