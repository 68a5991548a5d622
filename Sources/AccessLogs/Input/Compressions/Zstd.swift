import CZstd

extension Compression {
    /// RFC 8878.
    static let zstd = Compression(
        name: "zstd", magics: [[0x28, 0xB5, 0x2F, 0xFD]], decompressor: { ZstdDecompressor() })
}

@safe private final class ZstdDecompressor: Decompressor {
    /// The largest window that a frame may ask for: 128 MiB, as much as `zstd --long` makes.
    private static let maximumWindowLog: Int32 = 27

    private let context: OpaquePointer

    init?() {
        guard let context = unsafe ZSTD_createDCtx() else { return nil }
        unsafe self.context = context
        unsafe ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, Self.maximumWindowLog)
    }

    deinit {
        unsafe ZSTD_freeDCtx(context)
    }

    func reset() -> Bool {
        unsafe ZSTD_isError(ZSTD_DCtx_reset(context, ZSTD_reset_session_only)) == 0
    }

    func decompress(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
    ) -> DecompressionStep {
        var source = unsafe ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
        var target = unsafe ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
        let status = unsafe ZSTD_decompressStream(context, &target, &source)
        var outcome = DecompressionStep.Outcome.going
        if ZSTD_isError(status) != 0 {
            outcome =
                ZSTD_getErrorCode(status) == ZSTD_error_frameParameter_windowTooLarge
                ? .failed("a window of more than 128 MiB")
                : unsafe .failed(String(cString: ZSTD_getErrorName(status)).lowercased())
        } else if status == 0 {
            outcome = .memberEnd
        }
        return unsafe DecompressionStep(
            consumed: source.pos, produced: target.pos, outcome: outcome)
    }
}
