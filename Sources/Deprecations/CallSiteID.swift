/// The name of a call site: `LC-` and eight hexadecimal digits, or sixteen where eight would collide.
///
/// It is made from what the call site says, not from where it stands, so that it survives moved lines.
public struct CallSiteID: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// As it is written.
    public let description: String

    /// Takes an id that was written before.
    public init(_ text: String) {
        description = text
    }

    /// Makes the id of the `ordinal`-th call site (from 0) that says `parts`.
    public init(parts: [String], ordinal: Int) {
        var hash = StableHash()
        for part in parts { hash.combine(part) }
        hash.combine(String(ordinal))
        let digits = String(hash.value, radix: 16)
        let full = String(repeating: "0", count: 16 - digits.count) + digits
        description = "LC-" + full.prefix(8)
    }

    /// Orders by text.
    public static func < (left: CallSiteID, right: CallSiteID) -> Bool {
        left.description < right.description
    }
}

extension CallSite {
    /// Gives every call site of one tree its id.
    ///
    /// Sites that say the same in the same file are told apart by their order in it.
    public static func assignIDs(to sites: inout [CallSite]) {
        let order = sites.indices.sorted {
            (sites[$0].path, sites[$0].line, sites[$0].column)
                < (sites[$1].path, sites[$1].line, sites[$1].column)
        }
        var seen: [[String]: Int] = [:]
        var taken: Set<CallSiteID> = []
        for index in order {
            let parts = sites[index].identity
            var ordinal = seen[parts, default: 0]
            var id = CallSiteID(parts: parts, ordinal: ordinal)
            while !taken.insert(id).inserted {
                ordinal += 1
                id = CallSiteID(parts: parts, ordinal: ordinal)
            }
            seen[parts] = ordinal + 1
            sites[index].id = id
        }
    }

    private var identity: [String] {
        [
            rule, usage.rawValue, kind.isCaller ? "caller" : kind.rawValue, path, symbol ?? "",
            method, url ?? "", client ?? "",
        ]
    }
}

/// A 64-bit hash that is the same on every machine and in every run (FNV-1a with a final mix).
public struct StableHash: Sendable {
    private var state: UInt64 = 0xCBF2_9CE4_8422_2325

    /// The hash of nothing.
    public init() {}

    /// Adds `text` and a separator, so that pieces cannot run into each other.
    public mutating func combine(_ text: String) {
        for byte in text.utf8 { combine(byte) }
        combine(0xFF as UInt8)
    }

    /// Adds one byte.
    public mutating func combine(_ byte: UInt8) {
        state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
    }

    /// The hash of all that was added.
    public var value: UInt64 {
        var mixed = state
        mixed = (mixed ^ (mixed >> 33)) &* 0xFF51_AFD7_ED55_8CCD
        mixed = (mixed ^ (mixed >> 33)) &* 0xC4CE_B9FE_1A85_EC53
        return mixed ^ (mixed >> 33)
    }
}
