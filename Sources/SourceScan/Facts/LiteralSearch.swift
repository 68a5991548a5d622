import ByteScan

/// Looks for one literal in bytes.
enum LiteralSearch {
    /// Whether `needle` stands in `bytes`, letters compared as they are.
    static func contains(_ needle: [UInt8], in bytes: [UInt8]) -> Bool {
        unsafe bytes.span.bytes.firstOffset(of: needle) != nil
    }

    /// Where `needle` (lower case) first stands in `bytes`, letters compared without case.
    static func offset(ofFolded needle: [UInt8], in bytes: [UInt8]) -> Int? {
        unsafe bytes.span.bytes.firstOffset(ofFolded: needle)
    }
}
