package import Deprecations

extension AuditReport {
    /// The report in parts, one for each owner of a call site and one for what nobody is named for; sorted by owner, that
    /// one last.
    ///
    /// A part has the owner's call sites, and the requests that fit them as `CodeTraffic` has it; requests that fit code of
    /// several owners are in the part of each, those that fit none in the part of nobody. Rules, coverage and diagnostics are
    /// those of the whole; how the counts went is not known for a part.
    package var shares: [AuditReport] {
        let groups = Dictionary(grouping: callSites) { $0.owner }
        let owners = groups.keys.compactMap { $0 }.sorted()
        let concerned = ownersOfSenders
        var shares = owners.map { owner in
            share(.owner(owner), callSites: groups[owner] ?? []) { key in
                concerned[key]?.contains(owner) == true
            }
        }
        let unowned = share(.nobody, callSites: groups[nil] ?? []) { key in
            concerned[key]?.contains(nil) ?? true
        }
        if !unowned.callSites.isEmpty || !unowned.traffic.isEmpty { shares.append(unowned) }
        return shares
    }

    private func share(
        _ share: ReportShare, callSites: [ReportedCallSite], has: (TrafficKey) -> Bool
    ) -> AuditReport {
        var part = self
        part.hasBaseline = isCompared
        part.share = share
        part.callSites = callSites
        part.traffic = traffic.filter { has(Sender.key(of: $0)) }
        part.progress = []
        return part
    }

    /// Whose code each sender's requests fit; nothing where they fit none.
    private var ownersOfSenders: [TrafficKey: Set<String?>] {
        let joined = CodeTraffic(self, parts: ReportParts(callSites))
        return Dictionary(
            (joined?.matches ?? []).filter { !$0.candidates.isEmpty }.map { match in
                (match.sender.key, Set(match.candidates.flatMap(\.sites).map(\.owner)))
            }, uniquingKeysWith: { $0.union($1) })
    }
}

extension ReportShare {
    /// A file's name without its ending, for a part of a report: the owner's letters, digits, `-` and `.`, and a
    /// hyphen for all else.
    package var fileStem: String {
        switch self {
        case .nobody: return "unowned"
        case .owner(let owner):
            var stem = ""
            for byte in owner.utf8 {
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "."):
                    stem.unicodeScalars.append(Unicode.Scalar(byte))
                default: if stem.last != "-" { stem += "-" }
                }
            }
            let trimmed = stem.drop { $0 == "-" || $0 == "." }.prefix(100)
            return trimmed.isEmpty ? "owner" : String(trimmed)
        }
    }
}
