import CLz4

extension Compression {
    /// The LZ4 frame format.
    static let lz4 = Compression(
        name: "lz4", magics: [[0x04, 0x22, 0x4D, 0x18]], decompressor: { LZ4Decompressor() })
}

@safe private final class LZ4Decompressor: Decompressor {
    private let context: OpaquePointer

    init?() {
        var context: OpaquePointer?
        let status = unsafe LZ4F_createDecompressionContext(&context, UInt32(LZ4F_VERSION))
        guard LZ4F_isError(status) == 0, let context = unsafe context else { return nil }
        unsafe self.context = context
    }

    deinit {
        unsafe LZ4F_freeDecompressionContext(context)
    }

    func reset() -> Bool {
        unsafe LZ4F_resetDecompressionContext(context)
        return true
    }

    func decompress(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
    ) -> DecompressionStep {
        var consumed = input.count
        var produced = output.count
        let status = unsafe LZ4F_decompress(
            context, output.baseAddress, &produced, input.baseAddress, &consumed, nil)
        var outcome = DecompressionStep.Outcome.going
        if LZ4F_isError(status) != 0 {
            outcome = unsafe .failed(String(cString: LZ4F_getErrorName(status)))
        } else if status == 0 {
            outcome = .memberEnd
        }
        return DecompressionStep(consumed: consumed, produced: produced, outcome: outcome)
    }
}
