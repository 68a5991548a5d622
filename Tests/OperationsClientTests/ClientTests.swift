import Foundation
import StandIn
import Synchronization
import Testing

@testable import OperationsClient

@Suite("The client against the stand-in")
struct ClientTests {
    @Test(
        "an operation is followed to its end in both versions, path and header together",
        arguments: OperationsClient.Version.allCases)
    func completion(version: OperationsClient.Version) async throws {
        let clock = SkippingClock()
        try await withStandIn({ $0.operations = ["op/1"] }) { base, log in
            try await withTestClient(of: base, version: version, clock: clock) { client in
                let seen = Mutex<[String]>([])
                let operation = try await client.waitForCompletion(of: "op/1") { update in
                    seen.withLock { $0.append(update.status.description) }
                }
                #expect(operation.status == .completed)
                #expect(operation.resourceURL != nil)
                #expect(
                    seen.withLock { $0 } == ["acknowledged", "queued", "started", "completed"])
            }
            let path = version == .v2022_01_01 ? "/platform/v1/operations/" : "/operations/"
            #expect(log.lines.map(\.target) == Array(repeating: path + "op%2F1", count: 4))
            #expect(log.lines.allSatisfy { $0.apiVersion == version.rawValue })
        }
        // Three waits for the server's second, with a twentieth of jitter.
        #expect(
            clock.waits.filter { $0 > .seconds(1) }
                == Array(repeating: .milliseconds(1050), count: 3))
    }

    @Test("failed and cancelled end the wait, and are no errors")
    func endings() async throws {
        try await withStandIn { base, _ in
            try await withTestClient(of: base) { client in
                let failed = try await client.waitForCompletion(of: "failed-1")
                #expect(failed.status == .failed)
                #expect(failed.details.first?.code == "StandInFailure")
                #expect(try await client.waitForCompletion(of: "cancelled-1").status == .cancelled)
            }
        }
    }

    @Test(
        "every documented error keeps the provider's words, and only what may pass is asked again",
        arguments: [
            (400, Refusal.Reason.badRequest, 1), (401, .unauthorized, 1), (403, .forbidden, 1),
            (404, .notFound, 1), (409, .conflict, 1), (429, .tooManyRequests, 6),
            (500, .serverFailure, 6), (503, .unavailable, 6), (418, .undocumented, 1),
        ])
    func refusals(status: Int, reason: Refusal.Reason, requests: Int) async throws {
        try await withStandIn { base, log in
            try await withTestClient(of: base) { client in
                let error = await #expect(throws: OperationsClientError.self) {
                    try await client.operation(id: "error-\(status)")
                }
                var last = try #require(error)
                if case .gaveUp(let attempts, let inner) = last {
                    #expect(attempts == requests)
                    last = inner
                } else {
                    #expect(requests == 1)
                }
                guard case .refused(let refusal) = last else {
                    Issue.record("\(last)")
                    return
                }
                #expect(refusal.reason == reason)
                #expect(refusal.status == status)
                #expect(refusal.isProviders)
                #expect(refusal.requestID != nil)
                #expect((refusal.retryAfter != nil) == [429, 503].contains(status))
            }
            #expect(log.lines.count == requests)
        }
    }

    @Test("Retry-After is waited for, in seconds and as a date", arguments: ["seconds", "date"])
    func retryAfter(form: String) async throws {
        let clock = SkippingClock()
        try await withStandIn({
            $0.retryAfter = 7
            $0.retryAfterForm = form == "date" ? .date : .seconds
            $0.operations = ["a"]
        }) { base, _ in
            try await withTestClient(of: base, clock: clock) { client in
                let operation = try await client.waitForCompletion(of: "a")
                #expect(operation.status == .completed)
            }
        }
        let long = clock.waits.filter { $0 > .seconds(1) }
        #expect(long.count == 3)
        for wait in long { #expect(wait >= .seconds(7) && wait < .seconds(60), "\(wait)") }
    }

    @Test("a 429 holds back every other request of the client, too")
    func hold() async throws {
        let clock = SkippingClock()
        try await withStandIn({ $0.retryAfter = 30 }) { base, _ in
            try await withTestClient(of: base, clock: clock) { client in
                _ = try await client.answer(
                    path: "/operations/error-429", headers: [("X-Version", "2026-01-01")])
                _ = try await client.operation(id: "completed-1")
            }
        }
        #expect(clock.waits.contains { $0 >= .seconds(29) }, "\(clock.waits)")
    }

    @Test("faults of all kinds lose no operation")
    func faults() async throws {
        let clock = SkippingClock()
        try await withStandIn({
            $0.operations = (0..<40).map { "op-\($0)" }
            $0.faults = FaultPlan(
                faults: [
                    .reset, .halfHeaders, .wrongLength, .slowBody, .tooManyRequests, .serverFailure,
                    .unavailable,
                ],
                every: 3)
        }) { base, log in
            try await withTestClient(of: base, clock: clock) { client in
                let ends = try await withThrowingTaskGroup(of: OperationStatus.self) { group in
                    for number in 0..<40 {
                        group.addTask {
                            try await client.waitForCompletion(of: "op-\(number)").status
                        }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(ends == Array(repeating: .completed, count: 40))
            }
            #expect(log.lines.contains { $0.status == 0 })
            #expect(log.lines.contains { $0.status == 429 })
        }
    }

    @Test("a login page is no operation, and says that it is none")
    func loginPage() async throws {
        try await withStandIn({ $0.faults = FaultPlan(faults: [.loginPage], every: 1) }) {
            base, log in
            try await withTestClient(of: base) { client in
                await #expect(
                    throws: OperationsClientError.notJSON(status: 200, contentType: "text/html")
                ) { try await client.operation(id: "completed-1") }
            }
            #expect(log.lines.count == 1)
        }
    }

    @Test("a redirect is not followed, neither with a token nor without")
    func redirect() async throws {
        try await withStandIn({ $0.faults = FaultPlan(faults: [.redirect], every: 1) }) {
            base, log in
            try await withTestClient(of: base) { client in
                await #expect(
                    throws: OperationsClientError.redirected(
                        status: 302, location: "https://login.stand-in.invalid/")
                ) { try await client.operation(id: "completed-1") }
            }
            #expect(log.lines.count == 1)
        }
    }

    @Test(
        "a token is got with the client's credentials, kept, and renewed once where it is refused",
        arguments: OperationsClient.Version.allCases)
    func oauth(version: OperationsClient.Version) async throws {
        let secret = try Secret("hush-hush")
        try await withStandIn { base, log in
            let credentials = Credentials.oauthClient(id: "me&you", secret: secret)
            try await withTestClient(of: base, version: version, credentials: credentials) {
                client in
                try await withThrowingTaskGroup { group in
                    for _ in 0..<5 {
                        group.addTask { _ = try await client.operation(id: "completed-1") }
                    }
                    try await group.waitForAll()
                }
                #expect(log.lines.count { $0.method == "POST" } == 1)
                #expect(log.lines.first?.target == version.tokenPath)
                let error = await #expect(throws: OperationsClientError.self) {
                    try await client.operation(id: "error-401")
                }
                guard case .refused(let refusal)? = error else {
                    Issue.record("\(String(describing: error))")
                    return
                }
                #expect(refusal.status == 401)
                #expect(log.lines.count { $0.method == "POST" } == 2)
                #expect(log.lines.count { $0.status == 401 } == 2)
            }
        }
    }

    @Test("a token is renewed before it ends")
    func renewal() async throws {
        let clock = SkippingClock()
        try await withStandIn({ $0.tokenLifetime = 100 }) { base, log in
            let credentials = Credentials.oauthClient(id: "me", secret: try Secret("hush-hush"))
            try await withTestClient(of: base, credentials: credentials, clock: clock) { client in
                _ = try await client.operation(id: "completed-1")
                try await clock.sleep(for: .seconds(80))
                _ = try await client.operation(id: "completed-1")
                #expect(log.lines.count { $0.method == "POST" } == 1)
                try await clock.sleep(for: .seconds(10))
                _ = try await client.operation(id: "completed-1")
                #expect(log.lines.count { $0.method == "POST" } == 2)
            }
        }
    }

    @Test("a deadline ends the wait before the next request, not after it")
    func deadline() async throws {
        let clock = SkippingClock()
        try await withStandIn({ $0.retryAfter = 10 }) { base, log in
            try await withTestClient(of: base, clock: clock) { client in
                await #expect(
                    throws: OperationsClientError.deadlineExceeded(lastStatus: .started)
                ) {
                    try await client.waitForCompletion(of: "pending-1", deadline: .seconds(35))
                }
            }
            #expect(log.lines.count == 4)
        }
        #expect(clock.now.offset < .seconds(36))
    }

    @Test("cancelling ends a wait, a request and the wait for a turn within a second")
    func cancellation() async throws {
        try await withPlainServer(answering: []) { silent in
            try await withStandIn({ $0.retryAfter = 60 }) { base, _ in
                for (place, id) in [(base, "pending-1"), (silent, "a")] {
                    try await withTestClient(of: place, clock: ContinuousClock()) { client in
                        let clock = ContinuousClock()
                        let start = clock.now
                        await withTaskGroup { group in
                            for _ in 0..<3 {
                                group.addTask {
                                    await #expect(throws: OperationsClientError.cancelled) {
                                        try await client.waitForCompletion(of: id)
                                    }
                                }
                            }
                            try? await clock.sleep(for: .milliseconds(200))
                            group.cancelAll()
                        }
                        // Generous, for a busy machine; a wait that is not cancelled lasts thirty seconds and more.
                        #expect(clock.now - start < .seconds(10))
                    }
                }
            }
        }
    }

    @Test("what the server says of the caller's token is masked before anybody sees it")
    func masking() async throws {
        let body =
            #"{"code":"top-secret-token","message":"no top-secret-token\/x here","details":[{"code":"top-secret-token"}]}"#
        let answer =
            "HTTP/1.1 403 Forbidden\r\nContent-Type: application/json\r\nX-Request-Id: top-secret-token\r\n"
            + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
        try await withPlainServer(answering: Array(answer.utf8)) { base in
            try await withTestClient(of: base) { client in
                let error = await #expect(throws: OperationsClientError.self) {
                    try await client.operation(id: "a")
                }
                var dumped = "\(String(describing: error))"
                if let error { dump(error, to: &dumped) }
                #expect(!dumped.contains("top-secret"))
                #expect(dumped.contains("***"))
            }
        }
    }
}
