/// Reads JMeter test plans: samplers with the defaults, headers and variables that hold for them.
struct JMeterReader {
    private var scan: DocumentScan
    private var text = RequestText()

    /// What holds in one part of the plan.
    private struct Context {
        var defaults: [String: PlacedText] = [:]
        var headers: [DocumentRequest.Header] = []
        var isRepeated = false
        var depth = 0
    }

    /// Puts a plan's requests and scripts into `scan`; false where the tree is no plan.
    static func read(_ tree: DataTree, _ scan: inout DocumentScan) -> Bool {
        guard let plan = tree.documents.first?["jmeterTestPlan"] else { return false }
        for comment in tree.comments { scan.addProse(comment) }
        var reader = JMeterReader(scan: scan)
        plan.walk { node, keys in
            reader.variables(node)
            if keys.last == "stringProp", node["@name"]?.text == "TestPlan.comments",
                let note = node["#text"]?.scalar
            {
                reader.scan.addProse(note.range)
            }
            return true
        }
        for value in reader.text.scope.values { reader.scan.add(value) }
        reader.part(plan, Context())
        scan = reader.scan
        return true
    }

    // MARK: Properties

    private static let propertyElements = ["stringProp", "boolProp", "intProp", "longProp"]

    /// `<stringProp name="HTTPSampler.path">…</stringProp>`
    private static func property(_ name: String, of element: DataNode) -> PlacedText? {
        for (key, _, child) in element.pairs
        where propertyElements.contains(key) && child["@name"]?.text == name {
            guard let text = child["#text"]?.placed, !text.bytes.isEmpty else { return nil }
            return text
        }
        return nil
    }

    /// User-defined variables anywhere in the plan.
    private mutating func variables(_ node: DataNode) {
        guard let name = Self.property("Argument.name", of: node)?.string ?? node["@name"]?.text,
            let value = Self.property("Argument.value", of: node)
        else { return }
        text.scope.set(name, to: value.bytes, at: value.offset(of: 0))
    }

    private func headers(_ manager: DataNode) -> [DocumentRequest.Header] {
        manager.all(of: "collectionProp").flatMap { $0.all(of: "elementProp") }.compactMap {
            guard let name = Self.property("Header.name", of: $0),
                let value = Self.property("Header.value", of: $0)
            else { return nil }
            return text.header(name.string, value)
        }
    }

    // MARK: Parts

    /// Elements, each with what its `hashTree` holds.
    private mutating func part(_ node: DataNode, _ context: Context) {
        guard context.depth < DataTree.depthLimit else { return }
        var context = context
        context.depth += 1
        let pairs = node.pairs.filter { $0.node.isMapping }
        for (key, _, element) in pairs where Self.isEnabled(element) {
            take(key, element, &context)
        }
        for (index, pair) in pairs.enumerated() {
            let isSampler = pair.key.hasPrefix("HTTPSampler")
            let next = index + 1 < pairs.count ? pairs[index + 1] : nil
            let inner = next.flatMap { $0.key == "hashTree" ? $0.node : nil }
            if isSampler, Self.isEnabled(pair.node) { sampler(pair.node, inner, context) }
            if pair.key == "hashTree" {
                var own = context
                if index > 0 {
                    let owner = pairs[index - 1]
                    if !Self.isEnabled(owner.node) { continue }
                    if Self.loops.contains(owner.key) { own.isRepeated = true }
                }
                part(pair.node, own)
            }
            script(pair.node)
        }
    }

    private static let loops: Set<String> = ["WhileController", "LoopController", "RunTime"]

    private static func isEnabled(_ element: DataNode) -> Bool {
        element["@enabled"]?.text != "false"
    }

    private func take(_ key: String, _ element: DataNode, _ context: inout Context) {
        if key == "HeaderManager" { context.headers += headers(element) }
        guard key == "ConfigTestElement" else { return }
        for name in Self.addressParts {
            if let value = Self.property("HTTPSampler." + name, of: element) {
                context.defaults[name] = value
            }
        }
    }

    private static let addressParts = ["protocol", "domain", "path"]

    private mutating func sampler(_ element: DataNode, _ inner: DataNode?, _ context: Context) {
        var parts = context.defaults
        for name in Self.addressParts {
            if let value = Self.property("HTTPSampler." + name, of: element) { parts[name] = value }
        }
        guard let path = parts["path"] ?? parts["domain"] else { return }
        var whole = PlacedText()
        let start = path.offset(of: 0)
        if !ByteText.contains("://", in: path.bytes[...]), let domain = parts["domain"] {
            let isWhole = ByteText.contains("://", in: domain.bytes[...])
            if !isWhole { whole.append((parts["protocol"]?.string ?? "https") + "://", at: start) }
            whole.append(domain.string, at: start)
            if path.bytes.first != UInt8(ascii: "/") { whole.append("/", at: start) }
        }
        whole.append(path)
        let url = text.url(whole)
        var headers = context.headers
        for (key, _, child) in inner?.pairs ?? []
        where key == "HeaderManager" && Self.isEnabled(child) {
            headers += self.headers(child)
        }
        scan.add(
            DocumentRequest(
                method: Self.property("HTTPSampler.method", of: element)
                    .map { RequestText.method($0.string) ?? $0.string },
                url: url.template, offset: start, client: "jmeter", kind: .call, headers: headers,
                symbol: element["@testname"]?.text, inLoop: context.isRepeated,
                evidence: url.evidence))
    }

    /// JSR223 and BeanShell elements hold code.
    private mutating func script(_ element: DataNode) {
        guard
            let code = Self.property("script", of: element)
                ?? Self.property("BeanShellSampler.query", of: element)
        else { return }
        let language = Self.property("scriptLanguage", of: element)?.string ?? "groovy"
        guard let named = EmbeddedLanguage.named(language), Language.isCode(named) else { return }
        scan.embed(
            code, language: named, symbol: element["@testname"]?.text,
            environment: text.scope.values)
    }
}
