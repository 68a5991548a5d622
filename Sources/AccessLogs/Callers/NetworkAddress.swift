/// An IPv4 or IPv6 address; an IPv4 address is kept as the IPv6 address that maps it.
struct NetworkAddress: Hashable, Sendable, CustomStringConvertible {
    private(set) var high: UInt64
    private(set) var low: UInt64

    private static let mappedPrefix: UInt64 = 0xFFFF_0000_0000

    /// Whether it is an IPv4 address.
    var isIPv4: Bool { high == 0 && low >> 32 == 0xFFFF }

    /// Parses an address with or without brackets, port and zone; nil where it is none.
    init?(_ text: some StringProtocol) {
        var bytes = Array(text.utf8)[...]
        if bytes.first == UInt8(ascii: "[") {
            guard let close = bytes.firstIndex(of: UInt8(ascii: "]")) else { return nil }
            bytes = bytes[(bytes.startIndex + 1)..<close]
        } else if bytes.count(where: { $0 == UInt8(ascii: ":") }) == 1 {
            bytes = bytes.prefix { $0 != UInt8(ascii: ":") }
        }
        bytes = bytes.prefix { $0 != UInt8(ascii: "%") }
        if bytes.contains(UInt8(ascii: ":")) {
            guard let groups = Self.groups(bytes) else { return nil }
            high = groups[0..<4].reduce(0) { $0 << 16 | UInt64($1) }
            low = groups[4..<8].reduce(0) { $0 << 16 | UInt64($1) }
        } else {
            guard let four = Self.dotted(bytes) else { return nil }
            high = 0
            low = Self.mappedPrefix | UInt64(four)
        }
    }

    private static func dotted(_ bytes: ArraySlice<UInt8>) -> UInt32? {
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var value: UInt32 = 0
        for part in parts {
            guard (1...3).contains(part.count),
                let number = UInt32(String(decoding: part, as: UTF8.self)), number < 256
            else { return nil }
            value = value << 8 | number
        }
        return value
    }

    /// The eight groups of an IPv6 address (RFC 4291, 2.2).
    private static func groups(_ bytes: ArraySlice<UInt8>) -> [UInt16]? {
        var head: [UInt16] = []
        var tail: [UInt16] = []
        var hasGap = false
        var parts = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)[...]
        if parts.count > 2, parts.first?.isEmpty == true, parts.dropFirst().first?.isEmpty == true {
            parts = parts.dropFirst()
        }
        if parts.count > 1, parts.last?.isEmpty == true, parts.dropLast().last?.isEmpty == true {
            parts = parts.dropLast()
        }
        for (index, part) in parts.enumerated() {
            if part.isEmpty {
                if hasGap { return nil }
                hasGap = true
                continue
            }
            var values: [UInt16]
            if part.contains(UInt8(ascii: ".")) {
                guard index == parts.count - 1, let four = dotted(part) else { return nil }
                values = [UInt16(four >> 16), UInt16(four & 0xFFFF)]
            } else {
                guard part.count <= 4,
                    let value = UInt16(String(decoding: part, as: UTF8.self), radix: 16)
                else { return nil }
                values = [value]
            }
            if hasGap { tail += values } else { head += values }
        }
        let missing = 8 - head.count - tail.count
        guard hasGap ? missing >= 1 : missing == 0 else { return nil }
        return head + [UInt16](repeating: 0, count: missing) + tail
    }

    /// The address with its first `bits` of 128 bits, and zeros behind them.
    func cut(to bits: Int) -> NetworkAddress {
        var cut = self
        if bits < 64 { cut.high &= bits == 0 ? 0 : ~(.max >> UInt64(bits)) }
        cut.low &= bits <= 64 ? 0 : bits >= 128 ? .max : ~(.max >> UInt64(bits - 64))
        return cut
    }

    /// Dotted, or as RFC 5952 wants it.
    var description: String {
        if isIPv4 {
            return [24, 16, 8, 0].map { String(low >> $0 & 0xFF) }.joined(separator: ".")
        }
        let groups = (0..<8).map { index -> UInt16 in
            let half = index < 4 ? high : low
            return UInt16(truncatingIfNeeded: half >> UInt64((3 - index % 4) * 16))
        }
        var longest = 0..<0
        var index = 0
        while index < 8 {
            var end = index
            while end < 8, groups[end] == 0 { end += 1 }
            if end - index > max(longest.count, 1) { longest = index..<end }
            index = max(end, index + 1)
        }
        let hex = groups.map { String($0, radix: 16) }
        guard !longest.isEmpty else { return hex.joined(separator: ":") }
        return hex[..<longest.lowerBound].joined(separator: ":") + "::"
            + hex[longest.upperBound...].joined(separator: ":")
    }
}

/// A range of addresses: `10.0.0.0/8`, `2001:db8::/32`, or one address.
struct AddressRange: Hashable, Sendable {
    private var base: NetworkAddress
    private var bits: Int

    /// Parses a range; nil where it is none.
    init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let base = NetworkAddress(parts[0]) else { return nil }
        self.base = base
        let width = base.isIPv4 ? 32 : 128
        var length = width
        if parts.count == 2 {
            guard let given = Int(parts[1]), (0...width).contains(given) else { return nil }
            length = given
        }
        bits = 128 - width + length
    }

    /// Whether the address is in the range.
    func contains(_ address: NetworkAddress) -> Bool {
        let highMask: UInt64 = bits >= 64 ? .max : bits == 0 ? 0 : ~(.max >> UInt64(bits))
        let lowMask: UInt64 = bits <= 64 ? 0 : bits == 128 ? .max : ~(.max >> UInt64(bits - 64))
        return (base.high ^ address.high) & highMask == 0 && (base.low ^ address.low) & lowMask == 0
    }

    /// Addresses of proxies, where nobody says which are to be trusted: those that no client on the
    /// internet has.
    static let privateRanges = [
        "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "169.254.0.0/16",
        "100.64.0.0/10", "::1/128", "fc00::/7", "fe80::/10",
    ].compactMap(AddressRange.init)
}
