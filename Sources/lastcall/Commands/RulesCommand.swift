import ArgumentParser
import Audit
import Deprecations

/// `lastcall rules`
struct RulesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules", abstract: "Show, check and try the deprecation rules.",
        subcommands: [
            ListCommand.self, ShowCommand.self, CheckCommand.self, TestCommand.self,
            GateCommand.self,
        ])

    /// What every command on rules takes.
    struct Options: ParsableArguments {
        @OptionGroup(title: "Rules and settings") var rules: RuleOptions
        @OptionGroup(title: "Rules and settings") var settings: SettingsOptions
        @OptionGroup(title: "Terminal") var terminal: TerminalOptions

        func session(asOf database: DatabaseOptions? = nil) -> AuditSession {
            AuditSession(
                .rules, terminal: terminal, database: database, settings: settings, rules: rules)
        }
    }

    /// `lastcall rules list`
    struct ListCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List the rules and where each stands today.")

        @OptionGroup var options: Options

        func run() async throws {
            let session = options.session()
            try write(RuleText.list(try session.rules().entries, on: session.today))
        }
    }

    /// `lastcall rules show`
    struct ShowCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Show all that a rule says, with its sources.")

        @Argument(help: ArgumentHelp("The rule.", valueName: "id"))
        var id: String
        @Flag(name: .long, help: "Print the rule's file, to begin one of your own.")
        var yaml = false
        @OptionGroup var options: Options

        func run() async throws {
            let session = options.session()
            let entry = try session.rules().entry(id)
            try write(yaml ? entry.text : RuleText.page(entry, on: session.today))
        }
    }

    /// `lastcall rules check`
    struct CheckCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check", abstract: "Look for mistakes in rule files.",
            discussion:
                "Every mistake is named with its file, line and column; then the status is 2.")

        @Argument(help: ArgumentHelp("Rule files and folders.", valueName: "file-or-dir"))
        var paths: [String] = []
        @OptionGroup var options: Options

        func run() async throws {
            let entries = try options.session().rules(with: paths).entries
            let files = Set(entries.map(\.file)).count
            try write("\(entries.count.counted("rule")) in \(files.counted("file")): no mistake\n")
        }
    }

    /// `lastcall rules test`
    struct TestCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "test", abstract: "Run the examples of the rules.",
            discussion: "Each must be found, or must not, as the rule says; else the status is 2.")

        @Argument(help: ArgumentHelp("Rule files and folders.", valueName: "file-or-dir"))
        var paths: [String] = []
        @OptionGroup var options: Options

        func run() async throws {
            let catalog = try options.session().rules(with: paths)
            let (count, failures) = catalog.runExamples()
            guard failures.isEmpty else {
                throw AuditError.unusable(
                    failures.map(\.description) + [
                        "\(failures.count.counted("example")) of \(count.grouped) failed"
                    ])
            }
            let rules = catalog.entries.count.counted("rule")
            try write("\(count.counted("example")) of \(rules): all as expected\n")
        }
    }

    /// `lastcall rules gate`: for comparing the scan with other searches.
    struct GateCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "gate",
            abstract: "Print the texts without which a file is not analysed, one per line.",
            shouldDisplay: false)

        @OptionGroup var options: Options

        func run() async throws {
            let literals = try options.session().rules().gateLiterals
            try write(literals.map { $0 + "\n" }.joined())
        }
    }
}

/// Writes a result to standard output.
private func write(_ text: String) throws {
    try OutputFile(path: "-").write(Array(text.utf8))
}
