/// Everything that can change what Tocsin believes or says. Recorded before it is used.
public struct Input: Hashable, Sendable, Codable {
    /// Counted from 1 without gaps.
    public var sequence: UInt64
    /// When it was accepted, on the conductor's clock: neither goes back nor jumps. The core's only "now".
    public var acceptedAt: Instant
    public var payload: Payload

    public enum Payload: Hashable, Sendable, Codable {
        case frame(Frame)
        /// Time has passed.
        case tick
        case command(OperatorCommand)
    }

    public init(sequence: UInt64, acceptedAt: Instant, payload: Payload) {
        self.sequence = sequence
        self.acceptedAt = acceptedAt
        self.payload = payload
    }
}

/// What a signed-in person tells the system to do.
public enum OperatorCommand: Hashable, Sendable, Codable {
    /// End the warning: the operator has positive evidence that the danger is over, or it was a false alarm.
    case endWarning(WarningNumber, operatorName: String)
}
