import ByteScan

/// Looks for one literal in bytes.
enum LiteralSearch {
    /// Whether `needle` stands in `bytes`, letters compared as they are.
    static func contains(_ needle: [UInt8], in bytes: [UInt8]) -> Bool {
        unsafe bytes.span.bytes.firstOffset(of: needle) != nil
    }

    /// Whether `needle` (lower case) stands in `bytes`, letters compared without case.
    static func containsFolded(_ needle: [UInt8], in bytes: [UInt8]) -> Bool {
        unsafe bytes.span.bytes.firstOffset(ofFolded: needle) != nil
    }
}
