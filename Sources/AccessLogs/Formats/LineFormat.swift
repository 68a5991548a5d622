/// One format, compiled, inside one wrapper.
struct LineFormat: Sendable {
    /// How the line inside is taken apart.
    enum Body: Sendable {
        case text(TextFormat)
        case json(JSONLineFormat)
        /// The columns are a state of the stream: the parser has them.
        case columns
        /// As is what is known of these.
        case delimited
        case client(ClientLogFormat)
    }

    var name: String
    var body: Body
}

/// All formats, compiled for the version headers of some rules.
struct CompiledFormats: Sendable {
    /// The known ones in the order in which they are tried; or just the one that was asked for.
    private(set) var formats: [LineFormat]
    /// The known ones, whatever was asked for: what the text in a JSON object may be.
    private(set) var known: [LineFormat]
    /// The names of the version headers.
    let headers: [String]

    /// Compiles the known formats.
    init(headers: [String]) {
        self.headers = headers
        known = LogFormats.all.map { description in
            do throws(LogFormatError) {
                return LineFormat(
                    name: description.name, body: try Self.body(description.layout, headers))
            } catch {
                preconditionFailure("\(description.name): \(error)")
            }
        }
        formats = known
    }

    /// These, tried before the known ones: those with more fields first.
    func adding(_ own: [ServerConfiguration.Format]) throws(LogFormatError) -> CompiledFormats {
        guard !own.isEmpty else { return self }
        var compiled: [(fields: Int, format: LineFormat)] = []
        for format in own {
            do throws(LogFormatError) {
                let custom = try CustomLogFormat(format.text, headers: headers)
                compiled.append(
                    (
                        custom.pieces.count,
                        LineFormat(name: format.name, body: .text(custom.format))
                    ))
            } catch {
                throw LogFormatError("\(format.name), line \(format.line): \(error)")
            }
        }
        var copy = self
        let sorted = compiled.sorted { $0.fields > $1.fields }.map(\.format)
        copy.formats = sorted + formats
        copy.known = sorted + known
        return copy
    }

    /// The one format that `text` names or describes.
    func only(_ text: String) throws(LogFormatError) -> CompiledFormats {
        var copy = self
        if let known = formats.first(where: { $0.name == text }) {
            copy.formats = [known]
        } else if CustomLogFormat.isFormat(text) {
            let custom = try CustomLogFormat(text, headers: headers)
            copy.formats = [LineFormat(name: "custom", body: .text(custom.format))]
        } else {
            let names = formats.map(\.name).joined(separator: ", ")
            throw LogFormatError(
                "'\(text)' is no known log format (\(names)), and no format string: it has no field of "
                    + "nginx ($…), Apache, HAProxy, Envoy, Squid or GoAccess (%…)")
        }
        return copy
    }

    private static func body(
        _ layout: LogFormatDescription.Layout, _ headers: [String]
    ) throws(LogFormatError) -> LineFormat.Body {
        switch layout {
        case .text(let format, let escape, let allowsTail):
            var compiled = try CustomLogFormat(
                format, syntax: .nginx, headers: headers, allowsTail: allowsTail
            ).format
            if escape != .backslash { compiled.replaceEscape(with: escape) }
            return .text(compiled)
        case .json: return .json(JSONLineFormat(headers: headers))
        case .columns: return .columns
        case .delimited: return .delimited
        case .client: return .client(ClientLogFormat())
        }
    }
}

extension TextFormat {
    fileprivate mutating func replaceEscape(with escape: FieldEscape) {
        for index in captures.indices {
            captures[index].escape = escape
            captures[index].isQuoted = false
        }
    }
}
