import Deprecations
import Testing

@testable import AccessLogs

@Suite("What is kept of callers")
struct CallerPrivacyTests {
    private let key = Array("0123456789abcdef0123456789abcdef".utf8)

    private func hex(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private func resolve(
        _ mode: Anonymization, address: String = "", user: String = "", agent: String = "",
        key: [UInt8]? = nil
    ) -> Caller {
        CallerResolver(
            names: [Settings.CallerName(name: "export", addresses: ["10.0.3.0/24"])],
            trustedProxies: [], privacy: CallerPrivacy(mode, key: key ?? self.key)
        ).caller(
            clientAddress: address, peer: "", forwardedFor: "", user: user, userAgent: agent)
    }

    @Test(
        "SHA-256 gives the digests of FIPS 180-4",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
        ])
    func digests(text: String, digest: String) {
        #expect(hex(SHA256.digest(Array(text.utf8))) == digest)
    }

    @Test("a text in pieces has the digest of the whole", arguments: [1, 55, 56, 63, 64, 65, 300])
    func pieces(size: Int) {
        let text = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        var hash = SHA256()
        var start = 0
        while start < text.count {
            hash.update(Array(text[start..<min(text.count, start + size)]))
            start += size
        }
        #expect(hash.finish() == SHA256.digest(text))
    }

    @Test(
        "the keyed hash is that of RFC 4231",
        arguments: [
            (
                [UInt8](repeating: 0x0B, count: 20), "Hi There",
                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
            ),
            (
                Array("Jefe".utf8), "what do ya want for nothing?",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
            ),
            (
                [UInt8](repeating: 0xAA, count: 131),
                "Test Using Larger Than Block-Size Key - Hash Key First",
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
            ),
        ])
    func keyedHash(key: [UInt8], text: String, digest: String) {
        #expect(hex(KeyedHash(key: key).digest(of: Array(text.utf8))) == digest)
    }

    @Test(
        "a prefix keeps the network of an address, and nothing of a host's name",
        arguments: [
            ("203.0.113.77", "203.0.113.0/24"), ("203.0.113.77:5511", "203.0.113.0/24"),
            ("2001:db8:12:3456::7", "2001:db8:12::/48"), ("::ffff:192.0.2.9", "192.0.2.0/24"),
        ])
    func networks(address: String, network: String) {
        #expect(resolve(.prefix, address: address).address == network)
        let named = resolve(.prefix, address: "desk-7.corp.example").address
        #expect(named?.hasPrefix("address-") == true)
    }

    @Test("hashes keep callers apart, in one spelling, and change with the key")
    func hashes() {
        let one = resolve(.hash, address: "203.0.113.77", user: "ada").address
        #expect(one == resolve(.hash, address: "[::ffff:203.0.113.77]:99").address)
        #expect(one != resolve(.hash, address: "203.0.113.78").address)
        #expect(one != resolve(.hash, address: "203.0.113.77", key: Array(key.reversed())).address)
        let many = Set(
            (0..<5000).map { resolve(.hash, address: "10.9.\($0 / 250).\($0 % 250)").address })
        #expect(many.count == 5000)
    }

    @Test(
        "a user is hashed in both, a name from the settings stays",
        arguments: [Anonymization.prefix, .hash])
    func users(mode: Anonymization) {
        let caller = resolve(mode, address: "10.0.3.7", user: "ada", agent: "curl/8.4.0")
        #expect(caller.name == "export")
        #expect(caller.user?.hasPrefix("user-") == true)
        #expect(caller.client == "curl")
        #expect(caller.userAgent == "curl/8.4.0")
    }

    @Test(
        "mail addresses and addresses of machines in a user agent are hidden, versions are not",
        arguments: [
            ("bot/1.0 (+mailto:ada@corp.example; x)", "bot/1.0 *** x)"),
            ("etl/1.2.3.4 (10.0.3.7) py", "etl/1.2.3.4 *** py"),
            (
                "Mozilla/5.0 (X11; rv:109.0) Chrome/120.0.0.0",
                "Mozilla/5.0 (X11; rv:109.0) Chrome/120.0.0.0"
            ),
        ])
    func userAgents(sent: String, kept: String) {
        #expect(resolve(.hash, agent: sent).userAgent == kept)
    }
}
