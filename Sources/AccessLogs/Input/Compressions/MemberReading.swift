/// The decompressing of what comes next in a window, up to the end of the member.
struct MemberReading {
    /// The decompressor, at the begin of a member.
    var decompressor: any Decompressor
    /// The compression's name.
    var name: String
    /// The last output was filled: more may come without more input.
    private var mayHoldOutput = false
    private var failure: LogSource.Failure?

    init(_ decompressor: any Decompressor, name: String) {
        self.decompressor = decompressor
        self.name = name
    }

    /// Puts bytes into `output` as a `ByteStream` does, and says whether the member has ended with them.
    mutating func read(
        from window: InputWindow, path: String, into output: inout [UInt8], at position: Int,
        limit: Int
    ) throws(LogSource.Failure) -> (end: Int, isOver: Bool) {
        if let failure { throw failure }
        while true {
            if window.count == 0, !mayHoldOutput, !window.fill() {
                try window.checkEnd()
                throw Self.damage("ends in the middle of its \(name) data", window, path)
            }
            let step = unsafe window.bytes.withUnsafeBytes { source in
                unsafe output.withUnsafeMutableBytes { target in
                    unsafe decompressor.decompress(
                        UnsafeRawBufferPointer(rebasing: source[window.range]),
                        into: UnsafeMutableRawBufferPointer(rebasing: target[position..<limit]))
                }
            }
            let isStuck = window.count > 0 && step.consumed == 0 && step.produced == 0
            mayHoldOutput = step.produced == limit - position
            window.take(step.consumed)
            let end = position + step.produced
            switch step.outcome {
            case .memberEnd: return (end, true)
            case .going where isStuck:
                throw Self.damage("damaged \(name) data: it does not go on", window, path)
            case .going: break
            case .failed(let reason):
                let damage = Self.damage("damaged \(name) data: \(reason)", window, path)
                // What came out before it is right, as far as that can be known.
                guard step.produced > 0 else { throw damage }
                failure = damage
            }
            if step.produced > 0 { return (end, false) }
        }
    }

    private static func damage(
        _ reason: String, _ window: InputWindow, _ path: String
    ) -> LogSource.Failure {
        .damaged(LogSource.Damage(path: path, offset: window.offset, reason: reason))
    }
}
