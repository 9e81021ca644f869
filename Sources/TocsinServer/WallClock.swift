internal import Foundation
package import TocsinModel

/// What the machine's clocks showed at one moment.
package struct ClockReading: Hashable, Sendable {
    /// The monotonic clock, from an arbitrary start. Never set, never goes back.
    package var monotonic: Duration
    /// The wall clock, which people and programs may set.
    package var utc: Instant

    package init(monotonic: Duration, utc: Instant) {
        self.monotonic = monotonic
        self.utc = utc
    }

    private static let start = ContinuousClock.now

    /// Reads the clocks of this machine.
    package static func take() -> ClockReading {
        let seconds = Date().timeIntervalSince1970
        return ClockReading(
            monotonic: start.duration(to: .now),
            utc: Instant(secondsSinceEpoch: seconds) ?? Instant(nanosecondsSinceEpoch: 0))
    }
}

/// The only clock of the system: driven by the monotonic clock, anchored to UTC at the start, so that what it
/// shows neither goes back nor jumps. Docs/adr/0003-clock-policy.md.
package struct WallClock: Hashable, Sendable {
    package enum Mode: String, Hashable, Sendable, Codable {
        /// Shows UTC, and follows corrections of it gently.
        case live
        /// Shows the time of a recording or drill and follows nothing.
        case scenario
    }

    package let mode: Mode
    /// Seconds shown per second of the monotonic clock. Above 0; 1 when live.
    package let rate: Double
    private var anchor: ClockReading
    /// How much the pace differs from `rate` to come nearer to UTC.
    private var slew = 0.0
    /// UTC minus what was shown at the last reading, in seconds; zero in scenario mode.
    package private(set) var offsetSeconds = 0.0

    /// The fastest correction, 500 millionths: the limit of NTP's clock discipline (RFC 5905, section 12).
    static let slewMaximum = 500e-6
    /// Beyond this the wall clock was stepped, and is shown as untrusted. TORTURE.md, row 19. Seconds.
    static let offsetTrustedSeconds = 0.5
    /// The time in which a correction would be made good if the fastest correction allowed. Seconds.
    private static let slewTimeSeconds = 60.0
    /// How often the correction is thought over. Seconds.
    private static let slewIntervalSeconds = 1.0

    /// - Parameter start: What the clock shows at `reading`.
    package init(mode: Mode, rate: Double, start: Instant, reading: ClockReading) {
        self.mode = mode
        self.rate = rate
        anchor = ClockReading(monotonic: reading.monotonic, utc: start)
    }

    /// Whether the machine's wall clock agrees with this one.
    package var isTrusted: Bool { abs(offsetSeconds) <= Self.offsetTrustedSeconds }

    /// What the clock shows at `reading`; readings before the last one show the same as the last.
    package mutating func read(_ reading: ClockReading) -> Instant {
        let elapsedSeconds = max(0, (reading.monotonic - anchor.monotonic) / .seconds(1))
        let shown = anchor.utc.advanced(bySeconds: elapsedSeconds * (rate + slew))
        if mode == .live, elapsedSeconds >= Self.slewIntervalSeconds {
            anchor = ClockReading(monotonic: reading.monotonic, utc: shown)
            offsetSeconds = reading.utc.seconds(since: shown)
            slew = max(-Self.slewMaximum, min(Self.slewMaximum, offsetSeconds / Self.slewTimeSeconds))
        }
        return shown
    }

    /// How long the monotonic clock runs from `reading` until this clock shows `instant`; not below zero.
    package func wait(until instant: Instant, from reading: ClockReading) -> Duration {
        let elapsedSeconds = max(0, (reading.monotonic - anchor.monotonic) / .seconds(1))
        let neededSeconds = instant.seconds(since: anchor.utc) / (rate + slew)
        return .seconds(max(0, neededSeconds - elapsedSeconds))
    }
}
