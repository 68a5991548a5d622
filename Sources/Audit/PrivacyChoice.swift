import AccessLogs
import AuditStore
import Deprecations
import Foundation

/// How callers are kept in a database, decided once for all that is ever stored in it.
struct PrivacyChoice {
    /// What the command line or the settings ask for; nil where they say nothing.
    var wanted: Anonymization?
    /// A key of the user's own.
    var givenKey: [UInt8]?
    /// A random key, for a database that has none and is given none.
    var freshKey: [UInt8]

    /// The environment's variable with the key.
    static let variable = "LASTCALL_ANONYMIZE_KEY"

    /// What hides the callers that are stored in `store`; nil where nothing does.
    ///
    /// A database that holds callers as they are cannot be told to hide the next, nor the reverse: one
    /// caller would be two, and what was to be hidden would lie beside it.
    func privacy(in store: AuditStore) throws -> CallerPrivacy? {
        let decided = try store.privacy()
        let mode = wanted ?? decided?.mode ?? .off
        let kept: KeptPrivacy
        if let decided {
            kept = decided
        } else {
            let key = givenKey ?? freshKey
            kept = try store.decide(
                mode == .off
                    ? KeptPrivacy(mode: .off)
                    : KeptPrivacy(
                        mode: mode, key: givenKey == nil ? key : nil,
                        keyCheck: CallerPrivacy(mode, key: key).keyCheck))
        }
        guard kept.mode == mode else {
            throw AuditError.unusable([
                "\(store.path): callers are kept in it as '--anonymize \(kept.mode.rawValue)' says, and "
                    + "not '\(mode.rawValue)'; name another database with '--db FILE'"
            ])
        }
        guard mode != .off else { return nil }
        guard let key = givenKey ?? kept.key else {
            throw AuditError.unusable([
                "\(store.path): its key for hashing callers is kept elsewhere; name it with "
                    + "'--anonymize-key FILE' or \(Self.variable)"
            ])
        }
        let privacy = CallerPrivacy(mode, key: key)
        guard privacy.keyCheck == kept.keyCheck else {
            throw AuditError.unusable([
                "\(store.path): its callers were hashed with another key than the one given"
            ])
        }
        return privacy
    }

    /// The key in a file, or in the environment; adds what is wrong with it to `mistakes`.
    static func key(
        file: String?, environment: [String: String], _ mistakes: inout [String]
    ) -> [UInt8]? {
        let name: String
        var bytes: [UInt8]
        if let file {
            name = file
            guard let data = FileManager.default.contents(atPath: file) else {
                mistakes.append("--anonymize-key: '\(file)' cannot be read")
                return nil
            }
            bytes = [UInt8](data)
        } else if let text = environment[variable], !text.isEmpty {
            name = variable
            bytes = Array(text.utf8)
        } else {
            return nil
        }
        while let last = bytes.last, last == 0x0A || last == 0x0D { bytes.removeLast() }
        guard bytes.count >= CallerPrivacy.shortestKey else {
            mistakes.append(
                "\(name): the key for hashing callers has \(bytes.count) bytes; it needs "
                    + "\(CallerPrivacy.shortestKey) at least")
            return nil
        }
        return bytes
    }
}
