package import Deprecations
import GRDB

extension AuditStore {
    /// Stores the scan of a tree in the place of the one before.
    ///
    /// A call site that is no longer found is resolved, unless its rule was not looked for or its file
    /// could not be read; where the file is left out on purpose now, it is out of scope. One that was resolved and
    /// comes back is new again, but keeps the day that it was first seen.
    ///
    /// `memory` is what the next scan can go by; without it that is a whole one.
    package func save(
        _ scan: TreeScan, memory: TreeMemory? = nil, run: Int64, at time: Timestamp
    ) throws(StoreError) {
        try write { database in
            let writer = TreeWriter(database: database, run: run, time: time)
            let tree = try writer.saveTree(scan)
            try writer.saveCoverage(scan.coverage, tree: tree)
            let seen = try writer.saveCallSites(scan.callSites, tree: tree)
            try writer.judgeTheUnseen(
                tree: tree, seen: seen, skipped: SkippedFiles(scan.coverage))
            try database.replaceDiagnostics(of: .tree(tree), by: scan.diagnostics, run: run)
            try database.execute(sql: "DELETE FROM tree_memories WHERE tree = ?", arguments: [tree])
            try memory?.store(of: tree, in: database)
            try database.touch(at: time)
        }
    }
}

/// Stores what the scan of a tree brought.
private struct TreeWriter {
    var database: Database
    var run: Int64
    var time: Timestamp

    func saveTree(_ scan: TreeScan) throws -> Int64 {
        var trees = RowInsertion(
            database, into: "trees", updating: .init(key: ["canonical_root"]), returningID: true)
        return try trees.insertReturningID([
            "canonical_root": scan.canonicalRoot,
            "root": scan.root,
            "bytes_scanned": scan.bytesScanned,
            "run": run,
            "scanned_ms": time.milliseconds,
        ])
    }

    func saveCoverage(_ coverage: [FolderCoverage], tree: Int64) throws {
        struct Place: Hashable {
            var folder: String
            var outcome: FileOutcome
        }
        var names: [Place: [String]] = [:]
        for entry in coverage {
            names[Place(folder: entry.folder, outcome: entry.outcome), default: []] += entry.names
        }
        try database.execute(sql: "DELETE FROM coverage WHERE tree = ?", arguments: [tree])
        var rows = RowInsertion(database, into: "coverage")
        for (place, names) in names {
            try rows.insert([
                "tree": tree,
                "folder": place.folder,
                "outcome": place.outcome.storedWord,
                "files": names.count,
                "names": try StoredJSON.text(of: names.sorted()),
            ])
        }
    }

    /// Answers the rows of the sites that are there.
    func saveCallSites(_ sites: [CallSite], tree: Int64) throws -> Set<Int64> {
        var rows = RowInsertion(
            database, into: "call_sites", updating: CallSiteRow.whereSeenAgain, returningID: true)
        let forget = try database.makeStatement(sql: "DELETE FROM evidence WHERE call_site = ?")
        let unsuppress = try database.makeStatement(
            sql: "DELETE FROM suppressions WHERE call_site = ?")
        var evidence = RowInsertion(database, into: "evidence")
        var suppressions = RowInsertion(database, into: "suppressions")
        var seen: Set<Int64> = []
        for site in sites {
            let id = try rows.insertReturningID(
                CallSiteRow.values(site, tree: tree, run: run, at: time))
            seen.insert(id)
            try forget.execute(arguments: [id])
            for (position, step) in site.evidence.enumerated() {
                try evidence.insert([
                    "call_site": id,
                    "position": position,
                    "path": step.place.path,
                    "line": step.place.line,
                    "note": step.note,
                ])
            }
            try unsuppress.execute(arguments: [id])
            if let suppression = site.suppression {
                try suppressions.insert([
                    "call_site": id,
                    "until": suppression.until.description,
                    "reason": suppression.reason,
                    "path": suppression.place?.path,
                    "line": suppression.place?.line,
                ])
            }
        }
        return seen
    }

    /// Decides on the sites that are not in `seen`, as far as this run looked for their rules.
    func judgeTheUnseen(tree: Int64, seen: Set<Int64>, skipped: SkippedFiles) throws {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT id, path, state FROM call_sites
                WHERE tree = ? AND state <> 'resolved'
                    AND rule IN (SELECT rule FROM run_rules WHERE run = ?)
                """,
            arguments: [tree, run])
        let update = try database.makeStatement(
            sql: "UPDATE call_sites SET state = ?, state_run = ?, state_ms = ? WHERE id = ?")
        for row in rows {
            let id: Int64 = row["id"]
            guard !seen.contains(id) else { continue }
            let state: String
            switch skipped.verdict(on: row["path"]) {
            case .resolved: state = "resolved"
            case .outOfScope: state = "out-of-scope"
            case .unknown: state = "open"
            }
            if state != row["state"] {
                try update.execute(arguments: [state, run, time.milliseconds, id])
            }
        }
    }
}

extension FileOutcome {
    /// As the column `coverage.outcome` has it.
    var storedWord: String {
        switch self {
        case .searched: "searched"
        case .analysed: "analysed"
        case .skipped(let reason): reason.rawValue
        }
    }

    /// Reads what `storedWord` writes.
    init?(storedWord: String) {
        switch storedWord {
        case "searched": self = .searched
        case "analysed": self = .analysed
        default:
            guard let reason = SkipReason(rawValue: storedWord) else { return nil }
            self = .skipped(reason)
        }
    }
}
