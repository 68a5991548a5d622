/// Reads Terraform and other HCL: variables and locals, commands of provisioners, data sources that
/// send requests.
struct TerraformReader {
    private let root: DataNode
    private var text = RequestText(forms: .expressions)

    private init(_ root: DataNode) { self.root = root }

    /// Puts variables, commands and requests into `scan`.
    static func read(_ scan: inout DocumentScan) {
        let isJSON = scan.bytes.first { $0 > 0x20 } == UInt8(ascii: "{")
        let tree =
            isJSON
            ? JSONReader.read(scan.bytes) : BlockSettingsReader.read(scan.bytes, form: .assignments)
        for comment in tree.comments { scan.addProse(comment) }
        guard let root = tree.documents.first else { return }
        var reader = TerraformReader(root)
        reader.variables(isValues: ByteText.contains(".tfvars", in: scan.path))
        for value in reader.text.scope.values where !value.keys[0].contains(".") {
            scan.add(value)
        }
        let taken = CommandFinder.find(
            tree, &scan, scope: reader.text.scope, macros: .interpolations
        ).union(RequestFinder.find(tree, &scan, text: reader.text))
        reader.values(except: taken, &scan)
    }

    /// What blocks give to others: environments of functions, inputs of modules.
    private func values(except taken: Set<Int>, _ scan: inout DocumentScan) {
        root.walk { node, keys in
            if taken.contains(node.id) || ["locals", "variable"].contains(keys.first) {
                return false
            }
            if node.isScalar, !keys.contains("#label"), let value = text.value(node),
                value.pieces.count > 1 || !(value.literal ?? "").isEmpty
            {
                scan.add(SettingValue(keys: keys, value: value, offset: node.offset))
            }
            return keys.count < 24
        }
    }

    /// Defaults, and locals that may name each other in any order.
    private mutating func variables(isValues: Bool) {
        for (key, _, block) in root.pairs {
            if key == "variable" { variable(block) }
            if isValues, block.isScalar { set("var." + key, block) }
        }
        let locals = root.all(of: "locals").flatMap { $0.all }.flatMap(\.pairs)
        var left = locals.filter { $0.node.isScalar }
        for _ in 0..<4 where !left.isEmpty {
            var unresolved: [(key: String, keyOffset: Int, node: DataNode)] = []
            for local in left {
                guard let value = text.value(local.node) else { continue }
                let isWaiting = value.pieces.contains { piece in
                    guard case .hole(let hole) = piece else { return false }
                    return left.contains { $0.key == hole.name && $0.key != local.key }
                }
                if isWaiting {
                    unresolved.append(local)
                } else {
                    set("local." + local.key, local.node)
                }
            }
            left = unresolved
        }
        for local in left { set("local." + local.key, local.node) }
    }

    /// `variable "base" { default = "https://…" }`, in JSON a mapping of variables.
    private mutating func variable(_ block: DataNode) {
        if let name = block["#label"]?.text {
            if let value = block["default"] { set("var." + name, value) }
            return
        }
        for (name, _, inner) in block.pairs {
            if let value = inner["default"] { set("var." + name, value) }
        }
    }

    private mutating func set(_ path: String, _ node: DataNode) {
        guard let value = text.value(node), !value.pieces.isEmpty else { return }
        text.scope.set(path, to: value, at: node.offset)
    }
}
