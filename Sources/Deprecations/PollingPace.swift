/// How fast a caller polls.
public struct PollingPace: Hashable, Sendable {
    /// Whether that is within the documented rate.
    public enum Verdict: String, Hashable, Sendable, Codable {
        /// A median of a second or more, and few answers 429.
        case respectful
        /// Under a second, or over a tenth of the answers 429.
        case aggressive
        /// No operation was asked for twice, or the log shows no times.
        case unknown
    }

    /// Operations that were asked for at least twice.
    public var operationsPolled: Int
    /// The median of all gaps between successive requests for one operation.
    public var medianIntervalSeconds: Double?
    /// Whether that is within the documented rate.
    public var verdict: Verdict

    /// Takes each part as given.
    public init(operationsPolled: Int, medianIntervalSeconds: Double? = nil, verdict: Verdict) {
        self.operationsPolled = operationsPolled
        self.medianIntervalSeconds = medianIntervalSeconds
        self.verdict = verdict
    }
}

extension TrafficTotals {
    /// How fast the caller asks again for an operation it has asked for before.
    public var pace: PollingPace {
        let polled = operations.askedRepeatedly
        let median = median(ofSorted: operations.gaps).map { $0 / 1000 }
        return PollingPace(
            operationsPolled: polled, medianIntervalSeconds: median,
            verdict: polled == 0 ? .unknown : verdict(median: median))
    }

    private func verdict(median: Double?) -> PollingPace.Verdict {
        if statuses[429, default: 0] * 10 > requests { return .aggressive }
        guard let median else { return .unknown }
        return median < 1 ? .aggressive : .respectful
    }
}

/// The middle value, or the mean of the two middle values; nil of nothing.
private func median(ofSorted values: [Int64]) -> Double? {
    guard !values.isEmpty else { return nil }
    let middle = values.count / 2
    if values.count % 2 == 1 { return Double(values[middle]) }
    return (Double(values[middle - 1]) + Double(values[middle])) / 2
}
