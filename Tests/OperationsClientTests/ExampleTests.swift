import Foundation
import Testing

// As a user imports it.
import OperationsClient

@Suite("The examples of the documentation")
struct ExampleTests {
    // The bodies of these functions are the examples, word for word.

    private static func followed(operationID: String) async throws {
        let token = try Secret(from: .environment("WORKIVA_TOKEN"))
        let configuration = OperationsClient.Configuration(base: .us, credentials: .bearer(token))
        let operation = try await OperationsClient.withClient(configuration) { client in
            try await client.waitForCompletion(of: operationID, deadline: .seconds(600))
        }
        if operation.status == .completed { print(operation.resourceURL ?? "no result") }
    }

    private static func configured(clientID: String, clientSecret: Secret) {
        var configuration = OperationsClient.Configuration(
            base: .eu, version: .v2022_01_01,
            credentials: .oauthClient(id: clientID, secret: clientSecret))
        configuration.retryPolicy.failureBudget = 3
    }

    private static func caught(
        client: OperationsClient, operationID: String
    ) async throws(OperationsClientError) -> OperationsClient.Operation? {
        do {
            return try await client.operation(id: operationID)
        } catch .refused(let refusal) where refusal.reason == .notFound {
            return nil
        }
    }

    @Test("every example of the documentation is code that compiles here")
    func compiled() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let page = try String(
            contentsOf: root.appending(
                path: "Sources/OperationsClient/OperationsClient.docc/OperationsClient.md"),
            encoding: .utf8)
        let code = try String(contentsOfFile: #filePath, encoding: .utf8)
        let examples = page.components(separatedBy: "```swift\n").dropFirst()
            .compactMap { $0.components(separatedBy: "```").first }
        #expect(examples.count == 3)
        for example in examples {
            let indented = example.split(separator: "\n", omittingEmptySubsequences: false)
                .map { $0.isEmpty ? "" : "        \($0)" }.joined(separator: "\n")
            #expect(code.contains(indented), "\(example)")
        }
    }

    @Test("an example ends with a plain error where the token is missing")
    func withoutToken() async {
        guard ProcessInfo.processInfo.environment["WORKIVA_TOKEN"] == nil else { return }
        await #expect(throws: SecretMistake.self) { try await Self.followed(operationID: "a") }
        #expect(throws: Never.self) {
            Self.configured(clientID: "id", clientSecret: try Secret("hush-hush"))
        }
    }
}
