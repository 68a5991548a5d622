import Audit
import Deprecations

/// What is under way, and how far.
enum Activity: Sendable {
    case none
    case walking(root: String, since: ContinuousClock.Instant, files: Int, bytes: Int)
    case analysing(root: String, candidates: Int)
    case reading(LogProgress)

    /// How far the reading of logs is.
    struct LogProgress: Sendable {
        var since: ContinuousClock.Instant
        var count: Int
        var totalBytes: Int
        var bytes = 0
        var stored = 0
    }

    /// Takes note of what happened.
    mutating func note(_ event: AuditEvent, at now: ContinuousClock.Instant) {
        switch (event, self) {
        case (.treeBegan(let root), _):
            self = .walking(root: root, since: now, files: 0, bytes: 0)
        case (
            .treeProgress(let moreFiles, let moreBytes),
            .walking(let root, let since, let files, let bytes)
        ):
            self = .walking(
                root: root, since: since, files: files + moreFiles, bytes: bytes + moreBytes)
        case (.treeWalked(let candidates), .walking(let root, _, _, _)):
            self = .analysing(root: root, candidates: candidates)
        case (.treeSaved, _):
            self = .none
        case (.logsBegan(let count, let bytes), _):
            self = .reading(LogProgress(since: now, count: count, totalBytes: bytes))
        case (.logProgress(let bytes), .reading(var progress)):
            progress.bytes += bytes
            self = .reading(progress)
        case (.logUnchanged(_, let bytes), .reading(var progress)):
            progress.bytes += bytes
            progress.stored += 1
            self = .reading(progress)
        case (.logSaved, .reading(var progress)):
            progress.stored += 1
            self = .reading(progress)
        case (.treeProgress, _), (.treeWalked, _), (.logProgress, _), (.logSaved, _),
            (.logUnchanged, _), (.waiting, _), (.diagnostic, _):
            break
        }
    }

    /// What the line shows; nil where nothing is under way.
    func line(at now: ContinuousClock.Instant) -> String? {
        switch self {
        case .none:
            return nil
        case .walking(let root, let since, let files, let bytes):
            let seconds = (now - since).inSeconds
            let rate = seconds > 0.2 ? ", \(Int(Double(files) / seconds).grouped) files/s" : ""
            return "Scanning \(root.printable): \(files.grouped) files, \(bytes.asSize)\(rate)"
        case .analysing(let root, let candidates):
            return "Analysing \(root.printable): \(candidates.grouped) files that may matter"
        case .reading(let progress):
            return progress.line(at: now)
        }
    }
}

extension Activity.LogProgress {
    fileprivate func line(at now: ContinuousClock.Instant) -> String {
        let logs = count == 1 ? "the log" : "log \(min(stored + 1, count)) of \(count)"
        let seconds = (now - since).inSeconds
        guard seconds > 0.2, bytes > 0 else { return "Reading \(logs)" }
        let rate = Double(bytes) / seconds
        let speed = "\(Int(rate).asSize)/s"
        guard totalBytes > 0, bytes <= totalBytes else {
            return "Reading \(logs): \(bytes.asSize), \(speed)"
        }
        let left = Int((Double(totalBytes - bytes) / rate).rounded(.up))
        return "Reading \(logs): \(bytes * 100 / totalBytes) % of \(totalBytes.asSize), \(speed), "
            + "\(left.asDuration) left"
    }
}

extension TreeSummary {
    /// One line for people.
    var line: String {
        let left = skipped.sorted { $0.key.rawValue < $1.key.rawValue }
            .map { "\($0.value.grouped) \($0.key.rawValue)" }
        let passedOver = left.isEmpty ? "" : "; not read: \(left.joined(separator: ", "))"
        let kept =
            unchanged == 0
            ? ""
            : "; \(unchanged.grouped) unchanged since the last scan"
                + (isAnalysisKept ? ", whose analysis stands" : "")
        return "\(root.printable): \(files.counted("file")) read, \(analysed.grouped) analysed"
            + kept + passedOver
    }
}

extension LogSummary {
    /// One line for people.
    var line: String {
        let name = path == "-" ? "standard input" : path.printable
        switch state {
        case .unreadable: return "\(name): not read"
        case .complete, .truncated:
            let cut = state == .truncated ? ", cut off" : ""
            return "\(name): \(newLines.counted("new line")), \(newRequests.counted("request")) to "
                + "deprecated endpoints (\(format?.printable ?? "no known format")\(cut))"
        }
    }
}

extension Duration {
    /// As a number of seconds.
    fileprivate var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
