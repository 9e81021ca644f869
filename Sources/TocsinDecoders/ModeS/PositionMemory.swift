internal import TocsinModel

/// Finds an aircraft's place from its compact positions, and doubts it: no place is given out before two
/// independent pairs of messages agree, nor one that the aircraft cannot have reached since the last.
struct PositionMemory: Hashable, Sendable, Codable {
    private var even: Sample?
    private var odd: Sample?
    /// The last place given out.
    private var trusted: Place?
    /// A place from one pair only, and the message that completed the pair.
    private var candidate: Candidate?
    private var contradictions = 0

    private struct Sample: Hashable, Codable {
        var coordinates: CompactPosition
        var at: Instant
    }

    private struct Place: Hashable, Codable {
        var point: GeoPoint
        var at: Instant
    }

    private struct Candidate: Hashable, Codable {
        var place: Place
        var message: CompactPosition
    }

    /// The even and odd message must be this close in time (DO-260B, 2.2.10.3.1 and A.1.7.7): seconds.
    private static let pairWindowSeconds = (airborne: 10.0, surfaceFast: 25.0, surfaceSlow: 50.0)
    /// Above this an aircraft on the ground counts as fast.
    private static let surfaceFastKnots = 25.0
    /// How long a place serves to decode the next message alone. At 700 m/s 60 s are 42 km: far below half a zone
    /// in the air (330 km) and on the ground (80 km).
    private static let trustSeconds = 60.0
    /// No aircraft in service is faster; on the ground none is faster than at rejected take-off.
    private static let speedMaximum = (airborne: 700.0, surface: 150.0)
    /// Late or early receipt, up to a second or so at 700 m/s.
    private static let distanceSlackMeters = 1_000.0
    /// After so many contradictions in a row the trusted place is given up and sought anew.
    private static let contradictionsMaximum = 3

    /// Takes one message sent at `time`.
    ///
    /// - Parameter reference: A place near the receiver, for pairs on the ground.
    /// - Returns: The place, or `nil` while it is not certain.
    mutating func resolve(
        _ message: CompactPosition, at time: Instant, groundSpeedKnots: Double?, reference: GeoPoint?
    ) -> GeoPoint? {
        let pair = pairPlace(message, at: time, groundSpeedKnots: groundSpeedKnots, reference: reference)
        if message.isOdd {
            odd = Sample(coordinates: message, at: time)
        } else {
            even = Sample(coordinates: message, at: time)
        }
        guard let last = trusted, abs(time.seconds(since: last.at)) <= Self.trustSeconds else {
            trusted = nil
            return acquire(pair, by: message, at: time)
        }
        if let place = message.local(near: last.point), isReachable(place, from: last, at: time, message.isSurface),
            pair.map({ $0.greatCircleDistance(to: place).meters < Self.distanceSlackMeters }) ?? true
        {
            trusted = Place(point: place, at: time)
            contradictions = 0
            return place
        }
        contradictions += 1
        if contradictions >= Self.contradictionsMaximum {
            trusted = nil
            contradictions = 0
            _ = acquire(pair, by: message, at: time)
        }
        return nil
    }

    private func pairPlace(
        _ message: CompactPosition, at time: Instant, groundSpeedKnots: Double?, reference: GeoPoint?
    ) -> GeoPoint? {
        guard let other = message.isOdd ? even : odd else { return nil }
        let isFast = (groundSpeedKnots ?? .infinity) > Self.surfaceFastKnots
        let window =
            message.isSurface
            ? (isFast ? Self.pairWindowSeconds.surfaceFast : Self.pairWindowSeconds.surfaceSlow)
            : Self.pairWindowSeconds.airborne
        guard abs(time.seconds(since: other.at)) <= window else { return nil }
        return message.global(with: other.coordinates, reference: trusted?.point ?? reference)
    }

    /// A first pair only proposes a place; the next message's pair must confirm it.
    private mutating func acquire(_ pair: GeoPoint?, by message: CompactPosition, at time: Instant) -> GeoPoint? {
        guard let pair else { return nil }
        let place = Place(point: pair, at: time)
        // The same message heard twice confirms nothing.
        if let candidate, candidate.message == message { return nil }
        if let candidate, abs(time.seconds(since: candidate.place.at)) <= Self.trustSeconds,
            isReachable(pair, from: candidate.place, at: time, message.isSurface)
        {
            trusted = place
            self.candidate = nil
            contradictions = 0
            return pair
        }
        candidate = Candidate(place: place, message: message)
        return nil
    }

    private func isReachable(_ point: GeoPoint, from last: Place, at time: Instant, _ isSurface: Bool) -> Bool {
        let speed = isSurface ? Self.speedMaximum.surface : Self.speedMaximum.airborne
        let farthest = Self.distanceSlackMeters + speed * abs(time.seconds(since: last.at))
        return point.greatCircleDistance(to: last.point).meters <= farthest
    }
}
