import AuditStore
import Deprecations
import TestSupport
import Testing

@Suite("Traffic")
struct TrafficTests {
    private let store: AuditStore

    init() throws {
        store = try AuditStore.inMemory()
    }

    /// Stores each part as what a log of its own brought.
    private func save(_ parts: [[Traffic]]) throws {
        try store.run { run, time in
            for (index, part) in parts.enumerated() {
                var reading = Sample.reading("\(index).log", of: "content \(index)", to: 300)
                reading.traffic = part
                let outcome = try store.save(reading, run: run, at: time)
                #expect(outcome == .saved)
            }
        }
    }

    @Test("traffic stored in parts is the traffic of the whole", arguments: [UInt64](1...8))
    func parts(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var whole: [TrafficKey: TrafficTotals] = [:]
        var parts: [[Traffic]] = []
        for _ in 0..<6 {
            var part: [TrafficKey: TrafficTotals] = [:]
            for _ in 0..<random.below(40) {
                part[random.key(), default: TrafficTotals()].add(random.totals())
            }
            parts.append(part.map { Traffic(key: $0.key, totals: $0.value) })
            for (key, totals) in part { whole[key, default: TrafficTotals()].add(totals) }
        }
        try save(parts)
        let stored = try store.sampleReport().traffic
        #expect(Dictionary(uniqueKeysWithValues: stored.map { ($0.key, $0.totals) }) == whole)
        let order = stored.map { ($0.key.usage.rawValue, -$0.totals.requests) }
        #expect(zip(order, order.dropFirst()).allSatisfy { $0 <= $1 })
    }

    @Test("nothing and an empty text are different callers")
    func absent() throws {
        var empty = Sample.key()
        empty.caller.user = ""
        empty.host = ""
        empty.apiVersion.value = ""
        let traffic = [Sample.key(), empty].map { Traffic(key: $0, totals: Sample.totals(2)) }
        try save([traffic, traffic])
        let stored = try store.sampleReport().traffic
        #expect(Set(stored.map(\.key)) == Set(traffic.map(\.key)))
        #expect(stored.map(\.totals.requests) == [4, 4])
    }

    @Test("a NUL character in a user agent does not cut it off")
    func nul() throws {
        var key = Sample.key()
        key.caller.userAgent = "a\0b"
        try save([
            [Traffic(key: key, totals: Sample.totals(2))],
            [Traffic(key: key, totals: Sample.totals(3))],
        ])
        let stored = try store.sampleReport().traffic
        #expect(stored.map(\.key.caller.userAgent) == ["a\u{2400}b"])
        #expect(stored.map(\.totals.requests) == [5])
    }

    @Test("a day that no calendar date can name counts as undated")
    func oddDay() throws {
        var totals = Sample.totals(3)
        totals.requests = 5
        totals.days[CalendarDay(daysSinceEpoch: 9_000_000)] = 2
        totals.lastSeen = Timestamp(seconds: 9_000_000 * 86_400)
        try save([[Traffic(key: Sample.key(), totals: totals)]])
        let stored = try #require(try store.sampleReport().traffic.first)
        #expect(stored.totals.undated == 2)
        #expect(stored.totals.days == Sample.totals(3).days)
        #expect(stored.totals.lastSeen == totals.lastSeen)
    }

    @Test("a reading whose traffic cannot be stored leaves no trace")
    func atomic() throws {
        try save([[Traffic(key: Sample.key(), totals: Sample.totals(2))]])
        let before = try store.sampleReport()
        var wrong = Sample.key()
        wrong.rule = "no-such-rule"
        var reading = Sample.reading("w.log", of: "W", to: 300, requests: 3)
        reading.traffic.append(Traffic(key: wrong, totals: Sample.totals(2)))
        let run = try store.beginRun(try Sample.record())
        #expect(throws: StoreError.self) {
            try store.save(reading, run: run, at: Sample.time(1))
        }
        #expect(try store.sampleReport() == before)
    }
}

/// Random traffic.
extension SeededGenerator {
    private mutating func text(_ choices: [String?]) -> String? {
        choices[below(choices.count)]
    }

    mutating func key() -> TrafficKey {
        let caller = Caller(
            name: text([nil, "billing"]), address: text([nil, "10.0.0.1", "2001:db8::1"]),
            user: text([nil, "", "ann"]), userAgent: text([nil, "curl/8", "it's \"odd\" 😀"]),
            client: text([nil, "curl"]), clientVersion: text([nil, "8"]),
            kind: CallerKind.allCases[below(CallerKind.allCases.count)])
        let classes = APIVersionClass.allCases.filter { $0 != .dynamic }
        return TrafficKey(
            rule: "workiva-get-operation", usage: Usage.allCases[below(2)], method: "GET",
            host: text([nil, "api.app.wdesk.com"]), caller: caller,
            apiVersion: APIVersionUse(
                versionClass: classes[below(classes.count)], value: text([nil, "2022-01-01"])))
    }

    mutating func totals() -> TrafficTotals {
        var totals = TrafficTotals()
        for _ in 0...below(20) {
            totals.requests += 1
            totals.statuses[[200, 404, 429, 0][below(4)], default: 0] += 1
            let isDated = below(5) > 0
            let time = Timestamp(milliseconds: Int64(below(4_000_000)) * 1_000_001 - 500_000)
            totals.operations.record(UInt64(below(9)), at: isDated ? time : nil)
            guard isDated else {
                totals.undated += 1
                continue
            }
            totals.days[time.day, default: 0] += 1
            totals.firstSeen = min(totals.firstSeen ?? time, time)
            totals.lastSeen = max(totals.lastSeen ?? time, time)
        }
        return totals
    }
}
