import AccessLogs
import Deprecations
import Foundation
import TestSupport
import Testing

/// Logs of a busy machine: they grow, are rotated, packed, copied, cut off, begun anew and deleted, and are read
/// now and then. What was counted must be what a single reading of each log counts.
private struct LogLife {
    private struct File {
        var stream: Int
        var length: Int
        var isPacked: Bool
    }

    let folder: URL
    let reader: LogReader
    let ledger = LogLedger()
    var random: SeededGenerator
    private var logs: [SampleLog] = []
    private var contents: [[UInt8]] = []
    /// How much of each stream was ever read.
    private var lengthsRead: [Int] = []
    private var files: [String: File] = [:]
    private var names = 0

    init(seed: UInt64, folder: URL) throws {
        self.folder = folder
        random = SeededGenerator(seed: seed)
        reader = LogReader(rules: [try OperationsRule.rule()], gateways: [], callers: [])
        try begin("live")
    }

    /// One thing that happens to logs.
    mutating func step() throws {
        let name = files.keys.sorted()[random.below(files.count)]
        guard let file = files[name] else { return }
        switch random.below(10) {
        case 0, 1: try grow("live")
        case 2:
            let rotated = newName()
            try FileManager.default.moveItem(at: url("live"), to: url(rotated))
            files[rotated] = files.removeValue(forKey: "live")
            try begin("live")
        case 3, 4, 5:
            // A copy that ends in its first line has nothing yet by which it could be known.
            let first = (contents[file.stream].firstIndex(of: 0x0A) ?? 0) + 1
            guard file.length > first else { return }
            let isWhole = random.below(3) > 0
            let length = isWhole ? file.length : first + random.below(file.length - first)
            let isPacked = random.below(2) == 0
            try write(
                File(stream: file.stream, length: length, isPacked: isPacked), newName())
        case 6:
            if random.below(2) == 0 { try begin("live") }
        case 7:
            if name != "live" {
                try FileManager.default.removeItem(at: url(name))
                files[name] = nil
            }
        case 8: try read(name)
        default: try readAll()
        }
    }

    mutating func readAll() throws {
        for name in files.keys.shuffled(using: &random) { try read(name) }
    }

    /// What one reading of each stream counts, as far as it was ever read.
    func expected() throws -> LogLedger {
        let ledger = LogLedger()
        for (stream, length) in lengthsRead.enumerated() where length > 0 {
            let file = url("expected")
            try Data(contents[stream][..<length]).write(to: file)
            #expect(ledger.save(try reader.read(file.path)))
        }
        return ledger
    }

    private func url(_ name: String) -> URL { folder.appending(path: name) }

    private mutating func newName() -> String {
        names += 1
        return "log-\(names)"
    }

    /// A log of another stream takes the place of what was there.
    private mutating func begin(_ name: String) throws {
        logs.append(SampleLog(seed: random.next(), host: "10.\(100 + logs.count).0"))
        contents.append([])
        lengthsRead.append(0)
        files[name] = File(stream: logs.count - 1, length: 0, isPacked: false)
        try grow(name)
    }

    private mutating func grow(_ name: String) throws {
        guard var file = files[name] else { return }
        let lines = logs[file.stream].lines(1 + random.below(random.below(4) == 0 ? 300 : 6))
        contents[file.stream] += Array(lines.utf8)
        // Some of it may not yet have reached the disk, but more than was there before has.
        let held = random.below(3) == 0 ? random.below(lines.utf8.count - 12) : 0
        file.length = contents[file.stream].count - held
        try write(file, name)
    }

    private mutating func write(_ file: File, _ name: String) throws {
        let data = Data(contents[file.stream][..<file.length])
        try (file.isPacked ? gzipped(data, in: folder) : data).write(to: url(name))
        files[name] = file
    }

    private mutating func read(_ name: String) throws {
        guard let file = files[name] else { return }
        let reading = try reader.read(url(name).path, known: ledger.known)
        #expect(reading.state == .complete)
        #expect(ledger.save(reading))
        lengthsRead[file.stream] = max(lengthsRead[file.stream], file.length)
    }
}

@Suite("The life of logs")
struct LogLifeTests {
    @Test("whatever happens to logs, every line counts once", arguments: [UInt64](1...16))
    func life(seed: UInt64) async throws {
        try await withTemporaryFolder { folder in
            var life = try LogLife(seed: seed, folder: folder)
            for _ in 0..<50 { try life.step() }
            try life.readAll()
            let expected = try life.expected()
            #expect(life.ledger.counts == expected.counts)
            #expect(life.ledger.traffic == expected.traffic)
            #expect(life.ledger.streamCount == expected.streamCount)
        }
    }
}
