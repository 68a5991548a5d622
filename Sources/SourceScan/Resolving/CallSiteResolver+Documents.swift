import Deprecations

/// A request that a document describes, with the lines of its file.
struct PlacedRequest: Sendable {
    var request: DocumentRequest
    var path: String
    var language: String
    var role: Role
    var places: LinePlaces
}

extension CallSiteResolver {
    /// Requests that collections, tasks, plans and API descriptions hold as data.
    mutating func resolveDocuments() {
        // A URL in a table that code reads is evidence of its reader.
        let read = Set(sites.flatMap(\.evidence).map(\.place))
        let before = sites.count
        let defaults = requests.filter { $0.request.kind == .defaults }
        for placed in requests where placed.request.kind != .defaults {
            let place = SourcePlace(
                path: placed.path, line: placed.places.line(of: placed.request.offset))
            if placed.request.client == nil, placed.request.kind == .call, read.contains(place) {
                continue
            }
            for url in [placed.request.url] + placed.request.alternatives {
                guard addDocumentSite(placed, url, defaults) else { continue }
                break
            }
        }
        // A variable that a request uses is evidence of the request.
        let used = Set(sites[before...].flatMap(\.evidence).map(\.place))
        sites.removeAll { site in
            site.kind == .definition
                && used.contains(SourcePlace(path: site.path, line: site.line))
        }
    }

    private mutating func addDocumentSite(
        _ placed: PlacedRequest, _ url: Template, _ defaults: [PlacedRequest]
    ) -> Bool {
        let request = placed.request
        let (template, steps) = filled(url, near: placed.path)
        let fitting = shapes.matches(template).filter {
            $0.usage == .deprecated || isProvider($0.host) || namesProvider($0)
        }
        guard var match = fitting.max(by: { rank($0) < rank($1) }) else { return false }
        if match.isPrefix, placed.language != "nginx" { return false }
        if let method = request.method, method != match.rule.endpoint.method { return true }
        let isKnown = isProvider(match.host) || evidence.shows(match.rule)
        if request.kind == .definition, !isKnown { return false }
        let version = version(of: placed, match.rule, defaults)
        if match.usage == .migrated, !isProvider(match.host) {
            // `{{wdesk_base}}/operations/{{id}}`: the version says which path the base ends with.
            guard isKnown else { return false }
            if version.versionClass != .pinnedCurrent { match.usage = .deprecated }
        }
        var site = site(placed, match, template)
        site.evidence += steps
        site.apiVersion = version
        add(site)
        return true
    }

    private func site(
        _ placed: PlacedRequest, _ match: EndpointShapes.Match, _ template: Template
    ) -> CallSite {
        let request = placed.request
        let (host, confidence) = certainty(of: match)
        var site = CallSite(
            id: CallSiteID(""), rule: match.rule.id, usage: match.usage,
            kind: kind(of: request.kind),
            confidence: confidence, root: root, path: placed.path,
            line: placed.places.line(of: request.offset),
            column: placed.places.column(of: request.offset),
            callLine: request.callOffset.map { placed.places.line(of: $0) },
            language: placed.language,
            client: request.client, role: placed.role, symbol: request.symbol,
            method: match.rule.endpoint.method,
            url: SecretMask.mask(template.description), host: host,
            apiVersion: APIVersionUse(versionClass: .implicit), halfMigrated: false,
            polling: request.inLoop
                ? PollingUse(
                    inLoop: true, retryAfter: request.honoursRetryAfter ? .honoured : .ignored)
                : PollingUse(inLoop: false, retryAfter: .notApplicable))
        site.evidence = request.evidence.map {
            Evidence(
                place: SourcePlace(path: placed.path, line: placed.places.line(of: $0.offset)),
                note: $0.note)
        }
        return site
    }

    /// Whether a base that is not known has a name that says whose it is.
    private func namesProvider(_ match: EndpointShapes.Match) -> Bool {
        guard case .unknown(let name) = match.host, match.rule.versionHeader != nil else {
            return false
        }
        let lower = name.lowercased()
        return match.rule.provider.words.contains { lower.contains($0.lowercased()) }
    }

    private func version(
        of placed: PlacedRequest, _ rule: Rule, _ defaults: [PlacedRequest]
    ) -> APIVersionUse {
        guard let header = rule.versionHeader else { return APIVersionUse(versionClass: .implicit) }
        if let (sent, source) = sentHeader(header, placed, defaults) {
            return use(of: sent, header, source)
        }
        return APIVersionUse(versionClass: placed.request.passesHeadersOn ? .dynamic : .implicit)
    }

    /// The request's own header, or that of the nearest folder around.
    private func sentHeader(
        _ header: VersionHeader, _ placed: PlacedRequest, _ defaults: [PlacedRequest]
    ) -> (DocumentRequest.Header, PlacedRequest)? {
        let name = header.name.lowercased()
        func last(_ request: PlacedRequest) -> (DocumentRequest.Header, PlacedRequest)? {
            request.request.headers.last { $0.name.lowercased() == name }.map { ($0, request) }
        }
        if let own = last(placed) { return own }
        func folder(_ path: String) -> Substring {
            path.lastIndex(of: "/").map { path[...$0] } ?? ""
        }
        let around = defaults.filter {
            $0.request.client == placed.request.client && placed.path.hasPrefix(folder($0.path))
        }
        // The nearest folder's comes first.
        return around.sorted { folder($0.path).utf8.count > folder($1.path).utf8.count }
            .lazy.compactMap(last).first
    }

    private func rank(_ match: EndpointShapes.Match) -> Int {
        (isProvider(match.host) ? 4 : 0) + (match.usage == .deprecated ? 1 : 0)
            + (match.isPrefix ? 0 : 2)
    }

    private func kind(of kind: DocumentRequestKind) -> Kind {
        switch kind {
        case .call: .call
        case .definition: .definition
        case .mock: .mock
        case .mention, .defaults: .mention
        }
    }

    private func use(
        of sent: DocumentRequest.Header, _ header: VersionHeader, _ placed: PlacedRequest
    ) -> APIVersionUse {
        let place = SourcePlace(path: placed.path, line: placed.places.line(of: sent.offset))
        let (value, steps) = filled(sent.value, near: placed.path)
        if let literal = value.literal {
            let plain = literal.trimmingSpaces
            guard !plain.isEmpty else { return APIVersionUse(versionClass: .implicit) }
            return APIVersionUse(
                versionClass: header.versionClass(of: plain), value: plain,
                evidence: steps.last?.place ?? place)
        }
        for case .hole(let hole) in value.pieces where hole.fallback != nil {
            return APIVersionUse(versionClass: .dynamic, value: hole.fallback, evidence: place)
        }
        return APIVersionUse(versionClass: .dynamic, evidence: place)
    }

    /// Of settings with one key and several values, the one whose folder the document shares most of.
    private func nearest(_ settings: [TreeFacts.Setting], to path: String) -> Folded? {
        let folders = path.split(separator: "/").dropLast()
        func shared(_ setting: TreeFacts.Setting) -> Int {
            zip(folders, setting.place.path.split(separator: "/").dropLast()).prefix { $0 == $1 }
                .count
        }
        guard let most = settings.map(shared).max(), most > 0 else { return nil }
        let near = settings.filter { shared($0) == most }
        guard let first = near.first, near.allSatisfy({ $0.value == first.value }) else {
            return nil
        }
        return Folded(
            first.value,
            [Evidence(place: first.place, note: "setting \(first.keys.joined(separator: "."))")])
    }

    /// Holes that the tree's settings fill.
    private func filled(_ template: Template, near path: String) -> (Template, [Evidence]) {
        var result = Template()
        var steps: [Evidence] = []
        for piece in template.pieces {
            guard case .hole(let hole) = piece, hole.fallback == nil, hole.name.utf8.count > 3,
                let value = folding.settingByPath(SettingLinks.path(hole.name), minimum: 1)
                    ?? nearest(facts.settings(for: SettingLinks.path(hole.name)), to: path),
                value.template.head.contains("/") || value.template.literal != nil
            else {
                result.append(piece)
                continue
            }
            result.append(value.template)
            steps += value.evidence
        }
        return (result, steps)
    }
}
