import Foundation
public import Testing

/// Expects `bytes` to be what the file `Golden/NAME` beside the calling test holds.
///
/// With `UPDATE_GOLDEN=1` in the environment the file is written instead; read the diff then.
public func expectGolden(
    _ bytes: [UInt8], _ name: String, file: String = #filePath,
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let url = URL(filePath: file).deletingLastPathComponent().appending(path: "Golden/\(name)")
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url)
        return
    }
    guard let golden = try? Data(contentsOf: url) else {
        Issue.record(
            "there is no \(url.path); UPDATE_GOLDEN=1 writes it", sourceLocation: sourceLocation)
        return
    }
    guard Array(golden) != bytes else { return }
    let expected = lines(of: golden)
    let actual = lines(of: Data(bytes))
    let line = zip(expected, actual).prefix { $0 == $1 }.count
    Issue.record(
        """
        differs from Golden/\(name) at line \(line + 1); UPDATE_GOLDEN=1 rewrites it
        - \(line < expected.count ? expected[line] : "(its end)")
        + \(line < actual.count ? actual[line] : "(its end)")
        """, sourceLocation: sourceLocation)
}

private func lines(of data: Data) -> [Substring] {
    String(decoding: data, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
}
