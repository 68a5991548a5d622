internal import Deprecations

/// What a file is for, by its path below the scanned root, its language and its first bytes.
enum FileRole {
    /// The file's role.
    ///
    /// Whose code it is comes first (vendored, generated), then what it serves (tests, samples,
    /// pipelines), then what it is by nature.
    ///
    /// - Parameters:
    ///   - path: Below the scanned root, with `/`; the root's own name does not count.
    ///   - language: As detected, refined by content.
    ///   - head: The first kilobytes of its text.
    static func role(path: String, language: String?, head: ArraySlice<UInt8>) -> Role {
        let place = PathWords(path: path, language: language)
        let nature = Nature(language: language)
        if isVendored(place) { return .vendored }
        if nature != .prose, GeneratedMark.isGenerated(place, language: language, head: head) {
            return .generated
        }
        switch nature {
        case .prose: return .docs
        case .collection:
            return place.folders.contains(where: fixtureFolders.contains) ? .test : .apiCollection
        case .description where !isTest(place, head: head, isDescription: true):
            return isExample(place) ? .example : .apiCollection
        default: break
        }
        if isTest(place, head: head, isDescription: false) { return .test }
        if isExample(place) { return .example }
        if isPipeline(place, nature: nature) { return .ci }
        if place.folders.contains(where: documentFolders.contains),
            nature != .page || language == "notebook"
        {
            return .docs
        }
        if nature == .settings || isScriptedSettings(place) { return .config }
        return .production
    }

    /// What a language's files are for unless their place says otherwise.
    private enum Nature {
        case prose, collection, description, settings, page, code

        init(language: String?) {
            switch language {
            case "markdown", "text": self = .prose
            case "postman", "insomnia", "bruno", "http": self = .collection
            case "openapi": self = .description
            case "yaml", "json", "toml", "xml", "properties", "dotenv", "ini", "hocon",
                "dockerfile",
                "makefile", "just", "procfile", "crontab", "terraform", "nginx", "apache",
                "caddyfile", "haproxy", "cmake":
                self = .settings
            case "html", "notebook": self = .page
            default: self = .code
            }
        }
    }

    // MARK: Whose it is

    private static let vendorFolders: Set<String> = [
        "vendor", "vendors", "vendored", "_vendor", "node_modules", "bower_components",
        "third_party", "third-party", "thirdparty", "3rdparty", "3rd-party", "3rd_party", "pods",
        "carthage", ".venv", "venv", "virtualenv", "site-packages", "dist-packages", ".tox", ".nox",
        ".bundle", ".yarn", "jspm_packages", ".pnpm-store", ".gradle", ".m2", "godeps", "elm-stuff",
        ".eggs", ".terraform", ".cargo", ".pub-cache", ".dart_tool", "__pypackages__", ".nuget",
        ".stack-work", ".build", "externals",
    ]

    private static func isVendored(_ place: PathWords) -> Bool {
        for (index, folder) in place.folders.enumerated() {
            if vendorFolders.contains(folder) { return true }
            if folder == "lib", index > 0, place.folders[index - 1] == "wwwroot" { return true }
        }
        return false
    }

    // MARK: What it serves

    private static let testFolders: Set<String> = [
        "test", "tests", "testing", "__tests__", "__mocks__", "__fixtures__", "__snapshots__",
        "e2e",
        "fixtures", "fixture", "cassettes", "vcr_cassettes", "testdata", "mocks", "mock", "stubs",
        "fakes", "wiremock", "mockserver", "loadtest", "loadtests", "perftest", "k6", "locust",
        "jmeter", "gatling", "artillery", "cypress", "playwright", "pact", "pacts", "qa",
        "unittest",
        "unittests", "specs", "spec", "testutils", "testlib", "acceptance", "smoke", "recordings",
        "androidtest", "commontest", "jvmtest", "iostest", "inttest", "integrationtest",
        "functionaltest", "testfixtures", "bench", "benchmark", "benchmarks", "testcases",
    ]
    private static let fixtureFolders: Set<String> = [
        "fixtures", "fixture", "cassettes", "testdata", "test-data", "test_data", "__fixtures__",
    ]
    private static let testWords: Set<String> = ["test", "tests", "mock", "mocks", "spec", "specs"]

    private static func isTestFolder(_ folder: String, isDescription: Bool) -> Bool {
        if folder == "spec" || folder == "specs" { return !isDescription }
        if testFolders.contains(folder) { return true }
        // `integration-tests`, `load_tests`, `Acme.Billing.Tests`, `test-support`
        let words = folder.split { $0 == "-" || $0 == "_" || $0 == "." }.map(String.init)
        guard words.count > 1, let first = words.first, let last = words.last else { return false }
        return last == "test" || last == "tests" || last == "specs" || last == "mocks"
            || last == "fixtures" || last == "unittests" || last == "integrationtests"
            || first == "test" || first == "tests"
            || (words.contains("load") && testWords.contains(last))
    }

    private static let testFiles: Set<String> = [
        "conftest.py", "tests.py", "locustfile.py", "locust.py", "setuptests.js", "setuptests.ts",
        "jest.setup.js", "jest.setup.ts", "vitest.setup.ts", "spec_helper.rb", "rails_helper.rb",
        "test_helper.rb", "test_helper.exs", "k6.js", "loadtest.js", "testcase.php", "pest.php",
    ]

    private static func isTest(
        _ place: PathWords, head: ArraySlice<UInt8>, isDescription: Bool
    ) -> Bool {
        if place.folders.contains(where: { isTestFolder($0, isDescription: isDescription) }) {
            return true
        }
        if place.folders.first == "load", !place.folders.contains("src") { return true }
        if isDescription { return false }
        return isTestName(place) || hasTestMark(place, head: head)
    }

    private static func isTestName(_ place: PathWords) -> Bool {
        if testFiles.contains(place.name) { return true }
        switch place.ending {
        case "jmx", "bats", "feature", "t": return true
        case "json", "yaml", "yml", "toml", "xml", "properties", "env", "html": return false
        default: break
        }
        let words = place.stem.split { $0 == "_" || $0 == "." || $0 == "-" }
            .map { ByteText.lower(String($0)) }
        if words.count > 1, let last = words.last, let first = words.first {
            if ["test", "tests", "spec", "specs", "unittest", "cy", "e2e", "k6", "steps"]
                .contains(last)
            {
                return last != "steps" || place.stem.hasSuffix("_steps")
            }
            if first == "test",
                ["py", "r", "rb", "c", "cc", "cpp", "lua", "el", "php", "sh"]
                    .contains(place.ending)
            {
                return true
            }
        }
        // `OperationClientTest.java`, `OperationsClientTests.cs`, `TestOperations.java`
        for suffix in [
            "Test", "Tests", "TestCase", "Spec", "Specs", "IT", "ITCase", "Mock", "Mocks",
        ]
        where place.stem.hasSuffix(suffix) && place.stem.utf8.count > suffix.utf8.count {
            let before = place.stem.utf8.dropLast(suffix.utf8.count).last ?? 0
            if !before.isUpper { return true }
        }
        if place.stem.hasPrefix("Test"), place.isManaged {
            let rest = place.stem.utf8.dropFirst(4)
            return rest.first.map { $0.isUpper } ?? false
        }
        return false
    }

    private static func hasTestMark(_ place: PathWords, head: ArraySlice<UInt8>) -> Bool {
        switch place.ending {
        case "js", "ts", "mjs":
            return ByteText.contains(
                "'k6/http'", "\"k6/http\"", "from 'k6'", "from \"k6\"", in: head)
        case "py": return ByteText.contains("from locust import", "import locust", in: head)
        case "scala", "java", "kt": return ByteText.contains("io.gatling.", in: head)
        case "json":
            return ByteText.contains(
                "\"urlPathPattern\"", "\"urlPattern\"", "\"urlPathTemplate\"", in: head)
                && ByteText.contains("\"response\"", in: head)
        case "yml", "yaml":
            return ByteText.matches("interactions:", in: head, at: head.startIndex)
                || ByteText.contains("\ninteractions:", "\nhttp_interactions:", in: head)
        default: return false
        }
    }

    private static let exampleFolders: Set<String> = [
        "examples", "example", "samples", "sample", "demo", "demos", "quickstart", "quickstarts",
        "tutorial", "tutorials", "playground", "snippets", "cookbook",
        "getting-started",
    ]

    private static func isExample(_ place: PathWords) -> Bool {
        for (index, folder) in place.folders.enumerated() {
            if exampleFolders.contains(folder) {
                // `com/example/…` is a package, `src/example` where packages are folders too.
                let above = index > 0 ? place.folders[index - 1] : ""
                if !["com", "org", "net", "io"].contains(above) { return true }
            }
            if folder.hasSuffix("-example") || folder.hasSuffix("-examples")
                || folder.hasSuffix(".samples") || folder.hasSuffix("-demo")
                || folder.hasSuffix("_example") || folder.hasSuffix("_examples")
                || folder.hasSuffix("-samples") || folder.hasSuffix(".examples")
            {
                return true
            }
        }
        return false
    }

    private static let pipelineFolders: Set<String> = [
        ".github", ".gitlab", ".circleci", ".buildkite", ".azure-pipelines", "azure-pipelines",
        ".azuredevops", ".teamcity", ".semaphore", ".tekton", ".ci", "ci", ".gitea", ".forgejo",
        ".woodpecker", ".drone", ".concourse", "jenkins", ".jenkins", "pipelines",
    ]
    private static let pipelineFiles: [String] = [
        ".gitlab-ci", "azure-pipelines", "bitbucket-pipelines", ".travis.", "appveyor.",
        ".appveyor.", "cloudbuild.", "buildspec", "codemagic.", ".cirrus.", "wercker.", ".drone.",
        ".woodpecker", "jenkinsfile", "circle.yml", "cloudbuild-",
    ]

    private static func isPipeline(_ place: PathWords, nature: Nature) -> Bool {
        if place.folders.contains(where: {
            pipelineFolders.contains($0) && ($0 != "pipelines" || nature == .settings)
        }) {
            return true
        }
        if pipelineFiles.contains(where: { place.name.hasPrefix($0) }) { return true }
        if place.name == "action.yml" || place.name == "action.yaml" { return true }
        return place.name.hasSuffix("-pipeline.yml") || place.name.hasSuffix(".gitlab-ci.yml")
            || place.name.hasSuffix(".jenkinsfile") || place.name.hasSuffix("-pipelines.yml")
            || place.name.hasSuffix("jenkinsfile")
    }

    private static let documentFolders: Set<String> = [
        "docs", "doc", "documentation", "wiki", "adr", "adrs", "runbooks", "man",
    ]

    /// `webpack.config.js`, `next.config.mjs`
    private static func isScriptedSettings(_ place: PathWords) -> Bool {
        ["js", "ts", "mjs", "cjs", "mts"].contains(place.ending)
            && ByteText.lower(place.stem).hasSuffix(".config")
    }
}
