import AccessLogs
import Deprecations
import Foundation
import TestSupport
import Testing

@Suite("The state of a file")
struct LogFileStateTests {
    @Test("any byte at either end, the size and the times tell two states apart")
    func differences() async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "a.log")
            var bytes = [UInt8](repeating: 0x61, count: 20_000)
            func state() throws -> LogFileState {
                try Data(bytes).write(to: file)
                return try #require(LogFileState(path: file.path))
            }
            let first = try state()
            #expect(first.size == 20_000)
            #expect(LogFileState(path: file.path) == first)
            for index in [0, 4095, 20_000 - 4096, 19_999] {
                bytes[index] = 0x62
                #expect(try state().edges != first.edges)
                bytes[index] = 0x61
            }
            #expect(try state().edges == first.edges)
            #expect(try state() != first)
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: 0)], ofItemAtPath: file.path)
            let dated = try #require(LogFileState(path: file.path))
            #expect(dated.modified == 0 && dated.changed > 0)
        }
    }

    @Test("short files, empty ones and what is no file", arguments: [0, 1, 4096, 4097, 8192])
    func sizes(count: Int) async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "a.log")
            try Data(repeating: 0x61, count: count).write(to: file)
            #expect(LogFileState(path: file.path)?.size == Int64(count))
            #expect(LogFileState(path: folder.path) == nil)
            #expect(LogFileState(path: file.path + ".none") == nil)
        }
    }

    @Test("a file that was changed a moment ago, or in the future, is not settled")
    func settled() async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "a.log")
            try Data("x\n".utf8).write(to: file)
            var state = try #require(LogFileState(path: file.path))
            state.changed += 3_600_000_000_000
            #expect(!state.isSettled)
            state.changed -= 7_200_000_000_000
            state.modified = state.changed
            #expect(state.isSettled)
            state.modified += 7_200_000_000_000
            #expect(!state.isSettled)
        }
    }
}
