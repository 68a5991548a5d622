import Deprecations

struct LifecycleDocument: Codable {
    struct Day: Codable {
        var day: CalendarDay
        var source: String
        /// Nil where the day is announced.
        var basis: String?

        init(_ announced: AnnouncedDay) {
            day = announced.day
            source = announced.source
            basis = announced.basis == .announced ? nil : announced.basis.rawValue
        }

        var value: AnnouncedDay {
            AnnouncedDay(
                day: day, source: source,
                basis: basis.flatMap(AnnouncedDay.Basis.init) ?? .announced)
        }
    }

    struct Moved: Codable {
        var subject: String
        var was: CalendarDay
        var changedOn: CalendarDay
        var source: String
    }

    var deprecatedOn: Day?
    var sunsetOn: Day?
    var history: [Moved]

    init(_ lifecycle: Lifecycle) {
        deprecatedOn = lifecycle.deprecatedOn.map(Day.init)
        sunsetOn = lifecycle.sunsetOn.map(Day.init)
        history = lifecycle.history.map {
            Moved(
                subject: $0.subject.rawValue, was: $0.was, changedOn: $0.changedOn,
                source: $0.source)
        }
    }

    func value() throws -> Lifecycle {
        Lifecycle(
            deprecatedOn: deprecatedOn?.value, sunsetOn: sunsetOn?.value,
            history: try history.map {
                MovedDate(
                    subject: try storedWord(
                        MovedDate.Subject.self, $0.subject, as: "date of a lifecycle"),
                    was: $0.was, changedOn: $0.changedOn, source: $0.source)
            })
    }
}

struct RateLimitDocument: Codable {
    var requestsPerSecond: Double
    var waitHeader: String?
    var source: String?

    init(_ limit: RateLimit) {
        requestsPerSecond = limit.requestsPerSecond
        waitHeader = limit.waitHeader
        source = limit.source
    }

    func value() -> RateLimit {
        RateLimit(requestsPerSecond: requestsPerSecond, waitHeader: waitHeader, source: source)
    }
}

struct ReplacementDocument: Codable {
    var method: String
    var path: String
    var apiVersion: String?
    var source: String?

    init(_ replacement: Replacement) {
        method = replacement.method
        path = replacement.path.description
        apiVersion = replacement.apiVersion
        source = replacement.source
    }

    func value() throws -> Replacement {
        Replacement(
            method: method, path: try PathTemplate(path), apiVersion: apiVersion, source: source)
    }
}

struct InitiatingCallDocument: Codable {
    var method: String
    var path: String
    var replacementPath: String?

    init(_ call: InitiatingCall) {
        method = call.method
        path = call.path.description
        replacementPath = call.replacementPath?.description
    }

    func value() throws -> InitiatingCall {
        InitiatingCall(
            method: method, path: try PathTemplate(path),
            replacementPath: try replacementPath.map { try PathTemplate($0) })
    }
}

struct LinkNamesDocument: Codable {
    var headers: [String]
    var jsonFields: [String]

    init(_ links: LinkNames) {
        headers = links.headers
        jsonFields = links.jsonFields
    }

    func value() -> LinkNames {
        LinkNames(headers: headers, jsonFields: jsonFields)
    }
}

struct SDKMethodDocument: Codable {
    struct Package: Codable {
        var name: String
        var fromVersion: String
    }

    var name: String
    var owners: [String]
    var packages: [String]
    var migratedPackages: [Package]

    init(_ method: SDKMethod) {
        name = method.name
        owners = method.owners
        packages = method.packages
        migratedPackages = method.migratedPackages.map {
            Package(name: $0.name, fromVersion: $0.fromVersion)
        }
    }

    func value() -> SDKMethod {
        SDKMethod(
            name: name, owners: owners, packages: packages,
            migratedPackages: migratedPackages.map {
                MigratedPackage(name: $0.name, fromVersion: $0.fromVersion)
            })
    }
}

/// Either `language` or `format` is there; without `usage` nothing must match.
struct ExampleDocument: Codable {
    var language: String?
    var format: String?
    var text: String
    var usage: String?
    var kind: String?
    var note: String?
    var line: Int

    init(_ example: RuleExample) {
        switch example.content {
        case .code(let language, let text):
            self.language = language
            self.text = text
        case .log(let format, let text):
            self.format = format
            self.text = text
        }
        if case .match(let usage, let kind) = example.expectation {
            self.usage = usage.rawValue
            self.kind = kind?.rawValue
        }
        note = example.note
        line = example.line
    }

    func value() throws -> RuleExample {
        let expectation: RuleExample.Expectation
        if let usage {
            expectation = .match(
                usage: try storedWord(Usage.self, usage, as: "usage"),
                kind: try kind.map { try storedWord(Kind.self, $0, as: "kind of call site") })
        } else {
            expectation = .noMatch
        }
        let content: RuleExample.Content =
            if let format {
                .log(format: format, text: text)
            } else {
                .code(language: language ?? "", text: text)
            }
        return RuleExample(content: content, expectation: expectation, note: note, line: line)
    }
}
