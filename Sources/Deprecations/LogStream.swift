/// How far a stream of log lines was read, and how to recognise it again.
///
/// A stream is its decompressed content; name, folder, compression and inode do not matter.
/// `docs/log-formats.md`, "Exactly once", has the whole protocol.
public struct LogCheckpoint: Hashable, Sendable {
    /// Digest of the first `headLength` bytes of content: the key under which the stream is looked up.
    public var headDigest: ContentDigest
    /// How many bytes the head has: up to the end of the first line with eight digits or more (which a
    /// time has, and a header line has not), at most 4096. Where the content ends before that, the
    /// largest power of two that it reaches; such a head is replaced when the stream grows.
    public var headLength: Int
    /// Bytes of content up to the end of the last complete line that counts.
    public var length: Int
    /// Digest of these bytes.
    public var contentDigest: ContentDigest
    /// Digests at other lengths, ascending, by which a shorter copy is recognised and a stream that only
    /// begins alike is told apart. One beyond `length` is the end of the unterminated last line.
    public var marks: [Mark] = []
    /// The format that the last lines were read as.
    public var format: String
    /// What the reader must know to go on (the columns of a `#Fields` line, for instance); empty where nothing.
    public var formatState: String = ""
    /// For each rule that the lines were judged by, the days whose requests count.
    public var counted: [String: DayRanges] = [:]

    /// Takes each part as given.
    public init(
        headDigest: ContentDigest,
        headLength: Int,
        length: Int,
        contentDigest: ContentDigest,
        marks: [Mark] = [],
        format: String,
        formatState: String = "",
        counted: [String: DayRanges] = [:]
    ) {
        self.headDigest = headDigest
        self.headLength = headLength
        self.length = length
        self.contentDigest = contentDigest
        self.marks = marks
        self.format = format
        self.formatState = formatState
        self.counted = counted
    }

    /// The digest of the first `length` bytes.
    public struct Mark: Hashable, Sendable {
        /// Bytes of content.
        public var length: Int
        /// Their digest.
        public var digest: ContentDigest

        /// Takes each part as given.
        public init(length: Int, digest: ContentDigest) {
            self.length = length
            self.digest = digest
        }
    }
}

extension LogCheckpoint {
    /// Whether both may be of one stream: at no length of which both know the digest do they differ.
    ///
    /// A store that is handed a stream as new asks this of every checkpoint it has under the same head:
    /// where the answer is yes, another process has been faster, and the log is to be read again.
    public func mayBeOneStream(with other: LogCheckpoint) -> Bool {
        var digests = [length: contentDigest]
        for mark in marks { digests[mark.length] = mark.digest }
        let others = other.marks + [Mark(length: other.length, digest: other.contentDigest)]
        return others.allSatisfy { digests[$0.length] == nil || digests[$0.length] == $0.digest }
    }
}

/// 128 bits that stand for some content.
public struct ContentDigest: Hashable, Sendable, CustomStringConvertible {
    /// The upper half.
    public var high: UInt64
    /// The lower half.
    public var low: UInt64

    /// Takes each part as given.
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// 32 hexadecimal digits.
    public var description: String {
        func hex(_ value: UInt64) -> String {
            let digits = String(value, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }
        return hex(high) + hex(low)
    }

    /// Reads what `description` writes.
    public init?(_ text: String) {
        guard text.utf8.count == 32, let high = UInt64(text.prefix(16), radix: 16),
            let low = UInt64(text.suffix(16), radix: 16)
        else { return nil }
        self.init(high: high, low: low)
    }
}

/// What one reading of one log brought. The store takes it in one transaction.
public struct LogReading: Hashable, Sendable {
    /// The path as found, or `-` for standard input.
    public var path: String
    /// The format's name; nil where none was recognised.
    public var format: String?
    /// The compression's name (`gzip`); nil for plain text.
    public var compression: String?
    /// How far it could be read.
    public var state: SourceState
    /// The stream's earlier checkpoint, where it was known; the store checks that it still stands.
    public var resumedFrom: LogCheckpoint?
    /// How far it has been read now; nil where nothing could be read.
    public var checkpoint: LogCheckpoint?
    /// Lines that are new since `resumedFrom`.
    public var counts: LineCounts = LineCounts()
    /// The unterminated last line, counted apart: it takes the place of the stored one. Where `checkpoint`
    /// equals `resumedFrom` nothing is new (a copy, perhaps a shorter one), and what is stored stands.
    public var tailCounts: LineCounts = LineCounts()
    /// Requests that are new since `resumedFrom`, sorted by key.
    public var traffic: [Traffic] = []
    /// The request of the unterminated last line, if it is one.
    public var tailTraffic: [Traffic] = []
    /// Where more traffic of the new lines lies that was too much to be held here; nil where there is none.
    public var spill: SpillTicket?
    /// Who the callers are that were counted together, as far as their number goes.
    public var furtherCallers: [FurtherCallers] = []
    /// The first and last time on any new line that was parsed.
    public var firstSeen: Timestamp?
    /// See `firstSeen`.
    public var lastSeen: Timestamp?
    /// The days that its lines are of, new ones or not.
    public var days: DayRanges = DayRanges()
    /// What its lines can show.
    public var shows: LogVisibility = []
    /// What a reader of the report has to know.
    public var diagnostics: [Diagnostic] = []

    /// Takes each part as given.
    public init(
        path: String,
        format: String? = nil,
        compression: String? = nil,
        state: SourceState,
        resumedFrom: LogCheckpoint? = nil,
        checkpoint: LogCheckpoint? = nil,
        counts: LineCounts = LineCounts(),
        tailCounts: LineCounts = LineCounts(),
        traffic: [Traffic] = [],
        tailTraffic: [Traffic] = [],
        spill: SpillTicket? = nil,
        furtherCallers: [FurtherCallers] = [],
        firstSeen: Timestamp? = nil,
        lastSeen: Timestamp? = nil,
        days: DayRanges = DayRanges(),
        shows: LogVisibility = [],
        diagnostics: [Diagnostic] = []
    ) {
        self.path = path
        self.format = format
        self.compression = compression
        self.state = state
        self.resumedFrom = resumedFrom
        self.checkpoint = checkpoint
        self.counts = counts
        self.tailCounts = tailCounts
        self.traffic = traffic
        self.tailTraffic = tailTraffic
        self.spill = spill
        self.furtherCallers = furtherCallers
        self.firstSeen = firstSeen
        self.lastSeen = lastSeen
        self.days = days
        self.shows = shows
        self.diagnostics = diagnostics
    }
}

/// By which a store knows the traffic of one reading that it was handed before the reading's end.
public struct SpillTicket: Hashable, Sendable {
    /// One reading, one number.
    public var number: Int64

    /// Takes the number.
    public init(number: Int64) {
        self.number = number
    }
}

/// Callers that are too many to be told apart: a sample of their hashes, by which their number is estimated.
public struct FurtherCallers: Hashable, Sendable {
    /// The rule's id.
    public var rule: String
    /// Which of the rule's two endpoints they reached.
    public var usage: Usage
    /// The callers, each as if it were an operation.
    public var sample: OperationSample

    /// Takes each part as given.
    public init(rule: String, usage: Usage, sample: OperationSample = OperationSample()) {
        self.rule = rule
        self.usage = usage
        self.sample = sample
    }

    /// Adds one more.
    public mutating func add(_ caller: Caller) {
        let texts = [
            caller.address, caller.user, caller.userAgent, caller.name, caller.client,
            caller.clientVersion,
        ]
        var bytes: [UInt8] = []
        for text in texts {
            bytes += Array((text ?? "").utf8)
            bytes.append(text == nil ? 0 : 1)
        }
        sample.record(OperationSample.hash(of: bytes.span), at: nil)
    }
}

extension Caller {
    /// Whoever is counted together with others, since there are too many to be told apart.
    public static let others = Caller(name: "(other callers)", kind: .unknown)
}
