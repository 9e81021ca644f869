internal import RealModule
internal import TocsinModel

// Whether a radar sees something where an aircraft says it is (TORTURE.md, row 16: ghosts of one receiver).
extension Tracker {
    /// Notes the aircraft that say they are where this sector has plots, and looks back at those that say they were
    /// about where it begins as the beam passed: by then both sectors that their plots may lie in have been taken.
    mutating func lookForClaimed(_ look: RadarLook, _ scene: RadarScene) {
        for slot in slots(within: scene) {
            guard let place = list.states[slot].claimedPlace(at: scene.sector.at) else { continue }
            if look.hasPlot(near: place) { list.states[slot].shownAt = scene.sector.at }
            guard scene.sector.isWatched, scene.hasBegun(at: place), scene.footprint.surelySees(place),
                let testimony = list.states[slot].testimony(at: place, scene)
            else { continue }
            list.states[slot].soughtClaimAt = list.states[slot].claim?.at
            if let event = list.states[slot].testify(testimony) {
                trust.trackEvents.append(.trust(list.states[slot].published, event))
            }
        }
    }
}

extension TrackState {
    /// A claim predicted further may be far from where the aircraft is, seconds.
    private static let claimSeconds = 10.0
    /// A track this near to what its object claims is where it claims, meters.
    private static let nearMeters = 2_000.0

    /// Where the object says it is at `instant`; `nil` if it says nothing of itself, or nothing of its height.
    fileprivate func claimedPlace(at instant: Instant) -> SIMD4<Double>? {
        guard identity.isCooperative, let claim, let altitude = claim.altitude,
            abs(instant.seconds(since: claim.at)) < Self.claimSeconds,
            let point = claim.predicted(at: instant, velocity: claim.velocity ?? groundVelocity)
        else { return nil }
        return SIMD4<Double>(point, heightMeters: altitude)
    }

    /// What the radar says in this turn of the object itself, once for each claim. A plot near the place counts for it
    /// too: the radar may be off, so that the plot is another track's.
    /// - Returns: `nil` where other lies than its existence are to be judged (``Tracker/compareWithClaim(_:slot:)``).
    fileprivate func testimony(at place: SIMD4<Double>, _ scene: RadarScene) -> RadarTestimony? {
        guard claim?.at != soughtClaimAt else { return nil }
        func isOfThisTurn(_ instant: Instant) -> Bool { abs(scene.sector.at.seconds(since: instant)) < scene.turn / 2 }
        let isSeen = contacts.contains { $0.sensor == scene.key.sensor && isOfThisTurn($0.lastAt) }
        guard isSeen || shownAt.map(isOfThisTurn) ?? false else {
            return .missed(detectionProbability: RadarVisibility.detectionProbability)
        }
        let isThere = !isSeen || (position(at: scene.sector.at) - place).length < Self.nearMeters
        return isThere && (isBelieved || isRefuted) ? .confirms : nil
    }
}

extension RadarScene {
    /// Whether an azimuth is within half a sector of where this one begins: it is so once in a turn.
    fileprivate func hasBegun(at place: SIMD4<Double>) -> Bool {
        let plane = footprint.plane
        let across = AzimuthGradient(relative: place - plane.origin, frame: plane.frame)
        let offset = (across.azimuth - sector.azimuth).remainder(dividingBy: 2 * .pi)
        return (-AntennaSweep.width / 2..<AntennaSweep.width / 2).contains(offset)
    }
}

extension RadarLook {
    /// A plot this near may be that of an aircraft, the radar being off by 500 m, a degree at 100 km, and 2 s. Meters.
    private static let besideRange = 2_000.0
    private static let besideAcross = 3_000.0

    fileprivate func hasPlot(near place: SIMD4<Double>) -> Bool {
        guard !plots.isEmpty else { return false }
        let relative = place - plane.origin
        let range = relative.length
        let across = AzimuthGradient(relative: relative, frame: plane.frame)
        return plots.contains { plot in
            abs(plot.slantRange - range) < Self.besideRange
                && abs(across.residual(of: plot.azimuth)) * range < Self.besideAcross
        }
    }
}
