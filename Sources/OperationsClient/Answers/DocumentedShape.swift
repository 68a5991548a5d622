/// What the documentation says of an operation's body, field by field.
package enum DocumentedShape {
    /// Where `value` is not as documented for `version`; a sentence for each place, in the documentation's order.
    package static func deviations(
        of value: JSONValue, version: OperationsClient.Version
    ) -> [String] {
        guard let members = value.object else {
            return ["the body is \(value.kind), not an object"]
        }
        var found: [String] = []
        func check(_ name: String, _ fits: (JSONValue) -> Bool, _ wanted: String) {
            guard let value = members[name] else {
                found.append("'\(name)' is not there")
                return
            }
            if !fits(value) { found.append("'\(name)' is \(value.kind), not \(wanted)") }
        }
        check("id", { $0.string != nil }, "a string")
        check("status", { $0.string != nil }, "a string")
        if let status = members["status"]?.string, case .other = OperationStatus(status) {
            found.append("'status' is '\(status.prefix(40))', which is not documented")
        }
        for name in ["created", "updated"] {
            check(name, { $0.object != nil }, "an object")
            if let stamp = members[name]?.object {
                found += deviations(ofStamp: stamp, name, version)
            }
        }
        check("originalRequest", { $0.string != nil }, "a string")
        check("resourceUrl", { $0.string != nil || $0 == .null }, "a string or null")
        check("details", { $0.array != nil || $0 == .null }, "an array or null")
        for detail in members["details"]?.array ?? [] where detail.object == nil {
            found.append("an entry of 'details' is \(detail.kind), not an object")
        }
        for name in members.keys.sorted()
        where !OperationsClient.Operation.documentedFields.contains(name) {
            found.append("'\(name.prefix(40))' is not documented")
        }
        return found
    }

    private static func deviations(
        ofStamp members: [String: JSONValue], _ name: String, _ version: OperationsClient.Version
    ) -> [String] {
        var found: [String] = []
        if members["dateTime"]?.string == nil {
            found.append("'\(name).dateTime' is \(members["dateTime"]?.kind ?? "not there")")
        }
        guard version == .v2026_01_01, let user = members["user"], user != .null else {
            return found
        }
        guard let parts = user.object else {
            return found + ["'\(name).user' is \(user.kind), not an object or null"]
        }
        let others = parts.keys.filter { $0 != "id" }.sorted()
        if !others.isEmpty {
            let names = others.map { "'\($0.prefix(40))'" }.joined(separator: ", ")
            found.append("'\(name).user' holds \(names) besides its 'id'")
        }
        return found
    }

    /// The fields in which two answers differ, objects taken apart, in the order of their names.
    package static func differences(_ left: JSONValue, _ right: JSONValue) -> [String] {
        differences(left, right, "")
    }

    private static func differences(
        _ left: JSONValue, _ right: JSONValue, _ name: String
    ) -> [String] {
        if left == right { return [] }
        guard let left = left.object, let right = right.object else {
            return [name.isEmpty ? "the whole body" : name]
        }
        return Set(left.keys).union(right.keys).sorted().flatMap { key in
            let path = name.isEmpty ? String(key.prefix(40)) : "\(name).\(key.prefix(40))"
            guard let ours = left[key], let theirs = right[key] else { return [path] }
            return differences(ours, theirs, path)
        }
    }
}
