import Deprecations

/// Adds requests up by what they have in common.
///
/// The bytes that make a key are looked up as they stand in the log; texts are made of them once. Different bytes
/// may make one key (a client's ports, for instance).
struct TrafficAggregator {
    fileprivate struct Entry {
        var key: TrafficKey
        var totals = TrafficTotals()
        var lastDay: CalendarDay?
        var lastDayCount = 0
        var lastStatus = -1
        var lastStatusCount = 0
    }

    private struct Spelling {
        var raw: [UInt8]
        var entry: Int
    }

    private var entries: [Entry] = []
    private var indexes: [TrafficKey: Int] = [:]
    private var spellings: [UInt64: Spelling] = [:]
    /// How many keys are told apart; requests of further callers are added up without naming them.
    let capacity: Int
    /// How many spellings of the keys are remembered; of further ones the key is made again each time.
    private var maximumSpellings: Int { 4 * capacity }
    /// Whether there were more keys than are told apart.
    private(set) var hasOverflowed = false

    init(capacity: Int) {
        self.capacity = capacity
    }

    /// Whether nothing was counted.
    var isEmpty: Bool { entries.isEmpty }

    /// Forgets everything.
    mutating func removeAll() {
        self = TrafficAggregator(capacity: capacity)
    }

    /// Counts a request of the key at `index`.
    mutating func count(at index: Int, status: Int, time: Timestamp?, operation: UInt64) {
        entries[index].totals.requests += 1
        entries[index].count(status: status)
        entries[index].count(time)
        entries[index].totals.operations.record(operation, at: time)
    }

    /// The place of the key that these bytes make; nil where they are seen for the first time.
    func index(of raw: [UInt8]) -> Int? {
        var slot = OperationSample.hash(of: raw.span)
        // Different bytes with one hash go to the slots behind it.
        while let spelling = spellings[slot] {
            if spelling.raw == raw { return spelling.entry }
            slot &+= 1
        }
        return nil
    }

    /// The place of `key`, which these bytes make.
    mutating func insert(_ key: TrafficKey, raw: [UInt8]) -> Int {
        let index = place(of: key)
        if spellings.count < maximumSpellings {
            var slot = OperationSample.hash(of: raw.span)
            while spellings[slot] != nil { slot &+= 1 }
            spellings[slot] = Spelling(raw: raw, entry: index)
        }
        return index
    }

    private mutating func place(of key: TrafficKey) -> Int {
        if let index = indexes[key] { return index }
        var key = key
        if indexes.count >= capacity {
            hasOverflowed = true
            key.caller = Caller(name: Self.othersName, kind: .unknown)
            key.apiVersion.value = nil
            if let index = indexes[key] { return index }
        }
        indexes[key] = entries.count
        entries.append(Entry(key: key))
        return entries.count - 1
    }

    /// What was counted, sorted by key.
    func sorted() -> [Traffic] {
        entries.map {
            (texts: $0.key.sortingTexts, traffic: Traffic(key: $0.key, totals: $0.flushed))
        }
        .sorted { $0.texts.lexicographicallyPrecedes($1.texts) }
        .map(\.traffic)
    }

    /// The name under which callers are added up that are too many to be told apart.
    static let othersName = "(other callers)"
}

extension TrafficAggregator.Entry {
    /// Successive requests mostly have one status and one day: only a change touches the dictionaries.
    fileprivate mutating func count(status: Int) {
        if status != lastStatus {
            flushStatus()
            lastStatus = status
        }
        lastStatusCount += 1
    }

    fileprivate mutating func count(_ time: Timestamp?) {
        guard let time else {
            totals.undated += 1
            return
        }
        let day = time.day
        if day != lastDay {
            flushDay()
            lastDay = day
        }
        lastDayCount += 1
        if totals.firstSeen.map({ time < $0 }) ?? true { totals.firstSeen = time }
        if totals.lastSeen.map({ time > $0 }) ?? true { totals.lastSeen = time }
    }

    private mutating func flushStatus() {
        if lastStatusCount > 0 { totals.statuses[lastStatus, default: 0] += lastStatusCount }
        lastStatusCount = 0
    }

    private mutating func flushDay() {
        if let lastDay, lastDayCount > 0 { totals.days[lastDay, default: 0] += lastDayCount }
        lastDayCount = 0
    }

    /// The totals with what was not yet put into the dictionaries.
    fileprivate var flushed: TrafficTotals {
        var copy = self
        copy.flushStatus()
        copy.flushDay()
        return copy.totals
    }
}

extension TrafficKey {
    fileprivate var sortingTexts: [String] {
        [
            rule, usage.rawValue, method, host ?? "", caller.address ?? "", caller.user ?? "",
            caller.userAgent ?? "", caller.name ?? "", apiVersion.versionClass.rawValue,
            apiVersion.value ?? "",
        ]
    }
}
