/// Reads Jupyter notebooks: code cells are one program, Markdown cells are prose, outputs are ignored.
enum NotebookReader {
    /// Puts the cells into `scan`.
    static func read(_ scan: inout DocumentScan) {
        let tree = JSONReader.read(scan.bytes)
        for document in tree.documents {
            let language = language(of: document)
            var program = Program(language: language)
            var number = 0
            // Version 3 keeps its cells in worksheets.
            let sheets = document["worksheets"]?.elements ?? [document]
            for cell in sheets.flatMap({ $0["cells"]?.elements ?? [] }) {
                number += 1
                guard let source = cell["source"] ?? cell["input"] else { continue }
                if cell["cell_type"]?.text == "code" {
                    program.add(text(of: source), cell: number, &scan)
                } else {
                    for line in source.all { line.scalar.map { scan.addProse($0.range) } }
                }
            }
            if Language.isCode(program.language) {
                scan.embed(program.text, language: program.language, parts: program.parts)
            }
        }
    }

    private static func language(of document: DataNode) -> String {
        let metadata = document["metadata"]
        let names = [
            metadata?["language_info"]?["name"], metadata?["kernelspec"]?["language"],
            metadata?["kernelspec"]?["name"], metadata?["language"],
        ]
        for name in names.compactMap({ $0?.text }) {
            if let language = EmbeddedLanguage.named(name) { return language }
        }
        return "python"
    }

    private static func text(of source: DataNode) -> PlacedText {
        var text = PlacedText()
        for line in source.all { line.placed.map { text.append($0) } }
        return text
    }

    /// The code cells in their order.
    private struct Program {
        let language: String
        var text = PlacedText()
        var parts: [EmbeddedSource.Part] = []
        private var line = 0

        init(language: String) { self.language = language == "console" ? "shell" : language }

        mutating func add(_ cell: PlacedText, cell number: Int, _ scan: inout DocumentScan) {
            guard !cell.bytes.isEmpty else { return }
            if let magic = magic(of: cell.bytes) {
                if let language = EmbeddedLanguage.named(magic.name).map({
                    $0 == "console" ? "shell" : $0
                }),
                    language != self.language
                {
                    scan.embed(
                        cell.part(magic.end..<cell.bytes.count), language: language,
                        symbol: "cell \(number)")
                    return
                }
            }
            parts.append(EmbeddedSource.Part(line: line, symbol: "cell \(number)"))
            let lines = cell.bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
            for line in lines {
                append(line, of: cell, number, &scan)
                text.append(
                    0x0A, at: cell.offset(of: max(0, min(line.endIndex, cell.bytes.count - 1))))
                self.line += 1
            }
        }

        /// `!curl …` is a command, `%timeit x` its argument; the rest stays.
        private mutating func append(
            _ line: ArraySlice<UInt8>, of cell: PlacedText, _ number: Int,
            _ scan: inout DocumentScan
        ) {
            let first = line.firstIndex { $0 > 0x20 } ?? line.endIndex
            guard first < line.endIndex,
                line[first] == UInt8(ascii: "!") || line[first] == UInt8(ascii: "%")
            else {
                for index in line.indices { text.append(line[index], at: cell.offset(of: index)) }
                return
            }
            if line[first] == UInt8(ascii: "!") {
                scan.embed(
                    cell.part((first + 1)..<line.endIndex), language: "shell",
                    symbol: "cell \(number)")
            }
        }

        /// `%%bash` in the first line.
        private func magic(of cell: [UInt8]) -> (name: String, end: Int)? {
            guard ByteText.matches("%%", in: cell[...], at: 0) else { return nil }
            var end = 2
            while end < cell.count, cell[end] > 0x20 { end += 1 }
            let name = String(decoding: cell[2..<end], as: UTF8.self)
            let lineEnd = cell[end...].firstIndex(of: 0x0A) ?? cell.count
            return (name, lineEnd)
        }
    }
}
