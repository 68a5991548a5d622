import ArgumentParser
import Audit
import Deprecations
import StandIn

/// `lastcall stand-in`
struct StandInCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stand-in",
        abstract: "Serve a local stand-in of the API, to rehearse the sunset on.",
        discussion: """
            It behaves as the rule and the documentation say, in both versions: calls that start an operation and
            answer 202 with Location and Retry-After, operations that move through their statuses, errors, the
            rate limit. Any bearer token will do. Point a caller at it, and watch it fail:

              lastcall stand-in --phase sunset --access-log rehearsal.log

            What is answered after the sunset is not documented; the status is a choice (--sunset-status). Half a
            migration is refused with 400, which is not documented either.

            Ids that are always there: completed-1, failed-1, cancelled-1, pending-1 (any text behind the hyphen);
            error-409 and the like answer that error. '?ending=failed' on a call that starts an operation lets it fail.

            Read its log with: lastcall scan logs rehearsal.log --log-format "$(lastcall stand-in --print-log-format)"
            """)

    @Option(
        name: .long, help: ArgumentHelp("Where to listen.", valueName: "address"))
    var host = "127.0.0.1"
    @Option(name: .long, help: ArgumentHelp("0 for any free one.", valueName: "number"))
    var port = 8080
    @Option(
        name: .long,
        help: ArgumentHelp(
            "How the deprecated version behaves: active, deprecated, brownout (every other request fails), sunset. (default: as on the day of --as-of)",
            valueName: "phase"))
    var phase: StandInConfiguration.Phase?
    @Option(
        name: .long,
        help: ArgumentHelp(
            "What the deprecated version answers after its sunset.", valueName: "status"))
    var sunsetStatus = 410
    @Option(
        name: .long,
        help: ArgumentHelp(
            "How the end is announced in headers: none, standard (RFC 9745 and 8594), draft. Whether the API does is not known.",
            valueName: "form"))
    var announce = StandInConfiguration.Announcement.none
    @Option(
        name: .long,
        help: ArgumentHelp(
            "Requests for operations in a second, for each caller; 0 for any number.",
            valueName: "number"))
    var rate = 1
    @Option(
        name: .long,
        help: ArgumentHelp(
            "The wait that is asked for while an operation goes on; 0 for no such header.",
            valueName: "seconds"))
    var retryAfter = 1
    @Option(
        name: .long,
        help: ArgumentHelp("How it is written: seconds or date.", valueName: "form"))
    var retryAfterForm = StandInConfiguration.RetryAfterForm.seconds
    @Option(
        name: .long,
        help: ArgumentHelp(
            "How many polls see an operation in one status.", valueName: "number"))
    var pollsPerStatus = 1
    @Option(
        name: .long,
        help: ArgumentHelp(
            "The id of an operation that is there from the start; may be repeated.",
            valueName: "id"))
    var operation: [String] = []
    @Option(
        name: .long,
        help: ArgumentHelp(
            "How long a token of the token endpoint holds.", valueName: "seconds"))
    var tokenLifetime = 3600
    @Option(
        name: .long,
        help: ArgumentHelp(
            "What goes wrong on purpose, in turn; may be repeated: "
                + Fault.allCases.map(\.rawValue).joined(separator: ", ") + ".", valueName: "fault"))
    var fault: [Fault] = []
    @Option(
        name: .long,
        help: ArgumentHelp("Every how many requests.", valueName: "number"))
    var faultEvery = 10
    @Option(
        name: .long,
        help: ArgumentHelp("A certificate (PEM), for HTTPS.", valueName: "file"))
    var tlsCertificate: String?
    @Option(name: .long, help: ArgumentHelp("Its private key (PEM).", valueName: "file"))
    var tlsKey: String?
    @Option(
        name: .long,
        help: ArgumentHelp(
            "Where requests are logged, at the file's end; '-' for standard output.",
            valueName: "file"))
    var accessLog = "-"
    @Option(
        name: .long,
        help: ArgumentHelp(
            "The rule whose endpoint is served. (default: the first)", valueName: "id"))
    var rule: String?
    @Option(
        name: .long,
        help: ArgumentHelp(
            "The day that decides the phase. (default: today, UTC)", valueName: "YYYY-MM-DD"))
    var asOf: DayArgument?
    @Flag(name: .long, help: "Print the format of the log, for '--log-format', and serve nothing.")
    var printLogFormat = false
    @OptionGroup(title: "Rules and settings") var rules: RuleOptions
    @OptionGroup(title: "Rules and settings") var settings: SettingsOptions
    @OptionGroup(title: "Terminal") var terminal: TerminalOptions

    func validate() throws {
        func check(_ name: String, _ value: Int, _ range: ClosedRange<Int>) throws {
            if !range.contains(value) {
                throw ValidationError(
                    "'--\(name)' takes \(range.lowerBound) to \(range.upperBound).")
            }
        }
        try check("port", port, 0...65_535)
        try check("sunset-status", sunsetStatus, 400...599)
        try check("rate", rate, 0...1_000_000)
        try check("retry-after", retryAfter, 0...86_400)
        try check("polls-per-status", pollsPerStatus, 1...1_000_000)
        try check("token-lifetime", tokenLifetime, 1...31_536_000)
        try check("fault-every", faultEvery, 1...1_000_000)
        if (tlsCertificate == nil) != (tlsKey == nil) {
            throw ValidationError("'--tls-certificate' and '--tls-key' belong together.")
        }
    }

    func run() async throws {
        let session = AuditSession(.rules, terminal: terminal, settings: settings, rules: rules)
        let entries = try session.rules()
        guard
            let served = try rule.map({ try entries.entry($0).rule }) ?? entries.entries.first?.rule
        else { throw AuditError.unusable(["there is no rule to serve"]) }
        let api = try StandInAPI(served)
        if printLogFormat {
            let format = AccessLogLine.format(versionHeader: api.versionHeader)
            return try OutputFile(path: "-").write(Array((format + "\n").utf8))
        }
        let log = try AppendedFile(path: accessLog)
        let configuration = configuration(api, served, on: asOf?.day ?? session.today)
        let standIn = StandIn(
            configuration, at: .init(host: host, port: port), tls: tls,
            now: { AuditSession.wallClock().milliseconds }, log: { log.add($0.text) })
        do throws(StandInError) {
            try await standIn.run { address in
                session.terminal.say(
                    "Serving \(served.id) at \(address), phase \(configuration.phase.rawValue); Ctrl-C ends it."
                )
            }
        } catch {
            throw AuditError.failed("\(error)")
        }
    }

    private func configuration(
        _ api: StandInAPI, _ rule: Rule, on day: CalendarDay
    ) -> StandInConfiguration {
        let usual: StandInConfiguration.Phase =
            switch rule.lifecycle.phase(on: day) {
            case .active: .active
            case .deprecated: .deprecated
            case .sunset: .sunset
            }
        var configuration = StandInConfiguration(api: api, phase: phase ?? usual)
        configuration.sunsetStatus = sunsetStatus
        configuration.announcement = announce
        configuration.requestsPerSecond = rate
        configuration.retryAfter = retryAfter
        configuration.retryAfterForm = retryAfterForm
        configuration.pollsPerStatus = pollsPerStatus
        configuration.operations = operation
        configuration.tokenLifetime = tokenLifetime
        configuration.faults = FaultPlan(faults: fault, every: faultEvery)
        return configuration
    }

    private var tls: StandIn.TLSFiles? {
        guard let tlsCertificate, let tlsKey else { return nil }
        return StandIn.TLSFiles(certificatePath: tlsCertificate, keyPath: tlsKey)
    }
}

extension StandInConfiguration.Phase: ExpressibleByArgument {}
extension StandInConfiguration.Announcement: ExpressibleByArgument {}
extension StandInConfiguration.RetryAfterForm: ExpressibleByArgument {}
extension Fault: ExpressibleByArgument {}

extension StandInAPI {
    /// The API that a rule describes.
    fileprivate init(_ rule: Rule) throws(AuditError) {
        guard let replacement = rule.replacement, let header = rule.versionHeader,
            let value = replacement.apiVersion ?? header.replacementValue,
            rule.endpoint.method == "GET", replacement.method == "GET"
        else {
            throw .unusable([
                "rule '\(rule.id)': a stand-in needs a replacement, a version header and GET in both versions"
            ])
        }
        func seconds(_ day: AnnouncedDay?) -> Int64? {
            day.map { Int64($0.day.daysSinceEpoch) * 86_400 }
        }
        self.init(
            path: rule.endpoint.path.description, replacementPath: replacement.path.description,
            versionHeader: header.name, deprecatedValues: header.deprecatedValues,
            replacementValue: value, deprecatedAt: seconds(rule.lifecycle.deprecatedOn),
            sunsetAt: seconds(rule.lifecycle.sunsetOn),
            initiators: rule.initiatingCalls.map {
                .init(
                    method: $0.method, path: $0.path.description,
                    replacementPath: $0.replacementPath?.description)
            })
    }
}
