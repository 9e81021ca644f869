/// What the pipeline decides. Journalled, hashed into the digest, and carried out at the edge.
public enum Output: Hashable, Sendable, Codable {
    case rejected(Rejection)
    case track(TrackEvent)
    case sensor(SensorEvent)
    case warning(WarningChange)
    case notWarned(area: AreaID, track: TrackNumber, reason: NotWarnedReason)
    case commandRefused(OperatorCommand)
}
