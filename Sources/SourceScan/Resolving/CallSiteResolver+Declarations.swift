import Deprecations

/// What interfaces of declared clients say beside the annotation of a method.
extension CallSiteResolver {
    /// `@RegisterRestClient(configKey = "wdesk")`
    func configKey(_ annotations: [NodeID], _ tree: SyntaxTree) -> String? {
        for id in annotations where tree[id].text == "RegisterRestClient" {
            for (key, value) in annotationArguments(id, tree) where key == "configKey" {
                return tree.literal(value)
            }
        }
        return nil
    }

    /// The path of a type's one item that is read by its id: `@GET @Path("/{id}")` below a class that has the rest of the path.
    func itemPath(below type: NodeID, _ tree: SyntaxTree) -> NodeID? {
        guard let body = tree.body(of: type) else { return nil }
        for function in tree[body].children where tree[function].kind == .function {
            var path: NodeID?
            var isRead = false
            for id in tree.annotations[function] ?? [] {
                let name = tree[id].text
                if ["GET", "Get", "GetMapping", "GetExchange"].contains(name) { isRead = true }
                guard ["Path", "Get", "GetMapping", "GetExchange"].contains(name) else { continue }
                for (key, value) in annotationArguments(id, tree)
                where key == nil || ["value", "path", "uri"].contains(key ?? "") {
                    path = value
                }
            }
            if isRead, let path, let text = tree.literal(path), text.hasPrefix("/{"),
                text.hasSuffix("}"), !text.dropFirst().contains("/")
            {
                return path
            }
        }
        return nil
    }
}

extension Folding {
    /// `quarkus.rest-client.wdesk.url=…`, `wdesk/mp-rest/url=…`: the base of a client that settings name.
    func restClientBase(_ key: String) -> Folded? {
        for name in ["url", "uri"] {
            for setting in facts.settings[name] ?? []
            where setting.keys.dropLast().contains(where: {
                TreeFacts.settingKey($0) == TreeFacts.settingKey(key)
            }) {
                return Folded(
                    setting.value,
                    [
                        Evidence(
                            place: setting.place,
                            note: "setting \(setting.keys.joined(separator: "."))")
                    ])
            }
        }
        for setting in facts.settings[TreeFacts.settingKey(key + "/mp-rest/url")] ?? [] {
            return Folded(
                setting.value, [Evidence(place: setting.place, note: "setting \(key)/mp-rest/url")])
        }
        return nil
    }

    /// A text with settings in it: `${workiva.url}/platform/v1`; nil where it has none.
    func placeholders(_ text: String) -> Folded? {
        guard text.firstRange(of: "${") != nil else { return nil }
        var folded = Folded(Template())
        for (index, part) in text.splitting(at: "${").enumerated() {
            guard index > 0, let end = part.firstIndex(of: "}") else {
                folded.template.append((index > 0 ? "${" : "") + part)
                continue
            }
            if let value = placeholder("${" + part[...end]) {
                folded.append(value)
            } else {
                folded.template.append(Template(hole: String(part[..<end])))
            }
            folded.template.append(String(part[part.index(after: end)...]))
        }
        return folded
    }
}
