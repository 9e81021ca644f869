/// How the threat classes move, fitted together. `tocsin drill --fit` writes it; ``standard`` is what Tocsin comes
/// with.
public struct MotionParameters: Hashable, Sendable, Codable {
    /// What it was fitted to, by whom and how much of it.
    public var provenance: String
    public var attackDrone: ThreatMotion
    public var cruiseMissile: ThreatMotion

    public init(provenance: String, attackDrone: ThreatMotion, cruiseMissile: ThreatMotion) {
        self.provenance = provenance
        self.attackDrone = attackDrone
        self.cruiseMissile = cruiseMissile
    }

    public static let standard = MotionParameters(
        provenance: TurnModel.standardProvenance, attackDrone: .attackDrone, cruiseMissile: .cruiseMissile)
}

/// How the objects of one class move over ground.
public struct ThreatMotion: Hashable, Sendable, Codable {
    /// The least and greatest speed over ground that is usual. Meters per second.
    public var speedMinimum: Double
    public var speedMaximum: Double
    /// The spread (1 sigma) of the mean speed from now on around the one known, as a share of it.
    public var speedSpread: Double
    /// How far from its end on the ground people are in danger. Meters.
    public var dangerRadiusMeters: Double
    public var turns: TurnModel

    public init(
        speedMinimum: Double, speedMaximum: Double, speedSpread: Double, dangerRadiusMeters: Double, turns: TurnModel
    ) {
        self.speedMinimum = speedMinimum
        self.speedMaximum = speedMaximum
        self.speedSpread = speedSpread
        self.dangerRadiusMeters = dangerRadiusMeters
        self.turns = turns
    }

    /// PHYSICS.md, Shahed-136 class, for speeds and danger radius.
    public static let attackDrone = ThreatMotion(
        speedMinimum: 33, speedMaximum: 53, speedSpread: 0.03, dangerRadiusMeters: 300, turns: .attackDrone)

    /// PHYSICS.md for speeds and danger radius.
    public static let cruiseMissile = ThreatMotion(
        speedMinimum: 190, speedMaximum: 270, speedSpread: 0.03, dangerRadiusMeters: 1_000, turns: .cruiseMissile)

    /// Assumption, no source: the speed over ground of short and medium ranges; it does not turn.
    public static let ballisticMissile = ThreatMotion(
        speedMinimum: 700, speedMaximum: 2_500, speedSpread: 0.1, dangerRadiusMeters: 1_000,
        turns: .ballisticMissile)
}
