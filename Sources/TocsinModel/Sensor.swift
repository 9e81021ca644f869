/// What is known of a sensor before it reports.
public struct SensorSettings: Hashable, Sendable, Codable {
    public var id: SensorID
    public var kind: SensorKind
    public var position: SensorPosition
    /// How far it senses: the edge of its footprint.
    public var range: Distance
    /// How often it says something when healthy (a radar's turn, a microphone's beat); after three of these
    /// without a word it is shown as silent.
    public var interval: Duration
    /// The number in ASTERIX records: system area code x 256 + system identification code. `nil`: not a radar.
    public var asterixIdentifier: UInt16?

    public init(
        id: SensorID, kind: SensorKind, position: SensorPosition, range: Distance, interval: Duration,
        asterixIdentifier: UInt16?
    ) {
        self.id = id
        self.kind = kind
        self.position = position
        self.range = range
        self.interval = interval
        self.asterixIdentifier = asterixIdentifier
    }
}

public enum SensorKind: String, Hashable, Sendable, Codable, CaseIterable {
    case radar, microphone, receiver, camera, person, system
}

/// How a sensor does, for operators.
public struct SensorHealth: Hashable, Sendable, Codable {
    public var sensor: SensorID
    public var lastHeardAt: Instant?
    public var reports: UInt64
    public var rejected: UInt64
    /// What its clock was found to be ahead of true time, seconds, and corrected by; 0: nothing was found.
    public var clockOffsetSeconds = 0.0
    /// Its times are so wrong that its reports are not used.
    public var isQuarantined = false
    /// What is subtracted from a radar's plots; 0: nothing.
    public var slantRangeBiasMeters = 0.0
    public var azimuthBiasDegrees = 0.0

    public init(sensor: SensorID, lastHeardAt: Instant?, reports: UInt64, rejected: UInt64) {
        self.sensor = sensor
        self.lastHeardAt = lastHeardAt
        self.reports = reports
        self.rejected = rejected
    }
}
