package import Deprecations
import Foundation
import GRDB

/// How a database keeps who sent requests: the same for all that is ever stored in it.
package struct KeptPrivacy: Hashable, Sendable {
    /// How much is kept.
    package var mode: Anonymization
    /// The key of the hashes; nil where it is kept elsewhere, or none is needed.
    package var key: [UInt8]?
    /// What tells the key from others; nil where none is needed.
    package var keyCheck: String?

    /// Takes each part as given.
    package init(mode: Anonymization, key: [UInt8]? = nil, keyCheck: String? = nil) {
        self.mode = mode
        self.key = key
        self.keyCheck = keyCheck
    }
}

extension AuditStore {
    /// How callers are kept; nil where that is not yet decided.
    package func privacy() throws(StoreError) -> KeptPrivacy? {
        try read { database in try database.privacy() }
    }

    /// Decides how callers are kept from now on, where that is not yet decided; answers what holds.
    package func decide(_ privacy: KeptPrivacy) throws(StoreError) -> KeptPrivacy {
        try write { database in
            if let decided = try database.privacy() { return decided }
            try database.execute(
                sql: "INSERT INTO privacy (id, mode, key, key_check) VALUES (1, ?, ?, ?)",
                arguments: [privacy.mode.rawValue, privacy.key.map { Data($0) }, privacy.keyCheck])
            return privacy
        }
    }
}

extension Database {
    func privacy() throws -> KeptPrivacy? {
        guard
            let row = try Row.fetchOne(self, sql: "SELECT mode, key, key_check FROM privacy")
        else { return nil }
        return KeptPrivacy(
            mode: try storedWord(Anonymization.self, row["mode"], as: "kind of anonymization"),
            key: (row["key"] as Data?).map { [UInt8]($0) }, keyCheck: row["key_check"])
    }
}
