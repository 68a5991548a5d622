import AccessLogs
import Deprecations
import Testing

extension LogReader {
    /// The reading of a path that names one log.
    func read(
        _ path: String, options: LogReadingOptions = LogReadingOptions(),
        known: KnownStreams = .none, progress: (Int) -> Void = { _ in }
    ) throws -> LogReading {
        let all = try readAll(path, options: options, known: known, progress: progress)
        try #require(all.count == 1)
        return all[0]
    }

    /// The readings of all that a path names.
    func readAll(
        _ path: String, options: LogReadingOptions = LogReadingOptions(),
        known: KnownStreams = .none, progress: (Int) -> Void = { _ in }
    ) throws -> [LogReading] {
        var readings = try open(path, options: options)
        var all: [LogReading] = []
        while let next = try readings.next(known: known.with(all), progress: progress) {
            all.append(next)
        }
        return all
    }
}
