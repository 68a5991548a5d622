import AuditStore
package import Deprecations
import Foundation
import OperationsClient

/// Makes the live calls of `verify`, one at a time, and stores what they show.
package struct Verifier: Sendable {
    private let configuration: AuditConfiguration
    private let options: VerifyOptions
    private let now: @Sendable () -> Timestamp
    private let events: @Sendable (VerifyEvent) -> Void

    /// Takes what is to be done, the clock, and who is told what happens.
    package init(
        _ configuration: AuditConfiguration, _ options: VerifyOptions,
        now: @escaping @Sendable () -> Timestamp,
        events: @escaping @Sendable (VerifyEvent) -> Void
    ) {
        self.configuration = configuration
        self.options = options
        self.now = now
        self.events = events
    }

    /// The requests as they would be sent, the token masked. Nothing is sent, and no secret is read.
    package func dryRun() throws(AuditError) -> [PlannedRequest] {
        let prepared = try VerifyPreparation(options, try Preparation(configuration))
        let calls = try self.calls(prepared)
        return options.operations.flatMap { id in
            calls.map { call in
                PlannedRequest(
                    url: prepared.base.description + path(of: call, operation: id),
                    headers: [
                        ("User-Agent", userAgent), ("Accept", "application/json"),
                        ("Authorization", "Bearer ***"),
                    ] + versionHeader(of: call, prepared.rule))
            }
        }
    }

    /// Makes the calls, stores each as it is answered, and answers the report on all that is known.
    package func run() async throws -> VerifyOutcome {
        let preparation = try Preparation(configuration)
        let prepared = try VerifyPreparation(options, preparation)
        let calls = try self.calls(prepared)
        let client = try client(prepared)
        do {
            let outcome = try await run(calls, prepared, preparation, client)
            await client.shutdown()
            return outcome
        } catch {
            await client.shutdown()
            throw error
        }
    }

    private func run(
        _ calls: [VerifiedCall], _ prepared: VerifyPreparation, _ preparation: Preparation,
        _ client: OperationsClient
    ) async throws -> VerifyOutcome {
        do {
            let store = try AuditStore(path: configuration.databasePath)
            let turn = try await RunTurn(
                path: configuration.databasePath, waits: configuration.waits,
                events: { event in
                    if case .waiting(let path, _) = event {
                        events(.note("\(path): another run stores into it; waiting for its end"))
                    }
                }
            ).take()
            let result: Result<VerifyOutcome, any Error>
            do {
                result = .success(try await run(calls, prepared, preparation, client, store))
            } catch {
                result = .failure(error)
            }
            turn.release()
            return try result.get()
        } catch let error as StoreError {
            throw AuditError.failed("\(error)")
        }
    }

    private func run(
        _ calls: [VerifiedCall], _ prepared: VerifyPreparation, _ preparation: Preparation,
        _ client: OperationsClient, _ store: AuditStore
    ) async throws -> VerifyOutcome {
        let run = try store.beginRun(
            RunRecord(
                command: configuration.command.rawValue, arguments: configuration.arguments,
                toolVersion: configuration.toolVersion, asOf: configuration.asOf,
                startedAt: now(), rules: preparation.recordedRules))
        let results: [Verification]
        do {
            results = try await verify(calls, prepared, client) { verification in
                try store.save(verification, run: run)
            }
        } catch {
            let outcome: RunOutcome = error is CancellationError ? .interrupted : .failed
            try? store.endRun(run, outcome, at: now())
            throw error
        }
        try store.endRun(run, .completed, at: now())
        var owners = OwnerPatterns(preparation.settings, folder: preparation.settingsFolder)
        var report = try store.report(
            toolVersion: configuration.toolVersion, asOf: configuration.asOf,
            owner: { owners.owner(of: $0) })
        if let baseline = preparation.baseline { report = baseline.applied(to: report) }
        try store.close()
        return VerifyOutcome(
            results: results, report: report,
            objections: preparation.conditions.objections(to: report))
    }

    // MARK: What is called

    private func calls(_ prepared: VerifyPreparation) throws(AuditError) -> [VerifiedCall] {
        let host = prepared.base.authority
        guard options.fromFindings else { return CallPlan.all(of: prepared.rule, host: host) }
        let report: AuditReport
        do throws(StoreError) {
            let store = try AuditStore(reading: configuration.databasePath)
            report = try store.report(
                toolVersion: configuration.toolVersion, asOf: configuration.asOf)
            try store.close()
        } catch {
            throw .unusable(["--from-findings: \(error)"])
        }
        let (calls, undecided) = CallPlan.found(in: report, rule: prepared.rule, host: host)
        if undecided > 0 {
            events(
                .note(
                    "\(counted(undecided, "finding")) choose the version header at run time, or the log does not show it; "
                        + "they cannot be verified"))
        }
        guard !calls.isEmpty else {
            throw .unusable([
                "--from-findings: the database has no finding of '\(prepared.rule.id)' whose version header is known"
            ])
        }
        return calls
    }

    private func path(of call: VerifiedCall, operation id: String) -> String {
        // The id was checked before.
        let segment = (try? OperationsClient.pathSegment(ofOperation: id)) ?? ""
        return call.path.split(separator: "/").map {
            "/" + ($0.hasPrefix("{") ? segment : String($0))
        }.joined()
    }

    private func versionHeader(of call: VerifiedCall, _ rule: Rule) -> [(String, String)] {
        guard let name = rule.versionHeader?.name, let value = call.apiVersion.value else {
            return []
        }
        return [(name, value)]
    }

    // MARK: Calling

    private var userAgent: String { "lastcall/\(configuration.toolVersion)" }

    private func client(_ prepared: VerifyPreparation) throws(AuditError) -> OperationsClient {
        do {
            let source: Secret.Source =
                switch options.secret {
                case .environment(let name): .environment(name)
                case .file(let path): .file(path)
                case .standardInput: .standardInput
                }
            let secret = try Secret(from: source, environment: configuration.environment)
            var settings = OperationsClient.Configuration(
                base: prepared.base, version: .v2026_01_01,
                credentials: options.clientID.map { .oauthClient(id: $0, secret: secret) }
                    ?? .bearer(secret))
            settings.environment = configuration.environment
            settings.userAgent = userAgent
            settings.trustRootsPath = options.trustRootsPath
            settings.retryPolicy.failureBudget = 3
            settings.retryPolicy.longestRetryAfter = .seconds(120)
            if let rate = prepared.rule.rateLimit?.requestsPerSecond, rate > 0 {
                // A little more than the rate asks for, since what leaves a second apart may arrive closer.
                settings.requestInterval = .milliseconds(
                    Int64(min(max(50, 1050 / rate), 3_600_000)))
            }
            return try OperationsClient(settings)
        } catch let mistake as SecretMistake {
            throw .unusable(["--token-from: \(mistake)"])
        } catch {
            throw .unusable(["\(error)"])
        }
    }

    private func verify(
        _ calls: [VerifiedCall], _ prepared: VerifyPreparation, _ client: OperationsClient,
        save: (Verification) throws -> Void
    ) async throws -> [Verification] {
        var results: [Verification] = []
        for id in options.operations {
            if options.waits { try await wait(for: id, client) }
            // The deprecated version's answer, to compare the replacement's with.
            var reference: JSONValue?
            for call in calls {
                let result = try await result(of: call, id, prepared, client, &reference)
                try save(result)
                results.append(result)
                events(.made(result))
            }
        }
        if results.allSatisfy({ $0.answer == nil }) {
            throw AuditError.failed(
                "no call was answered: \(results.first?.reason ?? "none was made")")
        }
        return results
    }

    private func wait(for id: String, _ client: OperationsClient) async throws {
        do throws(OperationsClientError) {
            _ = try await client.waitForCompletion(
                of: id, deadline: .seconds(options.deadlineSeconds)
            ) { events(.waiting(operation: id, status: $0.status.description)) }
        } catch {
            switch error {
            case .cancelled: throw CancellationError()
            case .waitTooLong, .gaveUp, .transport, .tls, .timedOut, .noToken:
                throw AuditError.failed("--wait: operation '\(id)': \(error)")
            default:
                // What the version that is asked for refuses, the calls themselves will tell.
                events(.note("--wait: operation '\(id)': \(error)"))
            }
        }
    }

    private func result(
        of call: VerifiedCall, _ id: String, _ prepared: VerifyPreparation,
        _ client: OperationsClient, _ reference: inout JSONValue?
    ) async throws -> Verification {
        let at = now()
        let answer: RawAnswer
        do throws(OperationsClientError) {
            answer = try await client.answer(
                path: path(of: call, operation: id), headers: versionHeader(of: call, prepared.rule)
            )
        } catch {
            switch error {
            case .cancelled: throw CancellationError()
            case .waitTooLong: throw AuditError.failed("\(error); ask again later")
            default: break
            }
            let judgement = CallJudgement(error)
            return Verification(
                call: call, operation: id, at: at, verdict: judgement.verdict,
                reason: judgement.reason)
        }
        let date = Date(timeIntervalSince1970: Double(at.milliseconds) / 1000)
        let notices = LifecycleNotices(
            deprecation: answer.values("deprecation"), sunset: answer.values("sunset"),
            link: answer.values("link"), warning: answer.values("warning"),
            now: at.milliseconds / 1000)
        let kept = Verification.Answer(
            answer, notices: notices, retryAfter: answer.retryAfter(now: date))
        var judgement = CallJudgement(answer)
        var findings = kept.dateFindings(prepared.rule, usage: call.usage)
        if let body = judgement.operation {
            findings += bodyFindings(body, call, prepared.rule)
            findings += Self.compared(body, call, &reference, &judgement)
        }
        return Verification(
            call: call, operation: id, at: at, verdict: judgement.verdict,
            reason: judgement.reason, answer: kept, findings: findings)
    }

    /// What the documentation says of the body is known for the endpoint of the client alone.
    private func bodyFindings(
        _ body: JSONValue, _ call: VerifiedCall, _ rule: Rule
    ) -> [Verification.Finding] {
        guard rule.versionHeader?.name == OperationsClient.Version.headerName,
            let version = OperationsClient.Version.allCases.first(where: {
                $0.pathTemplate == call.path
            })
        else { return [] }
        return DocumentedShape.deviations(of: body, version: version).prefix(20).map {
            Verification.Finding(subject: .body, message: $0)
        }
    }

    /// Compares the replacement's answer with the deprecated version's, which is kept for it.
    private static func compared(
        _ body: JSONValue, _ call: VerifiedCall, _ reference: inout JSONValue?,
        _ judgement: inout CallJudgement
    ) -> [Verification.Finding] {
        if call.usage == .deprecated, !call.isHalfMigrated {
            if reference == nil { reference = body }
            return []
        }
        guard call.usage == .migrated, !call.isHalfMigrated, let reference else { return [] }
        let fields = DocumentedShape.differences(reference, body)
        if fields.isEmpty {
            judgement.reason += ", the same as the deprecated version's"
            return []
        }
        let hint =
            fields.contains("status") ? "; the operation may have moved on in between" : ""
        return [
            Verification.Finding(
                subject: .difference,
                message: "not as the deprecated version's: "
                    + fields.prefix(20).map { "'\($0)'" }.joined(separator: ", ") + hint)
        ]
    }
}

/// A request that is not sent.
package struct PlannedRequest: Sendable {
    /// The whole URL.
    package var url: String
    /// Names and values, the token masked.
    package var headers: [(String, String)]
}

/// What live calls brought.
package struct VerifyOutcome: Sendable {
    /// The calls, in the order in which they were made.
    package var results: [Verification]
    /// All that is known now.
    package var report: AuditReport
    /// Why the gate says no, a sentence each; empty where it says yes.
    package var objections: [String]
}
