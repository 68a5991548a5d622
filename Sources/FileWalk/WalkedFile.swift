/// A file that is worth reading.
package struct WalkedFile: Hashable, Sendable {
    /// Below the root, with `/`; a byte of a name that is no UTF-8 is written `\xE9`.
    package var path: String
    /// What the system calls it: the name's own bytes, absolute, no NUL at the end.
    package var absolutePath: [UInt8]

    /// Takes each part as given.
    package init(path: String, absolutePath: [UInt8]) {
        self.path = path
        self.absolutePath = absolutePath
    }
}

/// A file or a whole folder that was not walked.
package struct SkippedPath: Hashable, Sendable {
    /// Why not.
    package enum Reason: Hashable, Sendable {
        /// An ignore rule of git, `.lastcallignore` or the caller names it.
        case ignored
        /// A symbolic link; none is followed.
        case link
        /// A device, a socket or a pipe.
        case special
        /// A folder that the system does not let us read, with its error number.
        case unreadable(Int32)
    }

    /// Below the root, with `/`; empty for the root itself.
    package var path: String
    /// Whether it is a folder, and with it all that is in it.
    package var isFolder: Bool
    /// Why.
    package var reason: Reason

    /// Takes each part as given.
    package init(path: String, isFolder: Bool, reason: Reason) {
        self.path = path
        self.isFolder = isFolder
        self.reason = reason
    }
}

/// What a walk found.
package struct WalkOutcome<State: Sendable>: Sendable {
    /// What each worker made of its files; how they are spread is different each time.
    package var states: [State]
    /// What was not walked, by path.
    package var skipped: [SkippedPath]
}

/// Why a tree cannot be walked at all.
package struct WalkError: Error, Hashable, CustomStringConvertible {
    /// What is wrong with the root.
    package enum Reason: Hashable, Sendable {
        /// The system says no, with its error number.
        case system(Int32)
        /// It is neither a file nor a folder.
        case special
    }

    /// The root, as it was named.
    package var root: String
    /// Why.
    package var reason: Reason

    /// Says what happened.
    package var description: String {
        switch reason {
        case .system(let code): "\(root): \(systemMessage(code))"
        case .special: "\(root): is neither a file nor a folder"
        }
    }
}

/// What decides, besides the ignore files of the tree, which files are walked.
package struct WalkOptions: Sendable {
    /// Patterns as in a `.gitignore` of the root, stronger than all others.
    package var ignore: [String] = []
    /// The environment that git would have, for the user's own ignore file (`HOME`, `XDG_CONFIG_HOME`,
    /// `GIT_CONFIG_GLOBAL`, …); nil: no user's rules hold.
    package var environment: [String: String]?

    /// Takes each part as given.
    package init(ignore: [String] = [], environment: [String: String]? = nil) {
        self.ignore = ignore
        self.environment = environment
    }
}
