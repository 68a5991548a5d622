/// Which operations were asked for, and when: exact for small numbers, a bounded sample beyond.
public struct OperationSample: Hashable, Sendable {
    /// Nothing yet.
    public init() {}

    /// Adds what `other` knows.
    public mutating func add(_ other: OperationSample) {}
}
