import CZlib

/// Inflates a gzip stream of one or more members (RFC 1952), piece by piece.
@safe struct Gunzip: ~Copyable {
    /// How a call ended.
    enum Outcome {
        /// All went well; there may be more.
        case going
        /// A member has ended, its checksum right.
        case memberEnd
        /// The data is damaged.
        case corrupt(String)
    }

    // zlib keeps a pointer back to it: it must not move.
    private let stream: UnsafeMutablePointer<z_stream>

    init?() {
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        // 15 bits of window, and 16 for the gzip header.
        let status = unsafe inflateInit2_(
            stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard status == Z_OK else {
            unsafe stream.deallocate()
            return nil
        }
    }

    deinit {
        unsafe inflateEnd(stream)
        unsafe stream.deallocate()
    }

    /// Begins another member.
    mutating func reset() {
        unsafe inflateReset(stream)
    }

    /// Inflates from `input[consumed...]` into `output[produced..<limit]`; moves both forward.
    mutating func inflate(
        _ input: [UInt8], from consumed: inout Int, to inputEnd: Int, into output: inout [UInt8],
        at produced: inout Int, limit: Int
    ) -> Outcome {
        let startIn = consumed
        let startOut = produced
        let status = unsafe input.withUnsafeBytes { source in
            unsafe output.withUnsafeMutableBytes { target in
                // zlib does not write to its input, whatever the type says.
                unsafe stream.pointee.next_in = UnsafeMutablePointer(
                    mutating: source.baseAddress?.advanced(by: startIn)
                        .assumingMemoryBound(to: UInt8.self))
                unsafe stream.pointee.avail_in = UInt32(inputEnd - startIn)
                unsafe stream.pointee.next_out = target.baseAddress?.advanced(by: startOut)
                    .assumingMemoryBound(to: UInt8.self)
                unsafe stream.pointee.avail_out = UInt32(limit - startOut)
                return unsafe CZlib.inflate(stream, Z_NO_FLUSH)
            }
        }
        unsafe consumed = inputEnd - Int(stream.pointee.avail_in)
        unsafe produced = limit - Int(stream.pointee.avail_out)
        switch status {
        case Z_OK, Z_BUF_ERROR: return .going
        case Z_STREAM_END: return .memberEnd
        default:
            let message =
                unsafe stream.pointee.msg.map { unsafe String(cString: $0) } ?? "damaged data"
            return .corrupt(message)
        }
    }
}
