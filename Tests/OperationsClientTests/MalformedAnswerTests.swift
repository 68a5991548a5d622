import TestSupport
import Testing

@testable import OperationsClient

@Suite("Answers that are no good HTTP")
struct MalformedAnswerTests {
    private func error(
        _ answer: String, keepingOpen: Bool = false,
        _ change: (inout OperationsClient.Configuration) -> Void = { _ in }
    ) async throws -> OperationsClientError? {
        try await withPlainServer(answering: Array(answer.utf8), keepingOpen: keepingOpen) { base in
            try await withTestClient(of: base) {
                $0.limits.answerTimeout = .seconds(30)
                $0.limits.bodyBytes = 1000
                $0.retryPolicy.failureBudget = 1
                change(&$0)
            } _: { client in
                do throws(OperationsClientError) {
                    _ = try await client.operation(id: "a")
                    return nil
                } catch {
                    return error
                }
            }
        }
    }

    @Test(
        "what is no HTTP, or not whole, is an error of the connection",
        arguments: [
            "HELLO\r\n\r\n", "HTTP/9.9 200 OK\r\n\r\n", "HTTP/1.1 999999 X\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-",
            "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"id\":",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n", "\u{0}\u{1}\u{2}",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
        ])
    func malformed(answer: String) async throws {
        let error = try await error(answer)
        guard case .transport? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test("a body that is no JSON, or no operation, is told apart")
    func bodies() async throws {
        func answer(_ body: String, type: String = "application/json") -> String {
            "HTTP/1.1 200 OK\r\nContent-Type: \(type)\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
        }
        #expect(
            try await error(answer("<html>", type: "text/html; charset=utf-8"))
                == .notJSON(status: 200, contentType: "text/html"))
        #expect(
            try await error(answer("")) == .notJSON(status: 200, contentType: "application/json"))
        for body in ["[]", "{}", "null", #"{"id":1,"status":"queued"}"#] {
            guard case .unexpectedBody? = try await error(answer(body)) else {
                Issue.record("\(body)")
                continue
            }
        }
        #expect(
            try await error(answer(#"{"id":"a","status":"queued"}"#, type: "text/plain")) == nil)
    }

    @Test("a body without end is cut off at the limit, announced or not")
    func tooLarge() async throws {
        let body = String(repeating: " ", count: 5000)
        #expect(
            try await error("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n\(body)")
                == .bodyTooLarge(limit: 1000))
        #expect(
            try await error("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n\(body)")
                == .bodyTooLarge(limit: 1000))
    }

    @Test("a server that says nothing, or stops in the middle, is given up in time")
    func silence() async throws {
        let silent = try await error("") { $0.limits.answerTimeout = .milliseconds(700) }
        #expect(silent == .timedOut(.answer))
        let stopped = try await error(
            "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{", keepingOpen: true
        ) { $0.limits.answerTimeout = .milliseconds(700) }
        #expect(stopped == .timedOut(.answer))
    }

    @Test("a port on which nobody listens is an error of the connection")
    func nobody() async throws {
        try await withTestClient(of: try BaseURL("http://127.0.0.1:1")) {
            $0.retryPolicy.failureBudget = 1
        } _: { client in
            let error = await #expect(throws: OperationsClientError.self) {
                try await client.operation(id: "a")
            }
            guard case .transport(let reason)? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(reason.contains("refused"), "\(reason)")
        }
    }

    @Test("damaged answers, whatever their damage, end in an error or an operation")
    func noise() async throws {
        let good = Array(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 28\r\n\r\n{\"id\":\"a\",\"status\":\"queued\"}"
                .utf8)
        var generator = SeededGenerator(seed: 42)
        for _ in 0..<40 {
            var bytes = good
            for _ in 0...generator.below(3) {
                bytes[generator.below(bytes.count)] = UInt8(generator.below(256))
            }
            let answer = Array(bytes.prefix(bytes.count - generator.below(20)))
            try await withPlainServer(answering: answer) { base in
                try await withTestClient(of: base) {
                    $0.limits.answerTimeout = .seconds(5)
                    $0.retryPolicy.failureBudget = 1
                } _: { client in
                    _ = try? await client.operation(id: "a")
                }
            }
        }
    }
}
