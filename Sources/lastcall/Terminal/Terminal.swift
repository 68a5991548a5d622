import Audit
import Deprecations

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Standard error, and how standard output looks: all that is said to people while a command runs.
struct Terminal: Sendable {
    /// When colours are used.
    enum ColorChoice: String, Sendable, CaseIterable {
        case auto
        case always
        case never
    }

    /// How much is said.
    enum Verbosity: Sendable {
        /// Only errors.
        case quiet
        case normal
        /// Each tree and log as it is stored, and notes.
        case verbose
    }

    /// How much is said.
    let verbosity: Verbosity
    /// Colours on standard error.
    let errorPalette: Palette
    /// Colours on standard output.
    let outputPalette: Palette
    /// Whether progress is shown.
    let showsProgress: Bool

    /// Looks at the terminal and at `environment` (`NO_COLOR`, `TERM`).
    init(
        verbosity: Verbosity, color: ColorChoice, noProgress: Bool, environment: [String: String]
    ) {
        self.verbosity = verbosity
        let isDumb = environment["TERM"] == "dumb"
        let isMonochrome = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
        func palette(_ descriptor: Int32) -> Palette {
            switch color {
            case .always: .colors
            case .never: .none
            case .auto: isatty(descriptor) != 0 && !isDumb && !isMonochrome ? .colors : .none
            }
        }
        errorPalette = palette(STDERR_FILENO)
        outputPalette = palette(STDOUT_FILENO)
        showsProgress =
            !noProgress && verbosity != .quiet && isatty(STDERR_FILENO) != 0 && !isDumb
    }

    /// Says a line that everybody should see but those who asked for quiet.
    func say(_ line: String) {
        if verbosity != .quiet { Self.write(line + "\n") }
    }

    /// Says what spoiled a run, a line each.
    func complain(_ text: String) {
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            Self.write("\(errorPalette.red("error:")) \(String(line).printable)\n")
        }
    }

    /// A diagnostic as a line, where it is to be shown.
    func line(_ diagnostic: Diagnostic) -> String? {
        let label: String
        switch diagnostic.severity {
        case .error: label = errorPalette.red("error:")
        case .warning:
            guard verbosity != .quiet else { return nil }
            label = errorPalette.yellow("warning:")
        case .note:
            guard verbosity == .verbose else { return nil }
            label = "note:"
        }
        var place = diagnostic.path.map { "\($0.printable): " } ?? ""
        if let path = diagnostic.path, let line = diagnostic.line {
            place = "\(path.printable):\(line): "
        }
        return "\(label) \(place)\(diagnostic.message.printable)"
    }

    /// Writes to standard error; that nobody listens is no failure.
    static func write(_ text: String) {
        let bytes = Array(text.utf8)
        var start = 0
        while start < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe systemWrite(
                    STDERR_FILENO, buffer.baseAddress?.advanced(by: start), buffer.count - start)
            }
            if count > 0 {
                start += count
            } else if errno != EINTR {
                return
            }
        }
    }

    /// How many columns standard error has.
    static var width: Int {
        var size = winsize()
        guard unsafe ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
            return 80
        }
        return Int(size.ws_col)
    }
}
