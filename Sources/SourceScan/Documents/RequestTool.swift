/// Tools whose documents describe requests, and how each is recognised.
enum RequestTool: String, Sendable {
    case ansible = "ansible-uri"
    case terraform = "terraform-http"
    case artillery, taurus, tavern, n8n, kestra, airbyte, argo, make, mule, camel
    case nodeRed = "node-red"
    case logicApps = "logic-apps"
    case dataFactory = "data-factory"
    case googleWorkflows = "google-workflows"
    case stepFunctions = "step-functions"
    case homeAssistant = "home-assistant"
    case thunderClient = "thunder-client"
    case hoppscotch
    case kubernetes

    /// The client's name.
    var client: String { rawValue }

    /// The tool that a whole document is written for.
    static func ofDocument(_ root: DataNode) -> RequestTool? {
        if root["test_name"] != nil { return .tavern }
        if root["config"] != nil, root["scenarios"] != nil { return .artillery }
        if root["execution"] != nil, root["scenarios"] != nil { return .taurus }
        if let client = (root["client"] ?? root["clientName"])?.text, client == "Thunder Client" {
            return .thunderClient
        }
        return nil
    }

    private static let moduleKeys: Set<String> = [
        "uri", "ansible.builtin.uri", "ansible.legacy.uri", "win_uri", "ansible.windows.win_uri",
        "get_url", "ansible.builtin.get_url", "ansible.windows.win_get_url",
    ]

    /// Whether a key is a module that sends requests.
    static func isModule(_ key: String) -> Bool { moduleKeys.contains(key) }

    /// Texts of a type-like key, lower case, with their tools; the first that is part of it counts.
    private static let types: [(mark: String, tool: RequestTool)] = [
        ("n8n-nodes-base.httprequest", .n8n), ("http request", .nodeRed),
        ("io.kestra.plugin.core.http", .kestra), ("io.kestra.plugin.fs.http", .kestra),
        ("httprequester", .airbyte), ("webactivity", .dataFactory), ("webhook", .dataFactory),
        ("states:::http:invoke", .stepFunctions),
    ]

    /// The tool that a mapping itself shows.
    static func of(_ node: DataNode, key: String) -> RequestTool? {
        if node.isMapping, isModule(key) { return .ansible }
        if key == "data" || key == "ephemeral" {
            if node["#label"]?.text == "http" || node["http"] != nil { return .terraform }
        }
        switch ByteText.lower(key) {
        case "httpget": return .kubernetes
        case "rest_command": return .homeAssistant
        case "http:request": return .mule
        default: break
        }
        if node["preRequestScript"] != nil, node["endpoint"] != nil { return .hoppscotch }
        if let call = node["call"]?.text, call.hasPrefix("http."), node["args"] != nil {
            return .googleWorkflows
        }
        if let module = node["module"]?.text {
            if module.hasPrefix("http:") { return .make }
            if isModule(module) { return .ansible }
        }
        guard let type = (node["type"] ?? node["Resource"])?.text.map(ByteText.lower) else {
            return nil
        }
        if type == "http", node["inputs"] != nil { return .logicApps }
        return types.first { ByteText.contains($0.mark, in: type) }?.tool
    }
}
