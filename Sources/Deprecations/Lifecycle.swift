/// Where a rule stands on a given day.
public enum Phase: String, Hashable, Sendable, Codable, CaseIterable {
    /// Before the deprecation date.
    case active
    /// From the deprecation date on.
    case deprecated
    /// From the sunset date on.
    case sunset
}

/// An announced day and where that is said.
public struct AnnouncedDay: Hashable, Sendable {
    /// The day.
    public var day: CalendarDay
    /// Where it is said: a URL or a sentence.
    public var source: String
    /// How it is known.
    public var basis: Basis

    /// How a day is known.
    public enum Basis: String, Hashable, Sendable, CaseIterable {
        /// The provider says so.
        case announced
        /// It follows from what the provider says of something else; reports say that it is inferred.
        case inferred
    }

    /// Takes each part as given.
    public init(day: CalendarDay, source: String, basis: Basis = .announced) {
        self.day = day
        self.source = source
        self.basis = basis
    }
}

/// A date that was announced once and has moved since.
public struct MovedDate: Hashable, Sendable {
    /// Which of the two dates moved.
    public enum Subject: String, Hashable, Sendable, CaseIterable {
        /// The deprecation date.
        case deprecatedOn
        /// The sunset date.
        case sunsetOn
    }

    /// Which of the two dates moved.
    public var subject: Subject
    /// What had been announced.
    public var was: CalendarDay
    /// The day on which the new date became known.
    public var changedOn: CalendarDay
    /// Where the change is said.
    public var source: String

    /// Takes each part as given.
    public init(subject: Subject, was: CalendarDay, changedOn: CalendarDay, source: String) {
        self.subject = subject
        self.was = was
        self.changedOn = changedOn
        self.source = source
    }
}

/// The announced days in the life of an endpoint.
public struct Lifecycle: Hashable, Sendable {
    /// The first day a call is discouraged; nil where only the sunset is known.
    public var deprecatedOn: AnnouncedDay?
    /// The first day a call may fail, once that is announced.
    public var sunsetOn: AnnouncedDay?
    /// Dates that were announced earlier and have moved since, oldest first.
    public var history: [MovedDate] = []

    /// Takes each part as given.
    public init(
        deprecatedOn: AnnouncedDay?,
        sunsetOn: AnnouncedDay? = nil,
        history: [MovedDate] = []
    ) {
        self.deprecatedOn = deprecatedOn
        self.sunsetOn = sunsetOn
        self.history = history
    }

    /// The phase on `day`; a boundary day already belongs to the later phase.
    ///
    /// Where the deprecation day is not known, every day before the sunset counts as deprecated.
    public func phase(on day: CalendarDay) -> Phase {
        if let sunsetOn, day >= sunsetOn.day { return .sunset }
        guard let deprecatedOn else { return .deprecated }
        return day >= deprecatedOn.day ? .deprecated : .active
    }

    /// Days from `day` to the sunset, negative after it; nil while none is announced.
    public func daysUntilSunset(from day: CalendarDay) -> Int? {
        sunsetOn.map { day.days(until: $0.day) }
    }
}
