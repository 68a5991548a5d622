import Testing

@testable import OperationsClient

@Suite("What the documentation says of a body")
struct DocumentedShapeTests {
    private static let whole = """
        {"id":"a","status":"queued","created":{"dateTime":"2026-02-12T07:14:03Z","user":{"id":"u"}},
         "updated":{"dateTime":"2026-02-12T07:14:03Z","user":null},"originalRequest":"r",
         "resourceUrl":null,"details":[{"code":"c","message":"m","target":null}]}
        """

    private func deviations(
        _ text: String, _ version: OperationsClient.Version = .v2026_01_01
    ) throws -> [String] {
        DocumentedShape.deviations(
            of: try #require(JSONValue(parsing: Array(text.utf8))), version: version)
    }

    @Test("a body as documented has no deviation", arguments: OperationsClient.Version.allCases)
    func conforming(version: OperationsClient.Version) throws {
        #expect(try deviations(Self.whole, version) == [])
    }

    @Test(
        "each deviation is named with its field",
        arguments: [
            (#""id":"a""#, #""id":1"#, "'id' is a number, not a string"),
            (
                #""status":"queued""#, #""status":"paused""#,
                "'status' is 'paused', which is not documented"
            ),
            (#""originalRequest":"r","#, "", "'originalRequest' is not there"),
            (
                #""resourceUrl":null"#, #""resourceUrl":{}"#,
                "'resourceUrl' is an object, not a string or null"
            ),
            (
                #""originalRequest":"r""#, #""originalRequest":"r","error":{}"#,
                "'error' is not documented"
            ),
            (
                #"{"id":"u"}"#, #"{"id":"u","email":"x"}"#,
                "'created.user' holds 'email' besides its 'id'"
            ),
            (#""user":null"#, #""user":7"#, "'updated.user' is a number, not an object or null"),
            (
                #"[{"code":"c","message":"m","target":null}]"#, "[1]",
                "an entry of 'details' is a number, not an object"
            ),
        ])
    func deviation(from: String, to: String, sentence: String) throws {
        #expect(try deviations(Self.whole.replacing(from, with: to)) == [sentence])
    }

    @Test("what a user holds besides an id is no deviation in the older version")
    func olderUser() throws {
        let text = Self.whole.replacing(#"{"id":"u"}"#, with: #"{"id":"u","email":"x"}"#)
        #expect(try deviations(text, .v2022_01_01) == [])
    }

    @Test("two answers differ in the fields that differ, and in no others")
    func differences() throws {
        let left = try #require(JSONValue(parsing: Array(Self.whole.utf8)))
        let changed = Self.whole.replacing(#"{"id":"u"}"#, with: "null")
            .replacing(#""originalRequest":"r","#, with: "")
        let right = try #require(JSONValue(parsing: Array(changed.utf8)))
        #expect(DocumentedShape.differences(left, right) == ["created.user", "originalRequest"])
        #expect(DocumentedShape.differences(left, left) == [])
        #expect(DocumentedShape.differences(left, .null) == ["the whole body"])
    }
}
