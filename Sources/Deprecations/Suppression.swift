/// The decision of people to leave a call site as it is until a day.
///
/// It stands in a comment of the code, or in the settings. It keeps the call site out of the gate of `--fail-on`;
/// the report shows and counts the call site all the same.
public struct Suppression: Hashable, Sendable {
    /// The last day on which it holds.
    public var until: CalendarDay
    /// Why.
    public var reason: String
    /// Where its comment stands; nil for an entry of the settings.
    public var place: SourcePlace?

    /// Takes each part as given.
    public init(until: CalendarDay, reason: String, place: SourcePlace? = nil) {
        self.until = until
        self.reason = reason
        self.place = place
    }

    /// Whether it holds on a day.
    public func isInForce(on day: CalendarDay) -> Bool { day <= until }
}
