package import Deprecations
import Foundation
import GRDB

extension AuditStore {
    /// What the last scan of a tree rested on, with the call sites that it found; nil where there is nothing to go by.
    ///
    /// The call sites have what the code says, not what the settings do.
    package func memory(
        ofTree canonicalRoot: String
    ) throws(StoreError) -> (memory: TreeMemory, callSites: [CallSite])? {
        try read { database in
            let found = try Row.fetchOne(
                database,
                sql: """
                    SELECT t.id, t.root, t.run, m.basis, m.files, m.diagnostics
                    FROM tree_memories AS m JOIN trees AS t ON t.id = m.tree
                    WHERE t.canonical_root = ?
                    """,
                arguments: [canonicalRoot])
            guard let row = found else { return nil }
            let bytes: Data = row["files"]
            guard let files = TreeMemory.files(encoded: [UInt8](bytes)) else { return nil }
            let notes = try StoredJSON.value([MemoryNote].self, from: row["diagnostics"])
            let memory = TreeMemory(
                basis: row["basis"], files: files, diagnostics: notes.map(\.diagnostic))
            let reader = ReportReader(database: database, run: row["run"])
            return (memory, try reader.callSites(ofTree: row["id"], root: row["root"]))
        }
    }
}

extension TreeMemory {
    /// Stores it in the place of the one before.
    func store(of tree: Int64, in database: Database) throws {
        var rows = RowInsertion(database, into: "tree_memories", updating: .init(key: ["tree"]))
        try rows.insert([
            "tree": tree,
            "basis": basis,
            "files": Data(encodedFiles()),
            "diagnostics": try StoredJSON.text(of: diagnostics.map(MemoryNote.init)),
        ])
    }
}

/// A diagnostic as a memory keeps it.
private struct MemoryNote: Codable {
    var severity: Diagnostic.Severity
    var path: String?
    var line: Int?
    var message: String

    init(_ diagnostic: Diagnostic) {
        severity = diagnostic.severity
        path = diagnostic.path
        line = diagnostic.line
        message = diagnostic.message
    }

    var diagnostic: Diagnostic {
        Diagnostic(severity: severity, path: path, line: line, message: message)
    }
}
