/// How long people need to reach shelter. Awake and dressed they are faster than out of bed.
public struct ShelterTime: Hashable, Sendable, Codable {
    /// By day; at any hour where there is no ``night``. Seconds, 0 or more.
    public var seconds: Double
    /// `nil`: the hour makes no difference.
    public var night: Night?

    public init(seconds: Double, night: Night? = nil) {
        self.seconds = seconds
        self.night = night
    }

    /// The hours that count as night, and how long people need then.
    public struct Night: Hashable, Sendable, Codable {
        /// Seconds, 0 or more.
        public var seconds: Double
        /// When night begins: minutes after midnight in the time of ``utcOffsetMinutes``. 0 ..< 1,440.
        public var fromMinute: Int
        /// When it ends, in the same time; at or before ``fromMinute`` on the next day. 0 ..< 1,440.
        public var toMinute: Int
        /// What the clock of these hours is ahead of UTC. Minutes, -1,080 ... 1,080. It is the same all year: no time
        /// zone is looked up, so that a replay on any machine gives the same.
        public var utcOffsetMinutes: Int

        public init(seconds: Double, fromMinute: Int, toMinute: Int, utcOffsetMinutes: Int) {
            self.seconds = seconds
            self.fromMinute = fromMinute
            self.toMinute = toMinute
            self.utcOffsetMinutes = utcOffsetMinutes
        }

        /// Whether `instant` falls into these hours. Equal ends are a night of 24 hours.
        public func contains(_ instant: Instant) -> Bool {
            let (minute, rest) = instant.nanosecondsSinceEpoch.quotientAndRemainder(dividingBy: 60_000_000_000)
            let whole = Int(rest < 0 ? minute - 1 : minute) + utcOffsetMinutes
            let local = ((whole % 1_440) + 1_440) % 1_440
            return fromMinute < toMinute
                ? local >= fromMinute && local < toMinute : local >= fromMinute || local < toMinute
        }
    }

    /// How long people need at `instant`. Seconds.
    public func seconds(at instant: Instant) -> Double {
        guard let night, night.contains(instant) else { return seconds }
        return night.seconds
    }

    /// The longer of both times. Seconds.
    public var longestSeconds: Double { max(seconds, night?.seconds ?? 0) }
}
