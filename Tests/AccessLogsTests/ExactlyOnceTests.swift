import AccessLogs
import Deprecations
import Foundation
import TestSupport
import Testing

@Suite("Exactly once")
struct ExactlyOnceTests {
    private let reader: LogReader

    init() throws {
        reader = LogReader(rules: [try OperationsRule.rule()], gateways: [], callers: [])
    }

    @discardableResult
    private func scan(_ file: URL, into ledger: LogLedger) throws -> LogReading {
        let reading = try reader.read(file.path, known: ledger.known)
        #expect(ledger.save(reading))
        return reading
    }

    /// What one reading of the whole counts.
    private func expectSame(as text: String, _ ledger: LogLedger, in folder: URL) throws {
        let file = folder.appending(path: "whole")
        try Data(text.utf8).write(to: file)
        let whole = LogLedger()
        try scan(file, into: whole)
        #expect(ledger.counts == whole.counts)
        #expect(ledger.traffic == whole.traffic)
    }

    @Test("a log read again adds nothing", arguments: [1, 5, 40, 400, 20_000])
    func again(lines: Int) async throws {
        try await withTemporaryFolder { folder in
            var log = SampleLog(seed: 1)
            let text = log.lines(lines)
            let file = folder.appending(path: "access.log")
            try Data(text.utf8).write(to: file)
            let ledger = LogLedger()
            let first = try scan(file, into: ledger)
            #expect(first.counts.lines == lines)
            #expect(first.state == .complete)
            let second = try scan(file, into: ledger)
            #expect(second.counts.lines == 0)
            #expect(second.resumedFrom == second.checkpoint)
            #expect(ledger.streamCount == 1)
            try expectSame(as: text, ledger, in: folder)
        }
    }

    @Test("growth at any byte counts every line once", arguments: [UInt64](1...12))
    func growth(seed: UInt64) async throws {
        try await withTemporaryFolder { folder in
            var random = SeededGenerator(seed: seed)
            var log = SampleLog(seed: seed)
            let bytes = Array(log.lines(seed < 6 ? 30 : 900).utf8)
            let file = folder.appending(path: "access.log")
            let ledger = LogLedger()
            var end = 0
            while end < bytes.count {
                end = min(bytes.count, end + 1 + random.below(max(bytes.count / 6, 2)))
                try Data(bytes[..<end]).write(to: file)
                try scan(file, into: ledger)
                if random.below(2) == 0 { try scan(file, into: ledger) }
            }
            #expect(ledger.streamCount == 1)
            try expectSame(as: String(decoding: bytes, as: UTF8.self), ledger, in: folder)
        }
    }

    @Test(
        "rename, compression, copies and copies taken half-way count once", arguments: [30, 4000])
    func copies(lines: Int) async throws {
        try await withTemporaryFolder { folder in
            var log = SampleLog(seed: 3)
            let text = log.lines(lines)
            let data = Data(text.utf8)
            let file = folder.appending(path: "access.log")
            try data.write(to: file)
            let ledger = LogLedger()
            try scan(file, into: ledger)
            let packed = folder.appending(path: "access.log.2.gz")
            try gzipped(data, in: folder).write(to: packed)
            #expect(try scan(packed, into: ledger).counts.lines == 0)
            for fraction in [1, 2, 3, 5, 7, 9] {
                let half = folder.appending(path: "half-\(fraction)")
                try data.prefix(data.count * fraction / 10).write(to: half)
                let reading = try scan(half, into: ledger)
                #expect(reading.counts.lines == 0, "\(fraction)")
            }
            #expect(ledger.streamCount == 1)
            try expectSame(as: text, ledger, in: folder)
        }
    }

    @Test("a half-way copy that is read first is completed by the whole")
    func halfFirst() async throws {
        try await withTemporaryFolder { folder in
            var log = SampleLog(seed: 4)
            let text = log.lines(500)
            let data = Data(text.utf8)
            let ledger = LogLedger()
            for fraction in [3, 1, 8, 10, 5] {
                let file = folder.appending(path: "copy-\(fraction)")
                try data.prefix(data.count * fraction / 10).write(to: file)
                try scan(file, into: ledger)
            }
            #expect(ledger.streamCount == 1)
            try expectSame(as: text, ledger, in: folder)
        }
    }

    @Test("two logs that begin alike and differ later are two", arguments: [6, 60, 600])
    func alike(shared: Int) async throws {
        try await withTemporaryFolder { folder in
            var log = SampleLog(seed: 5)
            let begin = log.lines(shared)
            var one = SampleLog(seed: 6)
            var two = SampleLog(seed: 7)
            let texts = [begin + one.lines(60), begin + two.lines(40), begin + two.lines(90)]
            let ledger = LogLedger()
            var expected = 0
            for (index, text) in texts.enumerated() {
                let file = folder.appending(path: "log-\(index)")
                try Data(text.utf8).write(to: file)
                try scan(file, into: ledger)
                expected += text.split(separator: "\n").count
            }
            #expect(ledger.streamCount == 3)
            #expect(ledger.counts.lines == expected)
            for index in texts.indices {
                let again = try scan(folder.appending(path: "log-\(index)"), into: ledger)
                #expect(again.counts.lines == 0)
            }
        }
    }

    @Test("a log that was truncated and written anew is another stream")
    func rewritten() async throws {
        try await withTemporaryFolder { folder in
            var log = SampleLog(seed: 8)
            let file = folder.appending(path: "access.log")
            let ledger = LogLedger()
            let old = log.lines(200)
            let new = log.lines(350)
            try Data(old.utf8).write(to: file)
            try scan(file, into: ledger)
            try Data(new.utf8).write(to: file)
            let reading = try scan(file, into: ledger)
            #expect(reading.resumedFrom == nil)
            #expect(ledger.counts.lines == 550)
        }
    }

    @Test("an unterminated last line counts once, also when it is completed or read through a copy")
    func tail() async throws {
        try await withTemporaryFolder { folder in
            var log = SampleLog(seed: 9)
            let text = log.lines(20, rarity: 1)
            let data = Data(text.utf8)
            let ledger = LogLedger()
            let file = folder.appending(path: "access.log")
            try data.dropLast().write(to: file)
            let first = try scan(file, into: ledger)
            #expect(first.counts.matched == 19)
            #expect(first.tailCounts.matched == 1)
            #expect(ledger.requests == 20)
            try scan(file, into: ledger)
            let copy = folder.appending(path: "copy")
            try data.prefix(data.count - 30).write(to: copy)
            try scan(copy, into: ledger)
            #expect(ledger.requests == 20)
            try data.write(to: file)
            try scan(file, into: ledger)
            #expect(ledger.requests == 20)
            #expect(ledger.streamCount == 1)
        }
    }

    @Test("a reading that another process has overtaken is refused, and read again adds nothing")
    func race() async throws {
        try await withTemporaryFolder { folder in
            var log = SampleLog(seed: 10)
            let file = folder.appending(path: "access.log")
            try Data(log.lines(100).utf8).write(to: file)
            let ledger = LogLedger()
            let first = try reader.read(file.path, known: ledger.known)
            let second = try reader.read(file.path, known: ledger.known)
            #expect(ledger.save(first))
            #expect(!ledger.save(second))
            try scan(file, into: ledger)
            #expect(ledger.counts.lines == 100)
        }
    }

    @Test("equal lines in one log and in two logs are separate requests")
    func equalLines() async throws {
        try await withTemporaryFolder { folder in
            var log = SampleLog(seed: 11)
            let line = log.line(isMatch: true) + "\n"
            let ledger = LogLedger()
            for (name, text) in [("a", line + line + log.lines(3)), ("b", line + log.lines(4))] {
                let file = folder.appending(path: name)
                try Data(text.utf8).write(to: file)
                try scan(file, into: ledger)
            }
            #expect(ledger.counts.lines == 10)
            #expect(ledger.streamCount == 2)
        }
    }
}
