import CBzip2
import CLz4
import CLzma
import CZstd
import Foundation
import TestSupport
import Testing

/// The ways in which logs lie about, each made with its own library or tool.
enum Packing: String, CaseIterable {
    case plain = "log"
    case gzip = "gz"
    case zstd = "zst"
    case bzip2 = "bz2"
    case xz = "xz"
    case lz4 = "lz4"
    case tar = "tar"
    case tarGzip = "tar.gz"
    case tarZstd = "tar.zst"
    case gzipInTar = "gz.tar"
    case zipStored = "stored.zip"
    case zipDeflated = "zip"
    case zipDescribed = "described.zip"
    case gzipInZip = "gz.zip"

    static let compressions: [Packing] = [.gzip, .zstd, .bzip2, .xz, .lz4]
    static let archives: [Packing] = allCases.filter { $0.isArchive }

    var isArchive: Bool {
        switch self {
        case .plain, .gzip, .zstd, .bzip2, .xz, .lz4: false
        case .tar, .tarGzip, .tarZstd, .gzipInTar, .zipStored, .zipDeflated, .zipDescribed,
            .gzipInZip:
            true
        }
    }

    /// The log in it, in an archive one called `var/log/access.log`.
    func pack(_ data: Data, in folder: URL) throws -> Data {
        let name = "var/log/access.log"
        switch self {
        case .plain: return data
        case .gzip: return try gzipped(data, in: folder)
        case .zstd: return zstandard(data)
        case .bzip2: return bzip2ed(data)
        case .xz: return xzed(data)
        case .lz4: return lz4ed(data)
        case .tar: return TarFile.archive([TarFile(name: name, data: data)])
        case .tarGzip:
            return try gzipped(TarFile.archive([TarFile(name: name, data: data)]), in: folder)
        case .tarZstd: return zstandard(TarFile.archive([TarFile(name: name, data: data)]))
        case .gzipInTar:
            let packed = try gzipped(data, in: folder)
            return TarFile.archive([TarFile(name: name + ".gz", data: packed)])
        case .zipStored: return try ZipFile.archive([ZipFile(name, data, in: folder)])
        case .zipDeflated:
            return try ZipFile.archive([ZipFile(name, data, deflated: true, in: folder)])
        case .zipDescribed:
            var file = try ZipFile(name, data, deflated: true, in: folder)
            file.isDescribed = true
            return ZipFile.archive([file])
        case .gzipInZip:
            let packed = try gzipped(data, in: folder)
            return try ZipFile.archive([ZipFile(name + ".gz", packed, in: folder)])
        }
    }
}

/// One Zstandard frame, with a checksum.
func zstandard(_ data: Data) -> Data {
    unsafe packed(data, capacity: ZSTD_compressBound(data.count)) { source, target in
        let context = unsafe ZSTD_createCCtx()
        defer { unsafe ZSTD_freeCCtx(context) }
        unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
        return unsafe ZSTD_compress2(
            context, target.baseAddress, target.count, source.baseAddress, source.count)
    }
}

func bzip2ed(_ data: Data) -> Data {
    unsafe packed(data, capacity: data.count + data.count / 100 + 600) { source, target in
        var size = UInt32(target.count)
        let status = unsafe BZ2_bzBuffToBuffCompress(
            target.baseAddress?.assumingMemoryBound(to: CChar.self), &size,
            UnsafeMutablePointer(
                mutating: source.baseAddress?.assumingMemoryBound(to: CChar.self)),
            UInt32(source.count), 9, 0, 0)
        #expect(status == BZ_OK)
        return Int(size)
    }
}

func xzed(_ data: Data) -> Data {
    unsafe packed(data, capacity: lzma_stream_buffer_bound(data.count)) { source, target in
        var size = 0
        let status = unsafe lzma_easy_buffer_encode(
            1, LZMA_CHECK_CRC64, nil, source.baseAddress?.assumingMemoryBound(to: UInt8.self),
            source.count, target.baseAddress?.assumingMemoryBound(to: UInt8.self), &size,
            target.count)
        #expect(status == LZMA_OK)
        return size
    }
}

/// One LZ4 frame, with a checksum.
func lz4ed(_ data: Data) -> Data {
    var preferences = LZ4F_preferences_t()
    preferences.frameInfo.contentChecksumFlag = LZ4F_contentChecksumEnabled
    return unsafe packed(data, capacity: LZ4F_compressFrameBound(data.count, &preferences)) {
        source, target in
        unsafe LZ4F_compressFrame(
            target.baseAddress, target.count, source.baseAddress, source.count, &preferences)
    }
}

private func packed(
    _ data: Data, capacity: Int,
    _ compress: (UnsafeRawBufferPointer, UnsafeMutableRawBufferPointer) -> Int
) -> Data {
    var result = Data(count: capacity)
    let size = unsafe data.withUnsafeBytes { source in
        unsafe result.withUnsafeMutableBytes { target in unsafe compress(source, target) }
    }
    return result.prefix(size)
}

/// What stands before a file in a tar archive, and the file.
struct TarFile {
    var name: String
    var data = Data()
    var type: Character = "0"
    var magic = "ustar\u{0}00"
    /// A size to claim that is not that of the data.
    var size: String?

    static func archive(_ files: [TarFile]) -> Data {
        files.reduce(Data()) { $0 + $1.bytes } + Data(count: 1024)
    }

    var bytes: Data {
        var header = Data(count: 512)
        func put(_ text: some Sequence<UInt8>, at place: Int) {
            for (index, byte) in text.enumerated() { header[place + index] = byte }
        }
        put(name.utf8.prefix(100), at: 0)
        put("0000644\u{0}0000000\u{0}0000000\u{0}".utf8, at: 100)
        put((size ?? octal(data.count, digits: 11)).utf8, at: 124)
        put(octal(1_770_880_443, digits: 11).utf8, at: 136)
        put("        ".utf8, at: 148)
        put(String(type).utf8, at: 156)
        put(magic.utf8, at: 257)
        let sum = header.reduce(0) { $0 + Int($1) }
        put((octal(sum, digits: 6) + "\u{0} ").utf8, at: 148)
        return header + data + Data(count: (512 - data.count % 512) % 512)
    }

    private func octal(_ value: Int, digits: Int) -> String {
        let text = String(value, radix: 8)
        return String(repeating: "0", count: digits - text.count) + text
    }
}

/// A file in a zip archive.
struct ZipFile {
    var name: String
    var packed: Data
    var size: Int
    var checksum: UInt32
    var method: UInt16
    var flags: UInt16 = 0
    /// Its length and checksum stand behind it.
    var isDescribed = false
    /// Its length stands in the extra field of zip64.
    var isLarge = false

    /// With `gzip`'s deflated data, or as it is.
    init(_ name: String, _ data: Data, deflated: Bool = false, in folder: URL) throws {
        self.name = name
        size = data.count
        let packed = try gzipped(data, in: folder)
        checksum = packed.suffix(8).prefix(4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
        method = deflated ? 8 : 0
        // Behind gzip's header stands the name that it was given.
        let begin = packed[10...].firstIndex(of: 0).map { $0 + 1 } ?? 10
        self.packed = deflated ? Data(packed[begin..<(packed.count - 8)]) : data
    }

    static func archive(_ files: [ZipFile], behind: Data = Data()) -> Data {
        var result = behind
        var table = Data()
        for file in files {
            let offset = result.count
            result += file.header + file.packed + file.descriptor
            table += file.tableEntry(offset: offset)
        }
        let count = UInt16(files.count)
        return result + table + Data("PK\u{5}\u{6}".utf8) + bytes(UInt32(0)) + bytes(count)
            + bytes(count) + bytes(UInt32(table.count)) + bytes(UInt32(result.count))
            + bytes(UInt16(0))
    }

    private var allFlags: UInt16 { flags | (isDescribed ? 8 : 0) }
    private var lengths: Data {
        Self.bytes(UInt32(packed.count)) + Self.bytes(UInt32(size))
    }
    private var extra: Data {
        guard isLarge else { return Data() }
        return Self.bytes(UInt16(0x5455)) + Self.bytes(UInt16(1)) + Data([0])
            + Self.bytes(UInt16(1)) + Self.bytes(UInt16(16)) + Self.bytes(UInt64(size))
            + Self.bytes(UInt64(packed.count))
    }

    private var header: Data {
        var result =
            Data("PK\u{3}\u{4}".utf8) + Self.bytes(UInt16(20)) + Self.bytes(allFlags)
            + Self.bytes(method) + Self.bytes(UInt32(0))
        if isDescribed {
            result += Data(count: 12)
        } else {
            let hidden = Data(repeating: 0xFF, count: 8)
            result += Self.bytes(checksum) + (isLarge ? hidden : lengths)
        }
        return result + Self.bytes(UInt16(name.utf8.count)) + Self.bytes(UInt16(extra.count))
            + Data(name.utf8) + extra
    }

    private var descriptor: Data {
        guard isDescribed else { return Data() }
        return Data("PK\u{7}\u{8}".utf8) + Self.bytes(checksum)
            + (isLarge
                ? Self.bytes(UInt64(packed.count)) + Self.bytes(UInt64(size)) : lengths)
    }

    private func tableEntry(offset: Int) -> Data {
        Data("PK\u{1}\u{2}".utf8) + Self.bytes(UInt32(20)) + Self.bytes(allFlags)
            + Self.bytes(method) + Self.bytes(UInt32(0)) + Self.bytes(checksum) + lengths
            + Self.bytes(UInt16(name.utf8.count)) + Data(count: 12)
            + Self.bytes(UInt32(offset)) + Data(name.utf8)
    }

    private static func bytes(_ value: some FixedWidthInteger) -> Data {
        var little = value.littleEndian
        return unsafe withUnsafeBytes(of: &little) { unsafe Data($0) }
    }
}
