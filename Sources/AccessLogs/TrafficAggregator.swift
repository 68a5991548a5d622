import Deprecations

/// Adds requests up by what they have in common.
///
/// The bytes that make a key are looked up as they stand in the log; texts are made of them once per key.
struct TrafficAggregator {
    /// How many keys are told apart in one reading; requests of further callers are added up without naming them.
    static let maximumKeys = 65_536

    fileprivate struct Entry {
        var raw: [UInt8]
        var key: TrafficKey
        var totals = TrafficTotals()
        var lastDay: CalendarDay?
        var lastDayCount = 0
        var lastStatus = -1
        var lastStatusCount = 0
    }

    private var entries: [Entry] = []
    private var indexes: [UInt64: Int] = [:]
    /// The entries of callers that are not told apart.
    private var others: [TrafficKey: Int] = [:]
    private let capacity: Int
    /// Whether there were more keys than are told apart.
    private(set) var hasOverflowed = false

    init(capacity: Int = maximumKeys) {
        self.capacity = capacity
    }

    /// Whether nothing was counted.
    var isEmpty: Bool { entries.isEmpty }

    /// Forgets everything.
    mutating func removeAll() {
        entries.removeAll(keepingCapacity: true)
        indexes.removeAll(keepingCapacity: true)
        others.removeAll()
        hasOverflowed = false
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
        while let index = indexes[slot] {
            if entries[index].raw == raw { return index }
            slot &+= 1
        }
        return nil
    }

    /// A place for the key that these bytes make, which have none.
    mutating func insert(_ key: TrafficKey, raw: [UInt8]) -> Int {
        guard entries.count < capacity else { return placeAmongOthers(key) }
        var slot = OperationSample.hash(of: raw.span)
        while indexes[slot] != nil { slot &+= 1 }
        indexes[slot] = entries.count
        entries.append(Entry(raw: raw, key: key))
        return entries.count - 1
    }

    private mutating func placeAmongOthers(_ key: TrafficKey) -> Int {
        hasOverflowed = true
        var key = key
        key.caller = Caller(name: TrafficAggregator.othersName, kind: .unknown)
        if let index = others[key] { return index }
        others[key] = entries.count
        entries.append(Entry(raw: [], key: key))
        return entries.count - 1
    }

    /// What was counted, by key.
    func traffic() -> [TrafficKey: TrafficTotals] {
        var result: [TrafficKey: TrafficTotals] = [:]
        for entry in entries {
            if result[entry.key] == nil {
                result[entry.key] = entry.flushed
            } else {
                result[entry.key]?.add(entry.flushed)
            }
        }
        return result
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
