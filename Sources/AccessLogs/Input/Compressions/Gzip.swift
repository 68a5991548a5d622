import CIsal

extension Compression {
    /// RFC 1952.
    static let gzip = Compression(
        name: "gzip", magics: [[0x1F, 0x8B]], isFollowedByAnything: true,
        decompressor: { Inflater(.gzip) })
}

/// Inflates DEFLATE data (RFC 1951), with gzip's header and checksum around it or bare.
@safe final class Inflater: Decompressor {
    /// What stands around the data.
    enum Wrapper {
        case gzip
        case none
    }

    private let state: UnsafeMutablePointer<inflate_state>
    private let wrapper: Wrapper

    init(_ wrapper: Wrapper) {
        self.wrapper = wrapper
        unsafe state = .allocate(capacity: 1)
        unsafe isal_inflate_init(state)
        _ = reset()
    }

    deinit {
        unsafe state.deallocate()
    }

    func reset() -> Bool {
        unsafe isal_inflate_reset(state)
        unsafe state.pointee.crc_flag = UInt32(wrapper == .gzip ? ISAL_GZIP : ISAL_DEFLATE)
        return true
    }

    func decompress(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
    ) -> DecompressionStep {
        // It does not write to its input, whatever the type says.
        unsafe state.pointee.next_in = UnsafeMutablePointer(
            mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
        unsafe state.pointee.avail_in = UInt32(input.count)
        unsafe state.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
        unsafe state.pointee.avail_out = UInt32(output.count)
        let status = unsafe isal_inflate(state)
        let outcome: DecompressionStep.Outcome =
            switch status {
            case ISAL_DECOMP_OK, ISAL_END_INPUT:
                unsafe state.pointee.block_state == ISAL_BLOCK_FINISH ? .memberEnd : .going
            case ISAL_INVALID_BLOCK: .failed("invalid block")
            case ISAL_INVALID_SYMBOL: .failed("invalid symbol")
            case ISAL_INVALID_LOOKBACK: .failed("invalid distance")
            case ISAL_INVALID_WRAPPER: .failed("invalid header")
            case ISAL_UNSUPPORTED_METHOD: .failed("unknown method")
            case ISAL_INCORRECT_CHECKSUM: .failed("wrong checksum")
            default: .failed("status \(status)")
            }
        return unsafe DecompressionStep(
            consumed: input.count - Int(state.pointee.avail_in),
            produced: output.count - Int(state.pointee.avail_out), outcome: outcome)
    }
}
