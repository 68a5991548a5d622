/// What content is, as far as its first bytes tell.
enum ContentKind {
    case compressed(Compression)
    case tar
    case zip
    /// Packed in a way that cannot be read.
    case foreign(String)
    /// None of these.
    case plain

    /// Looks at what comes next in `window`.
    init(_ window: InputWindow) {
        if let compression = Compression.next(in: window) {
            self = .compressed(compression)
        } else if SkippableFrame.isNext(in: window) {
            self = .compressed(.zstd)
        } else if ZipArchive.isNext(in: window) {
            self = .zip
        } else if let foreign = Self.foreign.first(where: { window.begins(with: $0.magic) }) {
            self = .foreign(foreign.name)
        } else if TarArchive.isNext(in: window) {
            self = .tar
        } else {
            self = .plain
        }
    }

    private static let foreign: [(name: String, magic: [UInt8])] = [
        ("compress (.Z)", [0x1F, 0x9D]), ("7z", [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]),
        ("RAR", Array("Rar!\u{1A}\u{07}".utf8)), ("lzip", Array("LZIP\u{1}".utf8)),
        ("lzop", [0x89, 0x4C, 0x5A, 0x4F, 0x00]), ("old lz4", [0x02, 0x21, 0x4C, 0x18]),
        // It has no checksum: what is damaged in it would be read as if it were not.
        ("lzma", [0x5D, 0x00, 0x00]),
    ]
}
