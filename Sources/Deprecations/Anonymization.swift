/// How much is kept of who sent a request.
public enum Anonymization: String, Hashable, Sendable, Codable, CaseIterable {
    /// Addresses and users as they stand in the log.
    case off = "none"
    /// Addresses cut to their network (/24, /48), users as keyed hashes: callers of one network are one.
    case prefix
    /// Addresses and users as keyed hashes: callers stay apart.
    case hash
}
