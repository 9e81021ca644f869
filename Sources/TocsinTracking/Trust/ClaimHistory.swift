internal import RealModule
internal import TocsinModel

/// The last claims of one object, and which new ones contradict them.
///
/// Two lines are kept of places and of altitudes: the believed one, and a rival that begins with the first claim
/// that contradicts it. A single garbled message makes a rival that nothing follows.
struct ClaimHistory: Hashable, Sendable, Codable {
    /// A claim beside the history.
    enum Finding: Hashable {
        case fits
        /// It says nothing new: repeated, or a little late.
        case saysNothing
        /// `isRepeated`: earlier claims contradicted in the same way, so it was no single garbled message.
        case contradicts(DistrustReason, isRepeated: Bool)
    }

    /// Believed claims, oldest first; all but the newest at least ``spacing`` apart.
    private var believed: [TransponderClaim] = []
    private var rival: TransponderClaim?
    private var rivalCount = 0
    /// Believed claims since the rival began.
    private var believedSinceRival = 0
    private var acceptedCount = 0
    private var altitudes = AltitudeLine()
    /// Since when the same place has been repeated.
    private var repeatedSince: Instant?
    /// The fastest believed claim, m/s.
    private var fastest = 0.0
    /// The last reason and how many claims in a row gave it.
    private var streakReason: DistrustReason?
    private var streakCount = 0

    /// Claims kept, and how far apart, seconds: half a minute together, however often it speaks.
    private static let limit = 16
    private static let spacing = 2.0
    /// Faster than any aircraft in civil airspace (``TrackingSettings/plausibleSpeed``), m/s.
    private static let plausibleSpeed = 450.0
    /// Times in state vectors are rounded to a second; positions may be as old.
    private static let timeSlack = 1.0
    private static let placeSlack = 500.0
    /// Over so many seconds a claimed speed is compared with the motion.
    private static let baseline = 8.0...40.0
    /// After so many claims in a row at the rival place alone, it is where the object is.
    private static let rivalBelieved = 8
    /// Later than this is no detour of a message, seconds.
    private static let lateness = 20.0

    mutating func judge(_ claim: TransponderClaim) -> Finding {
        guard let newest = believed.last else {
            accept(claim)
            return .fits
        }
        let seconds = claim.at.seconds(since: newest.at)
        if seconds < -Self.lateness { return contradiction(.staleTimes) }
        if seconds < 0 { return .saysNothing }
        if claim.point == newest.point { return judgeRepeated(claim, since: repeatedSince ?? newest.at) }
        repeatedSince = nil
        if !isReachable(claim, from: newest) { return judgeRival(claim) }
        if rival != nil { believedSinceRival += 1 }
        let atAltitude = altitudes.judge(claim)
        if case .contradicts = atAltitude { return atAltitude }
        let reason = speedContradiction(of: claim)
        accept(claim)
        if let reason { return contradiction(reason) }
        streakReason = nil
        streakCount = 0
        return .fits
    }

    private mutating func contradiction(_ reason: DistrustReason) -> Finding {
        streakCount = streakReason == reason ? streakCount + 1 : 1
        streakReason = reason
        return .contradicts(reason, isRepeated: streakCount > 1)
    }

    private mutating func accept(_ claim: TransponderClaim) {
        if let rivalAt = rival?.at, claim.at.seconds(since: rivalAt) > 60 { dropRival() }
        acceptedCount = min(acceptedCount + 1, 1_000)
        fastest = max(fastest, claim.velocity?.speed.metersPerSecond ?? 0)
        if let newest = believed.last {
            let seconds = claim.at.seconds(since: newest.at)
            // A gap: the speeds before and after it say little about what lies between.
            if seconds > Self.baseline.upperBound { believed.removeAll() }
            if believed.count > 1, newest.at.seconds(since: believed[believed.count - 2].at) < Self.spacing {
                believed.removeLast()
            }
        }
        if believed.count == Self.limit { believed.removeFirst() }
        believed.append(claim)
    }

    private mutating func dropRival() {
        rival = nil
        rivalCount = 0
        believedSinceRival = 0
    }

    // MARK: Places

    private func isReachable(_ claim: TransponderClaim, from other: TransponderClaim) -> Bool {
        let seconds = abs(claim.at.seconds(since: other.at)) + Self.timeSlack
        let allowed = Self.plausibleSpeed * seconds + 3 * (claim.sigma + other.sigma) + Self.placeSlack
        return claim.point.greatCircleDistance(to: other.point).meters <= allowed
    }

    private mutating func judgeRival(_ claim: TransponderClaim) -> Finding {
        let isRepeated = rival.map { isReachable(claim, from: $0) } ?? false
        if isRepeated, acceptedCount == 1 {
            // Two against one: the very first message was the garbled one.
            startOver(with: claim)
            return .fits
        }
        if !isRepeated { dropRival() }
        rival = claim
        rivalCount += 1
        let isDouble = rivalCount >= 2 && believedSinceRival >= 2
        if rivalCount >= Self.rivalBelieved, believedSinceRival == 0 { startOver(with: claim) }
        return .contradicts(isDouble ? .duplicateAddress : .jump, isRepeated: isRepeated)
    }

    private mutating func startOver(with claim: TransponderClaim) {
        believed.removeAll()
        altitudes = AltitudeLine()
        dropRival()
        accept(claim)
    }

    /// A place that stays while the object claims to move has an old time of its own.
    private mutating func judgeRepeated(_ claim: TransponderClaim, since: Instant) -> Finding {
        repeatedSince = since
        let seconds = claim.at.seconds(since: since)
        let speed = claim.velocity?.speed.metersPerSecond ?? 0
        // Feeds of state vectors repeat a place for some seconds after each lost message.
        guard seconds >= 15, speed * seconds >= 2_000 else { return .saysNothing }
        return contradiction(.staleTimes)
    }

    // MARK: Speeds

    private func speedContradiction(of claim: TransponderClaim) -> DistrustReason? {
        guard let velocity = claim.velocity else { return nil }
        let speed = velocity.speed.metersPerSecond
        // An airliner falls below about 100 m/s there; wind against it takes off up to half. Balloons and gliders
        // are slow at height, but never were fast.
        if fastest >= 150, speed < 45, (altitudes.believed ?? 0) > 6_000 { return .tooSlowToFly }
        let base = believed.first { Self.baseline.contains(claim.at.seconds(since: $0.at)) }
        guard let base, base.velocity != nil else { return nil }
        let between = believed.filter { $0.at >= base.at }.compactMap(\.velocity) + [velocity]
        let speeds = between.map(\.speed.metersPerSecond)
        guard let slowest = speeds.min(), let fastest = speeds.max() else { return nil }
        let seconds = claim.at.seconds(since: base.at)
        let way = LocalPlane(origin: base.point).project(claim.point)
        let distance = (way.east * way.east + way.north * way.north).squareRoot()
        // Rounded times and the places' errors, and 15 % for changes between the claims.
        let slack = 2 * Self.timeSlack * max(speed, 50) + 3 * (base.sigma + claim.sigma)
        if distance > (fastest * 1.15 + 10) * seconds + slack { return .speedContradictsMotion }
        // The way is shorter than the flight where it turned: only straight flight is judged.
        guard between.allSatisfy({ abs($0.track.degrees(from: velocity.track)) < 15 }) else { return nil }
        if distance < (slowest * 0.85 - 10) * seconds - slack { return .speedContradictsMotion }
        let course = Bearing(radians: Double.atan2(y: way.east, x: way.north))
        let isAstray = distance > 2 * slack && abs(course.degrees(from: velocity.track)) > 45
        return isAstray ? .speedContradictsMotion : nil
    }
}

/// The believed altitude of an object and a rival to it.
struct AltitudeLine: Hashable, Sendable, Codable {
    private(set) var believed: Double?
    private var believedAt: Instant?
    private var rival: Double?
    private var rivalAt: Instant?
    private var rivalCount = 0

    /// Faster than airliners in a parabola (110 m/s in a real recording) and jets in civil airspace, m/s.
    private static let plausibleClimb = 150.0
    /// Altitudes in state vectors may be some seconds old.
    private static let timeSlack = 5.0
    private static let slack = 150.0
    private static let rivalBelieved = 8

    mutating func judge(_ claim: TransponderClaim) -> ClaimHistory.Finding {
        guard let altitude = claim.altitude else { return .saysNothing }
        guard let believed, let believedAt else {
            accept(altitude, at: claim.at)
            return .fits
        }
        if Self.isReachable(altitude - believed, in: claim.at.seconds(since: believedAt)) {
            accept(altitude, at: claim.at)
            return .fits
        }
        var isRepeated = false
        if let rival, let rivalAt {
            isRepeated = Self.isReachable(altitude - rival, in: claim.at.seconds(since: rivalAt))
        }
        rivalCount = isRepeated ? rivalCount + 1 : 1
        rival = altitude
        rivalAt = claim.at
        if rivalCount >= Self.rivalBelieved { accept(altitude, at: claim.at) }
        return .contradicts(.impossibleClimb, isRepeated: isRepeated)
    }

    private mutating func accept(_ altitude: Double, at instant: Instant) {
        self = AltitudeLine()
        believed = altitude
        believedAt = instant
    }

    private static func isReachable(_ difference: Double, in seconds: Double) -> Bool {
        abs(difference) <= plausibleClimb * (abs(seconds) + timeSlack) + slack
    }
}
