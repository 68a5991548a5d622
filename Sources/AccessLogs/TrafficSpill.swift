package import Deprecations

/// Where a reading puts the traffic that is too much to be held in memory.
package struct TrafficSpill: Sendable {
    /// Takes traffic of the reading; may be called many times.
    package var put: @Sendable (_ traffic: [Traffic], _ ticket: SpillTicket) throws -> Void
    /// Drops all that was put.
    package var discard: @Sendable (_ ticket: SpillTicket) throws -> Void
    /// By which the reading's traffic is known.
    package var ticket: SpillTicket

    /// Takes each part as given.
    package init(
        ticket: SpillTicket,
        put: @escaping @Sendable ([Traffic], SpillTicket) throws -> Void,
        discard: @escaping @Sendable (SpillTicket) throws -> Void
    ) {
        self.ticket = ticket
        self.put = put
        self.discard = discard
    }
}

/// What was put into a spill so far, and whether there is room for more.
struct SpillUse: Sendable {
    let spill: TrafficSpill?
    private var bytes = 0
    private(set) var isUsed = false

    /// What lies outside is bounded too: a log of callers that are all different would fill the disk.
    private static let maximumBytes = 256 << 20

    init(_ spill: TrafficSpill?) {
        self.spill = spill
    }

    /// Puts what `traffic` holds into the spill, or lets it tell no more callers apart.
    mutating func relieve(_ traffic: inout TrafficAggregator) throws {
        guard let spill, bytes < Self.maximumBytes else {
            traffic.freeze()
            return
        }
        let part = traffic.drain()
        bytes += part.reduce(0) { $0 + 400 + 8 * $1.totals.operations.weight }
        isUsed = true
        try spill.put(part, spill.ticket)
    }

    /// Drops what was put.
    mutating func discard() throws {
        if isUsed, let spill { try spill.discard(spill.ticket) }
        isUsed = false
        bytes = 0
    }
}
