internal import RealModule
internal import TocsinModel

// Whether a radar sees something where an aircraft says it is (TORTURE.md, row 16: ghosts of one receiver).
extension Tracker {
    /// Looks back, at the start of a sector, at the aircraft that say they were about there as the beam passed.
    mutating func lookForClaimed(_ scene: RadarScene) {
        guard scene.sector.isWatched else { return }
        for slot in slots(within: scene) {
            guard let place = list.states[slot].claimedPlace(where: scene),
                let testimony = testimony(on: slot, at: place, scene)
            else { continue }
            list.states[slot].soughtClaimAt = list.states[slot].claim?.at
            let event = list.states[slot].testify(testimony)
            if let event { trust.trackEvents.append(.trust(list.states[slot].published, event)) }
        }
    }

    /// What the radar says in this turn of the aircraft itself; `nil` where something is near that may be it, and where
    /// other lies than its existence are to be judged: their claims are (``compareWithClaim(_:slot:)``).
    private func testimony(on slot: Int, at place: SIMD4<Double>, _ scene: RadarScene) -> RadarTestimony? {
        let state = list.states[slot]
        if state.isSeen(in: scene) {
            let isNear = (state.position(at: scene.sector.at) - place).length < Self.nearMeters
            return isNear && (state.isBelieved || state.isRefuted) ? .confirms : nil
        }
        let isSomethingThere = list.slots(around: place, radius: Self.nearMeters).contains { other in
            list.states[other].exercise == scene.key.exercise && list.states[other].isSeen(in: scene)
                && (list.states[other].position(at: scene.sector.at) - place).length < Self.nearMeters
        }
        return isSomethingThere ? nil : .missed(detectionProbability: RadarVisibility.detectionProbability)
    }

    /// A plot this near may be the aircraft's, the errors of both being what they may.
    private static let nearMeters = 2_000.0
}

extension TrackState {
    /// A claim predicted further may be far from where the aircraft is, seconds.
    private static let claimSeconds = 10.0

    /// Where the object says it was when the beam passed it, if that is within half a sector of where this sector
    /// begins: once in a turn, and both sectors that its plot may lie in have been taken.
    /// - Returns: `nil` too if it has said nothing new of itself, or the radar may have missed it there.
    fileprivate func claimedPlace(where scene: RadarScene) -> SIMD4<Double>? {
        guard identity.isCooperative, let claim, claim.at != soughtClaimAt, let altitude = claim.altitude,
            abs(scene.sector.at.seconds(since: claim.at)) < Self.claimSeconds,
            let point = claim.predicted(at: scene.sector.at, velocity: claim.velocity ?? groundVelocity)
        else { return nil }
        let place = SIMD4<Double>(point, heightMeters: altitude)
        let plane = scene.footprint.plane
        let across = AzimuthGradient(relative: place - plane.origin, frame: plane.frame)
        let offset = (across.azimuth - scene.sector.azimuth).remainder(dividingBy: 2 * .pi)
        let isHere = (-AntennaSweep.width / 2..<AntennaSweep.width / 2).contains(offset)
        return isHere && scene.footprint.surelySees(place) ? place : nil
    }

    /// Whether the radar has given a plot of it in this turn.
    fileprivate func isSeen(in scene: RadarScene) -> Bool {
        contacts.contains {
            $0.sensor == scene.key.sensor && abs(scene.sector.at.seconds(since: $0.lastAt)) < scene.turn / 2
        }
    }
}
