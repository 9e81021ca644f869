internal import TocsinModel

/// One area's state: what threatens it, and what its people were told.
struct AreaState: Hashable, Sendable, Codable {
    /// Where it stands in the engine: live and exercise are two worlds.
    struct Key: Hashable, Comparable, Sendable, Codable {
        var area: AreaID
        var exercise: Bool

        static func < (left: Key, right: Key) -> Bool {
            left.area == right.area ? !left.exercise && right.exercise : left.area < right.area
        }
    }

    /// How endangered an area is, to be compared with others.
    struct Danger: Comparable {
        var withinLead = 0.0
        var withinHorizon = 0.0

        static func < (left: Danger, right: Danger) -> Bool {
            (left.withinLead, left.withinHorizon) < (right.withinLead, right.withinHorizon)
        }
    }

    /// A reason that was given for not warning.
    struct Notice: Hashable, Sendable, Codable {
        var track: TrackNumber
        var reason: NotWarnedReason
    }

    /// `nil` while the area is quiet.
    var warning: Warning?
    /// By ascending track number.
    private(set) var contributions: [Contribution] = []
    /// The last positive evidence; `nil` where there is only silence.
    var evidence: WarningReason?
    /// Since when the stage's probability has been released on positive evidence.
    var releasedSince: Instant?
    /// Since when the known times of arrival have been later than the told ones.
    var laterSince: Instant?
    /// The uncorroborated source that the stage rests on.
    var soleSource: Corroboration.Source?
    private(set) var dismissals: [Dismissal] = []
    private(set) var notices: [Notice] = []

    private static let noticesMaximum = 16

    var stage: WarningStage { warning?.stage ?? .quiet }
    var isIdle: Bool { warning == nil && contributions.isEmpty && dismissals.isEmpty }

    /// The greatest danger from one track.
    var danger: Danger {
        contributions.reduce(Danger()) { max($0, Danger(withinLead: $1.withinLead, withinHorizon: $1.withinHorizon)) }
    }

    func contribution(of track: TrackNumber) -> Contribution? { contributions.first { $0.track == track } }

    /// Puts the contribution in; with ``Limits/tracksPerArea`` there already, the weakest leaves.
    mutating func set(_ contribution: Contribution) {
        if let index = contributions.firstIndex(where: { $0.track >= contribution.track }) {
            if contributions[index].track == contribution.track {
                contributions[index] = contribution
            } else {
                contributions.insert(contribution, at: index)
            }
        } else {
            contributions.append(contribution)
        }
        guard contributions.count > Limits.tracksPerArea else { return }
        let weakest = contributions.indices.min {
            (contributions[$0].withinLead, contributions[$0].withinHorizon)
                < (contributions[$1].withinLead, contributions[$1].withinHorizon)
        }
        if let weakest { contributions.remove(at: weakest) }
    }

    /// The track's threat is over, for the stated reason.
    mutating func remove(_ track: TrackNumber, evidence reason: WarningReason) {
        contributions.removeAll { $0.track == track }
        evidence = reason
    }

    /// Marks the tracks that were not heard of for too long.
    mutating func markSilent(at now: Instant, _ settings: WarningSettings) {
        for index in contributions.indices where contributions[index].silentUntil == nil {
            if now.seconds(since: contributions[index].lastReportAt) > settings.silentAfterSeconds {
                contributions[index].fallSilent(renewed: nil, stated: warning?.expiresAt, settings)
            }
        }
    }

    /// Lets go of the silent threats whose stated end has come: not evidence, so only the expiry may end a warning.
    /// - Returns: The tracks let go.
    mutating func expire(at now: Instant, _ settings: WarningSettings) -> [TrackNumber] {
        dismissals.removeAll { $0.until <= now }
        var gone: [TrackNumber] = []
        contributions.removeAll { contribution in
            guard let until = contribution.silentUntil, until <= now else { return false }
            if contribution.isWeighty(settings) { evidence = nil }
            gone.append(contribution.track)
            return true
        }
        return gone
    }

    /// Sets every track's judgement aside in this area; silent ones leave.
    mutating func dismissAll(at now: Instant, _ settings: WarningSettings) {
        let until = now.advanced(bySeconds: settings.operatorHoldSeconds)
        dismissals = contributions.map { Dismissal(track: $0.track, until: until, withinLead: $0.withinLead) }
        contributions.removeAll { $0.silentUntil != nil }
    }

    /// Whether this is news.
    mutating func note(_ notice: Notice) -> Bool {
        guard notices.count < Self.noticesMaximum, !notices.contains(notice) else { return false }
        notices.append(notice)
        return true
    }
}
