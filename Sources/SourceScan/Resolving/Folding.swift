import Deprecations

/// What an expression comes to, and what that rests on.
struct Folded: Sendable {
    var template: Template
    /// Places of constants, settings and defaults that went in.
    var evidence: [Evidence] = []

    init(_ template: Template, _ evidence: [Evidence] = []) {
        self.template = template
        self.evidence = evidence
    }

    static func hole(_ name: String) -> Folded { Folded(Template(hole: name)) }

    mutating func append(_ other: Folded) {
        template.append(other.template)
        evidence += other.evidence
    }
}

/// What parameters stand for while a call is followed into its function.
typealias Bindings = [NodeRef: NodeRef]

/// Turns expressions into templates: through constants, fields, parameters, settings and functions,
/// over all files of the tree.
struct Folding {
    let facts: TreeFacts
    /// Bounds the work on one expression, whatever the code looks like.
    private var steps = 0
    static let maximumDepth = 28
    private static let maximumSteps = 4000

    init(facts: TreeFacts) {
        self.facts = facts
    }

    /// Folds one expression.
    mutating func fold(_ ref: NodeRef, _ bindings: Bindings = [:]) -> Folded {
        steps = 0
        facts.memory.begin()
        return text(ref, bindings, 0)
    }

    /// The text of an expression that is known.
    static func constant(_ ref: NodeRef, _ facts: TreeFacts) -> String? {
        var folding = Folding(facts: facts)
        return folding.fold(ref).template.literal
    }

    mutating func text(_ ref: NodeRef, _ bindings: Bindings, _ depth: Int) -> Folded {
        steps += 1
        let node = facts.node(ref)
        guard depth < Self.maximumDepth, steps < Self.maximumSteps else {
            return .hole(facts.units[ref.unit].tree.lastName(of: ref.node))
        }
        let next = depth + 1
        switch node.kind {
        case .string: return string(ref, bindings, next)
        case .number: return Folded(Template(String(node.text.prefix(40))))
        case .name, .member: return named(ref, bindings, next)
        case .index: return indexed(ref, bindings, next)
        case .call: return called(ref, bindings, next)
        case .binary: return binary(ref, bindings, next)
        case .argument, .unary, .returned:
            guard let child = node.children.first else { return .hole("") }
            return text(facts.with(ref, child), bindings, next)
        case .assign, .pair:
            guard node.children.count > 1 else { return .hole("") }
            return text(facts.with(ref, node.children[1]), bindings, next)
        case .parameter: return parameter(ref, bindings, next)
        case .conditional:
            if let chosen = bindings[ref] { return text(chosen, bindings, next) }
            return alternatives(
                node.children.dropFirst().map { facts.with(ref, $0) }, bindings, next)
        case .list where node.children.count == 1:
            return text(facts.with(ref, node.children[0]), bindings, next)
        case .lambda, .function: return result(of: ref, bindings, next)
        case .branch:
            if let chosen = bindings[ref] { return text(chosen, bindings, next) }
            let values = results(in: ref, ofBranch: true)
            return alternatives(values, bindings, next)
        case .block:
            // `$(…)` of a shell: what the command prints is not known.
            if facts.language(ref) == "shell" { return .hole(commandName(ref)) }
            guard let last = node.children.last else { return .hole("") }
            return text(facts.with(ref, last), bindings, next)
        case .list, .map, .loop, .type, .annotation, .imported: return .hole("")
        }
    }

    private func commandName(_ ref: NodeRef) -> String {
        let tree = facts.units[ref.unit].tree
        for child in tree[ref.node].children where tree[child].kind == .call {
            return tree.lastName(of: tree[child].children[0])
        }
        return "command"
    }

    private mutating func string(_ ref: NodeRef, _ bindings: Bindings, _ depth: Int) -> Folded {
        var folded = Folded(Template())
        for part in facts.units[ref.unit].tree.parts(of: ref.node) {
            switch part {
            case .text(let piece, _): folded.template.append(piece)
            case .node(let node): folded.append(text(facts.with(ref, node), bindings, depth))
            }
        }
        return folded
    }

    /// The alternative that says most.
    private mutating func alternatives(
        _ refs: [NodeRef], _ bindings: Bindings, _ depth: Int
    ) -> Folded {
        var best: Folded?
        var bestLength = -1
        var setting: Folded?
        for ref in refs.prefix(6) {
            let folded = text(ref, bindings, depth)
            if case .hole(let hole)? = folded.template.pieces.first, hole.isSetting,
                folded.template.pieces.count == 1
            {
                setting = folded
            }
            let length = folded.template.pieces.reduce(0) { sum, piece in
                if case .text(let text) = piece { sum + text.utf8.count } else { sum }
            }
            if length > bestLength {
                best = folded
                bestLength = length
            }
        }
        // A setting, or else a literal: the literal is what it falls back to.
        if let setting, let best, best.template.literal != nil {
            return withFallback(setting, best)
        }
        return best ?? .hole("")
    }

    private mutating func binary(_ ref: NodeRef, _ bindings: Bindings, _ depth: Int) -> Folded {
        let node = facts.node(ref)
        let left = facts.with(ref, node.children[0])
        let right = facts.with(ref, node.children[1])
        let language = Language.named(facts.language(ref))
        if node.text == "%", facts.kind(left) != .number {
            var folded = text(left, bindings, depth)
            folded = filled(folded, with: listItems(right), bindings, depth)
            return folded
        }
        if language?.concatenation.contains(node.text) ?? (node.text == "+") || node.text == "+" {
            var folded = text(left, bindings, depth)
            folded.append(text(right, bindings, depth))
            return folded
        }
        switch node.text {
        case "/":
            return joined(text(left, bindings, depth), text(right, bindings, depth))
        case "??", "||", "?:":
            let value = text(left, bindings, depth)
            return withFallback(value, text(right, bindings, depth))
        case "|>": return urlBuilt(ref, bindings, depth) ?? text(left, bindings, depth)
        case "as": return text(left, bindings, depth)
        case "&&": return text(right, bindings, depth)
        default: return .hole("")
        }
    }

    /// A value with what stands in for it when it is missing.
    func withFallback(_ value: Folded, _ fallback: Folded) -> Folded {
        guard value.template.pieces.count == 1, case .hole(var hole) = value.template.pieces[0]
        else {
            return value.template.pieces.isEmpty ? fallback : value
        }
        guard let literal = fallback.template.literal else {
            return fallback.template.pieces.contains { if case .text = $0 { true } else { false } }
                ? fallback : value
        }
        hole.fallback = hole.fallback ?? literal
        return Folded(
            Template([.hole(hole)]), value.evidence + fallback.evidence)
    }

    /// Two parts with exactly one slash in between.
    func joined(_ left: Folded, _ right: Folded) -> Folded {
        var folded = left
        let leftEnds = left.template.endsWithSlash
        let rightBegins = right.template.beginsWithSlash
        if leftEnds, rightBegins {
            folded.template = left.template.droppingLastByte
        } else if !leftEnds, !rightBegins, !left.template.pieces.isEmpty {
            folded.template.append("/")
        }
        folded.append(right)
        return folded
    }

    func listItems(_ ref: NodeRef) -> [NodeRef] {
        let node = facts.node(ref)
        switch node.kind {
        case .list, .map: return node.children.map { facts.with(ref, $0) }
        default: return [ref]
        }
    }

    // MARK: Names

    private mutating func named(_ ref: NodeRef, _ bindings: Bindings, _ depth: Int) -> Folded {
        let node = facts.node(ref)
        if let value = bindings[ref], value != ref { return text(value, bindings, depth) }
        if let setting = environmentRead(ref) { return setting }
        if node.kind == .name, let folded = built(ref, bindings, depth) { return folded }
        let lookup = Lookup(facts: facts)
        let found = lookup.definitions(of: ref, bindings)
        switch found {
        case .none:
            // `@Value("${key}") private String root;`
            if let field = lookup.declaration(of: ref), let value = annotatedSetting(field) {
                return value
            }
        case .parameter(let parameter):
            if let argument = bindings[parameter] {
                if let marked = argument == parameter ? nil : argument {
                    return text(marked, bindings, depth)
                }
            }
            return self.parameter(parameter, bindings, depth)
        case .values(let values, let isLocal):
            if let folded = accumulated(values, use: ref, isLocal: isLocal, bindings, depth) {
                return folded
            }
        case .function(let function):
            if facts.parent(ref).map({ facts.kind($0) }) != .call || node.kind == .member {
                return result(of: function, bindings, depth)
            }
        case .setting(let setting):
            return Folded(
                setting.value,
                [
                    Evidence(
                        place: setting.place, note: "setting \(setting.keys.joined(separator: "."))"
                    )
                ])
        }
        if node.kind == .member,
            let folded = boundSetting(
                NameTable.key(node.text), of: facts.with(ref, node.children[0]), bindings)
        {
            return folded
        }
        if node.kind == .member {
            let path = facts.units[ref.unit].tree.path(of: ref.node)
            if let folded = settingByPath(path, minimum: 2) { return folded }
            // `"…".freeze`, `url.absoluteString`: a call without brackets.
            if case .transparent? = TextOperation.named(node.text) {
                let inner = text(facts.with(ref, node.children[0]), bindings, depth)
                if inner.template.saysSomething { return inner }
            }
        }
        if let folded = backedProperty(ref, bindings, depth) { return folded }
        if node.kind == .member,
            facts.node(facts.with(ref, node.children[0])).text == "BuildConfig",
            let folded = buildField(node.text)
        {
            return folded
        }
        if node.kind == .member, node.text == "rawValue",
            let folded = anyCase(ofEnumeration: facts.with(ref, node.children[0]), bindings, depth)
        {
            return folded
        }
        return Folded(Template(hole: NameTable.key(node.text)))
    }

    /// Android's `BuildConfig.NAME`: what the build file's `buildConfigField` sets.
    private func buildField(_ name: String) -> Folded? {
        var found: Folded?
        for call in facts.calls["buildConfigField"] ?? [] {
            let tree = facts.units[call.unit].tree
            let words = tree.arguments(of: call.node).map { tree.literal($0.value) }
            guard words.count == 3, words[1] == name, let value = words[2] else { continue }
            let plain = value.filter { $0 != "\"" && $0 != "\\" }
            if let found, found.template.literal != plain { return nil }
            found = Folded(
                Template(plain), [Evidence(place: facts.place(call), note: "value of \(name)")])
        }
        return found
    }

    /// Swift's `region.rawValue` where the case is not known: any case speaks for all.
    private mutating func anyCase(
        ofEnumeration value: NodeRef, _ bindings: Bindings, _ depth: Int
    ) -> Folded? {
        guard
            let type = Lookup(facts: facts).typeOfExpression(value, bindings, depth: 0),
            facts.language(type) == "swift"
        else { return nil }
        let tree = facts.units[type.unit].tree
        var first: NodeID?
        tree.walk(type.node) { id, node in
            if first == nil, node.kind == .assign, node.children.count > 1,
                tree[node.children[1]].kind == .string
            {
                first = node.children[1]
            }
            return first == nil
        }
        guard let first else { return nil }
        var folded = text(facts.with(type, first), bindings, depth)
        folded.evidence.append(
            Evidence(place: facts.place(facts.with(type, first)), note: "case of an enumeration"))
        return folded
    }

    /// The value of a variable after its assignments, `+=` included.
    private mutating func accumulated(
        _ values: [NodeRef], use: NodeRef, isLocal: Bool, _ bindings: Bindings, _ depth: Int
    ) -> Folded? {
        guard !values.isEmpty else { return nil }
        var plain = values.count - 1
        while plain > 0, isAppending(values[plain]) { plain -= 1 }
        var folded = value(of: values[isLocal ? plain : 0], named: use, bindings, depth)
        if isLocal {
            for value in values[(plain)...].dropFirst() {
                folded.append(self.value(of: value, named: use, bindings, depth))
            }
        } else if values.count > 1 {
            // Several definitions: they must agree, or the one in the same file counts.
            let own = values.filter { $0.unit == use.unit }
            if let first = own.first {
                folded = value(of: first, named: use, bindings, depth)
            } else {
                for other in values.dropFirst().prefix(8) {
                    let candidate = value(of: other, named: use, bindings, depth)
                    if candidate.template != folded.template { return nil }
                }
            }
        }
        if !isLocal, let first = values.first(where: { $0.unit == use.unit }) ?? values.first {
            folded.evidence.append(
                Evidence(place: facts.place(first), note: "value of \(facts.node(use).text)"))
        }
        return folded
    }

    private func isAppending(_ ref: NodeRef) -> Bool {
        let node = facts.node(ref)
        return node.kind == .assign && ["+=", ".=", "<<"].contains(node.text)
    }

    /// The value that a definition gives; of a tuple, the matching item.
    private mutating func value(
        of definition: NodeRef, named use: NodeRef, _ bindings: Bindings, _ depth: Int
    ) -> Folded {
        let node = facts.node(definition)
        guard node.kind == .assign || node.kind == .pair else {
            return text(definition, bindings, depth)
        }
        guard node.children.count > 1 else { return .hole(facts.node(use).text) }
        let value = facts.with(definition, node.children[1])
        let target = facts.node(facts.with(definition, node.children[0]))
        if target.kind == .list || target.kind == .map {
            let name = NameTable.key(facts.node(use).text)
            let tree = facts.units[definition.unit].tree
            let index =
                target.children.firstIndex { NameTable.key(NameTable.targetName($0, tree)) == name }
                ?? 0
            let items = facts.node(value)
            if items.kind == .list, items.children.count == target.children.count {
                return text(facts.with(value, items.children[index]), bindings, depth)
            }
            if index == 0, target.kind == .list, facts.language(definition) == "go" {
                return text(value, bindings, depth)
            }
            return .hole(facts.node(use).text)
        }
        return text(value, bindings, depth)
    }

    private mutating func parameter(
        _ ref: NodeRef, _ bindings: Bindings, _ depth: Int
    ) -> Folded {
        if let bound = bindings[ref], bound != ref { return text(bound, bindings, depth) }
        let node = facts.node(ref)
        let name = NameTable.key(node.text)
        guard let fallback = node.children.first else {
            if let value = annotatedSetting(ref) { return value }
            return .hole(name)
        }
        let folded = text(facts.with(ref, fallback), bindings, depth)
        // A default that says nothing (None, null) leaves the parameter unknown.
        if folded.template.pieces.contains(where: { if case .text = $0 { true } else { false } }) {
            return Folded(
                folded.template,
                folded.evidence + [Evidence(place: facts.place(ref), note: "default of \(name)")])
        }
        if case .hole(let hole)? = folded.template.pieces.first, hole.fallback != nil {
            return folded
        }
        return .hole(name)
    }

    /// `@Value("${key}")` on a parameter or field.
    mutating func annotatedSetting(_ ref: NodeRef) -> Folded? {
        let tree = facts.units[ref.unit].tree
        for annotation in tree.annotations[ref.node] ?? [] {
            guard ["Value", "ConfigProperty"].contains(tree[annotation].text) else { continue }
            var found: Folded?
            tree.walk(annotation) { _, node in
                guard node.kind == .string, found == nil else { return true }
                return true
            }
            for id in strings(below: annotation, in: tree) {
                if let literal = tree.literal(id) { found = found ?? placeholder(literal) }
            }
            if let found { return found }
        }
        return nil
    }

    private func strings(below id: NodeID, in tree: SyntaxTree) -> [NodeID] {
        var found: [NodeID] = []
        tree.walk(id) { id, node in
            if node.kind == .string { found.append(id) }
            return true
        }
        return found
    }

    /// `${wdesk.base-url:default}`
    func placeholder(_ text: String) -> Folded? {
        guard text.hasPrefix("${") || text.hasPrefix("#{"), text.hasSuffix("}") else { return nil }
        let inner = text.dropFirst(2).dropLast()
        let parts = inner.split(separator: ":", maxSplits: 1).map(String.init)
        guard let key = parts.first else { return nil }
        return setting(key, fallback: parts.count > 1 ? Folded(Template(parts[1])) : nil)
    }

    // MARK: Functions

    /// The expressions that a function can return.
    func results(in ref: NodeRef, ofBranch: Bool = false) -> [NodeRef] {
        let tree = facts.units[ref.unit].tree
        var found: [NodeRef] = []
        func collectLast(_ id: NodeID) {
            let node = tree[id]
            switch node.kind {
            case .block: if let last = node.children.last { collectLast(last) }
            case .branch, .loop:
                for child in node.children
                where tree[child].kind == .block || tree[child].kind == .branch {
                    collectLast(child)
                }
            case .returned: break
            case .assign:
                if node.children.count > 1 { found.append(facts.with(ref, node.children[1])) }
            case .function, .type, .imported: break
            default: found.append(facts.with(ref, id))
            }
        }
        guard let body = ofBranch ? ref.node : tree.body(of: ref.node) else { return [] }
        tree.walk(body) { id, node in
            if id != body, node.kind == .function || node.kind == .lambda { return false }
            if node.kind == .returned, node.text == "return" || node.text == "yield",
                let value = node.children.first
            {
                found.append(facts.with(ref, value))
            }
            return true
        }
        collectLast(body)
        return found
    }

    mutating func result(of function: NodeRef, _ bindings: Bindings, _ depth: Int) -> Folded {
        if let chosen = bindings[function], chosen != function {
            return text(chosen, bindings, depth)
        }
        let values = results(in: function)
        guard !values.isEmpty else { return .hole(facts.node(function).text) }
        return alternatives(values, bindings, depth)
    }
}

extension Template {
    /// Whether its last byte is a slash.
    var endsWithSlash: Bool {
        if case .text(let text)? = pieces.last {
            text.utf8.last == UInt8(ascii: "/")
        } else {
            false
        }
    }

    /// Whether its first byte is a slash.
    var beginsWithSlash: Bool {
        if case .text(let text)? = pieces.first {
            text.utf8.first == UInt8(ascii: "/")
        } else {
            false
        }
    }

    /// Without the last character of its text.
    var droppingLastByte: Template {
        guard case .text(let text)? = pieces.last else { return self }
        return Template(Array(pieces.dropLast()) + [.text(String(text.dropLast()))])
    }

    /// Without slashes at its end.
    var droppingLastSlashes: Template {
        var template = self
        while template.endsWithSlash { template = template.droppingLastByte }
        return template
    }

    /// The text before the first hole.
    var head: String {
        if case .text(let text)? = pieces.first { text } else { "" }
    }
}
