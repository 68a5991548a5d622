import TestSupport
import Foundation

/// Combined log lines that are made up, the same for the same seed.
struct SampleLog {
    private var random: SeededGenerator
    private var second = 0
    private let host: String

    init(seed: UInt64, host: String = "10.0.0") {
        random = SeededGenerator(seed: seed)
        self.host = host
    }

    /// One in `rarity` lines asks for an operation.
    mutating func lines(_ count: Int, rarity: Int = 3) -> String {
        var text = ""
        for _ in 0..<count { text += line(isMatch: random.below(rarity) == 0) + "\n" }
        return text
    }

    mutating func line(isMatch: Bool) -> String {
        second += random.below(3)
        let path =
            isMatch
            ? "/platform/v1/operations/\(String(random.next() % 50, radix: 16))a"
            : "/\(["index", "health", "operations", "api/v2/x"][random.below(4)])?q=\(random.below(1000))%20"
        let status = [200, 200, 200, 404, 429][random.below(5)]
        let clock = String(
            format: "%02d:%02d:%02d", second / 3600 % 24, second / 60 % 60, second % 60)
        return
            "\(host).\(random.below(5)) - - [12/Feb/2026:\(clock) +0000] \"GET \(path) HTTP/1.1\" "
            + "\(status) \(random.below(9000)) \"-\" \"python-requests/2.\(random.below(3)).0\""
    }
}

/// What `/bin/gzip` makes of `data`.
func gzipped(_ data: Data, in folder: URL) throws -> Data {
    let file = folder.appending(path: "gzip-\(UUID().uuidString)")
    try data.write(to: file)
    let process = Process()
    process.executableURL = URL(filePath: "/bin/gzip")
    process.arguments = [file.path]
    try process.run()
    process.waitUntilExit()
    let packed = file.appendingPathExtension("gz")
    defer { try? FileManager.default.removeItem(at: packed) }
    return try Data(contentsOf: packed)
}
