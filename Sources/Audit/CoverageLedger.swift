import Deprecations
import FileWalk

/// What became of every file of a tree, file by file, until the scan is done.
struct CoverageLedger {
    private struct Place: Hashable {
        var folder: String
        var outcome: FileOutcome
    }

    private var names: [Place: [String]] = [:]

    /// Notes what became of the file (or, with `/` at its end, the whole folder) at `path`.
    mutating func note(_ path: String, _ outcome: FileOutcome) {
        var folder = ""
        var name = path
        let end = path.hasSuffix("/") ? path.dropLast() : path[...]
        if let slash = end.lastIndex(of: "/") {
            folder = String(path[..<slash])
            name = String(path[path.index(after: slash)...])
        }
        names[Place(folder: folder, outcome: outcome), default: []].append(name)
    }

    /// Notes what the walk passed over.
    mutating func note(_ skipped: [SkippedPath]) {
        for entry in skipped {
            let reason: SkipReason =
                switch entry.reason {
                case .ignored: .ignored
                case .link: .link
                case .special: .special
                case .unreadable: .unreadable
                }
            let path = entry.isFolder ? (entry.path.isEmpty ? "./" : entry.path + "/") : entry.path
            note(path, .skipped(reason))
        }
    }

    /// All that was noted, sorted by folder, then outcome.
    var entries: [FolderCoverage] {
        names.map { place, names in
            FolderCoverage(folder: place.folder, outcome: place.outcome, names: names.sorted())
        }
        .sorted { ($0.folder, $0.outcome.rank) < ($1.folder, $1.outcome.rank) }
    }

    /// How many files were read in whole.
    var filesRead: Int {
        names.reduce(0) { count, entry in
            switch entry.key.outcome {
            case .searched, .analysed: count + entry.value.count
            case .skipped: count
            }
        }
    }

    /// Files and whole folders that were not read, by reason.
    var skipped: [SkipReason: Int] {
        names.reduce(into: [:]) { counts, entry in
            if case .skipped(let reason) = entry.key.outcome {
                counts[reason, default: 0] += entry.value.count
            }
        }
    }
}

extension FileOutcome {
    fileprivate var rank: Int {
        switch self {
        case .analysed: 0
        case .searched: 1
        case .skipped(let reason): 2 + (SkipReason.allCases.firstIndex(of: reason) ?? 0)
        }
    }
}
