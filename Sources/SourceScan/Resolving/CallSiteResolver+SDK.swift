import Deprecations

extension CallSiteResolver {
    /// Spellings that generators add to a method's name.
    private static let suffixes = [
        "", "async", "withhttpinfo", "asyncwithhttpinfo", "withhttpinfoasync", "raw", "execute",
        "withresponse", "call",
        "withoutpreloadcontent", "sync", "blocking", "request", "withresponseasync", "rawresponse",
        "withrequestbuilder",
    ]

    /// Calls of client libraries' methods that the rules name, tied to the provider by an import.
    mutating func resolveSDKCalls() {
        for rule in shapes.rules {
            for method in rule.sdkMethods {
                let base = TreeFacts.settingKey(method.name)
                let names = Set(Self.suffixes.map { base + $0 })
                // A module for each operation: `get_operation_by_id.sync(…)`
                for name in ["sync", "sync_detailed", "asyncio", "asyncio_detailed"] {
                    for call in facts.calls[name] ?? [] {
                        let tree = facts.units[call.unit].tree
                        guard
                            let module = tree.path(of: tree[call.node].children[0]).dropLast().last,
                            TreeFacts.settingKey(module) == base
                        else { continue }
                        resolveSDKCall(call, method, rule, names)
                    }
                }
                for (name, calls) in facts.calls.places
                where names.contains(TreeFacts.settingKey(name)) {
                    for call in calls { resolveSDKCall(call, method, rule, names) }
                }
            }
        }
    }

    private mutating func resolveSDKCall(
        _ call: NodeRef, _ method: SDKMethod, _ rule: Rule, _ names: Set<String>
    ) {
        let unit = facts.units[call.unit]
        let tree = unit.tree
        // Inside the library itself one spelling calls the other.
        if let function = tree.namedFunction(around: call.node),
            names.contains(TreeFacts.settingKey(tree[function].text))
        {
            return
        }
        if unit.role == .generated { return }
        guard tree[tree[call.node].children[0]].kind == .member || isTied(unit, method, rule) else {
            return
        }
        guard !isOfOtherLibrary(call, unit, method, rule),
            let tie = tie(call, unit, method, rule)
        else { return }
        let node = tree[call.node]
        let callee = tree[node.children[0]]
        let nameStart = callee.end - callee.text.utf8.count
        let sink = Flow.Sink(
            role: .request, expression: call, call: call, bindings: [:], use: nil, firstCall: call)
        var site = CallSite(
            id: CallSiteID(""), rule: rule.id, usage: .deprecated, kind: .sdkCall,
            confidence: .high, root: root,
            path: unit.path, line: unit.line(of: nameStart), column: unit.column(of: nameStart),
            callLine: facts.line(call), language: unit.language, role: unit.role,
            symbol: symbolName(at: call) ?? unit.symbol, method: rule.endpoint.method, url: nil,
            host: nil,
            apiVersion: APIVersionUse(versionClass: .implicit), halfMigrated: false,
            polling: polling.use(of: sink), evidence: [tie])
        site.apiVersion = sdkVersion(call, rule)
        if unit.line(of: node.start) != site.line, site.line > unit.line(of: node.start) {
            site.callLine = unit.line(of: node.start)
        }
        add(site)
    }

    private mutating func sdkVersion(_ call: NodeRef, _ rule: Rule) -> APIVersionUse {
        guard let header = rule.versionHeader else { return APIVersionUse(versionClass: .implicit) }
        let tree = facts.units[call.unit].tree
        let key = TreeFacts.settingKey(header.name)
        for argument in tree.arguments(of: call.node) {
            var candidates: [(String?, NodeID)] = [(argument.name, argument.value)]
            if tree[argument.value].kind == .map {
                candidates = tree[argument.value].children.map {
                    (tree[$0].text, tree[$0].children.last ?? $0)
                }
            }
            for (name, value) in candidates {
                let ref = facts.with(call, value)
                if let name, TreeFacts.settingKey(name) == key {
                    let headers = HeaderFacts(facts: facts, header: header.name)
                    if let use = requestFacts.use(
                        of: .expression(ref), [:], header, headers, &folding)
                    {
                        return use
                    }
                } else if name == nil {
                    let folded = folding.fold(ref)
                    if let literal = folded.template.literal,
                        header.deprecatedValues.contains(literal)
                            || literal == header.replacementValue
                    {
                        return APIVersionUse(
                            versionClass: header.versionClass(of: literal), value: literal,
                            evidence: facts.place(ref))
                    }
                }
            }
        }
        // What the client was made with: `ApiClient(configuration, header_name=…, header_value=…)`.
        var context = RequestContext(facts: facts)
        let sink = Flow.Sink(
            role: .request, expression: call, call: call, bindings: [:], use: nil, firstCall: call)
        return requestFacts.versionUse(of: sink, header: header, context: &context)
    }

    /// Whether the object's type is a class that the file has from a package of somebody else.
    private func isOfOtherLibrary(
        _ call: NodeRef, _ unit: SourceUnit, _ method: SDKMethod, _ rule: Rule
    ) -> Bool {
        let tree = unit.tree
        guard let callee = tree[call.node].children.first, tree[callee].kind == .member,
            let base = tree[callee].children.first
        else { return false }
        let owner = facts.with(call, base)
        var types = lookup.declaredType(of: owner)
        if case .values(let values, _) = lookup.definitions(of: owner) {
            for value in values {
                let node = facts.node(value)
                let other = facts.units[value.unit].tree
                if let target = node.children.first {
                    types += (other.typeNames[target] ?? "").split(separator: " ").map(String.init)
                }
            }
        }
        types = types.filter { $0.first?.isUppercase ?? false }
        guard !types.isEmpty,
            !types.contains(where: { type in
                method.owners.contains { type.contains($0) }
            })
        else { return false }
        return types.allSatisfy {
            lookup.type(named: $0, at: call) == nil && isImportedElsewhere($0, unit, rule)
        }
    }

    private func isTied(_ unit: SourceUnit, _ method: SDKMethod, _ rule: Rule) -> Bool {
        importTie(unit, method, rule) != nil
    }

    /// What shows that the bare name is the provider's.
    private func tie(
        _ call: NodeRef, _ unit: SourceUnit, _ method: SDKMethod, _ rule: Rule
    ) -> Evidence? {
        if let function = lookup.function(calledBy: call) {
            // The tree has the method: it is the provider's where its file reaches the endpoint.
            let owner = facts.units[function.unit]
            if reachesEndpoint(function, rule)
                || owner.role == .generated && evidence.shows(rule) && namesEndpoint(owner)
            {
                return Evidence(place: facts.place(function), note: "client library's method")
            }
            if owner.role != .generated, importTie(unit, method, rule) == nil { return nil }
        }
        if let tie = importTie(unit, method, rule) { return tie }
        // The class that has it, made or named in the file.
        for owner in method.owners {
            for name in [owner, owner + "Client", "I" + owner, "Default" + owner] {
                guard let uses = unit.names.uses[name] ?? unit.names.types[name] else { continue }
                if let type = lookup.type(named: name, at: call) {
                    guard facts.units[type.unit].role == .generated || reachesEndpoint(type, rule)
                    else { continue }
                } else if !evidence.shows(rule) || isImportedElsewhere(name, unit, rule) {
                    continue
                }
                return Evidence(
                    place: facts.place(facts.with(call, uses[0])),
                    note: "client library's class \(name)")
            }
        }
        return nil
    }

    /// Where generators put a client unless they are told otherwise.
    private static let generatorPackages = ["openapi", "swagger", "generated"]

    /// Whether the file has the class from a package that says nothing of the provider.
    private func isImportedElsewhere(_ name: String, _ unit: SourceUnit, _ rule: Rule) -> Bool {
        let words =
            rule.provider.words + rule.provider.packages
            + rule.sdkMethods.flatMap { $0.packages } + Self.generatorPackages
        var isImported = false
        for id in unit.names.imports {
            let node = unit.tree[id]
            let text = String(decoding: unit.bytes[node.start..<node.end], as: UTF8.self)
            let parts = text.split(whereSeparator: {
                $0.isWhitespace || "./\\:,;\"'{}".contains($0)
            })
            guard parts.contains(where: { $0 == name }) else { continue }
            let lower = text.lowercased()
            if text.contains("./") || text.hasPrefix("from .")
                || words.contains(where: { lower.contains($0.lowercased()) })
            {
                return false
            }
            isImported = true
        }
        return isImported
    }

    private func importTie(_ unit: SourceUnit, _ method: SDKMethod, _ rule: Rule) -> Evidence? {
        let packages = Set(
            method.packages + method.migratedPackages.map(\.name) + rule.provider.packages)
        for id in unit.names.imports {
            let words = unit.tree[id].text.split(whereSeparator: { " ./\\:,;\"'{}".contains($0) })
                .map(String.init)
            for word in words {
                let plain = word.lowercased()
                if packages.contains(where: {
                    $0.lowercased() == plain
                        || $0.lowercased().replacingDashes == plain.replacingDashes
                }) {
                    return Evidence(
                        place: SourcePlace(
                            path: unit.path, line: unit.line(of: unit.tree[id].start)),
                        note: "imports \(word)")
                }
            }
        }
        return nil
    }

    /// Whether a generated file has the endpoint's path anywhere.
    private func namesEndpoint(_ unit: SourceUnit) -> Bool {
        let words = shapes.anchorWords
        return unit.names.strings.contains { string in
            unit.tree.parts(of: string).contains { part in
                guard case .text(let text, _) = part else { return false }
                return words.contains { text.contains($0 + "/") }
            }
        }
    }

    /// Whether the method's own code builds the endpoint's URL.
    private func reachesEndpoint(_ ref: NodeRef, _ rule: Rule) -> Bool {
        let words = shapes.anchorWords
        let tree = facts.units[ref.unit].tree
        let scope = facts.kind(ref) == .type ? ref.node : (tree.type(around: ref.node) ?? ref.node)
        var found = false
        for string in facts.units[ref.unit].names.strings where tree.contains(scope, string) {
            for case .text(let text, _) in tree.parts(of: string) {
                if words.contains(where: { text.contains("/" + $0 + "/") }) { found = true }
            }
        }
        return found && (evidence.shows(rule))
    }
}

extension String {
    fileprivate var replacingDashes: String { String(map { $0 == "-" ? "_" : $0 }) }
}
