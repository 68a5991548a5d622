import Deprecations

/// What to change at a caller, as far as its rule says it.
struct ChangeAdvice {
    var site: CallSite
    var words: RuleWords

    /// Nil where nothing is to be changed.
    var text: Markdown? {
        guard let replacement = words.rule.replacement else {
            return "the rule knows no replacement"
        }
        switch site.kind {
        case .sdkCall: return libraryAdvice(replacement)
        case .indirect: return initiatingAdvice
        case .call, .definition, .mock, .mention:
            let parts = [path(replacement), header].compactMap { $0 }
            return parts.isEmpty ? nil : parts.joined(separator: "; ")
        }
    }

    private func path(_ replacement: Replacement) -> Markdown? {
        switch site.usage {
        case .migrated: nil
        case .deprecated:
            replacement.method == site.method
                ? "path to \(code: replacement.path.description)"
                : "call to \(code: "\(replacement.method) \(replacement.path)")"
        }
    }

    private var header: Markdown? {
        guard let name = words.rule.versionHeader?.name, let current = words.currentHeader else {
            return nil
        }
        let place: Markdown = site.apiVersion.evidence.map { " at \(site.place($0))" } ?? ""
        switch site.apiVersion.versionClass {
        case .pinnedCurrent: return nil
        case .implicit, .unlogged: return "send \(current)"
        case .pinnedDeprecated, .pinnedUnknown: return "header\(place) to \(current)"
        case .dynamic: return "what \(code: name) is set to\(place), to \(current)"
        }
    }

    private func libraryAdvice(_ replacement: Replacement) -> Markdown {
        let packages = words.rule.sdkMethods.flatMap(\.migratedPackages).map {
            package -> Markdown in
            "\(code: package.name) from \(prose: package.fromVersion) on"
        }
        let call = Markdown.code("\(replacement.method) \(replacement.path)")
        return packages.isEmpty
            ? "use a version of the client library that calls \(call)"
            : "use a client library that calls \(call): \(packages.joined(separator: ", "))"
    }

    /// The link follows from the call whose answer held it.
    private var initiatingAdvice: Markdown {
        let header: Markdown = words.currentHeader.map { " and send \($0) there and here" } ?? ""
        guard let origin = site.initiatingCall else {
            return "the call whose answer held the link; the link then follows\(header)"
        }
        if site.usage == .migrated {
            return "what is sent with this request\(words.currentHeader.map { ": \($0)" } ?? "")"
        }
        let path: Markdown =
            replacementPath(of: origin.call).map { " to \(code: $0)" } ?? ""
        return
            "the initiating call at \(site.place(origin.place))\(path)\(header); the link then follows"
    }

    /// The new method and path of an initiating call written `POST https://host/path`.
    private func replacementPath(of call: String) -> String? {
        guard let space = call.firstIndex(of: " ") else { return nil }
        let method = call[..<space]
        var path = call[call.index(after: space)...]
        if let scheme = path.firstRange(of: "://") {
            path = path[scheme.upperBound...]
            path = path.firstIndex(of: "/").map { path[$0...] } ?? ""
        }
        let pieces = path.prefix { $0 != "?" && $0 != "#" }.split(separator: "/")
        let known = words.rule.initiatingCalls.first { known in
            known.method == method && known.path.segments.count == pieces.count
                && zip(known.path.segments, pieces).allSatisfy { segment, piece in
                    switch segment {
                    case .literal(let text): text == piece
                    case .parameter: true
                    }
                }
        }
        return known?.replacementPath.map { "\(method) \($0)" }
    }
}

extension CallSite {
    /// The call whose answer held the link that an indirect caller follows.
    var initiatingCall: (place: SourcePlace, call: String)? {
        let mark = "initiating call "
        guard let step = evidence.first(where: { $0.note.hasPrefix(mark) }) else { return nil }
        return (step.place, String(step.note.dropFirst(mark.count)))
    }
}
