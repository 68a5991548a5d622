import Foundation

/// Where several results go, each into a file of its own.
struct OutputFolder {
    /// The path.
    let path: String

    /// Looks, before any work is done, whether the folder is there or can be made. Answers what is wrong.
    func mistake() -> String? {
        let type = try? FileManager.default.attributesOfItem(atPath: path)[.type]
        switch type as? FileAttributeType {
        case .typeDirectory?: return nil
        case .typeSymbolicLink?, nil: break
        default: return "--by-owner: '\(path)' is a file; name a folder"
        }
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true)
            return nil
        } catch {
            return "--by-owner: the folder '\(path)' cannot be made"
        }
    }

    /// Writes each result to `STEM.ENDING`; where two stems are the same but for case, the later one gets a number.
    func write(
        _ results: [(stem: String, bytes: [UInt8])], ending: String
    ) throws(OutputFile.Failure) {
        var taken: [String: Int] = [:]
        for result in results {
            let count = taken[result.stem.lowercased(), default: 0] + 1
            taken[result.stem.lowercased()] = count
            let name = count == 1 ? result.stem : "\(result.stem)-\(count)"
            try OutputFile(path: "\(path)/\(name).\(ending)").write(result.bytes)
        }
    }
}
