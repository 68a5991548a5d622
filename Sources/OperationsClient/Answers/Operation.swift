public import Foundation

extension OperationsClient {
    /// A long-running operation, as the API answers it.
    ///
    /// What the documentation does not name is kept in ``unknownFields``, and a status that it does not name in
    /// ``OperationStatus/other(_:)``: a newer server breaks no caller.
    public struct Operation: Hashable, Sendable {
        /// The operation's id.
        public var id: String
        /// Where it stands.
        public var status: OperationStatus
        /// When it began, and by whom.
        public var created: OperationStamp?
        /// When it was last changed, and by whom.
        public var updated: OperationStamp?
        /// The id of the request that started it.
        public var originalRequest: String?
        /// Where its result is, once there is one.
        public var resourceURL: String?
        /// What is to be said of it; empty where the answer has none.
        public var details: [OperationDetail]
        /// Members that the documentation does not name.
        public var unknownFields: [String: JSONValue]

        /// Takes each part as given.
        public init(
            id: String, status: OperationStatus, created: OperationStamp? = nil,
            updated: OperationStamp? = nil, originalRequest: String? = nil,
            resourceURL: String? = nil,
            details: [OperationDetail] = [], unknownFields: [String: JSONValue] = [:]
        ) {
            self.id = id
            self.status = status
            self.created = created
            self.updated = updated
            self.originalRequest = originalRequest
            self.resourceURL = resourceURL
            self.details = details
            self.unknownFields = unknownFields
        }
    }
}

/// Where an operation stands.
public enum OperationStatus: Hashable, Sendable, CustomStringConvertible {
    /// Taken in.
    case acknowledged
    /// Waits for its turn.
    case queued
    /// Under way.
    case started
    /// Done.
    case completed
    /// Stopped; an end, as `completed` and `failed` are.
    case cancelled
    /// Came to nothing.
    case failed
    /// A status that the documentation does not name.
    case other(String)

    private static let documented: [OperationStatus] = [
        .acknowledged, .queued, .started, .completed, .cancelled, .failed,
    ]

    /// The status that is written `text`.
    public init(_ text: String) {
        self = Self.documented.first { $0.description == text } ?? .other(text)
    }

    /// Whether nothing follows. An unknown status does not count as an end.
    public var isTerminal: Bool {
        switch self {
        case .completed, .cancelled, .failed: true
        case .acknowledged, .queued, .started, .other: false
        }
    }

    /// As the API writes it.
    public var description: String {
        switch self {
        case .acknowledged: "acknowledged"
        case .queued: "queued"
        case .started: "started"
        case .completed: "completed"
        case .cancelled: "cancelled"
        case .failed: "failed"
        case .other(let text): text
        }
    }
}

/// When something happened, and who did it.
public struct OperationStamp: Hashable, Sendable {
    /// As the API wrote it.
    public var dateTime: String
    /// The same as an instant; nil where it is not written as RFC 3339 has it.
    public var date: Date?
    /// Who; nil where the answer names nobody.
    public var user: JSONValue?

    /// The user's id. In version 2026-01-01 a user has nothing else.
    public var userID: String? { user?.object?["id"]?.string }

    /// Takes each part as given.
    public init(dateTime: String, user: JSONValue? = nil) {
        self.dateTime = dateTime
        self.user = user
        date =
            (try? Date(dateTime, strategy: .iso8601))
            ?? (try? Date(
                dateTime, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
    }
}

/// Something to be said of an operation or of an error.
public struct OperationDetail: Hashable, Sendable {
    /// A word for programs.
    public var code: String?
    /// A sentence for people.
    public var message: String?
    /// What it is about.
    public var target: String?

    /// Takes each part as given.
    public init(code: String? = nil, message: String? = nil, target: String? = nil) {
        self.code = code
        self.message = message
        self.target = target
    }

    init?(_ value: JSONValue) {
        guard let members = value.object else { return nil }
        code = members["code"]?.string
        message = members["message"]?.string
        target = members["target"]?.string
    }
}

extension OperationsClient.Operation {
    /// The members that the documentation names, in its order.
    package static let documentedFields = [
        "id", "status", "created", "updated", "originalRequest", "resourceUrl", "details",
    ]

    /// Reads an answer's body. Needs an id and a status; all else may be missing or null.
    init(_ value: JSONValue) throws(OperationsClientError) {
        guard let members = value.object else {
            throw .unexpectedBody("the body is \(value.kind), and no operation")
        }
        guard let id = members["id"]?.string, let status = members["status"]?.string else {
            throw .unexpectedBody("the body has no 'id' or no 'status', and is no operation")
        }
        self.init(
            id: id, status: OperationStatus(status),
            created: members["created"].flatMap(OperationStamp.init),
            updated: members["updated"].flatMap(OperationStamp.init),
            originalRequest: members["originalRequest"]?.string,
            resourceURL: members["resourceUrl"]?.string,
            details: (members["details"]?.array ?? []).compactMap(OperationDetail.init),
            unknownFields: members.filter { !Self.documentedFields.contains($0.key) })
    }
}

extension OperationStamp {
    fileprivate init?(_ value: JSONValue) {
        guard let members = value.object, let dateTime = members["dateTime"]?.string else {
            return nil
        }
        let user = members["user"]
        self.init(dateTime: dateTime, user: user == .null ? nil : user)
    }
}
