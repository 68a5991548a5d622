import AccessLogs
import Testing

@testable import RuleFiles

@Suite("Words that two rooms share")
struct WordsTests {
    @Test("the log formats that rule files and settings may name are those that logs are read as")
    func logFormats() {
        #expect(KnownWords.logFormats.sorted() == LogFormats.all.map(\.name).sorted())
    }
}
