/// Finds requests that JSON, YAML, TOML, XML and HCL describe as data: tasks, flows, tables of
/// endpoints, routes of proxies, test doubles.
struct RequestFinder {
    let tree: DataTree
    var scan: DocumentScan
    /// Values that are requests' URLs and thus no settings.
    var consumed: Set<Int> = []
    private var visits = 0
    private let cycles: FlowCycles
    /// Mappings by key or `name` attribute: what others refer to.
    private var named: [String: Int] = [:]

    /// What holds for a node.
    struct Context {
        var text: RequestText
        /// What relative paths are joined to.
        var base: RequestText.URL?
        /// Headers that all requests below send.
        var headers: [DocumentRequest.Header] = []
        /// The tool that the document around is written for.
        var tool: RequestTool?
        var symbol: String?
        /// Keys on the way here, lower case.
        var path: [String] = []
        /// Google Workflows: the method that the step around names (`call: http.delete`).
        var calledMethod: String?
        var isRepeated = false
        var honoursRetryAfter = false
        var depth = 0
    }

    private init(_ tree: DataTree, _ scan: DocumentScan) {
        self.tree = tree
        self.scan = scan
        cycles = FlowCycles(tree)
        for document in tree.documents {
            document.walk { node, keys in
                guard node.isMapping || node.isSequence else { return false }
                let names = [node["@name"]?.text, keys.last].compactMap { $0 }
                for name in names where named[name] == nil { named[name] = node.id }
                return keys.count < 24
            }
        }
    }

    /// The mapping or list that a word of a text names: `local.headers`, `{{ common_headers }}`.
    func referred(by text: String) -> DataNode? {
        for word in text.utf8.split(whereSeparator: {
            !Placeholders.isWord($0) && $0 != UInt8(ascii: "-")
        }) {
            if let id = named[String(decoding: word, as: UTF8.self)] {
                return DataNode(tree: tree, id: id)
            }
        }
        return nil
    }

    /// Adds the requests of a document to `scan`; the nodes that are their URLs.
    ///
    /// `text` knows variables of the whole document and how its placeholders are written.
    @discardableResult
    static func find(
        _ tree: DataTree, _ scan: inout DocumentScan, text: RequestText = RequestText()
    ) -> Set<Int> {
        var finder = RequestFinder(tree, scan)
        for document in tree.documents {
            var context = Context(text: text)
            context.text.scope.enter(all: document)
            context.tool = RequestTool.ofDocument(document)
            finder.visit(document, key: "", keyOffset: document.offset, context)
        }
        scan = finder.scan
        return finder.consumed
    }

    // MARK: Walking

    private mutating func visit(
        _ node: DataNode, key: String, keyOffset: Int, _ context: Context
    ) {
        visits += 1
        guard context.depth < DataTree.depthLimit, visits < DataTree.nodeLimit else { return }
        var inner = context
        inner.depth += 1
        if node.isSequence {
            for element in node.elements {
                visit(element, key: key, keyOffset: element.offset, inner)
                if key == "requests", context.tool == .taurus { plain(element, inner) }
                // What a task sets, the next ones have.
                if element.first(of: Self.factKeys) != nil { inner.text.scope.enter(element) }
            }
            return
        }
        guard node.isMapping, !isDefinition(key) else { return }
        enter(node, key: key, &inner)
        if exchange(node, inner) {
            consumed.insert(node.id)
            return
        }
        if !route(node, inner) {
            request(node, key: key, keyOffset: keyOffset, &inner)
        }
        for (key, keyOffset, child) in node.pairs where !child.isScalar {
            var own = inner
            own.path.append(ByteText.lower(key))
            if child.isMapping, !isPart(key) { own.symbol = key }
            visit(child, key: key, keyOffset: keyOffset, own)
        }
        for (key, keyOffset, child) in node.pairs where child.isScalar {
            arguments(child, key: key, keyOffset: keyOffset, inner)
        }
    }

    /// Whether a block of Terraform only gives names to values.
    private func isDefinition(_ key: String) -> Bool {
        scan.language == "terraform" && ["locals", "variable", "output"].contains(key)
    }

    /// Keys of parts of a step, which give it no name.
    private static let partKeys: Set<String> = [
        "args", "parameters", "inputs", "typeproperties", "requester", "request", "httpget",
        "http_target", "options", "mapper", "http:request", "http", "retriever", "assign",
        "uri", "local_action", "action", "data", "arguments", "set_fact", "provisioner",
    ]

    private func isPart(_ key: String) -> Bool {
        let lower = ByteText.lower(key)
        return Self.partKeys.contains(lower) || CommandFinder.groups.contains(lower)
            || RequestTool.isModule(key) || RequestText.method(key) != nil
    }

    private static let factKeys = ["set_fact", "ansible.builtin.set_fact"]
    private static let baseKeys: Set<String> = [
        "baseurl", "base_url", "base-url", "baseuri", "base_uri", "url_base", "urlbase", "target",
        "default-address", "default_address", "server_url", "serverurl",
    ]
    private static let defaultsKeys: Set<String> = [
        "config", "defaults", "client", "http_defaults",
    ]

    private func enter(_ node: DataNode, key: String, _ context: inout Context) {
        context.text.scope.enter(node)
        if let tool = RequestTool.of(node, key: key) { context.tool = tool }
        // `data "http" "operation" {`
        if let label = node.all(of: "#label").last?.text { context.symbol = label }
        for (key, _, child) in node.pairs {
            let lower = ByteText.lower(key)
            switch lower {
            case "name", "displayname", "@name", "label", "@doc:name":
                if let name = child.text, !name.isEmpty, name.utf8.count < 200 {
                    context.symbol = name
                }
            case "until": context.isRepeated = true
            case "call":
                if let text = child.text, text.hasPrefix("http.") {
                    context.calledMethod = RequestText.method(String(text.dropFirst(5)))
                }
            case "loop" where child.isSequence && node["over"] == nil && context.tool == .artillery:
                context.isRepeated = true
            case "delay":
                context.honoursRetryAfter = child.text.map(Self.namesRetryAfter) ?? false
            case "type" where child.text.map(ByteText.lower) == "until":
                context.isRepeated = true
            default: break
            }
            if Self.baseKeys.contains(lower), let base = context.text.url(child) {
                context.base = base
            }
            if Self.defaultsKeys.contains(lower), child.isMapping {
                // Artillery may keep the target with each environment.
                let environment = child["environments"]?.pairs.first?.node
                for (key, _, inner) in (environment?.pairs ?? []) + child.pairs
                where Self.baseKeys.contains(ByteText.lower(key)) {
                    if let base = context.text.url(inner) { context.base = base }
                }
                let headers = child["headers"] ?? child["defaults"]?["headers"]
                context.headers += context.text.headers(headers)
            }
        }
        if let symbol = context.symbol, let cycle = cycles.cycle(of: symbol) {
            context.isRepeated = true
            context.honoursRetryAfter = cycle.honoursRetryAfter
        }
    }

    static func namesRetryAfter(_ text: String) -> Bool {
        let lower = ByteText.lower(text)
        return ["retry-after", "retry_after", "retryafter"].contains {
            ByteText.contains($0, in: lower)
        }
    }

    /// Takes a URL out of the settings, and says so in the facts.
    mutating func add(_ request: DocumentRequest, from node: DataNode) {
        consumed.insert(node.id)
        scan.add(request)
    }
}

extension VariableScope {
    /// Takes the variables of all mappings of a document; what is set first counts.
    ///
    /// Flows set variables in one step and read them in another.
    fileprivate mutating func enter(all document: DataNode) {
        var found = VariableScope()
        document.walk { node, keys in
            if node.isMapping {
                var own = VariableScope()
                own.enter(node)
                for value in own.values where !found.contains(value.keys[0]) {
                    found.set(value.keys[0], to: value.value, at: value.offset)
                }
            }
            return keys.count < 24
        }
        for value in found.values where !contains(value.keys[0]) {
            set(value.keys[0], to: value.value, at: value.offset)
        }
    }
}
