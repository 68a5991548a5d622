import ArgumentParser
import Audit
import Deprecations

/// `lastcall explain`
struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Say how a call site was found, step by step.",
        discussion: """
            An id is one that a report or 'lastcall scan code' shows, as LC-7f3a9c21; its first digits do where no
            other begins alike. So does a place, as src/poll.py:14. Nothing is scanned.

            Example:
              lastcall explain LC-7f3a9c21
            """)

    @Argument(help: ArgumentHelp("Ids or places of call sites.", valueName: "id-or-place"))
    var sites: [String]
    @OptionGroup(title: "Settings") var settings: SettingsOptions
    @OptionGroup(title: "Database") var database: DatabaseOptions
    @OptionGroup(title: "Terminal") var terminal: TerminalOptions

    func run() async throws {
        let session = AuditSession(
            .report, terminal: terminal, database: database, settings: settings)
        try session.explain(sites)
    }
}
