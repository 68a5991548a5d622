import Deprecations
import OperationsClient
import RuleFiles

/// Where live calls go and as what, checked before anything is sent.
struct VerifyPreparation: Sendable {
    /// The rule.
    var rule: Rule
    /// Where the API is.
    var base: BaseURL

    /// Reads what `options` name. Throws every mistake at once.
    init(_ options: VerifyOptions, _ preparation: Preparation) throws(AuditError) {
        var mistakes: [String] = []
        for id in options.operations
        where (try? OperationsClient.pathSegment(ofOperation: id)) == nil {
            mistakes.append(
                "'\(id.prefix(60))' is no operation's id: it is empty, too long, or has spaces or control characters"
            )
        }
        if options.operations.isEmpty { mistakes.append("name the id of an operation to ask for") }
        guard let rule = Self.rule(options.rule, among: preparation.rules, &mistakes) else {
            throw .unusable(mistakes)
        }
        for endpoint in [rule.endpoint.method, rule.replacement?.method ?? "GET"]
        where endpoint != "GET" {
            mistakes.append("rule '\(rule.id)': only GET is called, and this is \(endpoint)")
        }
        let base = Self.base(options, rule, preparation.settings.gateways, &mistakes)
        guard let base, mistakes.isEmpty else { throw .unusable(mistakes) }
        self.rule = rule
        self.base = base
    }

    private static func rule(
        _ id: String?, among rules: [Rule], _ mistakes: inout [String]
    ) -> Rule? {
        guard let id else {
            if let rule = rules.first { return rule }
            mistakes.append("there is no rule to verify")
            return nil
        }
        if let rule = rules.first(where: { $0.id == id }) { return rule }
        let hint =
            nearestWord(to: id, among: rules.map(\.id)).map { "did you mean '\($0)'?" }
            ?? "'lastcall rules list' lists them"
        mistakes.append("there is no rule '\(id)'; \(hint)")
        return nil
    }

    /// A token goes to the rule's hosts, to gateways of the settings and to this machine, and nowhere else.
    private static func base(
        _ options: VerifyOptions, _ rule: Rule, _ gateways: [Settings.Gateway],
        _ mistakes: inout [String]
    ) -> BaseURL? {
        let hosts = rule.endpoint.hosts
        let text: String
        switch (options.baseURL, options.region) {
        case (let url?, _): text = url
        case (nil, let region?):
            guard
                let host = hosts.first(where: { $0.note?.lowercased() == region.lowercased() })
            else {
                let names = hosts.filter { $0.kind == .production }.compactMap(\.note)
                mistakes.append(
                    "--region: there is no '\(region.prefix(60))' among the rule's hosts; there is: \(names.joined(separator: ", ").lowercased())"
                )
                return nil
            }
            text = "https://\(host.name)"
        case (nil, nil):
            guard let host = hosts.first else {
                mistakes.append("rule '\(rule.id)' names no host; '--base-url' does")
                return nil
            }
            text = "https://\(host.name)"
        }
        do throws(BaseURL.Mistake) {
            let base = try BaseURL(text)
            if base.isLoopback || hosts.contains(where: { $0.name == base.host }) { return base }
            let gateway = gateways.first {
                $0.host == base.host && ($0.rules.isEmpty || $0.rules.contains(rule.id))
            }
            if let gateway {
                if !base.pathPrefix.isEmpty || gateway.pathPrefix.isEmpty { return base }
                return try BaseURL(base.description + gateway.pathPrefix)
            }
            mistakes.append(
                "--base-url: '\(base.host)' is none of the rule's hosts and no gateway of the settings; a token is not sent there"
            )
        } catch {
            mistakes.append("--base-url: \(error)")
        }
        return nil
    }
}
