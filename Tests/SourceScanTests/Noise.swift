import TestSupport

extension SeededGenerator {
    /// Up to 300 bytes of anything, or of what means something in code.
    mutating func noise(onlyMarks: Bool) -> [UInt8] {
        let marks = Array("{}[]()\"'`:;,#$%@&*|<>\\/\n\r\t -=+.?~abAB01".utf8) + [0x00, 0xFF]
        let count = Int.random(in: 0...300, using: &self)
        return (0..<count).map { _ in
            onlyMarks
                ? marks[Int.random(in: 0..<marks.count, using: &self)]
                : UInt8.random(in: 0...255, using: &self)
        }
    }

    /// Bytes of a text, a few of them changed, doubled, left out or turned round.
    mutating func damaged(_ text: String) -> [UInt8] {
        let marks = Array("{}[]()\"'`:;,#$%@&*|<>\\/\n\t -=+.?~".utf8) + [0x00, 0xC3, 0xFF]
        var bytes = Array(text.utf8)
        for _ in 0..<Int.random(in: 1...12, using: &self) where !bytes.isEmpty {
            let index = Int.random(in: 0..<bytes.count, using: &self)
            switch Int.random(in: 0..<4, using: &self) {
            case 0: bytes[index] = marks[Int.random(in: 0..<marks.count, using: &self)]
            case 1: bytes.remove(at: index)
            case 2: bytes.insert(bytes[index], at: index)
            default:
                let end = Int.random(in: index...bytes.count, using: &self)
                bytes.replaceSubrange(index..<end, with: bytes[index..<end].reversed())
            }
        }
        return bytes
    }
}
