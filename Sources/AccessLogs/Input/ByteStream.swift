/// Bytes that come one after the other: a file's, what they decompress to, an entry of an archive.
protocol ByteStream: AnyObject {
    /// Puts bytes into `output` from `position` on, up to `limit`, which lies behind it; answers where they end.
    /// Nothing more: the end. What has failed fails again.
    func read(
        into output: inout [UInt8], at position: Int, limit: Int
    ) throws(LogSource.Failure) -> Int
}
