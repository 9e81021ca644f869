package import TocsinModel

/// What an object says of itself at one time.
package struct TransponderClaim: Hashable, Sendable, Codable {
    package var at: Instant
    package var point: GeoPoint
    /// One standard deviation per horizontal axis as claimed, meters.
    package var sigma: Double
    /// By barometer if given so, else above the ellipsoid: an object keeps to one of them. `nil`: not given.
    package var altitude: Double?
    /// Over ground, with its direction; `nil`: not given.
    package var velocity: GroundVelocity?

    package init(at: Instant, point: GeoPoint, sigma: Double, altitude: Double?, velocity: GroundVelocity?) {
        self.at = at
        self.point = point
        self.sigma = sigma
        self.altitude = altitude
        self.velocity = velocity
    }

    package init(_ fix: Fix, at instant: Instant) {
        self.init(
            at: instant, point: fix.point, sigma: fix.horizontalSigma.meters,
            altitude: fix.pressureAltitude?.meters ?? fix.height?.meters, velocity: fix.velocity)
    }
}

/// What a radar says of an object that identifies itself.
package enum RadarTestimony: Hashable, Sendable, Codable {
    /// It was seen where it says, within the errors of both.
    case confirms
    /// It was not seen there in one turn, though it would have been with this probability. Give it only where the
    /// radar surely sees (``RadarFootprint/surelySees(_:)``): an aircraft over a hill's shadow is no liar.
    case missed(detectionProbability: Double)
    /// The radar sees this very object (by its address, or a plot that follows its manoeuvres) so many meters
    /// away, sigma being the error of the distance.
    case elsewhere(distance: Double, sigma: Double)
}
