package import Deprecations

/// Makes of addresses and users what may be kept of them, before anything is stored.
package struct CallerPrivacy: Sendable {
    private let mode: Anonymization
    private let hash: KeyedHash

    /// The fewest bytes that a key may have.
    package static let shortestKey = 16

    /// With the key of the hashes.
    package init(_ mode: Anonymization, key: [UInt8]) {
        self.mode = mode
        hash = KeyedHash(key: key)
    }

    /// What tells this key from others, and tells nothing of it.
    package var keyCheck: String { Self.hexadecimal(hash.digest(of: Array("lastcall key".utf8))) }

    /// The caller without what says who it is. Its name, from the settings, stays.
    func hidden(_ caller: Caller) -> Caller {
        var caller = caller
        caller.user = caller.user.map { pseudonym("user", $0) }
        caller.address = caller.address.map(address)
        caller.userAgent = caller.userAgent.map(Self.withoutPeople)
        return caller
    }

    private func address(_ text: String) -> String {
        guard mode == .prefix else { return pseudonym("address", text) }
        // A host's name can be cut to nothing that is still of use.
        return NetworkAddress(text)?.network ?? pseudonym("address", text)
    }

    /// 64 bits of the hash: among a million callers two are taken for one with a chance of one in 30 million.
    private func pseudonym(_ kind: String, _ text: String) -> String {
        let digest = hash.digest(of: Array("\(kind)\n\(text)".utf8))
        return "\(kind)-\(Self.hexadecimal(digest.prefix(8)))"
    }

    private static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// A user agent may name whom to write to, and the machine it runs on.
    private static func withoutPeople(_ userAgent: String) -> String {
        let words = userAgent.split(separator: " ", omittingEmptySubsequences: false)
        guard words.contains(where: isPersonal) else { return userAgent }
        return words.map { isPersonal($0) ? "***" : String($0) }.joined(separator: " ")
    }

    private static func isPersonal(_ word: Substring) -> Bool {
        if word.contains("@") { return true }
        let inner = word.drop { "([;,+".contains($0) }.prefix { !")];,/".contains($0) }
        // A version may have four numbers; an address of ours has no program's name before it.
        return NetworkAddress(inner) != nil
    }
}

extension NetworkAddress {
    /// Its network: 24 bits of an IPv4 address, 48 of an IPv6 address.
    var network: String {
        isIPv4
            ? "\(cut(to: 96 + 24))/24" : "\(cut(to: 48))/48"
    }
}
