import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// The built `lastcall`, run as its users run it.
enum BuiltTool {
    /// What a run brought.
    struct Run {
        var status: Int32
        var output: String
        var errors: String
    }

    /// The binary beside the test bundle.
    static let path: String = {
        let bundle = CommandLine.arguments.first ?? ""
        return URL(fileURLWithPath: bundle).deletingLastPathComponent()
            .appending(path: "lastcall").path
    }()

    /// The project's own folder.
    static let project: URL = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Runs it in `folder` to its end.
    static func run(
        _ arguments: String..., in folder: URL, input: String? = nil,
        environment: [String: String] = [:]
    ) async throws -> Run {
        try await run(arguments, in: folder, input: input, environment: environment)
    }

    /// Runs it in `folder` to its end. Standard input is empty, where none is given.
    static func run(
        _ arguments: [String], in folder: URL, input: String? = nil,
        environment: [String: String] = [:]
    ) async throws -> Run {
        let files = FileManager.default.temporaryDirectory
        let id = UUID().uuidString
        let output = files.appending(path: "\(id).out")
        let errors = files.appending(path: "\(id).err")
        let source = files.appending(path: "\(id).in")
        defer {
            for file in [output, errors, source] { try? FileManager.default.removeItem(at: file) }
        }
        for file in [output, errors] { try Data().write(to: file) }
        try Data((input ?? "").utf8).write(to: source)
        let process = try process(arguments, in: folder, environment: environment)
        process.standardInput = try FileHandle(forReadingFrom: source)
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        try await end(of: process)
        return Run(
            status: process.terminationStatus,
            output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
    }

    /// A process to be started; it has no environment but `PATH`, a home of its own, and what is given.
    static func process(
        _ arguments: [String], in folder: URL, environment: [String: String] = [:]
    ) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = ["PATH": "/usr/bin:/bin", "HOME": folder.path, "TERM": "xterm"]
            .merging(environment) { _, given in given }
        return process
    }

    /// Starts a process and waits for its end.
    static func end(of process: Process) async throws {
        try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in done.resume() }
            do {
                try process.run()
            } catch {
                process.terminationHandler = nil
                done.resume(throwing: error)
            }
        }
    }
}

/// Files of a test, written into `folder`.
func write(_ files: [String: String], in folder: URL) throws {
    for (path, text) in files {
        let file = folder.appending(path: path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }
}

/// A terminal that a process can be given, and what it wrote there.
final class TestTerminal {
    /// The process's side.
    let processSide: FileHandle
    private let ourSide: FileHandle

    /// Opens one.
    init() throws {
        // As tty_ioctl(4) has it; the library's own functions are hidden behind a feature macro.
        let (unlock, getNumber) = (UInt(0x4004_5431), UInt(0x8004_5430))
        let ours = unsafe open("/dev/ptmx", O_RDWR | O_NOCTTY)
        var (no, number) = (Int32(0), Int32(0))
        guard ours >= 0, unsafe ioctl(ours, unlock, &no) == 0,
            unsafe ioctl(ours, getNumber, &number) == 0
        else { throw POSIXError(.ENXIO) }
        let theirs = unsafe open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
        guard theirs >= 0 else { throw POSIXError(.ENXIO) }
        var size = winsize(ws_row: 24, ws_col: 100, ws_xpixel: 0, ws_ypixel: 0)
        _ = unsafe ioctl(theirs, UInt(TIOCSWINSZ), &size)
        ourSide = FileHandle(fileDescriptor: ours, closeOnDealloc: true)
        processSide = FileHandle(fileDescriptor: theirs, closeOnDealloc: true)
    }

    /// Reads until `text` has come, or a while has passed.
    func read(until text: String, within limit: Duration = .seconds(20)) -> String {
        var seen = ""
        let end = ContinuousClock.now + limit
        while ContinuousClock.now < end, !seen.contains(text) {
            var request = pollfd(
                fd: ourSide.fileDescriptor, events: Int16(POLLIN), revents: 0)
            guard unsafe poll(&request, 1, 200) > 0 else { continue }
            guard request.revents & Int16(POLLIN) != 0 else { break }
            seen += String(decoding: ourSide.availableData, as: UTF8.self)
        }
        return seen
    }
}
