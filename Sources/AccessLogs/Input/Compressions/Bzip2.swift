import CBzip2

extension Compression {
    /// What `bzip2` writes, with blocks of 100 to 900 KB.
    static let bzip2 = Compression(
        name: "bzip2", magics: (1...9).map { Array("BZh\($0)".utf8) }, isFollowedByAnything: true,
        decompressor: { Bzip2Decompressor() })
}

@safe private final class Bzip2Decompressor: Decompressor {
    // The library keeps a pointer back to it: it must not move.
    private let stream: UnsafeMutablePointer<bz_stream>

    init?() {
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: bz_stream())
        guard unsafe BZ2_bzDecompressInit(stream, 0, 0) == BZ_OK else {
            unsafe stream.deallocate()
            return nil
        }
    }

    deinit {
        unsafe BZ2_bzDecompressEnd(stream)
        unsafe stream.deallocate()
    }

    func reset() -> Bool {
        unsafe BZ2_bzDecompressEnd(stream)
        return unsafe BZ2_bzDecompressInit(stream, 0, 0) == BZ_OK
    }

    func decompress(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
    ) -> DecompressionStep {
        // It does not write to its input, whatever the type says.
        unsafe stream.pointee.next_in = UnsafeMutablePointer(
            mutating: input.baseAddress?.assumingMemoryBound(to: CChar.self))
        unsafe stream.pointee.avail_in = UInt32(input.count)
        unsafe stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: CChar.self)
        unsafe stream.pointee.avail_out = UInt32(output.count)
        let status = unsafe BZ2_bzDecompress(stream)
        let outcome: DecompressionStep.Outcome =
            switch status {
            case BZ_OK: .going
            case BZ_STREAM_END: .memberEnd
            case BZ_MEM_ERROR: .failed("no memory to decompress with")
            case BZ_DATA_ERROR_MAGIC: .failed("invalid header")
            default: .failed("wrong checksum or invalid block")
            }
        return unsafe DecompressionStep(
            consumed: input.count - Int(stream.pointee.avail_in),
            produced: output.count - Int(stream.pointee.avail_out), outcome: outcome)
    }
}
