/// Something that a log does not record, and that an audit would like to know.
package enum LogGap: Hashable, Sendable {
    /// Which host a request went to.
    case host
    /// Whose request it was.
    case address
    /// Which client sent it.
    case userAgent
    /// This request header, one that tells the version.
    case header(String)
    /// When it was.
    case time
    /// What zone its times are in.
    case zone
    /// What was answered.
    case status

    /// What is missing, as a noun.
    package var subject: String {
        switch self {
        case .host: "host"
        case .address: "address"
        case .userAgent: "user agent"
        case .header(let name): "header \(name)"
        case .time: "time"
        case .zone: "time zone"
        case .status: "status"
        }
    }

    /// What follows from it, and what helps.
    package var advice: String {
        switch self {
        case .host:
            "a path counts whatever host it was asked of; name the host with --log-host"
        case .address: "callers behind one user agent cannot be told apart"
        case .userAgent: "it cannot be told which client sends the requests"
        case .header(let name):
            "no version can be told; log it with $http_\(name.lowercased().map { $0 == "-" ? "_" : $0 }.reduce(into: "") { $0.append($1) }) (nginx), "
                + "%{\(name)}i (Apache), %REQ(\(name.uppercased()))% (Envoy) or "
                + "%[req.hdr(\(name))] (HAProxy)"
        case .time: "its requests count, and have no day"
        case .zone: "times are taken as UTC; --log-timezone says otherwise"
        case .status: "it cannot be told how requests ended"
        }
    }
}

/// What the lines of a known format record.
package struct LogRecording: Hashable, Sendable {
    /// How often something is recorded.
    package enum Extent: String, Hashable, Sendable, CaseIterable {
        /// On every line.
        case always
        /// Where the log has a field or column for it, or its producer writes it.
        case sometimes
        /// On none.
        case never
    }

    /// Which host a request went to.
    package var host: Extent
    /// Whose request it was, by address.
    package var address: Extent
    /// Whose request it was, by name.
    package var user: Extent
    /// Which client sent it.
    package var userAgent: Extent
    /// The header that tells the version.
    package var versionHeader: Extent
    /// What zone its times are in.
    package var timeZone: Extent
    /// What was answered.
    package var status: Extent
}

extension LogFormatDescription {
    /// What its lines record, by its samples and by whether fields have names.
    package var recording: LogRecording {
        var shown: [LogGap: Int] = [:]
        var users = 0
        for sample in samples {
            let (gaps, fields) = Self.reading(of: sample, format: name)
            for gap in gaps { shown[gap, default: 0] += 1 }
            if fields.contains("user") { users += 1 }
        }
        func extent(_ missing: Int, canHave: Bool = false) -> LogRecording.Extent {
            if missing == 0 { return .always }
            return missing < samples.count || canHave || hasNames ? .sometimes : .never
        }
        return LogRecording(
            host: extent(shown[.host] ?? 0, canHave: showsTargets),
            address: extent(shown[.address] ?? 0),
            user: extent(samples.count - users), userAgent: extent(shown[.userAgent] ?? 0),
            versionHeader: extent(shown[.header(Self.header)] ?? 0),
            timeZone: extent(shown[.zone] ?? 0), status: extent(shown[.status] ?? 0))
    }

    private static let header = "X-Version"

    /// A proxy writes targets with their host.
    private var showsTargets: Bool {
        switch layout {
        case .text(let format, _, _): format.contains("$request")
        case .json, .columns, .delimited, .client: true
        }
    }

    /// Whether fields are found by their names, so that more than the samples have may be there.
    private var hasNames: Bool {
        switch layout {
        case .json, .columns, .delimited: true
        case .text, .client: false
        }
    }

    private static func reading(
        of sample: String, format: String
    ) -> (gaps: [LogGap], fields: Set<String>) {
        let all = CompiledFormats(headers: [header])
        guard let compiled = try? all.only(format) else { return ([], []) }
        let parser = LineParser(compiled, isForced: true, zone: .utc)
        var explainer = LogExplainer(parser: parser, headers: [header], isDocument: false)
        let bytes = Array(sample.utf8)
        let block = bytes.span
        explainer.detect(block)
        var position = 0
        while position < block.count {
            let end = endOfLine(block, from: position)
            let line = trimmed(block, position..<end)
            position = end + 1
            if line.isEmpty { continue }
            let (kind, place) = explainer.take(block, line)
            guard kind == .request else { continue }
            return (
                explainer.gaps(block, place),
                Set(explainer.fields(block, place).map(\.name))
            )
        }
        return ([], [])
    }
}
