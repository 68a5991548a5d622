import Deprecations

/// What a method does to text, by the names that languages and libraries give it.
enum TextOperation {
    case format, join, concatenate, replace, resolve, appendPath, passThrough, transparent,
        percentEncode
    case environment, setting

    static func named(_ name: String) -> TextOperation? { table[name] }

    /// Whether its result is still made of its operands' text.
    var isStructural: Bool {
        switch self {
        case .environment, .setting: false
        case .format, .join, .concatenate, .replace, .resolve, .appendPath, .passThrough,
            .transparent,
            .percentEncode:
            true
        }
    }

    private static let table: [String: TextOperation] = {
        var table: [String: TextOperation] = [:]
        func add(_ operation: TextOperation, _ names: String) {
            for name in names.split(separator: " ") { table[String(name)] = operation }
        }
        add(
            .format,
            "format sprintf Sprintf formatted stringWithFormat: printf Format str_format formatToString"
        )
        add(.format, "snprintf sprintf_s strformat fmt swprintf asprintf arg")
        add(
            .join,
            "join Join implode Combine JoinPath joinpath str_c paste paste0 joinURL urljoinpath")
        add(
            .concatenate,
            "concat append Append strcat stringByAppendingString: appending plus concatStrings add_str"
        )
        add(
            .replace,
            "replace Replace replaceAll ReplaceAll replaceFirst gsub sub str_replace tr replacingOccurrences replacen replace_all stringByReplacingOccurrencesOfString:withString: swap"
        )
        add(.resolve, "urljoin resolve ResolveReference URLWithString:relativeToURL: merge joinUri")
        add(
            .appendPath,
            "appendingPathComponent appendPathSegment AppendPathSegment AppendPathSegments appendPathSegments addPathSegment addPathSegments appendPath appendPathComponent path pathSegment pathSegments req_url_path_append req_url_path req_template segment addPath withPath setPath appending addSegment uri_path URLByAppendingPathComponent: stringByAppendingPathComponent: resolveSibling"
        )
        add(
            .transparent,
            "str String string URI URL Uri Url create parse Parse from_static of valueOf from toString to_s to_string to_owned into clone as_str c_str uri url new strip trim trimEnd TrimEnd rstrip trimStart TrimStart lstrip chomp chop removesuffix removeprefix deleteSuffix delete_suffix removeSuffix trimmed unwrap expect unwrap_or_default ok toURI toURL to_str stringValue absoluteString toUri toUrl URLWithString: requestWithURL: AbsoluteUri build Build ToString substitute safe_substitute fromString fromHttpUrl fromUriString newURI encodeURI as_ref parseUrl toExternalForm toASCIIString stripTrailing concatSafe text literal stripTrailingSlash withoutTrailingSlash lower toLowerCase freeze dup Text.From Uri.parse strtrim raw readText reqwest_url httpUrl toHttpUrl get_url value trimIndent stripMargin interpolate QUrl QString QStringLiteral QLatin1String constant"
        )
        add(
            .percentEncode,
            "encodeURIComponent quote quote_plus escape EscapeDataString PathEscape QueryEscape rawurlencode urlencode encode uri_escape URLencode URLEncode encodeURIComponents UrlEncode"
        )
        add(
            .environment,
            "getenv get_env fetch_env fetch_env! get_env! Getenv LookupEnv environ env ENV GetEnvironmentVariable Sys.getenv getEnv env_var var fetchEnv System.getenv EnvOr environment os.getenv getEnvironmentVariable option_env"
        )
        add(
            .setting,
            "getProperty config setting settings GetValue getString getRequired getOrThrow getConfig fetch get GetSection GetConnectionString getValue Get property configuration application_env get_config getOption getSetting lookup get_str get_string"
        )
        return table
    }()
}

extension Folding {
    // MARK: Index

    mutating func indexed(_ ref: NodeRef, _ bindings: Bindings, _ depth: Int) -> Folded {
        if let setting = environmentRead(ref) { return setting }
        let node = facts.node(ref)
        let base = facts.with(ref, node.children[0])
        guard node.children.count > 1 else { return text(base, bindings, depth) }
        let keyNode = facts.with(ref, node.children[1])
        let isBareKey =
            facts.language(ref) == "perl" && facts.kind(keyNode) == .name
            && !facts.node(keyNode).text.hasPrefix("$")
        let key =
            facts.kind(keyNode) == .string
            ? facts.units[ref.unit].tree.literal(keyNode.node)
            : isBareKey ? facts.node(keyNode).text : literalOf(keyNode, bindings, depth)
        if let configured = applicationEntry(ref, bindings, depth) { return configured }
        if let key {
            if let blessed = blessedEntry(key, of: base) {
                var folded = text(blessed, bindings, depth)
                folded.evidence.append(
                    Evidence(place: facts.place(blessed), note: "value of \(key)"))
                return folded
            }
            let lookup = Lookup(facts: facts)
            if case .values(let values, _)? = lookup.entry(key, of: base, bindings, depth: 0),
                let value = values.last
            {
                var folded = text(value, bindings, depth)
                folded.evidence.append(Evidence(place: facts.place(value), note: "value of \(key)"))
                return folded
            }
            // config("a")["b"], settings["operation_url"], Configuration["Wdesk:BaseAddress"]
            let path = keyPath(of: ref)
            if let folded = settingByPath(path, minimum: 1) { return folded }
            return Folded(Template(hole: key, isSetting: false))
        }
        // A table whose key is not known: any entry with text speaks for all.
        if let folded = anyEntry(of: base, bindings, depth) { return folded }
        return .hole(facts.units[ref.unit].tree.lastName(of: keyNode.node))
    }

    /// Perl's `$self->{key}`: the entry of the hash that the file blesses.
    func blessedEntry(_ key: String, of base: NodeRef) -> NodeRef? {
        guard facts.language(base) == "perl",
            ["$self", "$this"].contains(facts.units[base.unit].tree.lastName(of: base.node))
        else { return nil }
        let unit = facts.units[base.unit]
        return (unit.names.assignments[key] ?? []).first { id in
            unit.tree[id].kind == .pair && unit.tree[id].children.count > 1
                && unit.tree.ancestor(of: id) { $0.kind == .call }.map {
                    unit.tree.lastName(of: unit.tree[$0].children[0]) == "bless"
                } ?? false
        }.map { facts.with(base, $0) }
    }

    private mutating func literalOf(_ ref: NodeRef, _ bindings: Bindings, _ depth: Int) -> String? {
        guard facts.kind(ref) == .name || facts.kind(ref) == .member else { return nil }
        let name = facts.node(ref).text
        let folded = text(ref, bindings, depth)
        return folded.template.literal == name ? nil : folded.template.literal
    }

    private mutating func anyEntry(of base: NodeRef, _ bindings: Bindings, _ depth: Int) -> Folded?
    {
        let lookup = Lookup(facts: facts)
        var target = base
        if case .values(let values, _) = lookup.definitions(of: base, bindings),
            let value = values.last
        {
            let node = facts.node(value)
            target =
                node.children.count > 1 && (node.kind == .assign || node.kind == .pair)
                ? facts.with(value, node.children[1]) : value
        }
        guard facts.kind(target) == .map else { return nil }
        for child in facts.node(target).children.prefix(12)
        where facts.units[target.unit].tree[child].kind == .pair {
            let entry = facts.with(target, child)
            var folded = text(entry, bindings, depth)
            if folded.template.head.utf8.count > 4 {
                folded.evidence.append(
                    Evidence(place: facts.place(entry), note: "entry of a table"))
                return folded
            }
        }
        return nil
    }

    /// The keys of `a["b"]["c"].d`.
    func keyPath(of ref: NodeRef) -> [String] {
        var keys: [String] = []
        let tree = facts.units[ref.unit].tree
        var current = ref.node
        var guardCount = 0
        while guardCount < 12 {
            guardCount += 1
            let node = tree[current]
            switch node.kind {
            case .index:
                if node.children.count > 1, let key = tree.literal(node.children[1]) {
                    keys.insert(contentsOf: splitKey(key), at: 0)
                }
                current = node.children[0]
            case .member:
                keys.insert(node.text, at: 0)
                current = node.children[0]
            case .call:
                let literals = node.children.dropFirst().compactMap { tree.literal($0) }
                keys.insert(contentsOf: literals.prefix(1).flatMap(splitKey), at: 0)
                current = node.children[0]
                if tree[current].kind == .name { return keys }
                if tree[current].kind == .member { current = tree[current].children[0] }
            case .name:
                // settings = yaml.load(…)["wdesk"]
                let lookup = Lookup(facts: facts)
                if case .values(let values, _) = lookup.definitions(of: facts.with(ref, current)),
                    let value = values.last, value.unit == ref.unit,
                    tree[value.node].children.count > 1
                {
                    let source = tree[value.node].children[1]
                    if source != current,
                        tree[source].kind == .index || tree[source].kind == .call
                            || tree[source].kind == .member
                    {
                        current = source
                        continue
                    }
                }
                return keys
            case .unary, .binary, .argument:
                guard let first = node.children.first else { return keys }
                current = first
            default: return keys
            }
        }
        return keys
    }

    private func splitKey(_ key: String) -> [String] {
        guard !key.contains("/"), key.utf8.count < 80 else { return [] }
        return key.split(whereSeparator: { $0 == "." || $0 == ":" }).map(String.init)
    }

    // MARK: Settings

    /// `process.env.X`, `ENV["X"]`, `os.environ["X"]`, `$env:X`, `secrets.X`.
    mutating func environmentRead(_ ref: NodeRef) -> Folded? {
        let tree = facts.units[ref.unit].tree
        let node = tree[ref.node]
        switch node.kind {
        case .name:
            let text = node.text.lowercased()
            guard text.hasPrefix("$env:") else { return nil }
            return variable(String(node.text.dropFirst(5)), ref)
        case .member:
            let path = tree.path(of: ref.node)
            guard path.count >= 2 else { return nil }
            let owner = path[path.count - 2]
            guard
                ["env", "environ", "__ENV", "ENV", "$ENV", "secrets", "vars", "Env"].contains(owner)
            else { return nil }
            return variable(node.text, ref)
        case .index:
            guard node.children.count > 1 else { return nil }
            let owner = NameTable.key(tree.lastName(of: node.children[0]))
            guard ["environ", "ENV", "env", "_ENV", "__ENV"].contains(owner),
                let key = tree.literal(node.children[1]) ?? bareKey(node.children[1], tree)
            else { return nil }
            return variable(key, ref)
        default: return nil
        }
    }

    /// What the document around the code sets, else what the tree's settings do.
    private func variable(_ name: String, _ ref: NodeRef) -> Folded {
        guard let own = facts.units[ref.unit].environment[name] else {
            return setting(name, fallback: nil)
        }
        return Folded(own.value, [Evidence(place: own.place, note: "setting \(name)")])
    }

    private func bareKey(_ id: NodeID, _ tree: SyntaxTree) -> String? {
        tree[id].kind == .name ? tree[id].text : nil
    }

    /// The value that the tree gives a setting, or a hole with its fallback.
    func setting(_ key: String, fallback: Folded?) -> Folded {
        let path = key.split(whereSeparator: { $0 == "." || $0 == ":" }).map(String.init)
        if let folded = settingByPath(path, minimum: 1) { return folded }
        let name = path.last ?? key
        return Folded(
            Template(hole: name, fallback: fallback?.template.literal, isSetting: true),
            fallback?.evidence ?? [])
    }

    /// The value of a settings file under these keys, where the tree has just one.
    func settingByPath(_ path: [String], minimum: Int) -> Folded? {
        guard path.count >= minimum, let last = path.last, last.utf8.count > 1 else { return nil }
        let found = facts.settings(for: path)
        guard let first = found.first else { return nil }
        guard found.allSatisfy({ $0.value == first.value }) else { return nil }
        if path.count == 1 || minimum == 2 {
            // A lone key must be unmistakable: all of its own keys, or an environment's.
            if minimum == 2, first.keys.count > 1 {
                let wanted = Set(path.map(TreeFacts.settingKey))
                let parents = first.keys.dropLast().map(TreeFacts.settingKey)
                guard
                    parents.isEmpty
                        || parents.contains(where: { parent in
                            wanted.contains { $0.contains(parent) && !parent.isEmpty }
                        })
                else { return nil }
            }
        }
        return Folded(
            first.value,
            [Evidence(place: first.place, note: "setting \(first.keys.joined(separator: "."))")])
    }

    // MARK: Calls

    /// Methods that put their argument in the place of a value that is missing.
    private static let fallbackCalls: Set = [
        "unwrap_or", "unwrap_or_else", "or_else", "orElse", "orElseGet", "getOrElse",
        "getOrDefault",
        "ifEmpty", "ifBlank", "presence_or",
    ]

    mutating func called(_ ref: NodeRef, _ bindings: Bindings, _ depth: Int) -> Folded {
        let tree = facts.units[ref.unit].tree
        let node = tree[ref.node]
        guard let calleeID = node.children.first else { return .hole("") }
        let name = NameTable.key(tree.lastName(of: calleeID))
        if let configured = applicationSetting(ref, bindings, depth) { return configured }
        if let segments = pathOfSegments(ref, bindings, depth) { return segments }
        let arguments = tree.arguments(of: ref.node).map { ($0.name, facts.with(ref, $0.value)) }
        let receiver: NodeRef? =
            tree[calleeID].kind == .member ? facts.with(ref, tree[calleeID].children[0]) : nil
        if let folded = environmentCall(ref, name, receiver, arguments, bindings, depth) {
            return folded
        }
        if let url = urlBuilt(ref, bindings, depth) { return url }
        if let function = Lookup(facts: facts).function(calledBy: ref, bindings) {
            let inner = bind(arguments, to: function, bindings)
            let folded = result(of: function, inner, depth)
            if folded.template.saysSomething {
                return folded
            }
        }
        if let receiver, Self.fallbackCalls.contains(name), let last = arguments.last {
            // `env::var("X").unwrap_or_else(|_| "y".into())`, `optional.orElse("y")`
            return withFallback(
                text(receiver, bindings, depth), text(last.1, bindings, depth))
        }
        if let receiver, arguments.isEmpty,
            let folded = boundSetting(name, of: receiver, bindings)
        {
            return folded
        }
        if arguments.count > 1, arguments[0].0 == "format" {
            return formatted(ref, nil, arguments, bindings, depth)  // String(format: …)
        }
        switch TextOperation.named(name) {
        case .format where name == "arg": return placed(receiver, arguments, bindings, depth)
        case .format: return formatted(ref, receiver, arguments, bindings, depth)
        case .join: return joinedCall(ref, name, receiver, arguments, bindings, depth)
        case .concatenate where facts.language(ref) == "lua":
            return gluedItems(receiver, arguments, name, bindings, depth) ?? .hole(name)
        case .concatenate:
            var folded = receiver.map { text($0, bindings, depth) } ?? Folded(Template())
            for argument in arguments { folded.append(text(argument.1, bindings, depth)) }
            return folded
        case .replace: return replaced(name, receiver, arguments, bindings, depth)
        case .resolve: return resolvedCall(name, receiver, arguments, bindings, depth)
        case .transparent: return transparent(name, receiver, arguments, bindings, depth)
        case .percentEncode:
            guard let first = arguments.first?.1 ?? receiver else { return .hole(name) }
            let folded = text(first, bindings, depth)
            return folded.template.hasHoles ? .hole(tree.lastName(of: first.node)) : folded
        case .appendPath, .passThrough:
            var folded = receiver.map { text($0, bindings, depth) } ?? Folded(Template())
            for argument in arguments { folded = joined(folded, text(argument.1, bindings, depth)) }
            return folded
        case .environment, .setting, nil: break
        }
        for argument in arguments
        where ["default", "default_factory", "defaultValue", "default_value"].contains(
            argument.0 ?? "")
        {
            return text(argument.1, bindings, depth)
        }
        // Rust's format!, JavaScript's tagged templates: a lone string speaks for the call.
        if arguments.count == 1, facts.kind(arguments[0].1) == .string, receiver == nil {
            let folded = text(arguments[0].1, bindings, depth)
            if folded.template.hasHoles || folded.template.head.contains("/") { return folded }
        }
        if isURLWord(name), let first = arguments.first {
            var folded = text(first.1, bindings, depth)
            for argument in arguments.dropFirst() where facts.kind(argument.1) != .map {
                folded = joined(folded, text(argument.1, bindings, depth))
            }
            if folded.template.head.contains("/") { return folded }
        }
        return .hole(name.isEmpty ? "value" : name)
    }

    private func isURLWord(_ name: String) -> Bool {
        let lower = name.lowercased()
        return ["url", "uri", "path", "endpoint", "href", "link"].contains { lower.contains($0) }
    }

    /// Parameters bound to a call's arguments.
    func bind(
        _ arguments: [(String?, NodeRef)], to function: NodeRef, _ bindings: Bindings
    ) -> Bindings {
        var bound = bindings
        let tree = facts.units[function.unit].tree
        var parameters = tree.parameters(of: function.node)
        if let first = parameters.first, ["self", "cls", "this", "_"].contains(tree[first].text) {
            parameters.removeFirst()
        }
        // C#'s extension methods are called on what is their first parameter.
        if facts.language(function) == "csharp", let first = parameters.first,
            arguments.count < parameters.count,
            (tree.typeNames[first] ?? "").hasPrefix("this ")
        {
            parameters.removeFirst()
        }
        if facts.language(function) == "rust", let first = parameters.first,
            tree[first].text == "self"
        {
            parameters.removeFirst()
        }
        var next = 0
        for (name, value) in arguments {
            if let name,
                let parameter = parameters.first(where: {
                    NameTable.key(tree[$0].text) == NameTable.key(name)
                })
            {
                bound[facts.with(function, parameter)] = value
                continue
            }
            guard name == nil, next < parameters.count else {
                if name != nil, next < parameters.count {
                    bound[facts.with(function, parameters[next])] = value
                    next += 1
                }
                continue
            }
            bound[facts.with(function, parameters[next])] = value
            next += 1
        }
        return bound
    }

    private mutating func environmentCall(
        _ ref: NodeRef, _ name: String, _ receiver: NodeRef?, _ arguments: [(String?, NodeRef)],
        _ bindings: Bindings, _ depth: Int
    ) -> Folded? {
        let tree = facts.units[ref.unit].tree
        let operation = TextOperation.named(name)
        let owner = receiver.map { NameTable.key(tree.lastName(of: $0.node)) } ?? ""
        let isEnvironment =
            operation == .environment
            || isTypedEnvironmentRead(name, owner, receiver)
            || ((operation == .setting || name == "fetch" || name == "get")
                && ["environ", "ENV", "env", "Env"].contains(owner))
        guard isEnvironment || operation == .setting else { return nil }
        guard let first = arguments.first, let key = tree.literal(first.1.node), !key.isEmpty,
            !key.contains("/"), !key.contains(" ")
        else { return nil }
        var fallback: Folded?
        if arguments.count > 1 { fallback = text(arguments[1].1, bindings, depth) }
        if isEnvironment { return setting(key, fallback: fallback) }
        // A map of the tree first, then settings files.
        if let receiver,
            case .values(let values, _)? = Lookup(facts: facts).entry(
                key, of: receiver, bindings, depth: 0), let value = values.last
        {
            return text(value, bindings, depth)
        }
        let path = keyPath(of: ref)
        if let folded = settingByPath(path.isEmpty ? [key] : path, minimum: 1) { return folded }
        if let pathValue = nestedSetting(key) { return pathValue }
        if let fallback, fallback.template.literal != nil {
            return Folded(
                Template(hole: key, fallback: fallback.template.literal, isSetting: true),
                fallback.evidence)
        }
        return receiver == nil || isConfigWord(owner)
            ? Folded(Template(hole: key, isSetting: true)) : nil
    }

    private func isConfigWord(_ name: String) -> Bool {
        let lower = name.lowercased()
        return ["config", "setting", "prop", "option", "environment", "application"].contains {
            lower.contains($0)
        }
    }

    /// Laravel's `config('services.wdesk.url')`: a map in `config/services.php`.
    private mutating func nestedSetting(_ key: String) -> Folded? {
        let keys = key.split(separator: ".").map(String.init)
        guard keys.count > 1, let file = keys.first else { return nil }
        for (index, unit) in facts.units.enumerated() {
            let stem = unit.path.split(separator: "/").last?.split(separator: ".").first.map(
                String.init)
            guard stem == file, unit.path.contains("config") else { continue }
            let results = unit.tree[unit.tree.root].children.filter {
                unit.tree[$0].kind == .returned
            }
            guard
                var target = results.first.flatMap({ unit.tree[$0].children.first }).map({
                    NodeRef(unit: index, node: $0)
                })
            else { continue }
            var found = true
            for key in keys.dropFirst() {
                guard
                    case .values(let values, _)? = Lookup(facts: facts).entry(
                        key, of: target, [:], depth: 0), let value = values.first,
                    facts.node(value).children.count > 1
                else {
                    found = false
                    break
                }
                target = facts.with(value, facts.node(value).children[1])
            }
            guard found else { continue }
            var folded = text(target, [:], 4)
            folded.evidence.append(Evidence(place: facts.place(target), note: "setting \(key)"))
            return folded
        }
        return nil
    }

    private mutating func formatted(
        _ ref: NodeRef, _ receiver: NodeRef?, _ arguments: [(String?, NodeRef)],
        _ bindings: Bindings, _ depth: Int
    ) -> Folded {
        // The pattern is the receiver where that is text, else the first argument that has marks.
        if let receiver, isText(receiver) {
            let folded = text(receiver, bindings, depth)
            if folded.template.head.contains("/") || folded.template.hasMarks {
                return filled(folded, withNamed: arguments, bindings, depth)
            }
        }
        for (index, argument) in arguments.enumerated() {
            let folded = text(argument.1, bindings, depth)
            if folded.template.hasMarks || folded.template.head.contains("/") {
                return filled(
                    folded, withNamed: Array(arguments[(index + 1)...]), bindings, depth,
                    scope: argument.1)
            }
            if index > 2 { break }
        }
        guard let first = arguments.first else { return .hole("format") }
        return text(first.1, bindings, depth)
    }

    private func isText(_ ref: NodeRef) -> Bool {
        switch facts.kind(ref) {
        case .string, .binary, .index, .call, .member: return true
        case .name:
            let text = facts.node(ref).text
            return ![
                "String", "string", "fmt", "util", "StringUtils", "NSString", "str", "Str", "std",
                "Kernel",
            ]
            .contains(text)
        default: return false
        }
    }

    private mutating func filled(
        _ pattern: Folded, withNamed arguments: [(String?, NodeRef)], _ bindings: Bindings,
        _ depth: Int, scope: NodeRef? = nil
    ) -> Folded {
        var named: [String: NodeRef] = [:]
        var positional: [NodeRef] = []
        for (name, value) in arguments {
            if let name { named[name] = value } else { positional.append(value) }
        }
        return fill(pattern, positional, named, bindings, depth, scope: scope)
    }

    mutating func filled(
        _ pattern: Folded, with values: [NodeRef], _ bindings: Bindings, _ depth: Int
    ) -> Folded {
        var named: [String: NodeRef] = [:]
        for value in values where facts.kind(value) == .pair {
            let node = facts.node(value)
            if node.children.count > 1 { named[node.text] = facts.with(value, node.children[1]) }
        }
        return fill(pattern, values, named, bindings, depth)
    }

    /// Puts values for `%s`, `{}`, `{0}`, `{name}`, `%(name)s`, `%1$s`, `%@`.
    private mutating func fill(
        _ pattern: Folded, _ positional: [NodeRef], _ named: [String: NodeRef],
        _ bindings: Bindings, _ depth: Int, scope: NodeRef? = nil
    ) -> Folded {
        var folded = Folded(Template(), pattern.evidence)
        var next = 0
        for piece in pattern.template.pieces {
            guard case .text(let text) = piece else {
                folded.template.append(piece)
                continue
            }
            for mark in FormatMark.split(text) {
                switch mark {
                case .text(let text): folded.template.append(text)
                case .next:
                    if next < positional.count {
                        folded.append(self.text(positional[next], bindings, depth))
                    } else {
                        folded.template.append(.hole(Template.Hole(name: "value")))
                    }
                    next += 1
                case .position(let index):
                    if index < positional.count {
                        folded.append(self.text(positional[index], bindings, depth))
                    } else {
                        folded.template.append(.hole(Template.Hole(name: "value")))
                    }
                case .name(let name):
                    if let value = named[name] {
                        folded.append(self.text(value, bindings, depth))
                    } else if let captured = scope.flatMap({
                        captured(name, at: $0, bindings, depth)
                    }) {
                        folded.append(captured)
                    } else {
                        folded.template.append("{\(name)}")
                    }
                }
            }
        }
        return folded
    }

    /// A variable that a pattern takes from the scope around: `format!("{API}/operations/{id}")`.
    private mutating func captured(
        _ name: String, at scope: NodeRef, _ bindings: Bindings, _ depth: Int
    ) -> Folded? {
        guard facts.language(scope) == "rust", depth < Self.maximumDepth else { return nil }
        switch Lookup(facts: facts).definitions(ofName: name, at: scope) {
        case .values(let values, _):
            guard let value = values.last else { return nil }
            var folded = text(value, bindings, depth + 1)
            folded.evidence.append(Evidence(place: facts.place(value), note: "value of \(name)"))
            return folded
        case .parameter(let parameter):
            guard let argument = bindings[parameter], argument != parameter else { return nil }
            return text(argument, bindings, depth + 1)
        case .function, .setting, .none: return nil
        }
    }

    private mutating func joinedCall(
        _ ref: NodeRef, _ name: String, _ receiver: NodeRef?, _ arguments: [(String?, NodeRef)],
        _ bindings: Bindings, _ depth: Int
    ) -> Folded {
        let tree = facts.units[ref.unit].tree
        if name == "paste0" || name == "str_c" {
            var folded = Folded(Template())
            for argument in arguments where argument.0 == nil {
                folded.append(text(argument.1, bindings, depth))
            }
            return folded
        }
        if name == "paste" {
            let separator =
                arguments.first { $0.0 == "sep" }.flatMap { tree.literal($0.1.node) } ?? " "
            let parts = arguments.filter { $0.0 == nil }.map(\.1)
            if let collapse = arguments.first(where: { $0.0 == "collapse" }),
                let mark = tree.literal(collapse.1.node), parts.count == 1,
                tree.lastName(of: parts[0].node) == "c"
            {
                return glued(
                    tree.arguments(of: parts[0].node).map { facts.with(ref, $0.value) }, by: mark,
                    bindings, depth)
            }
            return glued(parts, by: separator, bindings, depth)
        }
        // separator.join(list), list.join(separator), join(separator, list), path.join(a, b)
        if facts.language(ref) == "perl", receiver == nil, arguments.count > 2,
            let separator = tree.literal(arguments[0].1.node)
        {
            return glued(arguments.dropFirst().map(\.1), by: separator, bindings, depth)
        }
        if let glued = gluedItems(receiver, arguments, name, bindings, depth) { return glued }
        let lists = ([receiver].compactMap { $0 } + arguments.map(\.1)).compactMap {
            ref -> NodeRef? in
            listValue(ref, bindings)
        }
        if let list = lists.first {
            let separator =
                ([receiver].compactMap { $0 } + arguments.map(\.1)).compactMap {
                    tree.literal($0.node)
                }.first ?? "/"
            return glued(
                facts.node(list).children.map { facts.with(list, $0) }, by: separator, bindings,
                depth)
        }
        var parts = arguments.filter { $0.0 == nil }.map(\.1)
        let isNamed = receiver.map { [.name, .member].contains(facts.kind($0)) } ?? false
        let owner =
            isNamed ? receiver.map { tree.lastName(of: $0.node).lowercased() } ?? "" : ""
        if let receiver,
            ![
                "path", "posixpath", "os", "url", "urls", "file", "upath", "strings", "string",
                "uri", "paths", "flurl", "str", "array",
            ].contains(owner)
        {
            // base.join(path): as a browser resolves a link.
            if arguments.count == 1, name != "JoinPath", name != "joinpath" {
                return resolved(text(receiver, bindings, depth), text(parts[0], bindings, depth))
            }
            parts.insert(receiver, at: 0)
        }
        if owner == "string" || owner == "str",
            let separator = parts.first.flatMap({ tree.literal($0.node) })
        {
            var folded = Folded(Template())
            for (index, part) in parts.dropFirst().enumerated() {
                if index > 0 { folded.template.append(separator) }
                folded.append(text(part, bindings, depth))
            }
            return folded
        }
        if owner == "uri", parts.count == 2 {
            return resolved(text(parts[0], bindings, depth), text(parts[1], bindings, depth))
        }
        var folded = Folded(Template())
        for part in parts { folded = joined(folded, text(part, bindings, depth)) }
        return folded
    }

    /// Parts with a separator in between.
    private mutating func glued(
        _ parts: [NodeRef], by separator: String, _ bindings: Bindings, _ depth: Int
    ) -> Folded {
        var folded = Folded(Template())
        for (index, part) in parts.enumerated() {
            if index > 0 { folded.template.append(separator) }
            folded.append(text(part, bindings, depth))
        }
        return folded
    }

    func listValue(_ ref: NodeRef, _ bindings: Bindings) -> NodeRef? {
        let node = facts.node(ref)
        if node.kind == .list { return ref }
        if node.kind == .call, node.children.count == 2,
            facts.kind(facts.with(ref, node.children[1])) == .list
        {
            return facts.with(ref, node.children[1])  // []string{…}, List.of(…)
        }
        guard node.kind == .name || node.kind == .member else { return nil }
        if case .values(let values, _) = Lookup(facts: facts).definitions(of: ref, bindings),
            let value = values.last, facts.node(value).children.count > 1
        {
            let target = facts.with(value, facts.node(value).children[1])
            return facts.kind(target) == .list ? target : nil
        }
        return nil
    }

    private mutating func replaced(
        _ name: String, _ receiver: NodeRef?, _ arguments: [(String?, NodeRef)],
        _ bindings: Bindings, _ depth: Int
    ) -> Folded {
        var subject = receiver
        var rest = arguments.map(\.1)
        if name == "str_replace", rest.count >= 3 {
            subject = rest[2]
        } else if let receiver,
            ["strings", "re", "StringUtils", "String"].contains(facts.node(receiver).text),
            !rest.isEmpty
        {
            subject = rest.removeFirst()
        } else if receiver == nil, rest.count >= 3 {
            subject = rest[2]
        }
        guard let subject else { return .hole(name) }
        var folded = text(subject, bindings, depth)
        guard rest.count >= 2 else { return folded }
        let search = text(rest[0], bindings, depth).template
        guard facts.kind(rest[0]) != .number, !search.pieces.isEmpty else { return folded }
        let replacement = text(rest[1], bindings, depth)
        // `{${"operationId"}}` and the like fold to a literal.
        guard let literal = search.literal, !literal.isEmpty else { return folded }
        var pieces: [Template.Piece] = []
        for piece in folded.template.pieces {
            guard case .text(let text) = piece else {
                pieces.append(piece)
                continue
            }
            let parts = text.splitting(at: literal)
            for (index, part) in parts.enumerated() {
                if index > 0 { pieces += replacement.template.pieces }
                pieces.append(.text(part))
            }
        }
        folded.template = Template(pieces)
        return folded
    }

    private mutating func resolvedCall(
        _ name: String, _ receiver: NodeRef?, _ arguments: [(String?, NodeRef)],
        _ bindings: Bindings, _ depth: Int
    ) -> Folded {
        let parts = arguments.map(\.1)
        if name == "URLWithString:relativeToURL:", parts.count == 2 {
            return resolved(text(parts[1], bindings, depth), text(parts[0], bindings, depth))
        }
        if parts.count >= 2 {
            return resolved(text(parts[0], bindings, depth), text(parts[1], bindings, depth))
        }
        if let receiver, let part = parts.first {
            return resolved(text(receiver, bindings, depth), text(part, bindings, depth))
        }
        return parts.first.map { text($0, bindings, depth) } ?? .hole(name)
    }

    /// A reference resolved against a base (RFC 3986, 5.2).
    func resolved(_ base: Folded, _ reference: Folded) -> Folded {
        let head = reference.template.head
        if head.contains("://") { return reference }
        if head.hasPrefix("/") {
            guard let origin = base.template.origin else { return joined(base, reference) }
            var folded = Folded(origin, base.evidence)
            folded.append(reference)
            return folded
        }
        if reference.template.pieces.isEmpty { return base }
        guard base.template.head.contains("://") || base.template.hasHoles else {
            return joined(base, reference)
        }
        var folded = Folded(base.template.directory, base.evidence)
        folded.append(reference)
        return folded
    }

    private mutating func transparent(
        _ name: String, _ receiver: NodeRef?, _ arguments: [(String?, NodeRef)],
        _ bindings: Bindings, _ depth: Int
    ) -> Folded {
        let positional = arguments.map(\.1)
        let isTrim = [
            "trimEnd", "TrimEnd", "rstrip", "chomp", "removesuffix", "delete_suffix",
            "stripTrailingSlash", "removeSuffix", "trim", "strip",
        ].contains(name)
        if let receiver, isTextReceiver(receiver), name != "parse", name != "create",
            name != "from",
            name != "of" || positional.isEmpty
        {
            var folded = text(receiver, bindings, depth)
            if isTrim, !positional.isEmpty { folded.template = folded.template.droppingLastSlashes }
            if folded.template.head.contains("/") || positional.isEmpty || isTrim
                || ["expect", "unwrap", "to_s", "unwrap_or_default"].contains(name)
            {
                return folded
            }
        }
        guard let first = positional.first else {
            return receiver.map { text($0, bindings, depth) } ?? .hole(name)
        }
        // new URL(path, base), URL(string: path, relativeTo: base), new Uri(base, path)
        if positional.count == 2, ["URL", "URI", "Uri", "Url"].contains(name),
            facts.units[positional[1].unit].tree.path(of: positional[1].node).dropLast().last
                != "UriKind"
        {
            let left = text(first, bindings, depth)
            let right = text(positional[1], bindings, depth)
            if arguments[1].0 == "relativeTo"
                || !left.template.head.contains("://")
                    && right.template.head.contains("://")
            {
                return resolved(right, left)
            }
            return resolved(left, right)
        }
        return text(first, bindings, depth)
    }

    private func isTextReceiver(_ ref: NodeRef) -> Bool {
        let node = facts.node(ref)
        guard node.kind == .name else { return true }
        return ![
            "URI", "URL", "Uri", "Url", "String", "UriComponentsBuilder", "HttpUrl", "Paths",
            "Path", "new",
            "reqwest", "url", "urllib", "Text",
        ].contains(node.text)
    }
}

/// A placeholder of a format pattern.
enum FormatMark {
    case text(String)
    case next
    case position(Int)
    case name(String)

    /// Cuts a pattern at its placeholders.
    static func split(_ text: String) -> [FormatMark] {
        let bytes = Array(text.utf8)
        var marks: [FormatMark] = []
        var plain: [UInt8] = []
        var index = 0
        func flush() {
            if !plain.isEmpty { marks.append(.text(String(decoding: plain, as: UTF8.self))) }
            plain.removeAll()
        }
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "%"), index + 1 < bytes.count {
                var scan = index + 1
                var name: String?
                if bytes[scan] == UInt8(ascii: "(") {
                    let start = scan + 1
                    while scan < bytes.count, bytes[scan] != UInt8(ascii: ")") { scan += 1 }
                    name = String(decoding: bytes[start..<min(scan, bytes.count)], as: UTF8.self)
                    scan += 1
                }
                var digits = 0
                var isPosition = false
                while scan < bytes.count,
                    bytes[scan].isDigit || bytes[scan] == UInt8(ascii: "$")
                        || bytes[scan] == UInt8(ascii: ".") || bytes[scan] == UInt8(ascii: "-")
                        || bytes[scan] == UInt8(ascii: "l")
                {
                    if bytes[scan].isDigit {
                        digits = min(digits, 10_000) * 10 + Int(bytes[scan] - 0x30)
                    }
                    if bytes[scan] == UInt8(ascii: "$") { isPosition = true }
                    scan += 1
                }
                let letters = Array("sdvqiuxX@gfoc".utf8)
                if scan < bytes.count, letters.contains(bytes[scan]),
                    digits == 0 || isPosition || name != nil
                        || bytes[index + 1] == UInt8(ascii: "-")
                {
                    flush()
                    if let name {
                        marks.append(.name(name))
                    } else if isPosition {
                        marks.append(.position(max(0, digits - 1)))
                    } else {
                        marks.append(.next)
                    }
                    index = scan + 1
                    continue
                }
            }
            if byte == UInt8(ascii: "{") {
                var scan = index + 1
                while scan < bytes.count, scan < index + 60, bytes[scan] != UInt8(ascii: "}"),
                    bytes[scan] != UInt8(ascii: "/"), bytes[scan] != UInt8(ascii: "{")
                { scan += 1 }
                if scan < bytes.count, bytes[scan] == UInt8(ascii: "}") {
                    flush()
                    let inner = String(decoding: bytes[(index + 1)..<scan], as: UTF8.self)
                    let name = inner.split(separator: ":").first.map(String.init) ?? ""
                    if inner.isEmpty || inner.hasPrefix(":") {
                        marks.append(.next)
                    } else if let number = Int(name) {
                        marks.append(.position(number))
                    } else {
                        marks.append(.name(name))
                    }
                    index = scan + 1
                    continue
                }
            }
            plain.append(byte)
            index += 1
        }
        flush()
        return marks
    }
}

extension Template {
    /// Whether any of it is known, or has something to fall back to.
    var saysSomething: Bool {
        pieces.contains { piece in
            switch piece {
            case .text: true
            case .hole(let hole): hole.fallback != nil || hole.isSetting
            }
        }
    }

    /// Whether a format pattern's marks stand in it.
    var hasMarks: Bool {
        pieces.contains { piece in
            guard case .text(let text) = piece else { return false }
            return FormatMark.split(text).contains { if case .text = $0 { false } else { true } }
        }
    }

    /// Scheme and host: `https://api.example.com`.
    var origin: Template? {
        var result = Template()
        var seenScheme = false
        for piece in pieces {
            var piece = piece
            // What stands in for a setting has a path of its own.
            if case .hole(let hole) = piece, let fallback = hole.fallback,
                fallback.firstRange(of: "://") != nil
            {
                piece = .text(fallback)
            }
            guard case .text(let text) = piece else {
                result.append(piece)
                continue
            }
            var rest = Substring(text)
            if !seenScheme, let range = text.firstRange(of: "://") {
                result.append(String(text[..<range.upperBound]))
                rest = text[range.upperBound...]
                seenScheme = true
            }
            if let slash = rest.firstIndex(of: "/") {
                result.append(String(rest[..<slash]))
                return seenScheme || result.hasHoles ? result : nil
            }
            result.append(String(rest))
        }
        return seenScheme || hasHoles ? result : nil
    }

    /// Up to the last slash of the path.
    var directory: Template {
        guard case .text(let text)? = pieces.last else {
            var copy = self
            copy.append("/")
            return copy
        }
        let schemeEnd = text.firstRange(of: "://")?.upperBound ?? text.startIndex
        if let slash = text[schemeEnd...].lastIndex(of: "/") {
            return Template(Array(pieces.dropLast()) + [.text(String(text[...slash]))])
        }
        if pieces.count == 1 {
            var copy = self
            copy.append("/")
            return copy
        }
        return self
    }
}

extension String {
    /// The pieces between the occurrences of `separator`.
    func splitting(at separator: String) -> [String] {
        guard !separator.isEmpty else { return [self] }
        let whole = Array(utf8)
        let mark = Array(separator.utf8)
        var parts: [String] = []
        var start = 0
        var index = 0
        while index + mark.count <= whole.count {
            if whole[index] == mark[0], Array(whole[index..<(index + mark.count)]) == mark {
                parts.append(String(decoding: whole[start..<index], as: UTF8.self))
                index += mark.count
                start = index
            } else {
                index += 1
            }
        }
        parts.append(String(decoding: whole[start...], as: UTF8.self))
        return parts
    }

    /// Where `text` stands first.
    func firstRange(of text: String) -> Range<String.Index>? {
        let whole = utf8
        let mark = Array(text.utf8)
        guard !mark.isEmpty else { return nil }
        var index = whole.startIndex
        while index < whole.endIndex {
            if whole[index] == mark[0] {
                var end = index
                var count = 0
                while count < mark.count, end < whole.endIndex, whole[end] == mark[count] {
                    end = whole.index(after: end)
                    count += 1
                }
                if count == mark.count { return index..<end }
            }
            index = whole.index(after: index)
        }
        return nil
    }
}
