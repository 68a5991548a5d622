import AccessLogs
import Deprecations
import Synchronization
import Testing

/// A store in memory: it keeps what the readings bring, as the real one does.
final class LogLedger: Sendable {
    struct Stream {
        var checkpoint: LogCheckpoint
        var counts = LineCounts()
        var traffic: [TrafficKey: TrafficTotals] = [:]
        var tailCounts = LineCounts()
        var tailTraffic: [Traffic] = []
    }

    private let streams = Mutex<[Stream]>([])

    /// What the reader may ask.
    var known: KnownStreams {
        KnownStreams(
            headLengths: {
                Array(Set(self.streams.withLock { $0.map(\.checkpoint.headLength) }))
            },
            checkpoints: { digest, length in
                self.streams.withLock { streams in
                    streams.map(\.checkpoint).filter {
                        $0.headDigest == digest && $0.headLength == length
                    }
                }
            })
    }

    var streamCount: Int { streams.withLock { $0.count } }

    /// Takes a reading; false where another was faster.
    @discardableResult
    func save(_ reading: LogReading) -> Bool {
        guard let checkpoint = reading.checkpoint else { return true }
        return streams.withLock { streams in
            guard let earlier = reading.resumedFrom else {
                let isTaken = streams.contains {
                    $0.checkpoint.headDigest == checkpoint.headDigest
                        && $0.checkpoint.headLength == checkpoint.headLength
                        && $0.checkpoint.mayBeOneStream(with: checkpoint)
                }
                if isTaken { return false }
                streams.append(Stream(checkpoint: checkpoint))
                Self.add(reading, to: &streams[streams.count - 1])
                return true
            }
            guard let index = streams.firstIndex(where: { $0.checkpoint == earlier }) else {
                return false
            }
            if checkpoint != earlier { Self.add(reading, to: &streams[index]) }
            return true
        }
    }

    private static func add(_ reading: LogReading, to stream: inout Stream) {
        if let checkpoint = reading.checkpoint { stream.checkpoint = checkpoint }
        stream.counts.add(reading.counts)
        for traffic in reading.traffic {
            stream.traffic[traffic.key, default: TrafficTotals()].add(traffic.totals)
        }
        stream.tailCounts = reading.tailCounts
        stream.tailTraffic = reading.tailTraffic
    }

    /// All that was counted.
    var counts: LineCounts {
        streams.withLock { streams in
            streams.reduce(into: LineCounts()) {
                $0.add($1.counts)
                $0.add($1.tailCounts)
            }
        }
    }

    var traffic: [TrafficKey: TrafficTotals] {
        streams.withLock { streams in
            var result: [TrafficKey: TrafficTotals] = [:]
            for stream in streams {
                for (key, totals) in stream.traffic {
                    result[key, default: TrafficTotals()].add(totals)
                }
                for entry in stream.tailTraffic {
                    result[entry.key, default: TrafficTotals()].add(entry.totals)
                }
            }
            return result
        }
    }

    var requests: Int { traffic.values.reduce(0) { $0 + $1.requests } }
}
