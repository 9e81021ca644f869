/// What a subscriber of the conductor receives, in order.
package enum BoardEvent: Sendable {
    /// How everything stands; what follows builds on it.
    case snapshot(Snapshot)
    case warning(WarningEvent)
}
