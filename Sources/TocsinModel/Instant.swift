/// A point in time: nanoseconds since 1970-01-01T00:00:00Z, leap seconds not counted (POSIX time).
///
/// Whole nanoseconds keep arithmetic exact, so that replay equals live. Range: years 1677 to 2262.
public struct Instant: Hashable, Comparable, Sendable, Codable {
    public var nanosecondsSinceEpoch: Int64

    public init(nanosecondsSinceEpoch: Int64) {
        self.nanosecondsSinceEpoch = nanosecondsSinceEpoch
    }

    /// Seconds since the epoch, rounded to the nearest nanosecond.
    ///
    /// - Returns: `nil` if `secondsSinceEpoch` is not finite or lies outside the representable range.
    public init?(secondsSinceEpoch: Double) {
        let nanoseconds = (secondsSinceEpoch * 1e9).rounded()
        guard let exact = Int64(exactly: nanoseconds) else { return nil }
        self.init(nanosecondsSinceEpoch: exact)
    }

    /// Seconds since the epoch. Exact to about 0.2 microseconds in this century; for display and formats.
    public var secondsSinceEpoch: Double { Double(nanosecondsSinceEpoch) / 1e9 }

    /// The signed number of seconds from `earlier` to this instant.
    public func seconds(since earlier: Instant) -> Double {
        Double(nanosecondsSinceEpoch &- earlier.nanosecondsSinceEpoch) / 1e9
    }

    /// This instant moved by `seconds`, rounded to a nanosecond and clamped to the representable range.
    public func advanced(bySeconds seconds: Double) -> Instant {
        let shift = Int64(exactly: (seconds * 1e9).rounded()) ?? (seconds < 0 ? .min : .max)
        let (sum, overflow) = nanosecondsSinceEpoch.addingReportingOverflow(shift)
        return Instant(nanosecondsSinceEpoch: overflow ? (shift < 0 ? .min : .max) : sum)
    }

    public static func < (left: Instant, right: Instant) -> Bool {
        left.nanosecondsSinceEpoch < right.nanosecondsSinceEpoch
    }
}
