/// How an area stands. DESIGN.md, "Warning engine".
public enum WarningStage: String, Hashable, Sendable, Codable, CaseIterable {
    case quiet, watch, takeShelter, clearing
}

/// What an area is told, from first issue to all-clear. One area has at most one live and one exercise warning.
public struct Warning: Hashable, Sendable, Codable {
    public var number: WarningNumber
    /// Counted from 1; every change that people are told of adds one.
    public var revision: UInt32
    public var area: AreaID
    public var exercise: Bool
    /// `quiet` only in the last revision: the warning has ended.
    public var stage: WarningStage
    public var reason: WarningReason
    public var issuedAt: Instant
    public var changedAt: Instant
    /// When it stops to hold unless it is extended before. After `changedAt`; at the end, the time of the end.
    public var expiresAt: Instant
    /// The times of the first arrival of any of the threats; `nil` while nothing is forecast to arrive.
    public var arrival: ArrivalTimes?
    /// Whether what it is about rather comes to the area or rather passes it; `nil` exactly where `arrival` is.
    public var course: ThreatCourse?
    /// The greatest probability of arrival within the horizon over the tracks. 0 ... 1.
    public var probability: Double
    /// The tracks it is about, ascending.
    public var tracks: [TrackNumber]

    public init(
        number: WarningNumber, revision: UInt32, area: AreaID, exercise: Bool, stage: WarningStage,
        reason: WarningReason, issuedAt: Instant, changedAt: Instant, expiresAt: Instant, arrival: ArrivalTimes?,
        course: ThreatCourse?, probability: Double, tracks: [TrackNumber]
    ) {
        self.number = number
        self.revision = revision
        self.area = area
        self.exercise = exercise
        self.stage = stage
        self.reason = reason
        self.issuedAt = issuedAt
        self.changedAt = changedAt
        self.expiresAt = expiresAt
        self.arrival = arrival
        self.course = course
        self.probability = probability
        self.tracks = tracks
    }
}

/// The earliest (5 %), likely (50 %) and latest (95 %) time of arrival.
public struct ArrivalTimes: Hashable, Sendable, Codable {
    public var earliest: Instant
    public var likely: Instant
    public var latest: Instant
    public init(earliest: Instant, likely: Instant, latest: Instant) {
        self.earliest = earliest
        self.likely = likely
        self.latest = latest
    }
}

/// Whether threats rather come to an area or rather pass it. The warning's probability and times say how certainly
/// and when: of what passes, the times are those at which it would be there if it came.
public enum ThreatCourse: String, Hashable, Sendable, Codable, CaseIterable {
    /// One of them may well come, or it is too early to tell.
    case coming
    /// If they are real and fly on as things that are like them do, most probably none of them comes within the
    /// horizon.
    case passing
}

/// Why a warning is as it is. Closed: every raising, keeping and clearing has one.
public enum WarningReason: String, Hashable, Sendable, Codable, CaseIterable {
    /// A threat may arrive within the horizon.
    case threatApproaching
    /// A threat may arrive within the time that people need to reach shelter.
    case threatWithinLead
    /// The forecast times have changed enough to say so.
    case timesChanged
    /// What seemed to come now rather passes, or the other way round.
    case courseChanged
    /// The threat no longer reports; until it is explained it may still come.
    case threatSilent
    /// The threat has flown past, and no course it can take leads back in time.
    case threatPassed
    /// The threat has come down or was reported destroyed.
    case threatEnded
    /// The threat turned out to be friendly, civil, or nothing.
    case threatExplained
    /// All evidence has been quiet for the hold time.
    case holdElapsed
    /// An operator ended it.
    case endedByOperator
    /// Its stated expiry came.
    case expired
}

/// One step in the life of a warning: a decision, journalled and sent.
public struct WarningChange: Hashable, Sendable, Codable {
    public var kind: Kind
    public var previousStage: WarningStage
    public var warning: Warning

    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        case raised, changed, ended
    }

    public init(kind: Kind, previousStage: WarningStage, warning: Warning) {
        self.kind = kind
        self.previousStage = previousStage
        self.warning = warning
    }
}

/// Why a threat that is forecast for an area did not raise its stage. For operators and the journal.
public enum NotWarnedReason: String, Hashable, Sendable, Codable, CaseIterable {
    /// Too few reports yet.
    case notConfirmed
    /// Identified as cooperative traffic.
    case cooperative
    /// Only one source, and its bounded share of areas or people is used up.
    case notCorroborated
    /// Only people without instruments report it.
    case crowdOnly
    /// An operator ended the warning of this threat a short while ago.
    case endedByOperator
}
