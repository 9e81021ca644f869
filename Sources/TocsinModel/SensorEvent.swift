/// What was found out about a sensor, for operators and the journal.
public enum SensorEvent: Hashable, Sendable, Codable {
    /// Its times are shifted from now on: the offset is what its clock is ahead of true time, seconds; 0 says
    /// that an earlier correction is withdrawn.
    case clockCorrected(SensorID, offsetSeconds: Double)
    /// Its reports are not used from now on. The offset is about what its clock is ahead of true time, seconds.
    case clockQuarantined(SensorID, offsetSeconds: Double)
    /// Its reports are used again: its times have been right for a while.
    case clockReleased(SensorID)
    /// A radar's plots are corrected from now on by subtracting these; 0: not corrected.
    case registrationCorrected(SensorID, slantRangeMeters: Double, azimuthDegrees: Double)
    /// It is a person's, and says more than a person can: what is too much is not used. A stolen key does so.
    case floodBegan(SensorID)
    /// It has kept to a person's pace for a minute.
    case floodEnded(SensorID)
    /// It fell silent, or is not used any more, and no other sensor reaches so many areas: a quiet sky there means
    /// nothing. For operators only.
    case coverageLost(SensorID, areas: Int)
    /// It is heard, and so many areas are covered that were not.
    case coverageGained(SensorID, areas: Int)
}
