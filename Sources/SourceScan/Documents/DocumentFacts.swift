/// All that one document says by itself.
struct DocumentFacts: Sendable {
    /// Requests that it describes as data, in the order of the file.
    var requests: [DocumentRequest] = []
    /// Values that code may read.
    var settings: [SettingValue] = []
    /// Code that stands in it.
    var embedded: [EmbeddedSource] = []
    /// Byte ranges that only people read: comments, descriptions, text.
    var prose: [Range<Int>] = []
}

/// A request that a document describes as data: a collection, a task, a test plan, an API description.
struct DocumentRequest: Sendable {
    /// A header that the request sends.
    struct Header: Sendable {
        /// As written.
        var name: String
        /// What is sent.
        var value: Template
        /// Byte offset of the value in the file.
        var offset: Int
    }

    /// The HTTP method, upper case; nil where the document names none (GET is then meant).
    var method: String?
    /// The URL, folded with the variables that the document itself defines.
    var url: Template
    /// The URL at the other servers that the document names; the first that fits a rule counts.
    var alternatives: [Template] = []
    /// Byte offset in the file where the URL's path text begins (or, where it is given apart, the path's).
    var offset: Int
    /// Byte offset of the first line of the command that sends it; nil for collections and declarations.
    var callOffset: Int?
    /// The client's name in the contract's words.
    var client: String?
    /// `call`, `definition`, `mock` or `mention`.
    var kind: DocumentRequestKind
    /// Headers that are sent; disabled ones are left out.
    var headers: [Header] = []
    /// The request's or step's name.
    var symbol: String?
    /// Whether the document repeats it for one operation (Ansible `until`).
    var inLoop: Bool = false
    /// Whether the wait comes from the answer's own header.
    var honoursRetryAfter: Bool = false
    /// Whether it sends on the headers of a request that it got (a proxy).
    var passesHeadersOn: Bool = false
    /// Places (byte offsets) and notes of what was folded in: base URL, variable.
    var evidence: [(offset: Int, note: String)] = []
}

/// What a described request is.
enum DocumentRequestKind: Sendable {
    /// Somebody sends it.
    case call
    /// An API description.
    case definition
    /// A test double.
    case mock
    /// Only text.
    case mention
    /// No request: headers that all requests of its client send in the file's folder and below.
    case defaults
}

/// One value of a settings file, found by its path of keys.
struct SettingValue: Sendable {
    /// `["wdesk", "base-url"]`; an environment variable has one key.
    var keys: [String]
    /// The value, with placeholders as holes.
    var value: Template
    /// Byte offset of the value's text.
    var offset: Int
}

/// Code inside another file: a notebook's cells, a fence, a script, a run step.
struct EmbeddedSource: Sendable {
    /// A named part of the text, from a line on.
    struct Part: Sendable {
        /// 0-based line of `text`.
        var line: Int
        /// The cell's, step's or target's name.
        var symbol: String
    }

    /// The code's language, one of `Language.name` or `shell`.
    var language: String
    /// The code alone, with the place of each byte in the file.
    var placed: PlacedText
    /// For every line of `text` (0-based), the 1-based line of the file on which it stands.
    var lines: [Int]
    /// For every line of `text`, how many bytes of the file's line precede it.
    var columns: [Int]
    /// The cell's, step's or target's name.
    var symbol: String?
    /// Named parts, where the text is joined from several (the cells of a notebook).
    var parts: [Part] = []
    /// Environment variables that the document sets for this code.
    var environment: [SettingValue] = []
    /// Whether the document itself runs it again and again for one operation (Ansible `until`).
    var isRepeated = false

    /// UTF-8 text of the code alone.
    var text: [UInt8] { placed.bytes }
}
