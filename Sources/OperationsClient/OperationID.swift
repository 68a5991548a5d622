/// The id of an operation, as one segment of a path.
struct OperationID {
    /// Percent-encoded.
    let segment: String

    /// Takes an id that can stand as one segment of a path, and nothing that would lead elsewhere.
    init(_ text: String) throws(OperationsClientError) {
        let bytes = text.utf8
        guard !bytes.isEmpty, bytes.count <= 512, text != ".", text != "..",
            bytes.allSatisfy({ $0 > 0x20 && $0 != 0x7F })
        else { throw .invalidOperationID }
        segment = percentEncoded(text)
    }
}

extension OperationsClient {
    /// An id as one segment of a path, percent-encoded; throws where it cannot be one.
    package static func pathSegment(
        ofOperation id: String
    ) throws(OperationsClientError) -> String { try OperationID(id).segment }
}

/// `text` with all but unreserved characters (RFC 3986, 2.3) percent-encoded.
func percentEncoded(_ text: String) -> String {
    var encoded = ""
    for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "_"), UInt8(ascii: "~"):
            encoded.unicodeScalars.append(Unicode.Scalar(byte))
        default:
            let digits = String(byte, radix: 16, uppercase: true)
            encoded += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
        }
    }
    return encoded
}
