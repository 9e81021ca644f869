internal import TocsinModel

/// How many reports of one person are taken: a key that was stolen says a hundred times a second that it hears one
/// (TORTURE.md, row 15). Nobody has so much to say, and what is said more often is no truer.
struct ReportAllowance: Hashable, Sendable, Codable {
    private var tokens = Limits.personReportsAtOnce
    private var filledAt: Instant
    /// When a report was refused last; `nil`: none lately.
    private var refusedAt: Instant?

    /// Without a refusal for so long it is over. Seconds; assumption.
    private static let calmSeconds = 60.0

    init(at now: Instant) { filledAt = now }

    /// Takes one report.
    /// - Returns: Whether it may be used, and whether it is the first that may not.
    mutating func take(at now: Instant) -> (isAllowed: Bool, begins: Bool) {
        let seconds = max(0, now.seconds(since: filledAt))
        tokens = min(Limits.personReportsAtOnce, tokens + seconds * Limits.personReportsPerSecond)
        filledAt = max(filledAt, now)
        if tokens >= 1 {
            tokens -= 1
            return (true, false)
        }
        defer { refusedAt = now }
        return (false, refusedAt == nil)
    }

    /// Whether the flood has ended just now.
    mutating func calm(at now: Instant) -> Bool {
        guard let refusedAt, now.seconds(since: refusedAt) > Self.calmSeconds else { return false }
        self.refusedAt = nil
        return true
    }
}
