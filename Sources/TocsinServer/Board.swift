internal import OrderedCollections
package import TocsinModel

/// What is read by people and programs outside: the warnings in force, the recent changes, and the counts of
/// what was refused. Made from outputs only, so that a replay brings it back.
package struct Board: Hashable, Sendable, Codable {
    /// The number of the newest event; 0 before the first.
    package private(set) var lastEvent: UInt64 = 0
    /// The newest events, ascending by number without gaps, at most twice ``eventsMaximum``.
    package private(set) var events: [WarningEvent] = []
    private var inForce: OrderedDictionary<WarningNumber, WarningEvent> = [:]
    private var rejectionCounts: OrderedDictionary<RejectionKind, UInt64> = [:]
    private var notWarnedCounts: OrderedDictionary<NotWarnedReason, UInt64> = [:]
    /// The newest refused inputs, oldest first, at most ``rejectionsMaximum``.
    package private(set) var rejections: [Rejection] = []

    /// A night of a whole country is about 5,000 changes; who missed more takes a snapshot.
    package static let eventsMaximum = 10_000
    /// Enough to see a pattern, few enough to read.
    package static let rejectionsMaximum = 20

    package init() {}

    /// A feed, and a reason of ``DecodeError/reason``.
    package struct RejectionKind: Hashable, Sendable, Codable {
        package var feed: FeedNumber
        package var reason: String
    }

    /// The last event of every warning in force, by ascending warning number.
    package var warnings: [WarningEvent] { Array(inForce.values) }

    /// How many inputs were refused, by feed and reason, in the order in which they first came up.
    package var rejectionTotals: [(kind: RejectionKind, count: UInt64)] {
        rejectionCounts.map { (kind: $0.key, count: $0.value) }
    }

    /// How often a threat did not raise a stage, by reason.
    package var notWarnedTotals: [(reason: NotWarnedReason, count: UInt64)] {
        notWarnedCounts.map { (reason: $0.key, count: $0.value) }
    }

    /// Takes what was decided in one step.
    /// - Returns: The new events.
    package mutating func take(_ outputs: [Output], at now: Instant) -> [WarningEvent] {
        var new: [WarningEvent] = []
        for output in outputs {
            switch output {
            case .rejected(let rejection): count(rejection)
            case .warning(let change): new.append(record(change, at: now))
            case .notWarned(_, _, let reason): notWarnedCounts[reason, default: 0] += 1
            case .track, .sensor, .commandRefused: break
            }
        }
        return new
    }

    /// The events after number `event`, ascending.
    /// - Returns: `nil` if some of them are no longer kept, or `event` was never given out.
    package func events(after event: UInt64) -> [WarningEvent]? {
        guard event <= lastEvent, lastEvent - event <= UInt64(events.count) else { return nil }
        return events.suffix(Int(lastEvent - event))
    }

    /// The kept events of one warning, ascending by revision.
    /// - Complexity: O(*n*), *n* being the number of events kept.
    package func history(of warning: WarningNumber) -> [WarningEvent] {
        events.filter { $0.change.warning.number == warning }
    }

    private mutating func record(_ change: WarningChange, at now: Instant) -> WarningEvent {
        lastEvent += 1
        let event = WarningEvent(number: lastEvent, at: now, change: change)
        // Twice the limit before cutting, so that the cost of moving the rest is spread over many events.
        events.append(event)
        if events.count >= 2 * Self.eventsMaximum { events.removeFirst(events.count - Self.eventsMaximum) }
        switch change.kind {
        case .raised, .changed: inForce[change.warning.number] = event
        case .ended: inForce[change.warning.number] = nil
        }
        return event
    }

    private mutating func count(_ rejection: Rejection) {
        rejectionCounts[RejectionKind(feed: rejection.feed, reason: rejection.error.reason), default: 0] += 1
        if rejections.count == Self.rejectionsMaximum { rejections.removeFirst() }
        rejections.append(rejection)
    }
}
