import Deprecations
import Yams

extension RuleReader {
    /// What to call instead.
    func replacement(
        _ map: MappingReader, _ endpoint: Endpoint?, _ header: VersionHeader?
    ) -> Replacement? {
        guard let part = map.mapping("replacement", .replacement, required: false) else {
            return nil
        }
        let method = part.parsed("method", Shapes.method)
        let path = part.parsed("path", Shapes.path)
        if let path, let endpoint { compare(path, with: endpoint.path, "path", part) }
        let version = part.text("apiVersion", required: false)
        if let version, let value = header?.replacementValue, value != version {
            part.note(
                "\(version.quoted) differs from the version header's 'replacementValue' \(value.quoted)",
                at: "apiVersion")
        }
        let source = part.text("source", required: false)
        guard let method, let path else { return nil }
        return Replacement(method: method, path: path, apiVersion: version, source: source)
    }

    /// A call whose answer holds the link.
    func initiatingCall(_ part: MappingReader) -> InitiatingCall? {
        let method = part.parsed("method", Shapes.method)
        let path = part.parsed("path", Shapes.path)
        let replacement = part.parsed("replacementPath", required: false, Shapes.path)
        if let path, let replacement { compare(replacement, with: path, "replacementPath", part) }
        guard let method, let path else { return nil }
        return InitiatingCall(method: method, path: path, replacementPath: replacement)
    }

    /// A replacement's path has the parameters of the path that it replaces.
    private func compare(
        _ path: PathTemplate, with old: PathTemplate, _ key: String, _ part: MappingReader
    ) {
        let known = old.parameters
        for name in path.parameters where !known.contains(name) {
            part.note(
                "the parameter {\(name)} is not in '\(old)'"
                    + suggestion(for: name, among: known, otherwise: "it has"), at: key)
        }
        for name in known where !path.parameters.contains(name) {
            part.note("the parameter {\(name)} of '\(old)' is missing", at: key)
        }
    }

    /// Where an answer holds the link.
    func links(_ map: MappingReader) -> LinkNames {
        guard let part = map.mapping("links", .links, required: false) else { return LinkNames() }
        return LinkNames(
            headers: part.parsedItems("headers", Shapes.headerName),
            jsonFields: part.texts("jsonFields"))
    }

    /// A client library's method.
    func sdkMethod(_ part: MappingReader) -> SDKMethod? {
        let name = part.text("name")
        let owners = part.texts("owners")
        let packages = part.texts("packages")
        let migrated = part.mappings("migratedPackages", .migratedPackage, migratedPackage)
        return name.map {
            SDKMethod(name: $0, owners: owners, packages: packages, migratedPackages: migrated)
        }
    }

    private func migratedPackage(_ part: MappingReader) -> MigratedPackage? {
        let name = part.text("name")
        let version = part.text("fromVersion")
        guard let name, let version else { return nil }
        return MigratedPackage(name: name, fromVersion: version)
    }
}
