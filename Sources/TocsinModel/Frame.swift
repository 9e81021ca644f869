/// Bytes as received, with the feed they came from. When they came is in the ``Input`` that carries them.
public struct Frame: Hashable, Sendable, Codable {
    public var feed: FeedNumber
    /// One datagram, one message of a framed stream, one line of a text stream, or one request body.
    public var bytes: [UInt8]

    public init(feed: FeedNumber, bytes: [UInt8]) {
        self.feed = feed
        self.bytes = bytes
    }
}

/// How the bytes of a feed are to be read.
public enum WireFormat: String, Hashable, Sendable, Codable, CaseIterable {
    /// EUROCONTROL ASTERIX data blocks, categories 034 and 048; one frame is one or more whole blocks.
    case asterix
    /// Mode S Beast binary; one frame is one escaped message beginning with 0x1A.
    case beast
    /// Mode S as AVR text (`*8D…;`); one frame is one line.
    case avr
    /// Mode S as JSON lines with `timestamp` (seconds) and `frame` (hexadecimal); one frame is one line.
    case modesJSON = "modes-json"
    /// Tocsin's own reports as JSON: one object, or an array of them.
    case reports
}

/// What the core must know of a feed.
public struct FeedSettings: Hashable, Sendable, Codable {
    public var name: String
    public var format: WireFormat
    /// Everything from this feed is an exercise and can only lead to exercise warnings.
    public var exercise: Bool
    /// Added to the times inside the data, to bring a recording onto the present clock; zero for a live feed.
    public var timeShift: Duration
    /// The sensor that reports are attributed to where the format names none (Mode S receivers).
    public var sensor: SensorID?
    /// Sources of this feed that write an older edition of an ASTERIX category; all others write the newest.
    public var editions: [AsterixEditionPin]

    public init(
        name: String, format: WireFormat, exercise: Bool, timeShift: Duration, sensor: SensorID?,
        editions: [AsterixEditionPin] = []
    ) {
        self.name = name
        self.format = format
        self.exercise = exercise
        self.timeShift = timeShift
        self.sensor = sensor
        self.editions = editions
    }
}
