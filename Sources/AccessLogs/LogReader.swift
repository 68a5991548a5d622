package import Deprecations

/// Reads access logs: which requests reached a rule's endpoint, and how far each log has been read.
package struct LogReader: Sendable {
    private let rules: [Rule]
    private let matcher: EndpointMatcher
    private let gate: EndpointGate
    /// Lets the texts pass that journald writes as lists of numbers.
    private let journalGate: EndpointGate
    private let headers: [String]
    private let formats: CompiledFormats
    private let callers: [Settings.CallerName]
    private let privacy: CallerPrivacy?

    /// For requests of `rules`, directly or through `gateways`; `callers` gives names to who sent them, `privacy`
    /// keeps of these what may be kept.
    package init(
        rules: [Rule], gateways: [Settings.Gateway], callers: [Settings.CallerName],
        privacy: CallerPrivacy? = nil
    ) {
        self.privacy = privacy
        self.rules = rules
        self.callers = callers
        matcher = EndpointMatcher(rules: rules, gateways: gateways)
        gate = EndpointGate(matcher)
        journalGate = EndpointGate(
            matcher, others: [Array(#"MESSAGE":["#.utf8), Array(#"MESSAGE" : ["#.utf8)])
        var headers: [String] = []
        for name in rules.compactMap(\.versionHeader?.name)
        where !headers.contains(where: { $0.lowercased() == name.lowercased() }) {
            headers.append(name)
        }
        self.headers = headers
        formats = CompiledFormats(headers: headers)
    }

    /// Opens what `path` names, to be read: a log, an archive of logs, or `-` for standard input.
    ///
    /// Throws `LogFormatError` where the options make no sense. `spill` makes a place for what is too much to be
    /// held in memory, one for each log.
    package func open(
        _ path: String, options: LogReadingOptions = LogReadingOptions(),
        spill: (@Sendable () -> TrafficSpill)? = nil
    ) throws(LogFormatError) -> LogReadings {
        LogReadings(
            path: path, counter: try counter(options), gate: gate, journalGate: journalGate,
            spill: spill)
    }

    /// The requests of rules in `text`, lines of the format (for a rule's examples).
    package func traffic(inSample text: String, format: String) throws(LogFormatError) -> [Traffic]
    {
        var counter = try counter(LogReadingOptions(format: format))
        let bytes = JSONRecords.lines(of: Array(text.utf8))
        let span = bytes.span
        counter.detectFormat(span)
        var position = 0
        while position < span.count {
            let end = endOfLine(span, from: position)
            counter.count(span, position..<end)
            position = end + 1
        }
        return counter.traffic.sorted()
    }

    /// Throws where the options make no sense: before anything is read.
    package static func check(_ options: LogReadingOptions) throws(LogFormatError) {
        _ = try zone(options)
        let formats = try CompiledFormats(headers: []).adding(options.ownFormats)
        if let format = options.format { _ = try formats.only(format) }
    }

    static func zone(_ options: LogReadingOptions) throws(LogFormatError) -> LogTimeZone {
        guard let name = options.timezone else { return .utc }
        guard let known = LogTimeZone(fixed: name) ?? LogTimeZone(named: name) else {
            throw LogFormatError(
                "'\(name)' is no time zone; write an offset (+02:00) or a name (Europe/Berlin)")
        }
        return known
    }

    private func counter(_ options: LogReadingOptions) throws(LogFormatError) -> RequestCounter {
        let zone = try Self.zone(options)
        let formats = try formats.adding(options.ownFormats)
        let compiled = try options.format.map(formats.only)
        return RequestCounter(
            rules: rules, matcher: matcher, headers: headers,
            resolver: CallerResolver(
                names: callers, trustedProxies: options.trustedProxies, privacy: privacy),
            host: options.host, maximumCallers: options.maximumCallers, days: options.days,
            parser: LineParser(compiled ?? formats, isForced: compiled != nil, zone: zone))
    }
}

extension LogReading {
    static func unreadable(_ path: String, _ message: String) -> LogReading {
        LogReading(
            path: path, state: .unreadable,
            diagnostics: [Diagnostic(severity: .error, path: path, message: message)])
    }
}
