import Deprecations

/// Finds what a name stands for: parameter, variable, field, constant, entry, function, setting.
struct Lookup {
    let facts: TreeFacts

    /// What was found.
    enum Definition {
        case none
        case parameter(NodeRef)
        /// Assignments, entries or declarations, in order; local ones up to the use.
        case values([NodeRef], isLocal: Bool)
        case function(NodeRef)
        case setting(TreeFacts.Setting)
    }

    private static let selfNames: Set<String> = [
        "self", "this", "cls", "static", "Self", "class", "me", "Me", "__class__", "parent",
        "super",
    ]

    /// The definitions of a name or member.
    func definitions(of ref: NodeRef, _ bindings: Bindings = [:]) -> Definition {
        let node = facts.node(ref)
        switch node.kind {
        case .name: return definitions(ofName: node.text, at: ref)
        case .member: return definitions(ofMember: ref, bindings)
        default: return .none
        }
    }

    // MARK: Plain names

    func definitions(ofName text: String, at ref: NodeRef) -> Definition {
        let tree = facts.units[ref.unit].tree
        let name = facts.key(text, in: ref)
        guard !name.isEmpty else { return .none }
        let candidates = facts.units[ref.unit].names.assignments[name] ?? []
        let use = tree[ref.node]
        let isField = text.hasPrefix("@")
        var scope = isField ? nil : tree.function(around: ref.node)
        while let function = scope {
            if let parameter = tree.parameters(of: function).first(where: {
                facts.key(tree[$0].text, in: ref) == name
            }),
                !candidates.contains(where: {
                    isLocalValue($0, in: function, before: use.start, tree)
                })
            {
                return .parameter(facts.with(ref, parameter))
            }
            if let receiver = tree.receivers[function],
                facts.key(tree[receiver].text, in: ref) == name
            {
                return .parameter(facts.with(ref, receiver))
            }
            let local = candidates.filter { id in
                tree[id].kind == .assign && tree.function(around: id) == function
                    && isPlainTarget(tree[id].children[0], tree)
            }
            if !local.isEmpty {
                let before = local.filter {
                    tree[$0].end <= use.start && !tree.contains($0, ref.node)
                }
                let found = before.isEmpty ? local.filter { !tree.contains($0, ref.node) } : before
                if !found.isEmpty {
                    return .values(found.map { facts.with(ref, $0) }, isLocal: true)
                }
            }
            if let loop = loopVariable(name, at: ref, in: function) { return loop }
            scope = tree.function(around: function)
        }
        // Fields of the type around, then the file.
        if let type = tree.type(around: ref.node) {
            let fields = fields(name, of: facts.with(ref, type), depth: 0)
            if !fields.isEmpty { return .values(fields, isLocal: false) }
        }
        let top = candidates.filter { id in
            tree[id].kind == .assign && tree[id].children.count > 1
                && tree.function(around: id) == nil && !tree.contains(id, ref.node)
        }
        if !top.isEmpty {
            // At the top of a script, code runs in order.
            let before = top.filter { tree[$0].start < use.start }
            if let taken = destructured(name, by: facts.with(ref, top[0])) { return taken }
            if tree.function(around: ref.node) == nil, !before.isEmpty {
                return .values(before.map { facts.with(ref, $0) }, isLocal: true)
            }
            return .values(top.map { facts.with(ref, $0) }, isLocal: false)
        }
        if let setting = facts.units[ref.unit].environment[text] { return .setting(setting) }
        if let function = (facts.units[ref.unit].names.functions[name] ?? []).first(where: {
            !needsObject(facts.with(ref, $0))
        }) {
            return .function(facts.with(ref, function))
        }
        return definitionsElsewhere(name, at: ref)
    }

    /// Languages where a bare name never means a method of the type or object around.
    private static let objectLanguages: Set<String> = [
        "javascript", "typescript", "python", "php", "rust", "go", "lua", "powershell",
    ]

    /// Whether a function can only be called on its object.
    func needsObject(_ function: NodeRef) -> Bool {
        guard Self.objectLanguages.contains(facts.language(function)) else { return false }
        let tree = facts.units[function.unit].tree
        var current = function.node
        if tree[current].kind == .lambda { current = tree[current].parent }
        guard current >= 0, tree[current].parent >= 0 else { return false }
        let parent = tree[tree[current].parent]
        if parent.kind == .map {
            return tree[current].kind == .function || tree[current].kind == .pair
        }
        return tree.receivers[function.node] != nil || parent.kind == .type
            || parent.kind == .block && parent.parent >= 0 && tree[parent.parent].kind == .type
    }

    /// What `const { name } = require('./x')` takes out of the other file.
    private func destructured(_ name: String, by assignment: NodeRef) -> Definition? {
        let tree = facts.units[assignment.unit].tree
        let node = tree[assignment.node]
        guard node.children.count > 1, tree[node.children[0]].kind == .map,
            let path = required(node.children[1], tree)
        else { return nil }
        var original = name
        for item in tree[node.children[0]].children
        where tree[item].kind == .pair && NameTable.targetName(item, tree) == name {
            original = tree[item].text
        }
        return member(original, ofRequired: path, at: assignment)
    }

    /// Constants and functions of other files, where the name is unmistakable.
    private func definitionsElsewhere(_ name: String, at ref: NodeRef) -> Definition {
        guard name.utf8.count > 2 else { return .none }
        let importedName = imported(name, in: ref.unit)
        let name = importedName?.original ?? name
        let isImported = importedName != nil || isImported(name, in: ref.unit)
        let samePackage = [
            "go", "java", "kotlin", "csharp", "scala", "swift", "c", "cpp", "shell", "terraform",
            "objective-c",
        ]
        .contains(facts.language(ref))
        guard isImported || samePackage || name.first?.isUppercase ?? false else { return .none }
        let family = languageFamily(facts.language(ref))
        let values = (facts.assignments[name] ?? []).filter { candidate in
            candidate.unit != ref.unit && languageFamily(facts.language(candidate)) == family
                && facts.kind(candidate) == .assign
                && facts.units[candidate.unit].tree.function(around: candidate.node) == nil
        }
        if !values.isEmpty {
            return .values(meant(values, by: importedName, at: ref), isLocal: false)
        }
        let functions = (facts.functions[name] ?? []).filter {
            $0.unit != ref.unit && languageFamily(facts.language($0)) == family
        }
        if functions.count == 1 || isImported,
            let function = meant(functions, by: importedName, at: ref).first
        {
            return .function(function)
        }
        if facts.language(ref) == "shell" || facts.language(ref) == "dotenv" {
            let settings = facts.settings(for: [name]).filter { $0.keys.count == 1 }
            if let first = settings.first { return .setting(first) }
        }
        return .none
    }

    func nearest(_ refs: [NodeRef], to ref: NodeRef) -> NodeRef? {
        let own = facts.units[ref.unit].path.split(separator: "/")
        return refs.max { left, right in
            shared(own, left) < shared(own, right)
        }
    }

    private func shared(_ own: [Substring], _ ref: NodeRef) -> Int {
        let other = facts.units[ref.unit].path.split(separator: "/")
        return zip(own, other).prefix { $0 == $1 }.count
    }

    func languageFamily(_ language: String) -> String { Self.family(of: language) }

    /// Languages whose code can name each other's.
    static func family(of language: String) -> String {
        switch language {
        case "typescript", "javascript": "script"
        case "java", "kotlin", "groovy", "scala": "jvm"
        case "c", "cpp", "objective-c": "c"
        default: language
        }
    }

    func isImported(_ name: String, in unit: Int) -> Bool {
        let tree = facts.units[unit].tree
        for id in facts.units[unit].names.imports {
            for word in tree[id].text.split(whereSeparator: { $0 == " " || $0 == "." || $0 == "/" })
            where word == name {
                return true
            }
        }
        // `const { a, b } = require('…')`
        for id in facts.units[unit].names.assignments[name] ?? [] where tree[id].kind == .assign {
            if tree[id].children.count > 1, tree.lastName(of: tree[id].children[1]) == "require" {
                return true
            }
        }
        return false
    }

    private func isLocalValue(_ id: NodeID, in function: NodeID, before: Int, _ tree: SyntaxTree)
        -> Bool
    {
        tree[id].kind == .assign && tree.function(around: id) == function && tree[id].end <= before
            && isPlainTarget(tree[id].children[0], tree)
            && tree[id].children.count > 1 && tree[tree[id].children[0]].kind == .name
    }

    private func isPlainTarget(_ id: NodeID, _ tree: SyntaxTree) -> Bool {
        switch tree[id].kind {
        case .name: true
        case .list, .map, .unary: true
        case .pair: true
        default: false
        }
    }

    private func loopVariable(_ name: String, at ref: NodeRef, in function: NodeID) -> Definition? {
        let tree = facts.units[ref.unit].tree
        var current = tree[ref.node].parent
        while current >= 0, current != function {
            if tree[current].kind == .loop {
                for head in tree[current].children.dropLast() {
                    let node = tree[head]
                    if node.kind == .binary, node.text == "in", let first = node.children.first,
                        tree.lastName(of: first) == name
                    {
                        return .values([facts.with(ref, head)], isLocal: true)
                    }
                }
            }
            current = tree[current].parent
        }
        return nil
    }

    // MARK: Members

    func definitions(ofMember ref: NodeRef, _ bindings: Bindings) -> Definition {
        facts.memory.answer(.member(ref), whatever: bindings, none: .none) {
            memberDefinitions(ref, bindings)
        }
    }

    private func memberDefinitions(_ ref: NodeRef, _ bindings: Bindings) -> Definition {
        let tree = facts.units[ref.unit].tree
        let node = tree[ref.node]
        let name = facts.key(node.text, in: ref)
        guard let baseID = node.children.first else { return .none }
        let base = tree[baseID]
        if base.kind == .name, Self.selfNames.contains(facts.key(base.text, in: ref)) {
            if let type = tree.type(around: ref.node) {
                let found = fields(name, of: facts.with(ref, type), depth: 0)
                if !found.isEmpty { return .values(found, isLocal: false) }
                if let method = method(name, of: facts.with(ref, type), depth: 0) {
                    return .function(method)
                }
            }
            // Objective-C: what backs a property.
            if facts.language(ref) == "objective-c" {
                let backing = (facts.units[ref.unit].names.assignments["_" + name] ?? []).filter {
                    tree[$0].kind == .assign && tree[$0].children.count > 1
                }
                if !backing.isEmpty {
                    return .values(backing.map { facts.with(ref, $0) }, isLocal: false)
                }
            }
            return .none
        }
        if let entry = entry(name, of: facts.with(ref, baseID), bindings, depth: 0) {
            return entry
        }
        // A field or constant of that name anywhere, where the tree has just one meaning for it.
        guard name.utf8.count > 3 else { return .none }
        let family = languageFamily(facts.language(ref))
        let values = (facts.assignments[name] ?? []).filter { candidate in
            guard languageFamily(facts.language(candidate)) == family else { return false }
            let tree = facts.units[candidate.unit].tree
            if candidate.unit == ref.unit, tree.contains(candidate.node, ref.node) { return false }
            guard facts.node(candidate).children.count > 1 else { return false }
            if facts.kind(candidate) == .pair { return true }
            return tree.function(around: candidate.node) == nil
                || tree[tree[candidate.node].children[0]].kind == .member
        }
        if !values.isEmpty, values.count < 12 { return .values(values, isLocal: false) }
        let functions = (facts.functions[name] ?? []).filter {
            languageFamily(facts.language($0)) == family
        }
        if functions.count == 1 { return .function(functions[0]) }
        // A trait's declaration beside its one implementation.
        let written = functions.filter { facts.units[$0.unit].tree.body(of: $0.node) != nil }
        if written.count == 1 { return .function(written[0]) }
        return .none
    }

    /// The entry or static member `name` of what `base` stands for.
    func entry(_ name: String, of base: NodeRef, _ bindings: Bindings, depth: Int) -> Definition? {
        guard depth < 8 else { return nil }
        return facts.memory.answer(
            .entry(name, base), whatever: bindings, isKept: depth == 0, none: nil
        ) {
            findEntry(name, of: base, bindings, depth: depth)
        }
    }

    private func findEntry(
        _ name: String, of base: NodeRef, _ bindings: Bindings, depth: Int
    ) -> Definition? {
        let node = facts.node(base)
        switch node.kind {
        case .unary, .argument:
            return node.children.first.flatMap {
                entry(name, of: facts.with(base, $0), bindings, depth: depth + 1)
            }
        case .list where facts.language(base) == "go" && !node.children.isEmpty:
            return entry(name, of: facts.with(base, node.children[0]), bindings, depth: depth + 1)
        case .map, .list:
            for child in node.children {
                let item = facts.node(facts.with(base, child))
                if item.kind == .pair,
                    TreeFacts.settingKey(item.text) == TreeFacts.settingKey(name),
                    item.children.count > 1
                {
                    return .values([facts.with(base, child)], isLocal: false)
                }
                if item.kind == .function, item.text == name {
                    return .function(facts.with(base, child))
                }
                // `{ name }`
                if item.kind == .name, node.kind == .map, item.text == name, depth < 4 {
                    let own = definitions(ofName: name, at: facts.with(base, child))
                    if case .none = own { continue }
                    return own
                }
            }
            return nil
        case .call:
            // Named arguments of what made it: Config(base_url=…), new X { A = … }.
            for child in node.children.dropFirst() {
                let item = facts.node(facts.with(base, child))
                if item.kind == .argument,
                    TreeFacts.settingKey(item.text) == TreeFacts.settingKey(name)
                {
                    return .values([facts.with(base, item.children[0])], isLocal: false)
                }
                if item.kind == .map || item.kind == .list,
                    let found = entry(name, of: facts.with(base, child), bindings, depth: depth + 1)
                {
                    return found
                }
            }
            if let path = required(base.node, facts.units[base.unit].tree) {
                return member(name, ofRequired: path, at: base)
            }
            let callee = facts.with(base, node.children[0])
            if let type = type(
                named: facts.units[base.unit].tree.lastName(of: node.children[0]), at: base)
            {
                let found = fields(name, of: type, depth: 0)
                if !found.isEmpty { return .values(found, isLocal: false) }
            }
            if case .function(let function) = definitions(of: callee, bindings) {
                for value in Folding(facts: facts).results(in: function) {
                    if let found = entry(name, of: value, bindings, depth: depth + 1) {
                        return found
                    }
                }
            }
            return nil
        case .name, .member:
            let text = facts.units[base.unit].tree.lastName(of: base.node)
            if let type = type(named: text, at: base) {
                let found = fields(name, of: type, depth: 0)
                if !found.isEmpty { return .values(found, isLocal: false) }
                if let method = method(name, of: type, depth: 0) { return .function(method) }
            }
            switch definitions(of: base, bindings) {
            case .values(let values, _):
                for value in values.reversed() {
                    let node = facts.node(value)
                    let target =
                        node.kind == .assign || node.kind == .pair
                        ? (node.children.count > 1 ? facts.with(value, node.children[1]) : value)
                        : value
                    if target == base { continue }
                    if let found = entry(name, of: target, bindings, depth: depth + 1) {
                        return found
                    }
                    if let typed = typeName(of: value), let type = type(named: typed, at: base) {
                        let found = fields(name, of: type, depth: 0)
                        if !found.isEmpty { return .values(found, isLocal: false) }
                        if let method = method(name, of: type, depth: 0) {
                            return .function(method)
                        }
                    }
                }
            case .parameter(let parameter):
                if let bound = bindings[parameter], bound != parameter {
                    return entry(name, of: bound, bindings, depth: depth + 1)
                }
                if let typed = facts.units[parameter.unit].tree.typeNames[parameter.node] {
                    for word in typed.split(separator: " ") {
                        guard let type = type(named: String(word), at: base) else { continue }
                        let found = fields(name, of: type, depth: 0)
                        if !found.isEmpty { return .values(found, isLocal: false) }
                        if let method = method(name, of: type, depth: 0) {
                            return .function(method)
                        }
                    }
                }
            case .none:
                for word in declaredType(of: base) {
                    guard let type = type(named: word, at: base) else { continue }
                    let found = fields(name, of: type, depth: 0)
                    if !found.isEmpty { return .values(found, isLocal: false) }
                    if let method = method(name, of: type, depth: 0) { return .function(method) }
                }
            case .function, .setting: break
            }
            // A module: the file of that name.
            return moduleMember(name, module: text, at: base)
        default: return nil
        }
    }

    /// Where a field or variable is declared without a value: `private WebClient web;`.
    func declaration(of ref: NodeRef) -> NodeRef? {
        let unit = facts.units[ref.unit]
        let name = facts.key(unit.tree.lastName(of: ref.node), in: ref)
        let type = unit.tree.type(around: ref.node)
        let function = unit.tree.function(around: ref.node)
        for id in (unit.names.assignments[name] ?? []).reversed()
        where unit.tree[id].kind == .assign && unit.tree[id].children.count == 1 {
            let scope = unit.tree.function(around: id)
            if scope == nil ? unit.tree.type(around: id) == type : scope == function {
                return facts.with(ref, id)
            }
        }
        return nil
    }

    /// The words of the type in such a declaration.
    func declaredType(of ref: NodeRef) -> [String] {
        guard let declaration = declaration(of: ref) else { return [] }
        let tree = facts.units[ref.unit].tree
        return (tree.typeNames[tree[declaration.node].children[0]] ?? "").split(separator: " ")
            .map(String.init)
    }

    private func typeName(of definition: NodeRef) -> String? {
        let node = facts.node(definition)
        guard node.kind == .assign, let target = node.children.first else { return nil }
        return facts.units[definition.unit].tree.typeNames[target]
    }

    // MARK: Types

    /// The type of that name, the nearest where there are several.
    func type(named name: String, at ref: NodeRef) -> NodeRef? {
        let key = facts.key(name, in: ref)
        guard let found = facts.types[key], !found.isEmpty else { return nil }
        let family = languageFamily(facts.language(ref))
        let own = found.filter { languageFamily(facts.language($0)) == family }
        if let same = own.first(where: { $0.unit == ref.unit }) { return same }
        return nearest(own, to: ref)
    }

    /// Assignments and declarations of a field in a type, its methods and what it extends.
    func fields(_ name: String, of type: NodeRef, depth: Int) -> [NodeRef] {
        let unit = facts.units[type.unit]
        let tree = unit.tree
        var found: [NodeRef] = []
        for id in unit.names.assignments[name] ?? [] where tree[id].kind == .assign {
            guard tree[id].children.count > 1, tree.type(around: id) == type.node else { continue }
            let target = tree[id].children[0]
            let isMember =
                tree[target].kind == .member
                && tree[target].children.first.map {
                    Self.selfNames.contains(NameTable.key(tree[$0].text)) || tree[$0].text.isEmpty
                } ?? false
            if tree.function(around: id) == nil || isMember || tree[target].text.hasPrefix("@") {
                found.append(facts.with(type, id))
            } else if tree[target].kind == .name, isConstructor(around: id, of: type) {
                found.append(facts.with(type, id))
            }
        }
        if found.isEmpty {
            // Constructor parameters that are fields: Kotlin, Scala, C#, TypeScript.
            if let parameter = tree.parameters(of: type.node).first(where: {
                facts.key(tree[$0].text, in: type) == name
            }) {
                return [facts.with(type, parameter)]
            }
            if unit.codeLanguage == "typescript" || unit.codeLanguage == "php" {
                for id in unit.names.functions["constructor"] ?? unit.names.functions["__construct"]
                    ?? []
                where tree.type(around: id) == type.node {
                    if let parameter = tree.parameters(of: id).first(where: {
                        facts.key(tree[$0].text, in: type) == name
                    }) {
                        return [facts.with(type, parameter)]
                    }
                }
            }
        }
        if found.isEmpty { found = entries(name, ofLiterals: type) }
        if found.isEmpty { found = shorthand(name, ofLiterals: type) }
        if found.isEmpty, depth < 5 {
            for base in bases(of: type) {
                let inherited = fields(name, of: base, depth: depth + 1)
                if !inherited.isEmpty { return inherited }
            }
        }
        return found
    }

    /// `Gate { base: ROOT }`, `Self { base: ROOT }`: what literals of a type give a field.
    private func entries(_ name: String, ofLiterals type: NodeRef) -> [NodeRef] {
        guard ["rust", "go"].contains(facts.language(type)) else { return [] }
        let typeName = facts.node(type).text
        return (facts.assignments[name] ?? []).filter { ref in
            guard facts.kind(ref) == .pair, facts.language(ref) == facts.language(type) else {
                return false
            }
            let tree = facts.units[ref.unit].tree
            guard let call = tree.ancestor(of: ref.node, where: { $0.kind == .call }) else {
                return false
            }
            let callee = tree.lastName(of: call)
            return callee == typeName
                || callee == "Self"
                    && tree.type(around: call).map { tree[$0].text } == typeName
        }
    }

    /// Rust's `Self { http, base }`: the variable of the field's name.
    private func shorthand(_ name: String, ofLiterals type: NodeRef) -> [NodeRef] {
        guard facts.language(type) == "rust" else { return [] }
        let unit = facts.units[type.unit]
        let tree = unit.tree
        for use in unit.names.uses[name] ?? [] where tree[use].kind == .name {
            let record = tree[use].parent
            guard record >= 0, [.map, .list].contains(tree[record].kind),
                tree[record].parent >= 0, tree[tree[record].parent].kind == .call,
                [facts.node(type).text, "Self"].contains(
                    tree.lastName(of: tree[tree[record].parent].children[0]))
            else { continue }
            let function = tree.function(around: use)
            let local = (unit.names.assignments[name] ?? []).filter {
                tree[$0].kind == .assign && tree[$0].start < tree[use].start
                    && tree.function(around: $0) == function
            }
            if !local.isEmpty { return local.map { facts.with(type, $0) } }
        }
        return []
    }

    private func isConstructor(around id: NodeID, of type: NodeRef) -> Bool {
        let tree = facts.units[type.unit].tree
        guard let function = tree.namedFunction(around: id) else { return false }
        return tree[function].text == tree[type.node].text
            || ["constructor", "init", "__init__", "initialize"].contains(tree[function].text)
    }

    /// What a type extends, where the tree has it.
    func bases(of type: NodeRef) -> [NodeRef] {
        let tree = facts.units[type.unit].tree
        var found: [NodeRef] = []
        for child in tree[type.node].children
        where tree[child].kind == .name || tree[child].kind == .member || tree[child].kind == .call
        {
            let name = tree.lastName(of: child)
            if let base = self.type(named: name, at: type), base != type { found.append(base) }
        }
        return found
    }

    /// A method of a type or of what it extends.
    func method(_ name: String, of type: NodeRef, depth: Int) -> NodeRef? {
        let unit = facts.units[type.unit]
        for id in unit.names.functions[name] ?? [] where unit.tree.type(around: id) == type.node {
            return facts.with(type, id)
        }
        // Go: methods stand beside their type; Rust: in `impl`, which is a type of that name.
        if depth == 0 {
            for other in facts.types[facts.node(type).text] ?? [] where other != type {
                let tree = facts.units[other.unit].tree
                for id in facts.units[other.unit].names.functions[name] ?? []
                where tree.type(around: id) == other.node {
                    return facts.with(other, id)
                }
            }
            if unit.codeLanguage == "go" {
                let folder = unit.path.split(separator: "/").dropLast()
                for candidate in facts.functions[name] ?? []
                where facts.language(candidate) == "go"
                    && facts.units[candidate.unit].path.split(separator: "/").dropLast() == folder
                {
                    return candidate
                }
            }
        }
        guard depth < 5 else { return nil }
        for base in bases(of: type) {
            if let found = method(name, of: base, depth: depth + 1) { return found }
        }
        return nil
    }

    /// The function of the tree that a call runs.
    func function(calledBy call: NodeRef, _ bindings: Bindings = [:]) -> NodeRef? {
        facts.memory.answer(.function(call), whatever: bindings, none: nil) {
            calledFunction(call, bindings)
        }
    }

    private func calledFunction(_ call: NodeRef, _ bindings: Bindings) -> NodeRef? {
        let tree = facts.units[call.unit].tree
        guard var callee = tree[call.node].children.first else { return nil }
        // Go's `get[Operation](path)`
        if tree[callee].kind == .index, facts.language(call) == "go",
            let generic = tree[callee].children.first, tree[generic].kind == .name
        {
            callee = generic
        }
        let name = facts.key(tree.lastName(of: callee), in: call)
        guard !name.isEmpty else { return nil }
        let ref = facts.with(call, callee)
        if tree[callee].kind == .name {
            switch definitions(of: ref, bindings) {
            case .function(let function): return function
            case .values(let values, _):
                if let value = values.last, let lambda = functionValue(value) { return lambda }
            case .parameter(let parameter):
                if let bound = bindings[parameter], let lambda = functionValue(bound) {
                    return lambda
                }
            case .setting, .none: break
            }
            // A constructor.
            if let type = type(named: name, at: call) { return constructor(of: type) }
            let local = (facts.units[call.unit].names.functions[name] ?? []).filter {
                !needsObject(facts.with(call, $0))
            }
            if let type = tree.type(around: call.node),
                let own = method(name, of: facts.with(call, type), depth: 0), !needsObject(own)
            {
                return own
            }
            return local.first.map { facts.with(call, $0) }
        }
        guard tree[callee].kind == .member, let base = tree[callee].children.first else {
            return nil
        }
        if tree[base].kind == .name,
            Self.selfNames.contains(facts.key(tree[base].text, in: call))
                || tree.lastName(of: base) == "super"
        {
            if let type = tree.type(around: call.node) {
                return method(name, of: facts.with(call, type), depth: 0)
            }
            return nil
        }
        if case .function(let function)? = entry(
            name, of: facts.with(call, base), bindings, depth: 0)
        {
            return function
        }
        if case .values(let values, _)? = entry(
            name, of: facts.with(call, base), bindings, depth: 0),
            let value = values.last, let lambda = functionValue(value)
        {
            return lambda
        }
        if let type = typeOfExpression(facts.with(call, base), bindings, depth: 0),
            let method = method(name, of: type, depth: 0)
        {
            return method
        }
        return facts.language(call) == "csharp" ? extensionMethod(name) : nil
    }

    /// What an object's constructor parameters stand for: by the call that made it, and by what its
    /// type hands on to the types it extends.
    func constructorBindings(of receiver: NodeRef, _ bindings: Bindings) -> Bindings {
        guard let type = typeOfExpression(receiver, bindings, depth: 0) else { return [:] }
        var bound: Bindings = [:]
        let folding = Folding(facts: facts)
        if let creation = creation(of: receiver, type, bindings, depth: 0),
            let constructor = constructor(of: type)
        {
            let arguments = facts.units[creation.unit].tree.arguments(of: creation.node).map {
                ($0.name, facts.with(creation, $0.value))
            }
            bound = folding.bind(arguments, to: constructor, bound)
        }
        var current = type
        var hops = 0
        while hops < 4, let base = bases(of: current).first {
            hops += 1
            if let own = constructor(of: current), let inherited = constructor(of: base) {
                let tree = facts.units[own.unit].tree
                for call in [
                    "__init__", "super", "constructor", "base", "initialize", "init", "__construct",
                ] {
                    for id in facts.units[own.unit].names.calls[call] ?? []
                    where tree.contains(own.node, id) {
                        let arguments = tree.arguments(of: id).map {
                            ($0.name, facts.with(own, $0.value))
                        }
                        guard !arguments.isEmpty else { continue }
                        bound = folding.bind(arguments, to: inherited, bound)
                    }
                }
            }
            current = base
        }
        return bound
    }

    private func functionValue(_ value: NodeRef) -> NodeRef? {
        let node = facts.node(value)
        switch node.kind {
        case .lambda, .function: return value
        case .assign, .pair:
            return node.children.count > 1
                ? functionValue(facts.with(value, node.children[1])) : nil
        default: return nil
        }
    }

    func constructor(of type: NodeRef) -> NodeRef? {
        let unit = facts.units[type.unit]
        for name in [
            "__init__", "constructor", "initialize", "__construct", "init", facts.node(type).text,
        ] {
            for id in unit.names.functions[name] ?? [] where unit.tree.type(around: id) == type.node
            {
                return facts.with(type, id)
            }
        }
        return nil
    }

    /// The tree's own type that an expression has, as far as names tell.
    func typeOfExpression(_ ref: NodeRef, _ bindings: Bindings, depth: Int) -> NodeRef? {
        guard depth < 8 else { return nil }
        return facts.memory.answer(
            .type(ref), whatever: bindings, isKept: depth == 0, none: nil
        ) {
            expressionType(ref, bindings, depth: depth)
        }
    }

    private func expressionType(_ ref: NodeRef, _ bindings: Bindings, depth: Int) -> NodeRef? {
        let tree = facts.units[ref.unit].tree
        let node = tree[ref.node]
        switch node.kind {
        case .call:
            guard let callee = node.children.first else { return nil }
            if let type = type(named: tree.lastName(of: callee), at: ref) { return type }
            if ["new", "build", "create", "getInstance", "default"].contains(
                tree.lastName(of: callee)),
                tree[callee].kind == .member, let base = tree[callee].children.first
            {
                return type(named: tree.lastName(of: base), at: ref)
            }
            if let function = function(calledBy: ref, bindings) {
                for value in Folding(facts: facts).results(in: function) {
                    if let type = typeOfExpression(value, bindings, depth: depth + 1) {
                        return type
                    }
                }
            }
            return nil
        case .name, .member:
            if node.kind == .name, Self.selfNames.contains(facts.key(node.text, in: ref)) {
                return tree.type(around: ref.node).map { facts.with(ref, $0) }
            }
            switch definitions(of: ref, bindings) {
            case .values(let values, _):
                for value in values.reversed() {
                    if let typed = typeName(of: value) {
                        for word in typed.split(separator: " ") {
                            if let type = type(named: String(word), at: ref) { return type }
                        }
                    }
                    let definition = facts.node(value)
                    if definition.kind == .parameter {
                        if let type = typeOfParameter(value, at: ref)
                            ?? typeHandedTo(value, depth: depth)
                        {
                            return type
                        }
                        continue
                    }
                    if definition.kind == .assign, definition.children.count > 1 {
                        let inner = facts.with(value, definition.children[1])
                        if inner != ref,
                            let type = typeOfExpression(inner, bindings, depth: depth + 1)
                        {
                            return type
                        }
                    }
                }
                for word in declaredType(of: ref) {
                    if let type = type(named: word, at: ref) { return type }
                }
            case .parameter(let parameter):
                if let bound = bindings[parameter], bound != parameter {
                    return typeOfExpression(bound, bindings, depth: depth + 1)
                }
                return typeOfParameter(parameter, at: ref)
                    ?? typeHandedTo(parameter, depth: depth)
            case .none:
                return declaredType(of: ref).lazy.compactMap { type(named: $0, at: ref) }.first
            case .function, .setting: return nil
            }
            return nil
        case .unary, .argument, .binary:
            guard let child = node.children.first else { return nil }
            return typeOfExpression(facts.with(ref, child), bindings, depth: depth + 1)
        default: return nil
        }
    }

    private func typeOfParameter(_ parameter: NodeRef, at ref: NodeRef) -> NodeRef? {
        guard let typed = facts.units[parameter.unit].tree.typeNames[parameter.node] else {
            return nil
        }
        for word in typed.split(separator: " ") {
            if let type = type(named: String(word), at: ref) { return type }
        }
        return nil
    }
}
