import Deprecations

/// Adds requests up by what they have in common.
///
/// The bytes that make a key are looked up as they stand in the log; texts are made of them once. Different bytes
/// may make one key (a client's ports, for instance).
///
/// What it holds is bounded by its owner, who looks now and then whether it `isFull`: it is `drain`ed then, and goes on
/// empty, or it is `freeze`d, and counts callers that it does not know together.
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
    /// Operations and times that the entries keep.
    private var weight = 0
    /// Callers beyond these entries are counted together.
    private var isFrozen = false
    /// Who these are.
    private(set) var furtherCallers: [FurtherCallers] = []
    /// How many keys are held at most, as a rule.
    let capacity: Int
    /// How many spellings of the keys are remembered; of further ones the key is made again each time.
    private var maximumSpellings: Int { 4 * capacity }

    /// Few keys are never drained, however much is kept of each.
    private static let fewKeys = 256
    /// About eight bytes each, and as much again for the arrays.
    private static let maximumWeight = 150_000

    init(capacity: Int) {
        self.capacity = capacity
    }

    /// Whether nothing was counted.
    var isEmpty: Bool { entries.isEmpty }

    /// Forgets everything.
    mutating func removeAll() {
        self = TrafficAggregator(capacity: capacity)
    }

    /// Whether it holds as much as it should.
    var isFull: Bool {
        if entries.count > Self.fewKeys, weight > Self.maximumWeight { return true }
        return entries.count >= capacity && !isFrozen
    }

    /// What was counted, sorted by key; then it is empty.
    mutating func drain() -> [Traffic] {
        let traffic = sorted()
        removeAll()
        return traffic
    }

    /// Tells no more callers apart than it knows by now, and keeps less of each.
    mutating func freeze() {
        isFrozen = true
        weight = 0
        for index in entries.indices {
            entries[index].totals.operations.reduce(to: 16, times: 16)
            weight += entries[index].totals.operations.weight
        }
    }

    /// Counts a request of the key at `index`.
    mutating func count(at index: Int, status: Int, time: Timestamp?, operation: UInt64) {
        entries[index].totals.requests += 1
        entries[index].count(status: status)
        entries[index].count(time)
        let before = entries[index].totals.operations.weight
        entries[index].totals.operations.record(operation, at: time)
        weight += entries[index].totals.operations.weight - before
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
        if isFrozen, key.caller != .others {
            note(key)
            key.caller = .others
            key.apiVersion.value = nil
            if let index = indexes[key] { return index }
        }
        indexes[key] = entries.count
        entries.append(Entry(key: key))
        return entries.count - 1
    }

    private mutating func note(_ key: TrafficKey) {
        let known = furtherCallers.firstIndex { $0.rule == key.rule && $0.usage == key.usage }
        if known == nil { furtherCallers.append(FurtherCallers(rule: key.rule, usage: key.usage)) }
        furtherCallers[known ?? furtherCallers.count - 1].add(key.caller)
    }

    /// What was counted, sorted by key.
    func sorted() -> [Traffic] {
        entries.indices
            .map { (texts: entries[$0].key.sortingTexts, index: $0) }
            .sorted { $0.texts.lexicographicallyPrecedes($1.texts) }
            .map { Traffic(key: entries[$0.index].key, totals: entries[$0.index].flushed) }
    }
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
