import AccessLogs
import Deprecations
import Foundation
import TestSupport
import Testing

@Suite("Packed logs")
struct PackingTests {
    private let reader: LogReader

    init() throws {
        reader = LogReader(rules: [try OperationsRule.rule()], gateways: [], callers: [])
    }

    private func readAll(_ data: Data, in folder: URL) throws -> [LogReading] {
        let file = folder.appending(path: "packed")
        try data.write(to: file)
        return try reader.readAll(file.path)
    }

    private func log(_ lines: Int, seed: UInt64 = 5) -> Data {
        var log = SampleLog(seed: seed)
        return Data(log.lines(lines).utf8)
    }

    @Test(
        "however a log is packed, it is read as what it was made of", arguments: Packing.allCases,
        [1, 300, 4000])
    func whole(packing: Packing, lines: Int) async throws {
        try await withTemporaryFolder { folder in
            let text = log(lines)
            let readings = try readAll(try packing.pack(text, in: folder), in: folder)
            let plain = try #require(try readAll(text, in: folder).first)
            let packed = try #require(readings.first)
            #expect(readings.count == (packing.isArchive ? 2 : 1))
            #expect(readings.allSatisfy { $0.state == .complete && $0.diagnostics.isEmpty })
            #expect(packed.counts == plain.counts)
            #expect(packed.counts.lines == lines)
            #expect(packed.traffic == plain.traffic)
            #expect(packed.checkpoint == plain.checkpoint)
            #expect((packed.compression == nil) == (packing == .plain))
        }
    }

    @Test(
        "the same content, packed in all ways, counts once in whatever order",
        arguments: [UInt64](1...6))
    func once(seed: UInt64) async throws {
        try await withTemporaryFolder { folder in
            var random = SeededGenerator(seed: seed)
            let text = log(200, seed: seed)
            let ledger = LogLedger()
            for packing in Packing.allCases.shuffled(using: &random) {
                let file = folder.appending(path: "access.\(packing.rawValue)")
                // Some hold only the begin: copies that were taken earlier.
                let end = random.below(3) == 0 ? text.count * 2 / 3 : text.count
                try packing.pack(text.prefix(end), in: folder).write(to: file)
                for reading in try reader.readAll(file.path, known: ledger.known) {
                    #expect(ledger.save(reading))
                }
            }
            let plain = LogLedger()
            for reading in try readAll(text, in: folder) { plain.save(reading) }
            #expect(ledger.counts == plain.counts)
            #expect(ledger.traffic == plain.traffic)
            #expect(ledger.streamCount == 1)
        }
    }

    @Test("one archive that has a log in it many times over counts it once")
    func onceInArchive() async throws {
        try await withTemporaryFolder { folder in
            let text = log(100)
            let other = log(40, seed: 77)
            let files = [
                TarFile(name: "a.log", data: text.prefix(text.count / 2)),
                TarFile(name: "b.log", data: text), TarFile(name: "other.log", data: other),
                TarFile(name: "c.log.gz", data: try gzipped(text, in: folder)),
                TarFile(name: "d.log", data: text),
                TarFile(name: "inner.zip", data: try Packing.zipDeflated.pack(text, in: folder)),
            ]
            let ledger = LogLedger()
            for reading in try readAll(TarFile.archive(files), in: folder) {
                #expect(reading.state == .complete)
                #expect(ledger.save(reading))
            }
            #expect(ledger.counts.lines == 140)
            #expect(ledger.streamCount == 2)
        }
    }

    @Test(
        "members of any compressions one after the other are one log, with what may stand between",
        arguments: [UInt64](1...12))
    func members(seed: UInt64) async throws {
        try await withTemporaryFolder { folder in
            var random = SeededGenerator(seed: seed)
            let text = log(400, seed: seed)
            let one = Packing.compressions[random.below(5)]
            var packed = Data()
            var start = 0
            while start < text.count {
                let end = min(text.count, start + 1 + random.below(text.count / 3))
                let packing = seed.isMultiple(of: 2) ? one : Packing.compressions[random.below(5)]
                packed += try packing.pack(text[start..<end], in: folder)
                packed += Data(count: random.below(3) * 4)
                if random.below(3) == 0 {
                    packed += Data([0x5A, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3])
                }
                start = end
            }
            let readings = try readAll(packed, in: folder)
            let plain = try readAll(text, in: folder)
            #expect(readings.map(\.state) == [.complete])
            #expect(readings.map(\.counts) == plain.map(\.counts))
            #expect(readings.map(\.checkpoint) == plain.map(\.checkpoint))
        }
    }

    @Test(
        "a skippable frame may come first, before whatever compression",
        arguments: Packing.compressions)
    func skippableFirst(packing: Packing) async throws {
        try await withTemporaryFolder { folder in
            let frame = Data([0x50, 0x2A, 0x4D, 0x18, 4, 0, 0, 0, 9, 9, 9, 9])
            let readings = try readAll(frame + packing.pack(log(9), in: folder), in: folder)
            #expect(readings.map(\.counts.lines) == [9])
            #expect(readings.map(\.state) == [.complete])
        }
    }

    @Test("a log compressed twice over is read, three times over refused")
    func layers() async throws {
        try await withTemporaryFolder { folder in
            let twice = zstandard(try gzipped(log(9), in: folder))
            let readings = try readAll(twice, in: folder)
            #expect(readings.map(\.counts.lines) == [9])
            #expect(readings.map(\.compression) == ["zstd+gzip"])
            let refused = try readAll(xzed(twice), in: folder)
            #expect(refused.map(\.state) == [.unreadable])
        }
    }

    @Test(
        "a cut at any byte is told, and no line before it is lost or counted that is not there",
        arguments: Packing.allCases.filter { $0 != .plain })
    func cutOff(packing: Packing) async throws {
        try await withTemporaryFolder { folder in
            let text = log(3)
            let whole = try packing.pack(text, in: folder)
            var last = 0
            for length in stride(from: 1, to: whole.count, by: packing.isArchive ? 7 : 1) {
                let readings = try readAll(whole.prefix(length), in: folder)
                let lines = readings.reduce(0) { $0 + $1.counts.lines }
                let isTold = readings.contains { !$0.diagnostics.isEmpty }
                let isPadding = lines == 3 && readings.allSatisfy { $0.state == .complete }
                // Less than its magic is no sign of what it was; tar's last blocks are zeros.
                #expect(isTold || isPadding && [.tar, .gzipInTar].contains(packing))
                if length > 30, !isPadding {
                    #expect(readings.contains { $0.state != .complete }, "\(length)")
                }
                #expect(lines <= 3)
                if length > 600 { #expect(lines >= last, "\(length)") }
                last = max(last, lines)
            }
        }
    }

    @Test(
        "a damaged byte anywhere changes nothing, or is told",
        arguments: Packing.allCases.filter { $0 != .plain })
    func damaged(packing: Packing) async throws {
        try await withTemporaryFolder { folder in
            var random = SeededGenerator(seed: 31)
            let text = log(3)
            let whole = try packing.pack(text, in: folder)
            let expected = try #require(try readAll(text, in: folder).first)
            // A file in a tar archive has no checksum, as it has none without one.
            let isPlainTar = packing == .tar
            // Behind a file in it stand zeros alone.
            for index in whole.indices
            where index < 512 || (!isPlainTar && (packing != .gzipInTar || whole[index] != 0)) {
                var damaged = whole
                damaged[index] ^= UInt8(1 + random.below(255))
                let readings = try readAll(damaged, in: folder)
                let isSame = readings.contains {
                    $0.counts == expected.counts && $0.traffic == expected.traffic
                }
                let isTold = readings.contains { !$0.diagnostics.isEmpty }
                #expect(isSame || isTold, "\(packing) \(index)")
            }
        }
    }

    @Test(
        "random bytes behind any magic neither trap nor pass for a log", arguments: Packing.allCases
    )
    func noise(packing: Packing) async throws {
        try await withTemporaryFolder { folder in
            var random = SeededGenerator(seed: 32)
            let whole = try packing.pack(log(3), in: folder)
            for _ in 0..<20 {
                let kept = random.below(min(40, whole.count))
                let noise = (0..<random.below(5000)).map { _ in
                    UInt8(truncatingIfNeeded: random.next())
                }
                let readings = try readAll(whole.prefix(kept) + noise, in: folder)
                #expect(readings.allSatisfy { $0.counts.matched == 0 })
            }
        }
    }

    @Test(
        "what cannot be read is named",
        arguments: [
            ("7z", [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, 0, 4]),
            ("RAR", Array("Rar!\u{1A}\u{7}\u{1}\u{0}".utf8)),
            ("compress", [0x1F, 0x9D, 0x90, 0x41]),
            ("lzma", [0x5D, 0, 0, 0x80, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]),
            ("old lz4", [0x02, 0x21, 0x4C, 0x18, 1]), ("lzip", Array("LZIP\u{1}".utf8)),
        ] as [(String, [UInt8])])
    func foreign(name: String, bytes: [UInt8]) async throws {
        try await withTemporaryFolder { folder in
            let readings = try readAll(Data(bytes), in: folder)
            #expect(readings.map(\.state) == [.unreadable])
            #expect(readings.first?.diagnostics.first?.message.contains(name) == true)
        }
    }

    @Test("a zstd window that would take more than 128 MiB is refused")
    func window() async throws {
        try await withTemporaryFolder { folder in
            // 2^28 bytes, and a last block of one byte.
            let frame = Data([0x28, 0xB5, 0x2F, 0xFD, 0, 18 << 3, 0x09, 0, 0, 0x41])
            let readings = try readAll(frame, in: folder)
            #expect(readings.map(\.state) == [.unreadable])
            #expect(readings.first?.diagnostics.first?.message.contains("128 MiB") == true)
            let allowed = Data([0x28, 0xB5, 0x2F, 0xFD, 0, 17 << 3, 0x09, 0, 0, 0x41])
            #expect(try readAll(allowed, in: folder).map(\.state) == [.complete])
        }
    }

    @Test(
        "what a compression's own tool refuses behind its data is damage",
        arguments: Packing.compressions)
    func garbage(packing: Packing) async throws {
        try await withTemporaryFolder { folder in
            let packed = try packing.pack(log(9), in: folder)
            let reading = try #require(
                try readAll(packed + Data("garbage".utf8), in: folder).first)
            let isIgnored = packing == .gzip || packing == .bzip2
            #expect(reading.counts.lines == 9)
            #expect(reading.state == (isIgnored ? .complete : .truncated))
            #expect(reading.diagnostics.map(\.severity) == [isIgnored ? .warning : .error])
            #expect(reading.diagnostics.first?.message.contains("byte \(packed.count)") == true)
        }
    }
}
