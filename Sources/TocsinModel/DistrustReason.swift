/// Why what an object says of itself is no longer believed.
public enum DistrustReason: String, Hashable, Sendable, Codable, CaseIterable {
    /// Between two of its positions it would have had to fly impossibly fast.
    case jump
    /// It claims a speed or direction other than that of its own positions.
    case speedContradictsMotion
    /// It was fast before and claims to fly high up at a speed that no longer carries it.
    case tooSlowToFly
    /// A radar that should see it sees nothing at the place that it claims.
    case radarSeesNothingThere
    /// A radar sees this object, but at another place.
    case radarSeesItElsewhere
    /// Between two of its altitudes it would have had to climb or sink impossibly fast.
    case impossibleClimb
    /// The same address is used at two places at once.
    case duplicateAddress
    /// It repeats an old place under new times, or its times go back.
    case staleTimes
}

/// A change in whether an object that identifies itself is believed.
public enum TrustEvent: Hashable, Sendable, Codable {
    case lost(DistrustReason)
    case regained
}
