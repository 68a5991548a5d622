/// Reads documents: settings, pipelines, collections, notebooks, pages and prose.
enum DocumentReader {
    /// What a document says by itself; nothing for languages that are code.
    ///
    /// - Parameters:
    ///   - path: Below the scanned root, with `/`.
    ///   - language: As `LanguageDetector` names it.
    ///   - bytes: UTF-8 text; any bytes are survived.
    static func read(path: String, language: String, bytes: [UInt8]) -> DocumentFacts {
        read(path: path, language: language, bytes: bytes, depth: 0)
    }

    /// The same for a document that stands inside `depth` others.
    static func read(path: String, language: String, bytes: [UInt8], depth: Int) -> DocumentFacts {
        guard let read = readers[language] else { return DocumentFacts() }
        var scan = DocumentScan(path: path, language: language, bytes: bytes, depth: depth)
        read(&scan)
        return scan.facts
    }

    /// Whether a language is read here.
    static func reads(_ language: String) -> Bool { readers[language] != nil }

    private typealias Read = @Sendable (inout DocumentScan) -> Void

    private static let readers: [String: Read] = [
        "json": { data(JSONReader.read($0.bytes), &$0) },
        "yaml": { data(YAMLReader.read($0.bytes), &$0) },
        "toml": { data(TOMLReader.read($0.bytes), &$0) },
        "xml": { data(XMLReader.read($0.bytes), &$0) },
        "properties": { data(LineSettingsReader.read($0.bytes, form: .properties), &$0) },
        "ini": { data(LineSettingsReader.read($0.bytes, form: .sections), &$0) },
        "dotenv": { data(LineSettingsReader.read($0.bytes, form: .environment), &$0) },
        "hocon": { data(BlockSettingsReader.read($0.bytes, form: .objects), &$0) },
        "markdown": { MarkdownReader.read(&$0) },
        "text": { MarkdownReader.read(&$0) },
        "notebook": { NotebookReader.read(&$0) },
        "dockerfile": { DockerfileReader.read(&$0) },
        "makefile": { MakefileReader.read(&$0) },
        "just": { TaskLinesReader.readJustfile(&$0) },
        "procfile": { TaskLinesReader.readProcfile(&$0) },
        "crontab": { TaskLinesReader.readCrontab(&$0) },
        "postman": { PostmanReader.read(&$0) },
        "insomnia": { InsomniaReader.read(&$0) },
        "openapi": { OpenAPIReader.read(&$0) },
        "bruno": { BrunoReader.read(&$0) },
        "http": { HTTPFileReader.read(&$0) },
        "terraform": { TerraformReader.read(&$0) },
        "nginx": { NginxReader.read(&$0) },
        "apache": { ApacheReader.read(&$0) },
        "caddyfile": { CaddyReader.read(&$0) },
        "haproxy": { HAProxyReader.read(&$0) },
        "html": { PageReader.read(&$0) },
    ]

    private static func data(_ tree: DataTree, _ scan: inout DocumentScan) {
        for comment in tree.comments { scan.addProse(comment) }
        if scan.language == "xml", JMeterReader.read(tree, &scan) { return }
        let taken = CommandFinder.find(tree, &scan).union(RequestFinder.find(tree, &scan))
        SettingsCollector.collect(tree, except: taken, &scan)
    }
}
