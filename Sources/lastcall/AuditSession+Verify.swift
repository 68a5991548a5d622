import Audit
import Deprecations

extension AuditSession {
    /// Makes live calls, tells of each, writes what `result` makes of them, and answers the exit status.
    func verify(
        _ options: VerifyOptions, output: OutputOptions,
        result: @Sendable (VerifyOutcome, Palette) throws -> [UInt8]
    ) async throws -> ExitStatus {
        let file = try target(output)
        let terminal = terminal
        let verifier = Verifier(configuration, options, now: Self.now) { event in
            switch event {
            case .waiting(let operation, let status):
                terminal.say("\(operation.printable): \(status.printable)")
            case .made(let verification):
                if terminal.verbosity == .verbose {
                    let call = verification.call
                    terminal.say(
                        "asked \(call.method) \(call.path), \(call.apiVersion.value ?? "no header"): \(verification.verdict.rawValue)"
                            .printable)
                }
            case .note(let text):
                if let line = terminal.line(Diagnostic(severity: .warning, message: text)) {
                    Terminal.write(line + "\n")
                }
            }
        }
        let outcome = try await verifier.run()
        try file.write(try result(outcome, palette(file)))
        let counts = Verification.Verdict.allCases.map { verdict in
            "\(outcome.results.count { $0.verdict == verdict }) \(verdict.rawValue)"
        }
        terminal.say(
            terminal.errorPalette.bold(
                "\(outcome.results.count.counted("call")): \(counts.joined(separator: ", "))"))
        for objection in outcome.objections {
            terminal.say("\(terminal.errorPalette.red("gate:")) \(objection.printable)")
        }
        return outcome.objections.isEmpty ? .done : .gateClosed
    }

    /// Writes the requests that would be sent.
    func dryRun(_ options: VerifyOptions, output: OutputOptions) throws -> ExitStatus {
        let file = try target(output)
        let terminal = terminal
        let verifier = Verifier(configuration, options, now: Self.now) { event in
            if case .note(let text) = event { terminal.say(text.printable) }
        }
        let requests = try verifier.dryRun()
        let text = requests.map { request in
            "GET \(request.url)\n"
                + request.headers.map { "\($0.0): \($0.1)\n" }.joined() + "\n"
        }.joined()
        try file.write(Array(text.printableLines.utf8))
        terminal.say("Nothing was sent: \(requests.count.counted("request")) in this dry run.")
        return .done
    }
}

extension String {
    /// Each line made fit to be shown.
    fileprivate var printableLines: String {
        split(separator: "\n", omittingEmptySubsequences: false).map { String($0).printable }
            .joined(separator: "\n")
    }
}
