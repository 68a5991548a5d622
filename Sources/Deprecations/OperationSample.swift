/// Which operations were asked for, and when: exact for small numbers, a bounded sample beyond.
///
/// Operations are known by a 64-bit hash of their id. Kept are the `maximumOperations` smallest
/// hashes, each with its number of requests and its earliest `maximumTimesPerOperation` times; times are
/// kept for the smallest hashes only, so that all of them are at most `maximumTimes`.
/// What is kept is a function of the multiset of what was recorded: `add` is commutative and
/// associative, and the order of recording does not matter.
///
/// Error: while `isExact`, none. Beyond, `distinct` is the estimate (k − 1) / (k-th smallest hash as a
/// fraction of all hashes), with a standard error of 1 / √(k − 2), 3.1 % for k = 1024; gaps are
/// those of a uniform sample of the operations. A sample that was `reduced` has a smaller k.
public struct OperationSample: Hashable, Sendable {
    /// How many operations are kept.
    public static let maximumOperations = 1024
    /// How many times are kept of one operation: the earliest, so that their gaps are whole.
    public static let maximumTimesPerOperation = 256
    /// How many times are kept in all.
    public static let maximumTimes = 4096

    /// An operation that is kept.
    struct Entry: Hashable, Sendable {
        var hash: UInt64
        var requests: Int
        /// In milliseconds since the epoch, ascending.
        var times: [Int64] = []
    }

    /// Ascending by hash.
    private(set) var entries: [Entry] = []
    /// Whether operations had to be left out.
    private(set) var hasOverflowed = false
    /// Operations from this hash on are kept without their times; nil where all have them.
    private(set) var untimedFrom: UInt64?
    private var keptTimes = 0

    /// Nothing yet.
    public init() {}

    /// How many different operations there are; an estimate where it is not exact.
    public var distinct: Int {
        guard hasOverflowed, let last = entries.last else { return entries.count }
        let fraction = (Double(last.hash) + 1) / 0x1p64
        return Int((Double(entries.count - 1) / fraction).rounded())
    }

    /// Whether no operation and no time was left out.
    public var isExact: Bool {
        !hasOverflowed && untimedFrom == nil
            && entries.allSatisfy { $0.times.count < Self.maximumTimesPerOperation }
    }

    /// How many operations were asked for at least twice; an estimate where it is not exact.
    public var askedRepeatedly: Int {
        let seen = entries.count { $0.requests > 1 }
        guard hasOverflowed, !entries.isEmpty else { return seen }
        return Int((Double(seen) / Double(entries.count) * Double(distinct)).rounded())
    }

    /// Milliseconds between successive requests for one operation, ascending, over all operations.
    public var gaps: [Int64] {
        var gaps: [Int64] = []
        for entry in entries where entry.times.count > 1 {
            for (earlier, later) in zip(entry.times, entry.times.dropFirst()) {
                gaps.append(later - earlier)
            }
        }
        return gaps.sorted()
    }

    /// Adds a request for the operation with this hash; `time` is nil where the log shows none.
    public mutating func record(_ operationHash: UInt64, at time: Timestamp?) {
        guard let index = place(for: operationHash) else { return }
        entries[index].requests += 1
        if let time { insert(time.milliseconds, at: index) }
        shedTimes()
    }

    /// Adds what `other` knows.
    public mutating func add(_ other: OperationSample) {
        guard !entries.isEmpty else {
            self = other
            return
        }
        // Beyond the last hash of a sample that left some out nothing is known of the sum.
        let limits = [self, other].filter(\.hasOverflowed).compactMap(\.entries.last?.hash)
        let limit = limits.min() ?? .max
        while let last = entries.last, last.hash > limit { dropLast() }
        if let bound = other.untimedFrom { dropTimes(from: bound) }
        hasOverflowed = false
        for entry in other.entries {
            guard entry.hash <= limit, let index = place(for: entry.hash) else { break }
            entries[index].requests += entry.requests
            for time in entry.times { insert(time, at: index) }
            shedTimes()
        }
        if !limits.isEmpty { hasOverflowed = true }
        forgetBoundBeyondEnd()
    }

    /// Keeps the `operations` smallest hashes alone, and at most so many times: less has to be stored, and the
    /// error grows.
    public mutating func reduce(to operations: Int, times: Int) {
        if entries.count > max(operations, 2) {
            while entries.count > max(operations, 2) { dropLast() }
            hasOverflowed = true
            forgetBoundBeyondEnd()
        }
        shedTimes(beyond: times)
    }

    /// How much is kept: operations and times.
    public var weight: Int { entries.count + keptTimes }

    /// The standard error of `distinct`, as a part of it; 0 where it is exact.
    public var relativeError: Double {
        hasOverflowed && entries.count > 2 ? 1 / Double(entries.count - 2).squareRoot() : 0
    }

    private mutating func dropLast() {
        keptTimes -= entries.removeLast().times.count
    }

    /// Where the entry of `hash` stands; it is made where it belongs to the smallest. Nil where not.
    private mutating func place(for hash: UInt64) -> Int? {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].hash < hash { low = middle + 1 } else { high = middle }
        }
        if low < entries.count, entries[low].hash == hash { return low }
        if low == Self.maximumOperations || (hasOverflowed && low == entries.count) {
            hasOverflowed = true
            return nil
        }
        entries.insert(Entry(hash: hash, requests: 0), at: low)
        if entries.count > Self.maximumOperations {
            dropLast()
            hasOverflowed = true
            forgetBoundBeyondEnd()
        }
        return low
    }

    private mutating func insert(_ time: Int64, at index: Int) {
        if let untimedFrom, entries[index].hash >= untimedFrom { return }
        let count = entries[index].times.count
        var place = count
        while place > 0, entries[index].times[place - 1] > time { place -= 1 }
        if count == Self.maximumTimesPerOperation {
            guard place < count else { return }
            entries[index].times.removeLast()
            keptTimes -= 1
        }
        entries[index].times.insert(time, at: place)
        keptTimes += 1
    }

    /// Drops the times of the largest hashes until there are few enough.
    private mutating func shedTimes(beyond limit: Int = maximumTimes) {
        while keptTimes > limit,
            let last = entries.lastIndex(where: { !$0.times.isEmpty })
        {
            dropTimes(from: entries[last].hash)
        }
    }

    private mutating func dropTimes(from bound: UInt64) {
        if let untimedFrom, untimedFrom <= bound { return }
        untimedFrom = bound
        for index in entries.indices.reversed() {
            guard entries[index].hash >= bound else { break }
            keptTimes -= entries[index].times.count
            entries[index].times = []
        }
    }

    /// A bound that no kept operation reaches says nothing, and would differ with the order of adding.
    private mutating func forgetBoundBeyondEnd() {
        if hasOverflowed, let bound = untimedFrom, let last = entries.last, bound > last.hash {
            untimedFrom = nil
        }
    }
}

extension OperationSample {
    /// A hash of an operation's id that stays the same over runs and versions of the tool.
    package static func hash(of id: Span<UInt8>) -> UInt64 {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(truncatingIfNeeded: id.count)
        var word: UInt64 = 0
        for index in id.indices {
            word = word << 8 | UInt64(id[index])
            if index & 7 == 7 {
                state = mixed(state ^ word)
                word = 0
            }
        }
        return mixed(mixed(state ^ word) &+ 0x9E37_79B9_7F4A_7C15)
    }

    /// The finaliser of SplitMix64: a bijection, every input bit reaching every output bit.
    private static func mixed(_ value: UInt64) -> UInt64 {
        var value = value
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}

extension OperationSample {
    /// The compact form that the store keeps: a version byte, then LEB128 numbers.
    public func encoded() -> [UInt8] {
        var writer = ByteWriter()
        writer.bytes.append(1)
        writer.append(hasOverflowed ? 1 : 0)
        writer.append(untimedFrom == nil ? 0 : 1)
        if let untimedFrom { writer.append(untimedFrom) }
        writer.append(UInt64(entries.count))
        var previousHash: UInt64 = 0
        for entry in entries {
            writer.append(entry.hash &- previousHash)
            previousHash = entry.hash
            writer.append(UInt64(entry.requests))
            writer.append(UInt64(entry.times.count))
            var previousTime: Int64 = 0
            for (index, time) in entry.times.enumerated() {
                // Only the first may be negative; the rest are gaps of an ascending list.
                let step = time &- previousTime
                writer.append(
                    index == 0
                        ? UInt64(bitPattern: (step << 1) ^ (step >> 63)) : UInt64(bitPattern: step))
                previousTime = time
            }
        }
        return writer.bytes
    }

    /// Reads what `encoded` writes; nil for anything else.
    public init?(encoded: [UInt8]) {
        guard encoded.first == 1 else { return nil }
        var reader = ByteReader(bytes: encoded, position: 1)
        guard let overflowed = reader.number(), overflowed <= 1, let hasBound = reader.number(),
            hasBound <= 1
        else { return nil }
        hasOverflowed = overflowed == 1
        if hasBound == 1 {
            guard let bound = reader.number() else { return nil }
            untimedFrom = bound
        }
        guard let count = reader.number(), count <= UInt64(Self.maximumOperations) else {
            return nil
        }
        entries.reserveCapacity(Int(count))
        for index in 0..<Int(count) {
            guard
                let entry = Entry(from: &reader, after: index == 0 ? nil : entries[index - 1].hash)
            else { return nil }
            if let untimedFrom, entry.hash >= untimedFrom, !entry.times.isEmpty { return nil }
            keptTimes += entry.times.count
            entries.append(entry)
        }
        guard keptTimes <= Self.maximumTimes, reader.isAtEnd else { return nil }
    }
}

extension OperationSample.Entry {
    fileprivate init?(from reader: inout ByteReader, after previous: UInt64?) {
        guard let step = reader.number(), let requests = reader.number(), requests > 0,
            requests <= UInt64(Int.max), let timeCount = reader.number(), timeCount <= requests,
            timeCount <= UInt64(OperationSample.maximumTimesPerOperation)
        else { return nil }
        let (hash, overflow) = (previous ?? 0).addingReportingOverflow(step)
        guard !overflow, previous == nil || step > 0 else { return nil }
        self.init(hash: hash, requests: Int(requests))
        times.reserveCapacity(Int(timeCount))
        for index in 0..<Int(timeCount) {
            guard let written = reader.number() else { return nil }
            if index == 0 {
                times.append(Int64(bitPattern: written >> 1) ^ -Int64(bitPattern: written & 1))
            } else {
                let (time, overflow) = times[index - 1].addingReportingOverflow(
                    Int64(bitPattern: written))
                guard !overflow, time >= times[index - 1] else { return nil }
                times.append(time)
            }
        }
    }
}

private struct ByteWriter {
    var bytes: [UInt8] = []

    mutating func append(_ number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}

private struct ByteReader {
    var bytes: [UInt8]
    var position: Int

    var isAtEnd: Bool { position == bytes.count }

    mutating func number() -> UInt64? {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while position < bytes.count, shift < 64 {
            let byte = bytes[position]
            position += 1
            if shift == 63, byte > 1 { return nil }
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
        return nil
    }
}
