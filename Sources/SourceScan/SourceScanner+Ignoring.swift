import Deprecations

extension SourceScanner {
    /// Puts the comments that ask for a call site to be left as it is onto the call sites that they speak of.
    /// Answers what is wrong with comments, and which have nothing to speak of.
    func obeyIgnoreComments(of files: [ParsedFile], in sites: inout [CallSite]) -> [Diagnostic] {
        var found: [Diagnostic] = []
        let known = Dictionary(rules.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        for file in files {
            for comment in IgnoreComment.comments(in: file) {
                func warn(_ text: String) {
                    found.append(
                        Diagnostic(
                            severity: .warning, path: file.path, line: comment.line,
                            message: "the comment 'lastcall:ignore' is not obeyed: \(text)"))
                }
                switch comment.request {
                case .failure(let mistake): warn(mistake.text)
                case .success(let request):
                    guard let rule = known[request.rule] else {
                        warn("no rule of this run is called '\(request.rule.printable)'")
                        continue
                    }
                    if let sunset = rule.lifecycle.sunsetOn?.day, request.until > sunset {
                        warn("it ends on \(request.until), after the endpoint itself on \(sunset)")
                        continue
                    }
                    let spoken = sites.indices.filter {
                        sites[$0].path == file.path && sites[$0].rule == rule.id
                            && (comment.lines.contains(sites[$0].line)
                                || sites[$0].callLine.map(comment.lines.contains) ?? false)
                    }
                    if spoken.isEmpty {
                        warn("there is no call site of '\(rule.id)' here; remove it")
                    }
                    for index in spoken {
                        sites[index].suppression = Suppression(
                            until: request.until, reason: request.reason,
                            place: SourcePlace(path: file.path, line: comment.line))
                    }
                }
            }
        }
        return found
    }
}
