/// A path with parameters, `/platform/v1/operations/{operationId}`, and what stands in their places.
struct PathShape: Hashable, Sendable {
    private let segments: [Substring]

    init(_ template: String) {
        segments = template.split(separator: "/", omittingEmptySubsequences: false)
    }

    /// The text of the last parameter, percent-encoding undone, where `path` has this shape; empty where there is no
    /// parameter.
    func lastParameter(of path: String) -> String? {
        let pieces = path.split(separator: "/", omittingEmptySubsequences: false)
        guard pieces.count == segments.count else { return nil }
        var last = ""
        for (segment, piece) in zip(segments, pieces) {
            if segment.hasPrefix("{") {
                guard !piece.isEmpty else { return nil }
                last = decoded(piece)
            } else if segment != piece {
                return nil
            }
        }
        return last
    }

    private func decoded(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
