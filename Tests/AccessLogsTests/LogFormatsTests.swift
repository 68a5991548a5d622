import AccessLogs
import Deprecations
import Testing

@Suite("Log formats")
struct LogFormatsTests {
    @Test(
        "every sample line of a format is one request of the operation", arguments: LogFormats.all)
    func samples(format: LogFormatDescription) throws {
        let reader = LogReader(rules: [try OperationsRule.rule()], gateways: [], callers: [])
        for sample in format.samples {
            let traffic = try reader.traffic(inSample: sample, format: format.name)
            #expect(traffic.count == 1, "\(sample)")
            let request = try #require(traffic.first, "\(sample)")
            #expect(request.key.usage == .deprecated)
            #expect(request.totals.requests == 1)
            // Some client libraries write the answer on a line of its own.
            let isAnswered = !sample.contains("--> ")
            #expect(request.totals.statuses == [isAnswered ? 200 : 0: 1], "\(sample)")
            #expect(
                request.totals.firstSeen?.description.hasPrefix("2026-02-12T0") == true, "\(sample)"
            )
            #expect(request.totals.operations.distinct == 1)
            let isOwn = format.name == "http-client"
            #expect((request.key.caller.address == nil) == isOwn, "\(sample)")
            #expect(!isOwn || request.key.caller.kind == .library, "\(sample)")
        }
    }
}
