import Deprecations

/// Which calls of a rule are made: the combinations of path and version header.
enum CallPlan {
    /// The deprecated path without the header, with each deprecated value and with the replacement's; the replacement's path
    /// with its own value, and without. What cannot be told apart is made once.
    static func all(of rule: Rule, host: String) -> [VerifiedCall] {
        var calls = [call(rule, .deprecated, nil, host)]
        if let header = rule.versionHeader {
            let values = header.deprecatedValues + (header.replacementValue.map { [$0] } ?? [])
            calls += values.map { call(rule, .deprecated, $0, host) }
        }
        if let replacement = rule.replacement {
            let value = replacement.apiVersion ?? rule.versionHeader?.replacementValue
            if rule.versionHeader != nil, let value {
                calls.append(call(rule, .migrated, value, host))
            }
            calls.append(call(rule, .migrated, nil, host))
        }
        return calls
    }

    /// The calls that the last audit found in code and in traffic, and what of it cannot be made: a header that is chosen at
    /// run time, or that the log does not show.
    static func found(
        in report: AuditReport, rule: Rule, host: String
    ) -> (calls: [VerifiedCall], undecided: Int) {
        var uses: [(Usage, APIVersionUse)] = report.callSites.compactMap { entry in
            let site = entry.site
            guard site.rule == rule.id, entry.status != .resolved, site.kind.isCaller,
                site.confidence > .low
            else { return nil }
            return (site.usage, site.apiVersion)
        }
        uses += report.traffic.filter { $0.key.rule == rule.id }
            .map { ($0.key.usage, $0.key.apiVersion) }
        var calls: Set<VerifiedCall> = []
        var undecided = 0
        for (usage, use) in uses {
            switch (use.versionClass, use.value) {
            case (.implicit, _): calls.insert(call(rule, usage, nil, host))
            case (.unlogged, _), (_, nil): undecided += 1
            case (_, let value?): calls.insert(call(rule, usage, value, host))
            }
        }
        let order = all(of: rule, host: host)
        return (
            order.filter(calls.contains)
                + calls.subtracting(order).sorted { "\($0)" < "\($1)" }, undecided
        )
    }

    private static func call(
        _ rule: Rule, _ usage: Usage, _ value: String?, _ host: String
    ) -> VerifiedCall {
        let replacement = usage == .migrated ? rule.replacement : nil
        let use: APIVersionUse
        if let value {
            use = APIVersionUse(
                versionClass: rule.versionHeader?.versionClass(of: value) ?? .pinnedUnknown,
                value: value)
        } else {
            use = APIVersionUse(versionClass: .implicit)
        }
        return VerifiedCall(
            rule: rule.id, usage: usage, method: replacement?.method ?? rule.endpoint.method,
            host: host, path: (replacement?.path ?? rule.endpoint.path).description,
            apiVersion: use)
    }
}
