import RuleFiles
import Testing

@Suite("Mistakes in rule files")
struct RuleMistakeTests {
    @Test("the sample has no mistake")
    func sample() {
        #expect(mistakes(inRules: SampleRule.text) == [])
    }

    /// One change to the sample, and the one mistake that it makes.
    struct Case: CustomTestStringConvertible, Sendable {
        var old: String
        var new: String
        var mistake: String
        var testDescription: String { new }

        init(_ old: String, _ new: String, _ mistake: String) {
            self.old = old
            self.new = new
            self.mistake = mistake
        }
    }

    @Test(
        "an unknown key is named with its place and the key that was meant", arguments: unknownKeys)
    func unknownKey(_ spoilt: Case) {
        #expect(mistakes(inRules: SampleRule.with((spoilt.old, spoilt.new))) == [spoilt.mistake])
    }

    static let unknownKeys = [
        Case("rules:\n", "rulez: 1\nrules:\n", "1:1: unknown key 'rulez'; did you mean 'rules'?"),
        Case(
            "    links:", "    link: 1\n    links:",
            "37:5: unknown key 'link'; did you mean 'links'?"),
        Case("words: [acme]", "word: 1", "6:7: unknown key 'word'; did you mean 'words'?"),
        Case(
            "      hosts:", "      path2: 1\n      hosts:",
            "12:7: unknown key 'path2'; did you mean 'path'?"),
        Case("note: the only one", "notes: x", "13:54: unknown key 'notes'; did you mean 'note'?"),
        Case(
            "absenceSource:", "absenseSource:",
            "19:7: unknown key 'absenseSource'; did you mean 'absenceSource'?"),
        Case(
            "      history:", "      sunset: 1\n      history:",
            "23:7: unknown key 'sunset'; did you mean 'sunsetOn'?"),
        Case(
            "{day: 2026-02-01, source", "{days: 1, day: 2026-02-01, source",
            "21:22: unknown key 'days'; did you mean 'day'?"),
        Case(
            "{subject: sunsetOn, was: 2026-08-01", "{from: 1, subject: sunsetOn, was: 2026-08-01",
            "24:12: unknown key 'from'; a moved date has subject, was, changedOn, source"),
        Case(
            "waitHeader:", "waitheader:",
            "28:7: unknown key 'waitheader'; did you mean 'waitHeader'?"),
        Case(
            "      apiVersion: \"2\"", "      version: \"2\"",
            "33:7: unknown key 'version'; 'replacement' has method, path, apiVersion, source"),
        Case(
            "replacementPath:", "newPath:",
            "36:54: unknown key 'newPath'; an initiating call has method, path, replacementPath"),
        Case(
            "jsonFields:", "jsonField:", "39:7: unknown key 'jsonField'; did you mean 'jsonFields'?"
        ),
        Case("owners:", "owner:", "42:9: unknown key 'owner'; did you mean 'owners'?"),
        Case(
            "{name: acme2, fromVersion", "{id: 1, name: acme2, fromVersion",
            "45:14: unknown key 'id'; it belongs into a rule"),
        Case("note: nothing", "nope: nothing", "50:42: unknown key 'nope'; did you mean 'note'?"),
        Case(
            "    migrationNotes:", "    hosts: []\n    migrationNotes:",
            "46:5: unknown key 'hosts'; it belongs into 'endpoint'"),
    ]

    @Test("a wrong value is named with its place and what to write", arguments: wrongValues)
    func wrongValue(_ spoilt: Case) {
        #expect(mistakes(inRules: SampleRule.with((spoilt.old, spoilt.new))) == [spoilt.mistake])
    }

    static let wrongValues = [
        Case(
            "id: acme-get-job", "id: Acme_Get",
            "2:9: 'Acme_Get' is no rule id: lower-case words joined by hyphens"),
        Case(
            "id: acme-get-job", "id: acme--job",
            "2:9: 'acme--job' is no rule id: lower-case words joined by hyphens"),
        Case("title: Read a job", "title: '  '", "3:12: 'title' is empty"),
        Case("title: Read a job", "title: ~", "2:5: a rule needs 'title'"),
        Case("title: Read a job", "title: [a]", "3:12: 'title' must be text"),
        Case(
            "      method: GET\n      path: /v1", "      method: get\n      path: /v1",
            "10:15: 'get' is no HTTP method; did you mean 'GET'?"),
        Case(
            "method: POST", "method: PSOT", "36:18: 'PSOT' is no HTTP method; did you mean 'POST'?"),
        Case(
            "method: POST", "method: FETCHING",
            "36:18: 'FETCHING' is no HTTP method; it is one of GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, TRACE"
        ),
        Case(
            "name: api.acme.example", "name: https://api.acme.example/v1",
            "13:18: 'https://api.acme.example/v1' is no host name: lower case, without scheme, port and path; did you mean 'api.acme.example'?"
        ),
        Case(
            "name: api.acme.example", "name: API.acme.example",
            "13:18: 'API.acme.example' is no host name: lower case, without scheme, port and path; did you mean 'api.acme.example'?"
        ),
        Case(
            "name: api.acme.example", "name: \"api.acme.example:443\"",
            "13:18: 'api.acme.example:443' is no host name: lower case, without scheme, port and path; did you mean 'api.acme.example'?"
        ),
        Case(
            "name: api.acme.example", "name: localhost",
            "13:18: 'localhost' is no host name: lower case, without scheme, port and path"),
        Case(
            "kind: production", "kind: productoin",
            "13:42: unknown kind 'productoin'; did you mean 'production'?"),
        Case(
            "name: Acme-Version", "name: \"Acme Version\"",
            "15:13: 'Acme Version' is no header name: one word, without colon and value"),
        Case(
            "name: Acme-Version", "name: \"Acme-Version: 1\"",
            "15:13: 'Acme-Version: 1' is no header name: one word, without colon and value"),
        Case(
            "deprecatedValues: [\"1\"]", "deprecatedValues: []",
            "16:25: 'deprecatedValues' is empty"),
        Case(
            "deprecatedValues: [\"1\"]", "deprecatedValues: [\"1\", \"2\"]",
            "17:25: '2' stands among 'deprecatedValues' too"),
        Case(
            "deprecatedValues: [\"1\"]", "deprecatedValues: 1",
            "16:25: 'deprecatedValues' must be a list; write '- ' before each item"),
        Case(
            "absence: deprecated-version", "absence: deprecated",
            "18:16: unknown absence 'deprecated'; it is one of deprecated-version, replacement-version, refused, unknown"
        ),
        Case(
            "day: 2027-02-01", "day: 2026-02-30",
            "22:23: '2026-02-30' is no day of the calendar (YYYY-MM-DD)"),
        Case(
            "day: 2027-02-01", "day: 2027-2-1",
            "22:23: '2027-2-1' is no day of the calendar (YYYY-MM-DD)"),
        Case(
            "day: 2027-02-01", "day: 2025-02-28",
            "22:17: the sunset 2025-02-28 lies before the deprecation 2026-02-01"),
        Case(
            "day: 2027-02-01, source: The reference", "day: 2027-02-01",
            "22:17: an announced day needs 'source'"),
        Case(
            "changedOn: 2026-04-01", "changedOn: 2026-02-28",
            "25:59: the history is not in order: 2026-02-28 stands behind 2026-03-01; oldest first"),
        Case(
            "subject: sunsetOn, was: 2026-08-01", "subject: sunset, was: 2026-08-01",
            "24:21: unknown subject 'sunset'; did you mean 'sunsetOn'?"),
        Case(
            "requestsPerSecond: 0.5", "requestsPerSecond: -1", "27:26: '-1' is no number above zero"
        ),
        Case(
            "requestsPerSecond: 0.5", "requestsPerSecond: inf",
            "27:26: 'inf' is no number above zero"),
        Case(
            "waitHeader: Retry-After", "waitHeader: \"Retry After\"",
            "28:19: 'Retry After' is no header name: one word, without colon and value"),
        Case(
            "      apiVersion: \"2\"", "      apiVersion: \"3\"",
            "33:19: '3' differs from the version header's 'replacementValue' '2'"),
        Case(
            "headers: [Location]", "headers: [\"Location:\"]",
            "38:17: 'Location:' is no header name: one word, without colon and value"),
        Case("fromVersion: 1.0.0", "fromVersion: ~", "45:13: a package needs 'fromVersion'"),
        Case(
            "language: python", "language: pyhton",
            "49:20: 'pyhton' is no language of examples; did you mean 'python'?"),
        Case(
            "format: combined", "format: conbined",
            "50:18: 'conbined' is no log format; did you mean 'combined'?"),
        Case(
            "kind: call", "kind: sdkcall", "49:49: unknown kind 'sdkcall'; did you mean 'sdk-call'?"
        ),
        Case(
            "note: nothing", "usage: migrated", "50:49: 'usage' has no sense beside 'expect: none'"),
        Case(
            "kind: call,", "format: common,",
            "49:51: 'format' belongs to 'log'; 'code' has 'language'"),
        Case(
            "note: nothing", "language: go",
            "50:52: 'language' belongs to 'code'; 'log' has 'format'"),
        Case(
            "note: nothing, log: \"-\"", "note: nothing",
            "50:9: an example has either 'code' with 'language' or 'log' with 'format'"),
        Case(
            "expect: match", "expect: mach", "49:36: unknown expect 'mach'; did you mean 'match'?"),
    ]

    @Test("a wrong path is named with its place and what is wrong with it", arguments: wrongPaths)
    func wrongPath(_ spoilt: Case) {
        #expect(mistakes(inRules: SampleRule.with((spoilt.old, spoilt.new))) == [spoilt.mistake])
    }

    private static let endpointPath = "path: /v1/jobs/{jobId}"
    private static let replacementPath = "path: /jobs/{jobId}"
    static let wrongPaths = [
        Case(
            endpointPath, "path: /v1/jobs/1",
            "11:13: '/v1/jobs/1' has no parameter; write what varies as {name}"),
        Case(
            endpointPath, "path: v1/jobs/{jobId}",
            "11:13: 'v1/jobs/{jobId}' is no path: it begins with a slash"),
        Case(
            endpointPath, "path: /v1/jobs/:jobId/{jobId}",
            "11:13: '/v1/jobs/:jobId/{jobId}' has ':'; a parameter is written {jobId}"),
        Case(
            endpointPath, "path: /v1/{jobId}/{jobId}",
            "11:13: '/v1/{jobId}/{jobId}' has the parameter {jobId} twice; give each a name of its own"
        ),
        Case(
            endpointPath, "path: /v1/jobs/x{jobId}",
            "11:13: '/v1/jobs/x{jobId}' is no path: 'x{jobId}' must be a whole segment {name} or have no braces"
        ),
        Case(
            endpointPath, "path: /v1/jobs/{jobId}/",
            "11:13: '/v1/jobs/{jobId}/' is no path: it has two slashes in a row, or one at the end"),
        Case(
            endpointPath, "path: /v1/jobs/{jobId}?full=1",
            "11:13: '/v1/jobs/{jobId}?full=1' is no path: it has a query or a fragment; write it without"
        ),
        Case(
            endpointPath, "path: /v1/my jobs/{jobId}",
            "11:13: '/v1/my jobs/{jobId}' is no path: it has spaces"),
        Case(
            endpointPath, "path: https://a.example/v1/jobs/{jobId}",
            "11:13: 'https://a.example/v1/jobs/{jobId}' is a URL; write its path alone: '/v1/jobs/{jobId}'"
        ),
        Case(
            replacementPath, "path: /jobs",
            "32:13: the parameter {jobId} of '/v1/jobs/{jobId}' is missing"),
        Case(
            replacementPath, "path: /jobs/{jobId}/{part}",
            "32:13: the parameter {part} is not in '/v1/jobs/{jobId}'; it has jobId"),
        Case(
            "\"/queues/{queueId}\"", "\"/queues/{queueId}/{x}\"",
            "36:71: the parameter {x} is not in '/v1/queues/{queueId}'; it has queueId"),
        Case(
            "paths: [/acme/token]", "paths: [acme]",
            "8:15: 'acme' is no path: it begins with a slash"),
    ]

    @Test(
        "a part that a rule needs is missed where it should stand",
        arguments: [
            Case("    title: Read a job\n", "", "2:5: a rule needs 'title'"),
            Case("      name: Acme\n", "", "5:7: 'provider' needs 'name'"),
            Case(
                "      method: GET\n      path: /v1", "      path: /v1",
                "10:7: 'endpoint' needs 'method'"),
            Case(", kind: production", "", "13:11: a host needs 'kind'"),
            Case(
                "      - {language: python, expect: match, kind: call, code: \"get('https://api.acme.example/v1/jobs/1')\"}\n",
                "", "49:7: the rule needs an example with 'expect: match'"),
            Case(
                "      - {format: combined, expect: none, note: nothing, log: \"-\"}\n", "",
                "49:7: the rule needs an example with 'expect: none'"),
        ])
    func missingPart(_ spoilt: Case) {
        #expect(mistakes(inRules: SampleRule.with((spoilt.old, spoilt.new))) == [spoilt.mistake])
    }

    @Test("a rule of nothing is told everything that it lacks")
    func emptyRule() {
        #expect(
            mistakes(inRules: "rules:\n  - {id: a}\n") == [
                "2:5: a rule needs 'endpoint'", "2:5: a rule needs 'lifecycle'",
                "2:5: a rule needs 'provider'", "2:5: a rule needs 'title'",
                "2:5: the rule needs an example with 'expect: match'",
                "2:5: the rule needs an example with 'expect: none'",
            ])
    }

    @Test("a lifecycle has one day at least")
    func noDay() {
        let text = SampleRule.with(
            ("      deprecatedOn: {day: 2026-02-01, source: The reference}\n", ""),
            ("      sunsetOn: {day: 2027-02-01, source: The reference}\n", ""))
        #expect(
            mistakes(inRules: text) == ["21:7: 'lifecycle' needs 'deprecatedOn' or 'sunsetOn'"])
    }

    @Test("all mistakes of a file are told at once, sorted by place")
    func manyAtOnce() {
        let text = SampleRule.with(
            ("id: acme-get-job", "id: ACME"), ("name: Acme\n", "nmae: Acme\n"),
            ("name: api.acme.example", "name: a.example/"), ("day: 2027-02-01", "day: 2027-02-29"),
            ("method: POST", "method: POTS"), ("headers: [Location]", "headers: [a b, c d]"),
            ("- name: get_job", "- nam: get_job"), ("language: python", "language: python3"))
        #expect(
            mistakes(inRules: text) == [
                "2:9: 'ACME' is no rule id: lower-case words joined by hyphens",
                "5:7: 'provider' needs 'name'",
                "5:7: unknown key 'nmae'; did you mean 'name'?",
                "13:18: 'a.example/' is no host name: lower case, without scheme, port and path; did you mean 'a.example'?",
                "22:23: '2027-02-29' is no day of the calendar (YYYY-MM-DD)",
                "36:18: 'POTS' is no HTTP method; did you mean 'POST'?",
                "38:17: 'a b' is no header name: one word, without colon and value",
                "38:22: 'c d' is no header name: one word, without colon and value",
                "41:9: a library's method needs 'name'",
                "41:9: unknown key 'nam'; did you mean 'name'?",
                "49:20: 'python3' is no language of examples; did you mean 'python'?",
            ])
    }

    @Test("an id that stands twice in a file is told at the second, with the line of the first")
    func repeatedID() {
        let second = SampleRule.text.replacing("rules:\n", with: "")
        #expect(
            mistakes(inRules: SampleRule.text + second) == [
                "51:9: the rule 'acme-get-job' stands in line 2 too; rename one of them"
            ])
    }
}
