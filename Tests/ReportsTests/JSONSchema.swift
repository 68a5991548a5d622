import Foundation

/// As much of JSON Schema as `docs/schema/report.schema.json` uses.
struct JSONSchema {
    private let root: [String: Any]
    /// The definitions under which a value has stood.
    private(set) var met: Set<String> = []
    /// What does not fit, each with its place.
    private(set) var mistakes: [String] = []

    init(contentsOf url: URL) throws {
        let value = try JSONSerialization.jsonObject(with: Data(contentsOf: url))
        guard let root = value as? [String: Any] else { throw CocoaError(.fileReadCorruptFile) }
        self.root = root
    }

    var definitions: [String: [String: Any]] { root["$defs"] as? [String: [String: Any]] ?? [:] }

    mutating func check(_ json: [UInt8]) throws {
        let value = try JSONSerialization.jsonObject(with: Data(json))
        check(value, against: root, at: "report")
    }

    private mutating func check(_ value: Any, against schema: [String: Any], at place: String) {
        if let reference = schema["$ref"] as? String {
            let name = String(reference.dropFirst("#/$defs/".count))
            guard let definition = definitions[name] else {
                mistakes.append("\(place): there is no definition '\(name)'")
                return
            }
            met.insert(name)
            check(value, against: definition, at: place)
        }
        if let choices = schema["anyOf"] as? [[String: Any]] {
            // Every choice of ours is something or null.
            for choice in choices where (choice["type"] as? String == "null") == (value is NSNull) {
                check(value, against: choice, at: place)
            }
        }
        if let words = schema["enum"] as? [String], !words.contains(value as? String ?? "") {
            mistakes.append("\(place): \(value) is none of \(words)")
        }
        if let constant = schema["const"] as? String, constant != value as? String {
            mistakes.append("\(place): \(value) is not \(constant)")
        }
        let types = schema["type"] as? [String] ?? (schema["type"] as? String).map { [$0] } ?? []
        if !types.isEmpty, !types.contains(where: { fits(value, $0) }) {
            mistakes.append("\(place): \(value) is none of \(types)")
        }
        for (index, item) in (value as? [Any] ?? []).enumerated() {
            check(item, against: schema["items"] as? [String: Any] ?? [:], at: "\(place)[\(index)]")
        }
        if let object = value as? [String: Any] {
            check(members: object, against: schema, at: place)
        }
    }

    private mutating func check(
        members: [String: Any], against schema: [String: Any], at place: String
    ) {
        let properties = schema["properties"] as? [String: [String: Any]] ?? [:]
        for name in schema["required"] as? [String] ?? [] where members[name] == nil {
            mistakes.append("\(place): '\(name)' is missing")
        }
        for (name, value) in members {
            if let property = properties[name] {
                check(value, against: property, at: "\(place).\(name)")
            } else if let other = schema["additionalProperties"] as? [String: Any] {
                check(value, against: other, at: "\(place).\(name)")
            } else if schema["additionalProperties"] as? Bool == false {
                mistakes.append("\(place): '\(name)' is unknown to the schema")
            }
        }
    }

    private func fits(_ value: Any, _ type: String) -> Bool {
        switch type {
        case "object": value is [String: Any]
        case "array": value is [Any]
        case "string": value is String
        case "boolean": value is Bool
        case "integer": value is Int
        case "number": value is Double
        case "null": value is NSNull
        default: false
        }
    }
}
