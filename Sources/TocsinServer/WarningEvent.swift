package import TocsinModel

/// One change of a warning, numbered for people who come back and ask what they missed.
package struct WarningEvent: Hashable, Sendable, Codable {
    /// Counted from 1 over all warnings; the id of the event in the public stream.
    package var number: UInt64
    /// When it was decided, on the conductor's clock.
    package var at: Instant
    package var change: WarningChange

    package init(number: UInt64, at: Instant, change: WarningChange) {
        self.number = number
        self.at = at
        self.change = change
    }
}
