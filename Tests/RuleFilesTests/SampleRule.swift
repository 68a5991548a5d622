import RuleFiles
import Testing

/// A rule file without a mistake, to be spoilt by the tests.
enum SampleRule {
    static let text = """
        rules:
          - id: acme-get-job
            title: Read a job
            provider:
              name: Acme
              words: [acme]
              packages: [acme_sdk]
              paths: [/acme/token]
            endpoint:
              method: GET
              path: /v1/jobs/{jobId}
              hosts:
                - {name: api.acme.example, kind: production, note: the only one}
            versionHeader:
              name: Acme-Version
              deprecatedValues: ["1"]
              replacementValue: "2"
              absence: deprecated-version
              absenceSource: The reference
            lifecycle:
              deprecatedOn: {day: 2026-02-01, source: The reference}
              sunsetOn: {day: 2027-02-01, source: The reference}
              history:
                - {subject: sunsetOn, was: 2026-08-01, changedOn: 2026-03-01, source: A letter}
                - {subject: sunsetOn, was: 2026-12-01, changedOn: 2026-04-01, source: A letter}
            rateLimit:
              requestsPerSecond: 0.5
              waitHeader: Retry-After
              source: The reference
            replacement:
              method: GET
              path: /jobs/{jobId}
              apiVersion: "2"
              source: The reference
            initiatingCalls:
              - {method: POST, path: "/v1/queues/{queueId}", replacementPath: "/queues/{queueId}"}
            links:
              headers: [Location]
              jsonFields: [jobUrl]
            sdkMethods:
              - name: get_job
                owners: [JobsApi]
                packages: [acme_sdk]
                migratedPackages:
                  - {name: acme2, fromVersion: 1.0.0}
            migrationNotes:
              - Drop the version from the path.
            examples:
              - {language: python, expect: match, kind: call, code: "get('https://api.acme.example/v1/jobs/1')"}
              - {format: combined, expect: none, note: nothing, log: "-"}

        """

    /// The sample with texts replaced; each must be there once.
    static func with(_ changes: (old: String, new: String)...) -> String {
        changes.reduce(text) { text, change in
            #expect(text.components(of: change.old) == 2, "'\(change.old)' must be there once")
            return text.replacing(change.old, with: change.new)
        }
    }
}

extension String {
    fileprivate func components(of part: String) -> Int { ranges(of: part).count + 1 }
}

/// The mistakes in a rule file, as `line:column: text`, or `text` for the file as a whole.
func mistakes(inRules text: String) -> [String] {
    do throws(RuleFileErrors) {
        _ = try RuleFiles.parse(text, file: "f")
        return []
    } catch {
        return error.mistakes.map { String($0.description.dropFirst(2).drop { $0 == " " }) }
    }
}

/// The mistakes in `lastcall.yaml`, as `line:column: text`, or `text` for the file as a whole.
func mistakes(inSettings text: String) -> [String] {
    do throws(RuleFileErrors) {
        _ = try SettingsFile.parse(text, file: "f")
        return []
    } catch {
        return error.mistakes.map { String($0.description.dropFirst(2).drop { $0 == " " }) }
    }
}
