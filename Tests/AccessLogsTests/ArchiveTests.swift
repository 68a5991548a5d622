import AccessLogs
import Deprecations
import Foundation
import TestSupport
import Testing

@Suite("Archives of logs")
struct ArchiveTests {
    private let reader: LogReader

    init() throws {
        reader = LogReader(rules: [try OperationsRule.rule()], gateways: [], callers: [])
    }

    private func readAll(_ data: Data, in folder: URL) throws -> [LogReading] {
        let file = folder.appending(path: "logs.archive")
        try data.write(to: file)
        return try reader.readAll(file.path)
    }

    /// The readings by what stands behind `!/` in their paths; the archive's own is called "".
    private func byName(_ readings: [LogReading]) -> [String: LogReading] {
        var result: [String: LogReading] = [:]
        for reading in readings {
            let name = reading.path.split(separator: "logs.archive").last.map(String.init) ?? ""
            result[name.hasPrefix("!/") ? String(name.dropFirst(2)) : ""] = reading
        }
        return result
    }

    private func log(_ lines: Int, seed: UInt64) -> Data {
        var log = SampleLog(seed: seed)
        return Data(log.lines(lines).utf8)
    }

    @Test(
        "each file of a tar archive is a log of its own; folders, links and hidden files are none")
    func tarFiles() async throws {
        try await withTemporaryFolder { folder in
            let data = log(30, seed: 1)
            let archive = TarFile.archive([
                TarFile(name: "var/log/", type: "5"), TarFile(name: "./var/log/a.log", data: data),
                TarFile(name: "link", type: "1", size: "00000001750"),
                TarFile(name: "link2", type: "2"),
                TarFile(name: "/abs/b.log", data: log(7, seed: 2)),
                TarFile(name: "var/.hidden", data: data),
                TarFile(name: "old.log", data: log(5, seed: 3), magic: ""),
                TarFile(name: "label", type: "V"), TarFile(name: "empty.log"),
            ])
            let readings = byName(try readAll(archive, in: folder))
            #expect(
                readings.mapValues(\.counts.lines) == [
                    "var/log/a.log": 30, "abs/b.log": 7, "old.log": 5, "empty.log": 0, "": 0,
                ])
            #expect(readings.values.allSatisfy { $0.state == .complete && $0.diagnostics.isEmpty })
        }
    }

    @Test("long names of GNU's and pax archives are read")
    func tarNames() async throws {
        try await withTemporaryFolder { folder in
            let long = String(repeating: "folder/", count: 60) + "access.log"
            let pax = "path=\(long)2\n"
            let record = "\(pax.utf8.count + 4) \(pax)"
            let archive = TarFile.archive([
                TarFile(
                    name: "././@LongLink", data: Data(long.utf8) + Data([0]), type: "L",
                    magic: "ustar  "),
                TarFile(name: "x", data: log(3, seed: 1), magic: "ustar  "),
                TarFile(name: "PaxHeaders/x", data: Data(record.utf8), type: "x"),
                TarFile(name: "x", data: log(4, seed: 2)),
            ])
            let readings = byName(try readAll(archive, in: folder))
            #expect(readings.mapValues(\.counts.lines) == [long: 3, long + "2": 4, "": 0])
        }
    }

    @Test(
        "what tar itself writes is read, in each of its formats",
        arguments: ["v7", "ustar", "gnu", "pax"])
    func realTar(format: String) async throws {
        try await withTemporaryFolder { folder in
            let name =
                format == "v7" ? "access.log" : String(repeating: "long/", count: 22) + "access.log"
            let file = folder.appending(path: "in/" + name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try log(200, seed: 6).write(to: file)
            let archive = folder.appending(path: "logs.archive")
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = [
                "tar", "--format=\(format)", "-czf", archive.path, "-C", folder.path, "in",
            ]
            process.standardError = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            // Not every tar knows every format.
            guard process.terminationStatus == 0 else { return }
            let readings = byName(try reader.readAll(archive.path))
            #expect(readings.mapValues(\.counts.lines) == ["in/" + name: 200, "": 0])
            #expect(readings.values.allSatisfy { $0.state == .complete })
        }
    }

    @Test("files that are no logs, or are stored with holes, are named, and the others counted")
    func tarOthers() async throws {
        try await withTemporaryFolder { folder in
            let archive = TarFile.archive([
                TarFile(name: "a.bin", data: Data([1, 0, 2, 0, 3, 0])),
                TarFile(name: "holes", data: Data(count: 700), type: "S", magic: "ustar  "),
                TarFile(
                    name: "bad.gz",
                    data: Data([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0xFF, 0xFF, 0xFF])),
                TarFile(name: "b.log", data: log(8, seed: 2)),
            ])
            let readings = byName(try readAll(archive, in: folder))
            #expect(readings["b.log"]?.counts.lines == 8)
            for name in ["a.bin", "holes", "bad.gz"] {
                #expect(readings[name]?.state == .unreadable, "\(name)")
                #expect(readings[name]?.diagnostics.map(\.severity) == [.error])
            }
            #expect(readings[""]?.state == .complete)
        }
    }

    @Test("a tar archive that breaks off says so for the file and for itself, each with the byte")
    func tarCut() async throws {
        try await withTemporaryFolder { folder in
            let first = TarFile(name: "a.log", data: log(20, seed: 1)).bytes
            let second = TarFile(name: "b.log", data: log(20, seed: 2)).bytes
            let readings = byName(try readAll(first + second.prefix(1000), in: folder))
            #expect(readings["a.log"]?.state == .complete)
            #expect(readings["b.log"]?.state == .truncated)
            #expect(readings[""]?.state == .truncated)
            let message = try #require(readings["b.log"]?.diagnostics.first?.message)
            #expect(message.contains("at byte \(first.count + 1000) of "))
            #expect(
                readings[""]?.diagnostics.first?.message.contains("at byte \(first.count + 1000)")
                    == true)
        }
    }

    @Test("archives in archives are opened once, and refused the second time")
    func depth() async throws {
        try await withTemporaryFolder { folder in
            let inner = TarFile.archive([TarFile(name: "a.log", data: log(8, seed: 1))])
            let middle = TarFile.archive([
                TarFile(name: "inner.tar.gz", data: try gzipped(inner, in: folder)),
                TarFile(name: "b.log", data: log(4, seed: 2)),
            ])
            let readings = byName(try readAll(middle, in: folder))
            #expect(readings["inner.tar.gz!/a.log"]?.counts.lines == 8)
            #expect(readings["b.log"]?.counts.lines == 4)
            let outer = try ZipFile.archive([
                ZipFile("middle.tar", middle, deflated: true, in: folder)
            ])
            let refused = byName(try readAll(outer, in: folder))
            #expect(refused["middle.tar!/inner.tar.gz"]?.state == .unreadable)
            #expect(refused["middle.tar!/b.log"]?.counts.lines == 4)
        }
    }

    @Test(
        "zip entries are read whether their length stands before them, behind them or in zip64's field"
    )
    func zipEntries() async throws {
        try await withTemporaryFolder { folder in
            var files: [ZipFile] = []
            for (index, isDeflated) in [true, false].enumerated() {
                for place in 0..<4 {
                    let name = "\(index)-\(place).log"
                    let data = log(10 + place, seed: UInt64(index * 4 + place))
                    var file = try ZipFile(name, data, deflated: isDeflated, in: folder)
                    file.isDescribed = place > 1
                    file.isLarge = place % 2 == 1
                    files.append(file)
                }
            }
            files.append(try ZipFile("folder/", Data(), in: folder))
            let readings = byName(try readAll(ZipFile.archive(files), in: folder))
            #expect(readings.count == 9)
            #expect(readings.values.allSatisfy { $0.state == .complete && $0.diagnostics.isEmpty })
            for place in 0..<4 {
                #expect(readings["0-\(place).log"]?.counts.lines == 10 + place)
                #expect(readings["1-\(place).log"]?.counts.lines == 10 + place)
            }
        }
    }

    @Test("entries that are encrypted or packed otherwise are named, and the others counted")
    func zipOthers() async throws {
        try await withTemporaryFolder { folder in
            var secret = try ZipFile("secret.log", log(9, seed: 1), deflated: true, in: folder)
            secret.flags = 1
            var described = secret
            described.name = "described.log"
            described.isDescribed = true
            var imploded = try ZipFile("imploded.log", log(9, seed: 2), in: folder)
            imploded.method = 6
            var zstd = try ZipFile("zstd.log", zstandard(log(9, seed: 3)), in: folder)
            zstd.method = 93
            let plain = try ZipFile("plain.log", log(9, seed: 4), deflated: true, in: folder)
            let archive = ZipFile.archive([secret, described, imploded, zstd, plain])
            let readings = byName(try readAll(archive, in: folder))
            for name in ["secret.log", "described.log"] {
                #expect(readings[name]?.state == .unreadable)
                #expect(readings[name]?.diagnostics.first?.message.contains("encrypted") == true)
            }
            #expect(
                readings["imploded.log"]?.diagnostics.first?.message.contains("method 6") == true)
            #expect(readings["zstd.log"]?.counts.lines == 9)
            #expect(readings["plain.log"]?.counts.lines == 9)
            #expect(readings[""]?.state == .complete)
        }
    }

    @Test("a wrong checksum and a missing entry are told")
    func zipDamage() async throws {
        try await withTemporaryFolder { folder in
            var wrong = try ZipFile("a.log", log(9, seed: 1), deflated: true, in: folder)
            wrong.checksum ^= 1
            let right = try ZipFile("b.log", log(9, seed: 2), in: folder)
            let readings = byName(try readAll(ZipFile.archive([wrong, right]), in: folder))
            #expect(readings["a.log"]?.state == .truncated)
            #expect(readings["a.log"]?.diagnostics.first?.message.contains("checksum") == true)
            #expect(readings["b.log"]?.state == .complete)
            // Two archives, one behind the other, and something else.
            let other = try ZipFile("c.log", log(7, seed: 3), in: folder)
            let two = ZipFile.archive([right]) + ZipFile.archive([other])
            let both = byName(try readAll(two + Data("more".utf8), in: folder))
            #expect(both.mapValues(\.counts.lines) == ["b.log": 9, "c.log": 7, "": 0])
            let warning = try #require(both[""]?.diagnostics.first)
            #expect(warning.severity == .warning)
            #expect(warning.message.contains("from byte \(two.count) on"))
        }
    }

    @Test("progress comes to the bytes of the archive, with what was passed over")
    func progress() async throws {
        try await withTemporaryFolder { folder in
            let data = try gzipped(
                TarFile.archive([TarFile(name: "a.log", data: log(300, seed: 1))]), in: folder)
            let file = folder.appending(path: "logs.archive")
            try data.write(to: file)
            var bytes = 0
            let readings = try reader.readAll(file.path) { bytes += $0 }
            #expect(readings.count == 2)
            #expect(bytes == data.count)
        }
    }
}
