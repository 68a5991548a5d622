import ArgumentParser
import Audit
import Deprecations
import Foundation

/// `lastcall`
struct LastcallCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lastcall",
        abstract: "Find every last call to a deprecated HTTP endpoint, in code and in traffic.",
        discussion: """
            Exit status: 0 done; 1 done, and the '--fail-on' gate says no; 2 wrong usage, rule or settings;
            3 done, but some input could not be read; 4 failed; 130 interrupted.
            """,
        version: toolVersion,
        subcommands: [
            AuditCommand.self, ScanCommand.self, ReportCommand.self, ExplainCommand.self,
            VerifyCommand.self, StandInCommand.self, RulesCommand.self, LogFormatCommand.self,
        ])
}

/// How a command ends when it has done its work.
struct StatusExit: Error {
    /// The status.
    let status: ExitStatus

    /// Ends with this status.
    init(_ status: ExitStatus) {
        self.status = status
    }
}

/// Parses the command line, runs the command, and turns whatever comes of it into an exit status.
@main
enum Lastcall {
    static func main() async {
        Interruption.install()
        let status: ExitStatus
        do {
            try await Interruption.watched(run)
            status = .done
        } catch {
            status = end(error)
        }
        exit(status.rawValue)
    }

    @Sendable
    private static func run() async throws {
        var command = try LastcallCommand.parseAsRoot()
        if var command = command as? any AsyncParsableCommand {
            try await command.run()
        } else {
            try command.run()
        }
    }

    /// Says what ended the command, where that is not said yet.
    private static func end(_ error: any Error) -> ExitStatus {
        let terminal = Terminal(
            verbosity: .normal, color: .auto, noProgress: true,
            environment: ProcessInfo.processInfo.environment)
        switch error {
        case let exit as StatusExit:
            return exit.status
        case is CancellationError:
            Terminal.write("\(Interruption.notice)")
            return .interrupted
        case let error as AuditError:
            terminal.complain("\(error)")
            if case .unusable = error { return .unusable }
            return .failed
        case let error as OutputFile.Failure:
            terminal.complain("\(error)")
            return .failed
        default:
            return endParsing(error, terminal)
        }
    }

    /// ArgumentParser's own statuses (1 and 64) become ours; help and version are answers.
    private static func endParsing(_ error: any Error, _ terminal: Terminal) -> ExitStatus {
        let message = LastcallCommand.fullMessage(for: error)
        switch LastcallCommand.exitCode(for: error) {
        case .success:
            do throws(OutputFile.Failure) {
                try OutputFile(path: "-").write(Array((message + "\n").utf8))
                return .done
            } catch {
                terminal.complain("\(error)")
                return .failed
            }
        case .validationFailure:
            Terminal.write(message + "\n")
            return .unusable
        default:
            terminal.complain("\(error)")
            return .failed
        }
    }
}
