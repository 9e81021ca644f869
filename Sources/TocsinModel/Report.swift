/// One sensor's statement about one object at one time.
public struct Report: Hashable, Sendable, Codable {
    public var feed: FeedNumber
    public var sensor: SensorID
    /// When the sensor says it measured: a claim, to be checked against ``receivedAt``.
    public var measuredAt: Instant
    public var receivedAt: Instant
    public var measurement: Measurement
    public var identity: IdentityEvidence
    /// `nil`: the sensor says nothing about what kind of object it is.
    public var classEvidence: ClassEvidence?
    /// An exercise report only ever updates exercise tracks.
    public var exercise: Bool

    public init(
        feed: FeedNumber, sensor: SensorID, measuredAt: Instant, receivedAt: Instant, measurement: Measurement,
        identity: IdentityEvidence, classEvidence: ClassEvidence?, exercise: Bool
    ) {
        self.feed = feed
        self.sensor = sensor
        self.measuredAt = measuredAt
        self.receivedAt = receivedAt
        self.measurement = measurement
        self.identity = identity
        self.classEvidence = classEvidence
        self.exercise = exercise
    }
}

/// Who the object says it is, or a radar says it is. `nil` fields are absent.
public struct IdentityEvidence: Hashable, Sendable, Codable {
    public var address: AircraftAddress?
    /// At most eight characters, without trailing blanks.
    public var callsign: String?
    /// Mode A identity: four octal digits, 0 ... 0o7777.
    public var modeA: UInt16?
    /// The object identifies itself by transponder or Remote ID (not merely seen by radar).
    public var isCooperative: Bool
    /// What another system calls its track, at most 64 characters; it names nothing beyond that system.
    public var systemTrack: String?

    public init(address: AircraftAddress?, callsign: String?, modeA: UInt16?, isCooperative: Bool) {
        self.address = address
        self.callsign = callsign
        self.modeA = modeA
        self.isCooperative = isCooperative
    }

    public static let none = IdentityEvidence(address: nil, callsign: nil, modeA: nil, isCooperative: false)
}

/// The place of a sensor.
public struct SensorPosition: Hashable, Sendable, Codable {
    public var point: GeoPoint
    public var height: GeometricHeight
    public init(point: GeoPoint, height: GeometricHeight) {
        self.point = point
        self.height = height
    }
}
