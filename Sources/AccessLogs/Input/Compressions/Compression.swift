/// A kind of compressed data: how it begins, and who decompresses it.
///
/// To add one: a file beside this one, and a line in `all`.
struct Compression: Sendable {
    /// As it is called in reports.
    var name: String
    /// The bytes that a member begins with; one of these.
    var magics: [[UInt8]]
    /// Whether its own tool ignores, with a warning, what follows the data and is none.
    var isFollowedByAnything = false
    /// Begins a member; nil where there is no memory for it.
    var decompressor: @Sendable () -> (any Decompressor)?

    /// All that can be read.
    static let all = [gzip, zstd, bzip2, xz, lz4]

    /// The one whose data comes next in `window`.
    static func next(in window: InputWindow) -> Compression? {
        all.first { $0.magics.contains { window.begins(with: $0) } }
    }
}

/// Decompresses the members of one compression, piece by piece, in memory that does not grow with them.
protocol Decompressor: AnyObject {
    /// Begins another member; false where there is no memory for it.
    func reset() -> Bool

    /// Decompresses a part of `input` into a part of `output`.
    @unsafe
    func decompress(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
    ) -> DecompressionStep
}

/// What one call of a decompressor did.
struct DecompressionStep {
    enum Outcome {
        /// All went well; there may be more.
        case going
        /// A member has ended, its checksum right.
        case memberEnd
        /// The data is damaged, or asks for what is not given.
        case failed(String)
    }

    /// Bytes of the input that are done with.
    var consumed: Int
    /// Bytes that were put into the output.
    var produced: Int
    var outcome: Outcome
}
