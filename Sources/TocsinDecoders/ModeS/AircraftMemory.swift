internal import TocsinModel

/// What one aircraft has said lately.
struct AircraftMemory: Hashable, Sendable, Codable {
    /// When any believed message came, on the receipt clock.
    var lastHeardAt: Instant
    /// When the aircraft last announced its address (formats 11, 17, 18), on the receipt clock.
    var lastAnnouncedAt: Instant
    var positions = PositionMemory()
    var velocity: Velocity?
    /// Packed six-bit characters.
    var callsign: UInt64?
    var modeA: UInt16?
    /// Navigation accuracy category for position (NACp), 0 to 11.
    var positionAccuracyCategory: Int?

    /// The newest velocity message, and when it was sent.
    struct Velocity: Hashable, Codable {
        var at: Instant
        var groundSpeedKnots: Double?
        var trackDegrees: Double?
        var verticalRateFeetPerMinute: Int?
        var geometricMinusBarometricFeet: Int?
    }

    /// How long a velocity still describes the aircraft: twenty of its half-second intervals.
    static let velocitySeconds = 10.0

    /// The newest velocity, if it is not too old at `time`.
    func velocity(at time: Instant) -> Velocity? {
        guard let velocity, abs(time.seconds(since: velocity.at)) <= Self.velocitySeconds else { return nil }
        return velocity
    }

    /// Takes one message of this aircraft sent at `time`.
    /// - Returns: The place it tells, if it tells one that is certain.
    mutating func take(_ message: ModeSMessage, at time: Instant, reference: GeoPoint?) -> GeoPoint? {
        switch message.content {
        case .extendedSquitter(_, let squitter):
            return take(squitter, at: time, reference: reference)
        case .altitudeReply(_, _, let commB):
            if let callsign = commB?.callsign { self.callsign = callsign.packed }
        case .identityReply(_, let code, let commB):
            modeA = code
            if let callsign = commB?.callsign { self.callsign = callsign.packed }
        case .airToAir, .allCallReply, .military, .extendedLength:
            break
        }
        return nil
    }

    private mutating func take(_ squitter: ExtendedSquitter, at time: Instant, reference: GeoPoint?) -> GeoPoint? {
        switch squitter.content {
        case .identification(_, let callsign):
            if callsign.isValid { self.callsign = callsign.packed }
        case .surfacePosition(let position):
            if position.groundSpeedKnots != nil {
                velocity = Velocity(
                    at: time, groundSpeedKnots: position.groundSpeedKnots, trackDegrees: position.trackDegrees)
            }
            return positions.resolve(
                position.coordinates, at: time, groundSpeedKnots: position.groundSpeedKnots, reference: reference)
        case .airbornePosition(let position):
            return positions.resolve(position.coordinates, at: time, groundSpeedKnots: nil, reference: reference)
        case .velocity(let velocity):
            self.velocity = Velocity(
                at: time, groundSpeedKnots: velocity.groundSpeedKnots, trackDegrees: velocity.trackDegrees,
                verticalRateFeetPerMinute: velocity.verticalRateFeetPerMinute,
                geometricMinusBarometricFeet: velocity.geometricMinusBarometricFeet)
        case .emergency(let status):
            modeA = status.modeA
        case .targetState(let state):
            positionAccuracyCategory = state.positionAccuracyCategory
        case .operationalStatus(let status):
            positionAccuracyCategory = status.positionAccuracyCategory
        case .withoutPosition, .other:
            break
        }
        return nil
    }
}
