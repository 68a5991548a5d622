import AccessLogs
import Deprecations
import Foundation
import TestSupport
import Testing

@Suite("Surveying a log")
struct LogSurveyTests {
    private func survey(
        _ content: Data, name: String = "log", format: String? = nil, limit: Int = 1 << 30
    ) async throws -> LogSurveys {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: name)
            try content.write(to: file)
            return try LogFormats.survey(log: file.path, format: format, limit: limit)
        }
    }

    @Test("a format that changes far behind the begin is seen, with its line")
    func changes() async throws {
        var log = SampleLog(seed: 5)
        let first = log.lines(4000)
        let count = first.utf8.reduce(0) { $0 + ($1 == 0x0A ? 1 : 0) }
        let other =
            #"10.4.0.7 - - [12/Feb/2026:07:14:03 +0000] "GET /platform/v1/operations/9f2c HTTP/1.1" 200 311"#
        let text = first + "\n# comment\n" + other + "\n" + other
        let found = try #require(try await survey(Data(text.utf8)).logs.first)
        #expect(found.lines == count + 4)
        #expect(found.requests + found.others + found.unreadable == found.lines)
        let last = try #require(found.readings.last)
        #expect(last.format == "common" && last.lines == 2)
        #expect(last.range == count + 3...count + 4)
        #expect(last.gaps == [.host, .userAgent, .header("X-Version")])
        let short = try await survey(Data(text.utf8), limit: 1)
        #expect(short.logs.first?.isWhole == false)
    }

    @Test("columns that are named anew are another reading")
    func columns() async throws {
        let text = """
            #Fields: date time c-ip cs-method cs-uri-stem sc-status
            2026-02-12 07:14:03 10.4.0.7 GET /platform/v1/operations/9f2c 200
            #Fields: date time c-ip cs-method cs-uri-stem sc-status cs(X-Version)
            2026-02-12 07:14:03 10.4.0.7 GET /platform/v1/operations/9f2c 200 2022-01-01
            """
        let found = try #require(try await survey(Data(text.utf8)).logs.first)
        #expect(found.readings.map(\.range) == [2...2, 4...4])
        #expect(found.readings.map { $0.gaps.contains(.header("X-Version")) } == [true, false])
        #expect(found.others == 2)
    }

    @Test("what is packed is looked into, and what cannot be read is said")
    func packed() async throws {
        let text = LogFormats.all[0].samples[0] + "\n"
        let packed = try await withTemporaryFolder { folder in
            try gzipped(Data(text.utf8), in: folder)
        }
        let found = try #require(try await survey(packed, name: "log.gz").logs.first)
        #expect(found.compression == "gzip" && found.requests == 1)
        let cut = try await survey(packed.dropLast(6), name: "log.gz")
        #expect(cut.logs.first?.damage != nil || !cut.failures.isEmpty)
        let foreign = try await survey(Data([0x1F, 0x9D, 0x90] + [UInt8](repeating: 9, count: 60)))
        #expect(foreign.logs.isEmpty || foreign.logs[0].requests == 0)
    }

    @Test("every known format says what its samples record", arguments: LogFormats.all)
    func recording(format: LogFormatDescription) {
        let recording = format.recording
        if ["json", "w3c", "csv"].contains(format.name) {
            #expect(recording.versionHeader == .sometimes)
        } else {
            #expect(recording.versionHeader == .never)
        }
        #expect(recording.status != .never)
        #expect((recording.address == .never) == (format.name == "http-client"))
        let zoneless: Set = ["haproxy", "haproxy-https", "uwsgi", "http-client"]
        #expect((recording.timeZone == .never) == zoneless.contains(format.name))
    }
}
