import ArgumentParser
import Audit
import Deprecations

/// `lastcall verify`
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Make live calls, and tell what the provider really does with them today.",
        discussion: """
            Asks for each operation in every way: the deprecated path without the version header, with the
            deprecated version and with the new one; the replacement's path with its version, and without. The
            calls are GETs, one at a time, at the rule's rate. What they show is stored, and part of every report.

            The token comes from the environment, from a file that only you can read, or from standard input; it
            is sent to the rule's hosts alone, and shown nowhere. 'unknown' proves nothing: the answer was a
            refusal, a redirect, a login page's or a proxy's.

            Examples:
              lastcall verify 9f2c1b --region eu
              lastcall verify 9f2c1b --token-from file:token.txt --from-findings
              lastcall verify 9f2c1b --dry-run
            """)

    @Argument(help: ArgumentHelp("Ids of operations to ask for.", valueName: "operation-id"))
    var operations: [String]
    @OptionGroup(title: "Calls") var calls: CallOptions
    @OptionGroup(title: "Result") var report: ReportOptions
    @OptionGroup(title: "Result") var output: OutputOptions
    @OptionGroup var options: ScanOptions

    func run() async throws {
        let session = options.session(.verify, output: output, report: report)
        let writing = try report.writing()
        let request = try calls.options(for: operations)
        if calls.dryRun {
            throw StatusExit(try session.dryRun(request, output: output))
        }
        let isReport = report.isGiven
        let status = try await session.verify(request, output: output) { outcome, palette in
            if isReport { return try writing.write(outcome.report) }
            return Array(outcome.results.list(palette).utf8)
        }
        throw StatusExit(status)
    }
}

/// Where live calls go, and as whom.
struct CallOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "The rule whose endpoint is asked. (default: the first)", valueName: "id"))
    var rule: String?
    @Option(
        name: .long,
        help: ArgumentHelp(
            "One of the rule's regions: us, eu, apac. (default: the rule's first host)",
            valueName: "region"))
    var region: String?
    @Option(
        name: .long,
        help: ArgumentHelp(
            "Another place: a gateway of the settings, or this machine.", valueName: "url"))
    var baseURL: String?
    @Option(
        name: .long,
        help: ArgumentHelp(
            "Where the token is: env:NAME, file:PATH, or '-' for standard input. (default: env:LASTCALL_TOKEN)",
            valueName: "source"))
    var tokenFrom: String?
    @Option(
        name: .long,
        help: ArgumentHelp(
            "An OAuth2 client; its secret is read in place of a token.", valueName: "id"))
    var clientID: String?
    @Option(
        name: .long,
        help: ArgumentHelp(
            "Certificates (PEM) to trust in place of the system's.", valueName: "file"))
    var trustRoots: String?
    @Flag(name: .long, help: "Make only those calls that the last audit found.")
    var fromFindings = false
    @Flag(name: .long, help: "Follow each operation to its end first.")
    var wait = false
    @Option(
        name: .long,
        help: ArgumentHelp(
            "How long to follow it at most. (default: 3600)", valueName: "seconds"))
    var deadline: Int?
    @Flag(name: .long, help: "Print the requests, the token masked, and send nothing.")
    var dryRun = false

    func validate() throws {
        if region != nil, baseURL != nil {
            throw ValidationError("'--region' and '--base-url' exclude each other.")
        }
        if let deadline, !(1...86_400).contains(deadline) {
            throw ValidationError("'--deadline' takes 1 to 86400 seconds.")
        }
        if deadline != nil, !wait { throw ValidationError("'--deadline' belongs to '--wait'.") }
    }

    /// The same as values.
    func options(for operations: [String]) throws -> VerifyOptions {
        var options = VerifyOptions(operations: operations)
        if let tokenFrom {
            // What stands there may be a token, and is not repeated.
            guard let source = VerifyOptions.secretSource(tokenFrom) else {
                throw AuditError.unusable([
                    "--token-from: takes env:NAME, file:PATH or '-'; a token itself must not stand in an argument, where everybody can see it"
                ])
            }
            options.secret = source
        }
        options.rule = rule
        options.region = region
        options.baseURL = baseURL
        options.clientID = clientID
        options.trustRootsPath = trustRoots
        options.fromFindings = fromFindings
        options.waits = wait
        options.deadlineSeconds = deadline ?? options.deadlineSeconds
        return options
    }
}
