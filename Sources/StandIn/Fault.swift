/// Something that goes wrong on purpose, in place of an answer or after it.
package enum Fault: String, Hashable, Sendable, CaseIterable {
    /// The connection is reset without an answer.
    case reset
    /// The answer breaks off in its headers.
    case halfHeaders = "half-headers"
    /// The body is shorter than its announced length.
    case wrongLength = "wrong-length"
    /// The body comes a byte at a time.
    case slowBody = "slow-body"
    /// 429, with `Retry-After`.
    case tooManyRequests = "429"
    /// 500
    case serverFailure = "500"
    /// 503, with `Retry-After`.
    case unavailable = "503"
    /// A login page in HTML, with status 200.
    case loginPage = "login-page"
    /// A redirect to another host.
    case redirect
}

/// When which fault happens: of every `every` requests for operations the last one, with the faults in turn.
package struct FaultPlan: Hashable, Sendable {
    /// The faults in turn; none for a stand-in without faults.
    package var faults: [Fault]
    /// How many requests there are from one to the next.
    package var every: Int

    /// Takes each part as given.
    package init(faults: [Fault] = [], every: Int = 10) {
        self.faults = faults
        self.every = max(1, every)
    }

    /// The fault of request number `number`, counted from 1.
    func fault(ofRequest number: Int) -> Fault? {
        guard !faults.isEmpty, number % every == 0 else { return nil }
        return faults[(number / every - 1) % faults.count]
    }
}
