package import Deprecations

/// The files of one tree, as its walk found them.
package struct SourceTree: Sendable {
    /// The root, as it was named on the command line.
    package var root: String
    /// Every text file of the tree, whether the gate let it pass or not.
    package var files: [TreeFile]
    /// Gives the UTF-8 text of a file by its path below the root.
    package var read: @Sendable (_ path: String) throws -> [UInt8]

    /// Takes each part as given.
    package init(
        root: String, files: [TreeFile],
        read: @escaping @Sendable (_ path: String) throws -> [UInt8]
    ) {
        self.root = root
        self.files = files
        self.read = read
    }
}

/// A text file of a tree.
package struct TreeFile: Sendable {
    /// Below the root, with `/`.
    package var path: String
    /// What the gate found in it.
    package var hits: GateHits
    /// In bytes.
    package var size: Int

    /// Takes each part as given.
    package init(path: String, hits: GateHits, size: Int) {
        self.path = path
        self.hits = hits
        self.size = size
    }
}

/// What a scan of a tree brought.
package struct SourceFindings: Sendable {
    /// Callers and references, sorted, with ids.
    package var callSites: [CallSite]
    /// Paths of the files that were analysed.
    package var analysed: Set<String>
    /// What could not be read or decided.
    package var diagnostics: [Diagnostic]

    /// Takes each part as given.
    package init(callSites: [CallSite], analysed: Set<String>, diagnostics: [Diagnostic]) {
        self.callSites = callSites
        self.analysed = analysed
        self.diagnostics = diagnostics
    }
}

/// Finds call sites in source trees.
///
/// `gate → lex → facts per file → facts of the tree → call sites`
package struct SourceScanner: Sendable {
    let rules: [Rule]
    let gateways: [Settings.Gateway]
    /// The literal search that says which files can matter.
    package let gate: SourceGate
    /// A tree with more text files than this is parsed only as far as resolution asks for.
    let largeTree: Int

    /// A scanner for `rules`; requests to `gateways` count as requests to the provider.
    package init(
        rules: [Rule], gateways: [Settings.Gateway] = [], largeTree: Int = LargeTree.threshold
    ) {
        self.rules = rules
        self.gateways = gateways
        self.largeTree = largeTree
        gate = SourceGate(rules: rules, gateways: gateways)
    }

    /// Analyses the files of a tree that can matter and resolves their calls across files.
    package func scan(_ tree: SourceTree, width: Int) async -> SourceFindings {
        var findings = SourceFindings(callSites: [], analysed: [], diagnostics: [])
        let isLarge = tree.files.count > largeTree
        let strong = tree.files.filter(\.hits.isStrong).map(\.path)
        let shown = await parse(strong, of: tree, width: width, into: &findings)
        var parsed = shown
        let weak = CandidateChoice(
            files: tree.files, strong: shown, words: Set(gate.strongLiterals), isLarge: isLarge
        ).paths(read: tree.read)
        let asking = Set(tree.files.filter(\.hits.asksToIgnore).map(\.path))
        parsed += await parse(
            asking.union(weak).subtracting(strong).sorted(), of: tree, width: width,
            into: &findings)
        if isLarge {
            await addDemanded(
                to: &parsed, by: LargeTree(tree, chosen: parsed), of: tree, width: width,
                into: &findings)
        } else {
            await addReferenced(to: &parsed, of: tree, width: width, into: &findings)
        }
        parsed.sort { $0.path < $1.path }
        findings.callSites = finished(resolve(parsed, root: tree.root).sites, of: parsed)
        findings.diagnostics += obeyIgnoreComments(
            of: parsed.filter { asking.contains($0.path) }, in: &findings.callSites)
        return findings
    }

    /// Adds the files that a candidate imports or names, and those that name what a candidate defines: they can hold its
    /// base, its client or its wrapper.
    private func addReferenced(
        to parsed: inout [ParsedFile], of tree: SourceTree, width: Int,
        into findings: inout SourceFindings
    ) async {
        let references = ReferencedFiles(tree.files)
        var newest = parsed
        for _ in 0..<3 {
            let wanted = references.paths(named: newest, besides: Set(parsed.map(\.path)))
            guard !wanted.isEmpty else { break }
            newest = await parse(wanted, of: tree, width: width, into: &findings)
            parsed += newest
        }
        let users = referencing(parsed, of: tree, known: Set(parsed.map(\.path)))
        parsed += await parse(users, of: tree, width: width, into: &findings)
    }

    /// Adds the files that resolution asks for, round by round.
    private func addDemanded(
        to parsed: inout [ParsedFile], by large: LargeTree, of tree: SourceTree, width: Int,
        into findings: inout SourceFindings
    ) async {
        for _ in 0..<LargeTree.rounds {
            if Task.isCancelled { return }
            parsed.sort { $0.path < $1.path }
            let (sites, asked) = resolve(parsed, root: tree.root)
            let wanted = await large.paths(
                for: asked, in: parsed, sending: unsentNames(of: sites, in: parsed), width: width)
            guard !wanted.isEmpty else { return }
            parsed += await parse(wanted, of: tree, width: width, into: &findings)
        }
    }

    /// Distinctive names around constants for the endpoint's path that nothing parsed uses.
    private func unsentNames(of sites: [CallSite], in parsed: [ParsedFile]) -> Set<String> {
        let paths = Set(sites.filter { $0.kind == .definition }.map(\.path))
        let shapes = EndpointShapes(rules: rules, gateways: gateways)
        let holders = parsed.filter { paths.contains($0.path) }
        return DefiningNames.names(in: holders, words: shapes.anchorWords, asPath: true)
            .union(DefiningNames.settings(in: holders, shapes: shapes))
            .filter(DefiningNames.isDistinctive)
    }

    /// The call sites of a lone text; for the examples of rules.
    package func scan(snippet: String, language: String) -> [CallSite] {
        let file = SourceReader.read(
            path: "example", bytes: Array(snippet.utf8), language: language
        )
        return finished(resolve([file], root: "").sites, of: [file])
    }

    /// The call sites that the files say, and the names that were looked for on the way.
    private func resolve(
        _ files: [ParsedFile], root: String
    ) -> (sites: [CallSite], asked: AskedNames) {
        var facts = TreeFacts()
        var requests: [PlacedRequest] = []
        for file in files {
            for unit in file.units { facts.add(unit) }
            for setting in file.settings { facts.add(setting) }
            requests += file.requests
        }
        facts.linkSettings()
        var resolver = CallSiteResolver(
            facts: facts, requests: requests, root: root, rules: rules, gateways: gateways)
        return (resolver.resolve(), facts.asked)
    }

    /// The call sites with excerpts and ids.
    private func finished(_ found: [CallSite], of files: [ParsedFile]) -> [CallSite] {
        var sites = found
        let texts = Dictionary(
            files.map { ($0.path, $0.bytes) }, uniquingKeysWith: { first, _ in first })
        for index in sites.indices {
            if let bytes = texts[sites[index].path] {
                sites[index].excerpt = Excerpts.around(sites[index], in: bytes)
            }
        }
        CallSite.assignIDs(to: &sites)
        return sites
    }

    private func parse(
        _ paths: [String], of tree: SourceTree, width: Int, into findings: inout SourceFindings
    ) async -> [ParsedFile] {
        var parsed: [ParsedFile] = []
        var next = 0
        await withTaskGroup(of: (String, ParsedFile?, String?).self) { group in
            func startNext() {
                guard next < paths.count, !Task.isCancelled else { return }
                let path = paths[next]
                next += 1
                group.addTask {
                    do {
                        let bytes = try tree.read(path)
                        return (path, SourceReader.read(path: path, bytes: bytes), nil)
                    } catch {
                        return (path, nil, String(describing: error))
                    }
                }
            }
            for _ in 0..<max(1, width) { startNext() }
            while let (path, file, problem) = await group.next() {
                if let file {
                    parsed.append(file)
                    findings.analysed.insert(path)
                } else if let problem {
                    findings.diagnostics.append(
                        Diagnostic(
                            severity: .error, path: path,
                            message: "could not be read: \(problem); it was not analysed"))
                }
                startNext()
            }
        }
        return parsed
    }
}
