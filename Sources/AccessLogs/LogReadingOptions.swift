package import Deprecations

/// How a log is to be read, where it does not say so itself.
package struct LogReadingOptions: Sendable {
    /// A known format's name, or a format string of a server; nil to detect it.
    package var format: String?
    /// The formats of a server's configuration, which are tried before the known ones.
    package var ownFormats: [ServerConfiguration.Format] = []
    /// The host that the requests of a log without one went to.
    package var host: String?
    /// The zone of times without one: `+02:00` or a name of the zone database; nil for UTC.
    package var timezone: String?
    /// Address ranges (CIDR) of proxies whose word on the client's address is taken; empty for the
    /// private and loopback ranges.
    package var trustedProxies: [String] = []
    /// How many callers and versions are held in memory at once; where there is no spill for more, the requests of
    /// further ones are counted together.
    package var maximumCallers: Int = 4096
    /// The days whose requests are asked for; those that the stream counted before count too.
    package var days: DayRanges = .all

    /// Takes each part as given.
    package init(
        format: String? = nil,
        host: String? = nil,
        timezone: String? = nil,
        trustedProxies: [String] = [],
        maximumCallers: Int = 4096,
        days: DayRanges = .all,
        ownFormats: [ServerConfiguration.Format] = []
    ) {
        self.format = format
        self.ownFormats = ownFormats
        self.host = host
        self.timezone = timezone
        self.trustedProxies = trustedProxies
        self.maximumCallers = maximumCallers
        self.days = days
    }
}

/// What is known of streams that were read before.
package struct KnownStreams: Sendable {
    /// The differing head lengths of all checkpoints.
    package var headLengths: @Sendable () throws -> [Int]
    /// The checkpoints with this head.
    package var checkpoints:
        @Sendable (_ headDigest: ContentDigest, _ headLength: Int) throws -> [LogCheckpoint]

    /// Takes each part as given.
    package init(
        headLengths: @escaping @Sendable () throws -> [Int],
        checkpoints: @escaping @Sendable (ContentDigest, Int) throws -> [LogCheckpoint]
    ) {
        self.headLengths = headLengths
        self.checkpoints = checkpoints
    }

    /// Nothing.
    package static var none: KnownStreams {
        KnownStreams(headLengths: { [] }, checkpoints: { _, _ in [] })
    }

    /// These, and what `readings`, which are not yet stored, have brought since.
    package func with(_ readings: [LogReading]) -> KnownStreams {
        let new = readings.filter { $0.checkpoint != $0.resumedFrom }
        let replaced = Set(new.compactMap(\.resumedFrom))
        let added = new.compactMap(\.checkpoint).filter { !replaced.contains($0) }
        guard !added.isEmpty else { return self }
        return KnownStreams(
            headLengths: { [self] in try headLengths() + added.map(\.headLength) },
            checkpoints: { [self] digest, length in
                try checkpoints(digest, length).filter { !replaced.contains($0) }
                    + added.filter { $0.headDigest == digest && $0.headLength == length }
            })
    }
}
