import CLzma

extension Compression {
    /// The .xz format.
    static let xz = Compression(
        name: "xz", magics: [[0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]],
        decompressor: { XZDecompressor() })
}

@safe private final class XZDecompressor: Decompressor {
    /// Enough for the dictionary of `xz -9` twice over.
    private static let maximumMemory: UInt64 = 160 << 20

    // The library keeps what it allocates in it: it must not move.
    private let stream: UnsafeMutablePointer<lzma_stream>

    init?() {
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: lzma_stream())
        guard reset() else {
            unsafe stream.deallocate()
            return nil
        }
    }

    deinit {
        unsafe lzma_end(stream)
        unsafe stream.deallocate()
    }

    func reset() -> Bool {
        unsafe lzma_stream_decoder(stream, Self.maximumMemory, 0) == LZMA_OK
    }

    func decompress(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
    ) -> DecompressionStep {
        unsafe stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
        unsafe stream.pointee.avail_in = input.count
        unsafe stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
        unsafe stream.pointee.avail_out = output.count
        let status = unsafe lzma_code(stream, LZMA_RUN)
        let outcome: DecompressionStep.Outcome =
            switch status {
            case LZMA_OK, LZMA_BUF_ERROR: .going
            case LZMA_STREAM_END: .memberEnd
            case LZMA_MEM_ERROR: .failed("no memory to decompress with")
            case LZMA_MEMLIMIT_ERROR: .failed("a dictionary that takes more than 160 MiB")
            case LZMA_FORMAT_ERROR: .failed("invalid header")
            case LZMA_OPTIONS_ERROR: .failed("unknown options")
            default: .failed("wrong checksum or invalid block")
            }
        return unsafe DecompressionStep(
            consumed: input.count - stream.pointee.avail_in,
            produced: output.count - stream.pointee.avail_out, outcome: outcome)
    }
}
