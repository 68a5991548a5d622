import Deprecations

/// Which code may have sent which requests: what a log shows of a caller, compared with what the code shows of itself.
///
/// It is a guess with its reasons. Two programs may look alike, and a log may say little.
struct CodeTraffic {
    /// How many callers in traffic are compared, the busiest first.
    static let sendersCompared = 200

    /// What speaks for a piece of code, the strongest first.
    enum Reason: CaseIterable, Hashable {
        case name
        case client
        case version
        case polling
        case host

        var weight: Int {
            switch self {
            case .name: 8
            case .client: 4
            case .version, .polling: 2
            case .host: 1
            }
        }
    }

    /// The call sites of one file that fit a sender equally well.
    struct Candidate {
        var sites: [ReportedCallSite]
        var reasons: Set<Reason>

        var score: Int { reasons.reduce(0) { $0 + $1.weight } }
    }

    /// A sender, and the code that fits best; none where no code fits.
    struct Match {
        var sender: Sender
        var candidates: [Candidate]
    }

    /// Of the busiest senders, in falling number of requests.
    let matches: [Match]
    /// Callers in code that fit no sender.
    let unconfirmed: [ReportedCallSite]
    /// How many senders were not compared.
    let sendersLeftOut: Int
    private let senders: [ReportedCallSite: [Sender]]

    /// Nil where there is nothing to compare: no caller in code, or no request.
    init?(_ report: AuditReport, parts: ReportParts) {
        let senders = Sender.all(of: report.traffic)
        let callers = parts.callers.filter { $0.site.usage == .deprecated && $0.site.role.isRun }
        if senders.isEmpty || report.trees.isEmpty { return nil }
        let profiles = callers.map(CodeProfile.init)
        matches = senders.prefix(Self.sendersCompared).map { sender in
            Match(sender: sender, candidates: Self.best(profiles, for: sender))
        }
        sendersLeftOut = senders.count - matches.count
        var fitting: [ReportedCallSite: [Sender]] = [:]
        for match in matches {
            for site in match.candidates.flatMap(\.sites) {
                fitting[site, default: []].append(match.sender)
            }
        }
        self.senders = fitting
        // What a generated client sends is told by the calls of its methods.
        let isClientSeen = matches.contains {
            $0.sender.key.caller.kind == .sdk && !$0.candidates.isEmpty
        }
        // A program may be among the senders that were not compared.
        unconfirmed =
            sendersLeftOut > 0
            ? []
            : callers.filter { caller in
                fitting[caller] == nil && !(isClientSeen && caller.site.role == .generated)
            }
    }

    /// Whether requests were seen that fit the caller.
    func isConfirmed(_ caller: ReportedCallSite) -> Bool { senders[caller] != nil }

    /// The senders for which the caller is among the code that fits best, the busiest first.
    func senders(fitting caller: ReportedCallSite) -> [Sender] { senders[caller] ?? [] }

    private static func best(_ profiles: [CodeProfile], for sender: Sender) -> [Candidate] {
        var best: [Candidate] = []
        // Once for all the code that it is compared with.
        let names = sender.names
        for profile in profiles {
            guard let reasons = profile.reasons(for: sender, names: names) else { continue }
            let candidate = Candidate(sites: [profile.caller], reasons: reasons)
            if let score = best.first?.score, score > candidate.score { continue }
            if let score = best.first?.score, score < candidate.score { best = [] }
            if let last = best.last, last.reasons == reasons,
                last.sites.first?.file == profile.caller.file
            {
                best[best.count - 1].sites.append(profile.caller)
            } else {
                best.append(candidate)
            }
        }
        return best
    }
}

/// Requests that one program seems to have sent: those of one name (else of one address, user and user agent), with one
/// client, version header and host.
struct Sender {
    var key: TrafficKey
    var requests: Int
    var addresses: Set<String>
    var isPolling: Bool
    var lastDay: CalendarDay?

    /// What the requests of one sender have in common.
    static func key(of traffic: Traffic) -> TrafficKey {
        var key = traffic.key
        if key.caller.name != nil {
            key.caller.address = nil
            key.caller.clientVersion = nil
        }
        return key
    }

    /// Of requests to deprecated endpoints, in falling number of requests.
    static func all(of traffic: [Traffic]) -> [Sender] {
        var indices: [TrafficKey: Int] = [:]
        var senders: [Sender] = []
        for entry in traffic where entry.key.usage == .deprecated {
            let key = key(of: entry)
            let index: Int
            if let known = indices[key] {
                index = known
            } else {
                index = senders.count
                indices[key] = index
                senders.append(Sender(key: key, requests: 0, addresses: [], isPolling: false))
            }
            senders[index].requests += entry.totals.requests
            if let address = entry.key.caller.address { senders[index].addresses.insert(address) }
            if entry.totals.pace.operationsPolled > 0 { senders[index].isPolling = true }
            let last = [senders[index].lastDay, entry.totals.days.keys.max()].compactMap { $0 }
                .max()
            senders[index].lastDay = last
        }
        return senders.enumerated().sorted { left, right in
            (right.element.requests, left.offset) < (left.element.requests, right.offset)
        }.map(\.element)
    }

    /// The words by which it may be known in a tree: its name, its user, what its user agent calls itself.
    var names: Set<String> {
        let caller = key.caller
        let products = (caller.userAgent ?? "").split(separator: " ").prefix(3)
            .compactMap { $0.split(separator: "/").first.map(String.init) }
        return Set(([caller.name, caller.user].compactMap { $0 } + products).map(\.asName))
            .filter { $0.utf8.count >= 4 }
    }
}

extension Role {
    /// Whether what is in such a file may send what a log shows.
    fileprivate var isRun: Bool {
        switch self {
        case .production, .config, .ci, .generated, .vendored, .apiCollection, .docs, .example: true
        case .test: false
        }
    }
}

extension String {
    /// In lower case, with hyphens between the words.
    var asName: String {
        String(
            String.UnicodeScalarView(
                lowercased().unicodeScalars.map { $0 == "_" || $0 == " " || $0 == "." ? "-" : $0 }))
    }
}
