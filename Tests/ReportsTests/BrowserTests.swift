import Deprecations
import Foundation
import TestSupport
import Testing

@testable import Reports

/// Run where a Chromium is installed: what the page does, and that nothing else runs in it.
@Suite("HTML in a browser", .enabled(if: Browser.path != nil, "no Chromium is installed"))
struct BrowserTests {
    private static let payloads = [
        "<script>document.title='owned'</script>", "<img src=x onerror=\"document.title='owned'\">",
        "\"><svg onload=\"document.title='owned'\">", "' onmouseover='document.title=1' x='",
        "</style><script>document.title='owned'</script>", "{{{script}}}",
        "javascript:document.title='owned'", "</title><script>document.title='owned'</script>",
    ]

    @Test("the page's own script runs under its policy, and no text from input does")
    func injection() throws {
        var number = 0
        let report = try Sample.report { _ in
            number += 1
            return "x\(number)" + Self.payloads[number % Self.payloads.count]
        }
        let page = try Browser.show(Reports.write(report, as: .html))
        #expect(
            page.contains("\(report.callSites.count) of \(report.callSites.count) call sites shown")
        )
        #expect(page.contains("<title>"))
        #expect(!page.contains("<title>owned</title>"))
        let reading = page.components(separatedBy: "<body>").last ?? ""
        #expect(reading.components(separatedBy: "<script").count == 2)
        #expect(!reading.contains("<img"))
    }
}

/// A Chromium of the machine.
private enum Browser {
    static let path = ["chromium", "chromium-browser", "google-chrome"].lazy
        .map { "/usr/bin/\($0)" }.first { FileManager.default.isExecutableFile(atPath: $0) }

    /// The page as it is once its script has run.
    static func show(_ page: [UInt8]) throws -> String {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "report.html")
        let output = folder.appending(path: "page.txt")
        try Data(page).write(to: file)
        try Data().write(to: output)
        let process = Process()
        process.executableURL = URL(filePath: try #require(path))
        process.arguments = [
            "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=2000",
            "--user-data-dir=\(folder.appending(path: "profile").path)", "--dump-dom",
            file.absoluteString,
        ]
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return String(decoding: try Data(contentsOf: output), as: UTF8.self)
    }
}
