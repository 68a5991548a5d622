import Foundation
import TestSupport
import Testing

@testable import ByteScan

@Suite("Reading files")
struct FileBufferTests {
    private func error(
        _ buffer: inout FileBuffer, _ path: String, limit: Int = 1 << 20
    ) -> FileReadError? {
        do throws(FileReadError) {
            try buffer.read(path, limit: limit)
            return nil
        } catch { return error }
    }

    private func copy(_ buffer: borrowing FileBuffer) -> [UInt8] {
        unsafe buffer.bytes.withUnsafeBytes { unsafe Array($0) }
    }

    @Test("one buffer reads files of every size, and nothing of the one before is left")
    func sizes() async throws {
        try await withTemporaryFolder { folder in
            var buffer = FileBuffer(capacity: 64)
            for size in [10, 0, 63, 64, 65, 10_000, 1, 200] {
                let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
                let file = folder.appending(path: "file")
                try Data(bytes).write(to: file)
                try buffer.read(file.path, limit: 10_000)
                #expect(copy(buffer) == bytes)
            }
        }
    }

    @Test("a file above the bound is not read, one at the bound is")
    func bound() async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "file")
            try Data(repeating: 7, count: 100).write(to: file)
            var buffer = FileBuffer(capacity: 16)
            #expect(error(&buffer, file.path, limit: 99) == .tooLarge(limit: 99))
            #expect(copy(buffer).isEmpty)
            #expect(error(&buffer, file.path, limit: 100) == nil)
            #expect(copy(buffer).count == 100)
        }
    }

    @Test("what is no file is said to be none, without waiting for it")
    func noFiles() async throws {
        try await withTemporaryFolder { folder in
            var buffer = FileBuffer(capacity: 16)
            let pipe = folder.appending(path: "pipe").path
            #expect(unsafe mkfifo(pipe, 0o600) == 0)
            #expect(error(&buffer, pipe) == .special)
            #expect(error(&buffer, "/dev/zero") == .special)
            #expect(error(&buffer, folder.path) == .folder)
            let missing = error(&buffer, folder.appending(path: "missing").path)
            #expect(missing?.isGone == true)
            #expect(missing?.description == "cannot open: No such file or directory")
            #expect(error(&buffer, "a\u{0}b")?.isGone == true)
        }
    }

    @Test("files that say they are empty and names that are no UTF-8 are read")
    func oddFiles() async throws {
        var buffer = FileBuffer(capacity: 4)
        #if os(Linux)
            try buffer.read("/proc/self/status", limit: 1 << 20)
            #expect(copy(buffer).starts(with: Array("Name:".utf8)))
        #endif
        try await withTemporaryFolder { folder in
            let name = Array(folder.path.utf8) + [UInt8(ascii: "/"), 0xE9]
            let descriptor = unsafe open(
                name.map { CChar(bitPattern: $0) } + [0], O_CREAT | O_WRONLY, 0o600)
            try #require(descriptor >= 0)
            close(descriptor)
            var buffer = FileBuffer(capacity: 4)
            try buffer.read(name, limit: 10)
            #expect(copy(buffer).isEmpty)
        }
    }
}
