import Foundation

/// Reads the text of a small file.
enum TextFile {
    /// Why a file gave no text, and what to do.
    struct Unreadable: Error {
        var text: String
    }

    /// The UTF-8 text at `path`; a little more than the size limit at most.
    static func text(of path: String) throws(Unreadable) -> String {
        guard FileManager.default.fileExists(atPath: path) else {
            throw Unreadable(text: "there is no such file")
        }
        guard !isFolder(path) else { throw Unreadable(text: "this is a folder, not a file") }
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw Unreadable(text: "the file cannot be read; look at its permissions")
        }
        defer { try? file.close() }
        var data = Data()
        do {
            while data.count <= YAMLDocument.sizeLimit,
                let more = try file.read(upToCount: 1 << 16),
                !more.isEmpty
            {
                data += more
            }
        } catch {
            throw Unreadable(text: "the file cannot be read: \(error.localizedDescription)")
        }
        guard data.count <= YAMLDocument.sizeLimit else {
            throw Unreadable(text: YAMLDocument.tooLarge)
        }
        guard let text = String(data: data, encoding: .utf8) else {
            throw Unreadable(text: "the file is not UTF-8 text; save it as UTF-8")
        }
        return text
    }

    /// Whether `path` is a folder, or a link to one.
    static func isFolder(_ path: String) -> Bool {
        let place = URL(fileURLWithPath: path).resolvingSymlinksInPath()
        return (try? place.resourceValues(forKeys: [.isDirectoryKey]).isDirectory) == true
    }
}
