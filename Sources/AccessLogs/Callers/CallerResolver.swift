import Deprecations

/// Makes a caller of what a log line shows of it.
struct CallerResolver: Sendable {
    private struct Name: Sendable {
        var name: String
        var addresses: [AddressRange]
        var settings: Settings.CallerName
    }

    private let names: [Name]
    private let trusted: [AddressRange]
    private let privacy: CallerPrivacy?

    /// With the settings' names, the ranges of proxies whose forwarded lists are believed, and what hides who it was.
    init(
        names: [Settings.CallerName], trustedProxies: [String], privacy: CallerPrivacy? = nil
    ) {
        self.privacy = privacy
        self.names = names.map {
            Name(
                name: $0.name, addresses: $0.addresses.compactMap(AddressRange.init), settings: $0)
        }
        trusted =
            trustedProxies.isEmpty
            ? AddressRange.privateRanges : trustedProxies.compactMap(AddressRange.init)
    }

    /// The caller; empty texts and `-` are nothing.
    func caller(
        clientAddress: String, peer: String, forwardedFor: String, user: String, userAgent: String
    ) -> Caller {
        let address =
            Self.given(clientAddress).map(Self.address)
            ?? client(peer: Self.given(peer), forwardedFor: Self.given(forwardedFor))
        let user = Self.given(user).map(SecretMask.maskedUser)
        let agent = Self.given(userAgent).map { Self.shortened(SecretMask.masked($0)) }
        let facts = UserAgentFacts(agent)
        let caller = Caller(
            name: name(address: address, user: user, userAgent: agent), address: address,
            user: user,
            userAgent: agent, client: facts.client, clientVersion: facts.version, kind: facts.kind)
        return privacy?.hidden(caller) ?? caller
    }

    /// The first address of the way back to the client that is no trusted proxy; the last one of it where all are.
    private func client(peer: String?, forwardedFor: String?) -> String? {
        var way =
            forwardedFor?.split(separator: ",").compactMap { part -> String? in
                Self.given(String(part.drop(while: { $0 == " " }))).map(Self.address)
            } ?? []
        if let peer { way.append(Self.address(peer)) }
        for hop in way.reversed() {
            guard let address = NetworkAddress(hop),
                trusted.contains(where: { $0.contains(address) })
            else { return hop }
        }
        return way.first
    }

    /// The address without port and brackets, in its usual spelling; a host's name as it is.
    private static func address(_ text: String) -> String {
        let trimmed = text.filter { $0 != " " && $0 != "\"" }
        if let address = NetworkAddress(trimmed) { return address.description }
        let parts = trimmed.split(separator: ":")
        if parts.count == 2, Int(parts[1]) != nil { return String(parts[0]) }
        return trimmed
    }

    private func name(address: String?, user: String?, userAgent: String?) -> String? {
        let parsed = address.flatMap { NetworkAddress($0) }
        return names.first { entry in
            let settings = entry.settings
            if !settings.addresses.isEmpty {
                guard let parsed, entry.addresses.contains(where: { $0.contains(parsed) }) else {
                    return false
                }
            }
            if !settings.userAgents.isEmpty {
                guard let userAgent, settings.userAgents.contains(where: userAgent.hasPrefix) else {
                    return false
                }
            }
            if !settings.users.isEmpty {
                guard let user, settings.users.contains(user) else { return false }
            }
            return
                !(settings.addresses.isEmpty && settings.userAgents.isEmpty
                && settings.users.isEmpty)
        }?.name
    }

    private static func given(_ text: String) -> String? {
        text.isEmpty || text == "-" ? nil : text
    }

    /// At most 512 bytes, cut between characters.
    private static func shortened(_ text: String) -> String {
        guard text.utf8.count > 512 else { return text }
        var result = ""
        var count = 0
        for scalar in text.unicodeScalars {
            count += UTF8.width(scalar)
            if count > 512 { break }
            result.unicodeScalars.append(scalar)
        }
        return result
    }
}
