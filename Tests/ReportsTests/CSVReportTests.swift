import Deprecations
import TestSupport
import Testing

@testable import Reports

@Suite("CSV")
struct CSVReportTests {
    private func rows(_ report: AuditReport, _ table: ReportTable) throws -> [[String]] {
        let bytes = try Reports.write(report, as: .csv, table: table)
        return try CSVReading.rows(String(decoding: bytes, as: UTF8.self))
    }

    @Test("each call site and each row of traffic is a record as long as the titles")
    func shape() throws {
        let report = try Sample.rich()
        let sites = try rows(report, .callSites)
        #expect(sites.count == report.callSites.count + 1)
        let traffic = try rows(report, .traffic)
        #expect(traffic.count == report.traffic.count + 1)
        for rows in [sites, traffic] {
            #expect(Set(rows.map(\.count)).count == 1)
            #expect(Set(rows[0]).count == rows[0].count)
        }
    }

    @Test("a row of traffic has its figures under their titles")
    func figures() throws {
        let report = try Sample.rich()
        let rows = try rows(report, .traffic)
        let busiest = Dictionary(uniqueKeysWithValues: zip(rows[0], rows[1]))
        #expect(busiest["requests"] == "1000")
        #expect(busiest["statuses"] == "200:850 429:150")
        #expect(busiest["median_interval_seconds"] == "0.5")
        #expect(busiest["pace"] == "aggressive")
        #expect(busiest["requests_deprecated"] == "1000")
        #expect(busiest["caller"] == "billing")
        #expect(busiest["host"] == "")
    }

    @Test(
        "what a spreadsheet would take for a formula is text",
        arguments: [
            ("=1+1", "\"'=1+1\""), ("+1", "\"'+1\""), ("-1", "\"'-1\""), ("@a", "\"'@a\""),
            (" =1", "\"' =1\""), ("\t=1", "\"' =1\""), ("\n=1", "␊=1"), ("＝1", "\"'＝1\""),
            ("|cmd", "\"'|cmd\""), ("'a", "\"''a\""), ("a=1", "\"a=1\""), ("a", "a"),
            ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""), ("a;=1", "\"a;=1\""), ("", ""),
        ])
    func formulas(text: String, field: String) {
        let quoted = field.unicodeScalars.contains { !$0.isASCII } && field.first != "\""
        #expect(CSVCell.text(text).field == (quoted ? "\"\(field)\"" : field))
    }

    @Test("any text stays in its cell, on its line, and is no formula")
    func hostile() throws {
        var generator = SeededGenerator(seed: 13)
        for _ in 0..<60 {
            let report = try Sample.report { _ in HostileText.make(with: &generator) }
            for table in ReportTable.allCases {
                let rows = try rows(report, table)
                #expect(Set(rows.map(\.count)).count == 1)
                for cell in rows.dropFirst().joined() {
                    #expect(!cell.unicodeScalars.contains { $0.isUnseen })
                    let first = cell.unicodeScalars.first { !$0.properties.isWhitespace }
                    let isFormula = first.map { "=+-@|%＝＋－＠".unicodeScalars.contains($0) }
                    #expect(isFormula != true, "\(cell)")
                }
            }
        }
    }
}

/// Reads what RFC 4180 allows, and nothing else.
enum CSVReading {
    enum Mistake: Error { case bareQuote, bareLineEnd, noLineEnd }

    static func rows(_ text: String) throws -> [[String]] {
        var rows: [[String]] = []
        var row: [String] = []
        var cell = String.UnicodeScalarView()
        var scalars = text.unicodeScalars[...]
        while let scalar = scalars.popFirst() {
            switch scalar {
            case "\"":
                guard cell.isEmpty else { throw Mistake.bareQuote }
                while let quoted = scalars.popFirst() {
                    if quoted == "\"" {
                        guard scalars.first == "\"" else { break }
                        scalars = scalars.dropFirst()
                    }
                    cell.append(quoted)
                }
                guard let next = scalars.first, next == "," || next == "\r" else {
                    throw Mistake.bareQuote
                }
            case ",":
                row.append(String(cell))
                cell = String.UnicodeScalarView()
            case "\r":
                guard scalars.popFirst() == "\n" else { throw Mistake.bareLineEnd }
                row.append(String(cell))
                rows.append(row)
                row = []
                cell = String.UnicodeScalarView()
            case "\n": throw Mistake.bareLineEnd
            default: cell.append(scalar)
            }
        }
        guard row.isEmpty, cell.isEmpty else { throw Mistake.noLineEnd }
        return rows
    }
}
