internal import RealModule
internal import TocsinModel

// What a radar's sector does to one track.
extension TrackState {
    /// What the track keeps of a radar; `nil`: it was never seen by it.
    func radar(_ sensor: SensorID) -> RadarVisibility? { contacts.first { $0.sensor == sensor }?.radar }

    /// Whether a radar has seen it within the last ten seconds or so.
    func isSeenByRadar(at instant: Instant) -> Bool {
        contacts.contains { $0.radar != nil && abs(instant.seconds(since: $0.lastAt)) < 10 }
    }

    mutating func change(radar sensor: SensorID, _ body: (inout RadarVisibility) -> Void) {
        guard let index = contacts.firstIndex(where: { $0.sensor == sensor }), var radar = contacts[index].radar
        else { return }
        body(&radar)
        contacts[index].radar = radar
    }

    /// How an object moves that the radar has not seen for long.
    private enum Coasting {
        /// What stood still stays where it is after so many turns unseen: slower than this, the speed being known
        /// to this, m/s. Aircraft on the apron vanish for minutes (without it purity .967 instead of .991).
        static let parkedTurns = 1.5
        static let parkedSpeed = 2.0
        static let parkedSigma = 5.0
        /// What flies goes on straight after so many turns unseen: at least this fast, m/s, forgetting its motion
        /// at this rate per second. A fan of all turns would take any plot (purity .949).
        static let turns = 3.0
        static let speed = 60.0
        static let forgettingRate = 0.002
    }

    /// Moves the state on to `instant`.
    mutating func glide(to instant: Instant, turn: Double, _ settings: TrackingSettings, plane: SlantPlane) {
        guard instant > at else { return }
        let unseen = instant.seconds(since: lastReportAt) / turn
        let parked = unseen > Coasting.parkedTurns ? parkedModes(width: settings.models.count) : []
        var settings = settings
        if unseen > Coasting.turns, mixture.mean.velocity.length > Coasting.speed {
            settings.forgettingRate = Coasting.forgettingRate
        }
        predict(to: instant, settings)
        for (index, mode) in parked { mixture.modes[index] = mode }
        guard slantRadar != nil else { return }
        for index in mixture.modes.indices where mixture.modes[index].altitude != .free {
            plane.flatten(&mixture.modes[index].state)
        }
    }

    /// The modes of the hypotheses by which the object stands still.
    private func parkedModes(width: Int) -> [(index: Int, mode: MotionMixture.Mode)] {
        guard mixture.modes.count > 1 else { return [] }
        return stride(from: 0, to: mixture.modes.count, by: width).flatMap { first in
            let range = first..<(first + width)
            let overall = MotionMixture.overall(mixture.modes[range])
            let up = LocalFrame.up(at: overall.position)
            let variance = overall.velocityBlock.trace - overall.velocityBlock.along(up)
            let isParked =
                overall.velocity.length < Coasting.parkedSpeed
                && variance < Coasting.parkedSigma * Coasting.parkedSigma
            return isParked ? range.map { ($0, mixture.modes[$0]) } : []
        }
    }

    /// - Returns: The probability that the object is still in the radar's sky.
    mutating func beginLook(_ scene: RadarScene) -> Double {
        var survival = 1.0
        change(radar: scene.key.sensor) { radar in
            survival = radar.predict(to: scene.sector.at)
            radar.begin(at: scene.sector.at, turn: scene.turn)
        }
        return survival
    }

    /// How much likelier than by its place a plot is this object's, by their addresses.
    /// - Returns: `nil`: they are different aircraft.
    func identityFactor(_ plot: RadarPlot, _ scene: RadarScene) -> Double? {
        switch (identity.address, plot.address) {
        case (let own?, let other?): own == other ? 1e6 : nil
        case (.some, nil): 1 - scene.answering
        // What this radar has seen without an address stays without.
        case (nil, .some): radar(scene.key.sensor)?.seenAt.count ?? 0 > 2 ? 1 - scene.answering : 1
        case (nil, nil): 1
        }
    }

    /// Notes that a plot was its own.
    mutating func see(_ scene: RadarScene, otherDensity: Double) {
        guard let index = contacts.firstIndex(where: { $0.sensor == scene.key.sensor }) else { return }
        var radar = contacts[index].radar ?? RadarVisibility(at: scene.sector.at, otherDensity: otherDensity)
        radar.see(at: scene.sector.at)
        contacts[index].radar = radar
        if !heightIsMeasured, slantRadar == nil { heightIsMeasured = isHeightKnownByRanges }
    }

    /// Slant ranges of two radars tell the height of what flies high between them: whether they have, to 500 m.
    private var isHeightKnownByRanges: Bool {
        guard contacts.count(where: { $0.radar != nil }) > 1 else { return false }
        let overall = mixture.overall
        return overall.positionBlock.along(LocalFrame.up(at: overall.position)) < 500 * 500
    }

    /// Learns from what came of a sector.
    mutating func learn(_ outcome: RadarVisibility.Outcome, _ scene: RadarScene) {
        change(radar: scene.key.sensor) { $0.learn(outcome, at: scene.sector.at) }
        // That a radar does not see it makes it no less there while it says so itself and is believed.
        if isBelieved, let claim, abs(scene.sector.at.seconds(since: claim.at)) < Self.freshClaimSeconds {
            existence = max(existence, Self.claimedExistence)
        }
        if mixture.modes.allSatisfy({ $0.altitude == .free }) { slantRadar = nil }
        guard slantRadar == scene.key.sensor, outcome.seen < 0.5, reportCount >= 3 else { return }
        askForHeight(missed: outcome.chance * (1 - outcome.seen), scene)
    }

    /// Assumptions.
    private static let freshClaimSeconds = 30.0
    private static let claimedExistence = 0.95

    // MARK: The cone of silence

    private enum Cone {
        static let speed = 70.0
        /// Heights, meters, at which the antenna's upper edge can be the reason.
        static let heights = 1_500.0...13_000.0
        /// The part of a missed plot that the edge explains (tuned on the Barcelona radar).
        static let share = 0.5
    }

    /// An object of unknown height that flies towards the radar and is not seen may have flown out of the beam over
    /// its upper edge: it would be as high as the edge is at its range. (Barcelona radar: 151 followed without.)
    private mutating func askForHeight(missed: Double, _ scene: RadarScene) {
        guard missed > 1e-4 else { return }
        let plane = scene.footprint.plane
        let width = scene.settings.models.count
        var raised: [MotionMixture.Mode] = []
        for first in stride(from: 0, to: mixture.modes.count, by: width)
        where mixture.modes[first].altitude == .slantPlane {
            let range = first..<(first + width)
            let overall = MotionMixture.overall(mixture.modes[range])
            let relative = overall.position - plane.origin
            let upward = relative.length * Double.sin(RadarFootprint.coneElevation)
            guard overall.velocity.length >= Cone.speed, Cone.heights.contains(upward),
                relative.dot(overall.velocity) <= 0
            else { continue }
            for index in range {
                var mode = mixture.modes[index]
                mode.altitude = .free
                mode.weight *= Cone.share * missed
                mode.state.raiseToEdge(of: plane)
                raised.append(mode)
                mixture.modes[index].weight *= 1 - Cone.share * missed
                if missed > 0.5 { mixture.modes[index].altitude = .slantPlaneAsked }
            }
        }
        guard !raised.isEmpty else { return }
        mixture.modes += raised
        HypothesisReduction(settings: scene.settings, width: width).reduce(&mixture.modes)
    }
}

extension Gaussian {
    /// To the height of the antenna's upper edge at the present slant range, as uncertain as the edge is soft.
    fileprivate mutating func raiseToEdge(of plane: SlantPlane) {
        let range = (position - plane.origin).length
        let edge = RadarFootprint.coneElevation
        let sigma = range * Double.cos(edge) * 2 * RadarFootprint.coneSoftness + 200
        plane.raise(&self, to: range * Double.sin(edge), sigma: sigma, verticalSigma: 3)
        // How the slant speed becomes speed over ground is uncertain too.
        let speedSigma = 0.05 * velocity.length + 3
        let up = plane.frame.up
        velocityBlock =
            velocityBlock + (Matrix3.identity - Matrix3.outer(up, up)) * (speedSigma * speedSigma)
    }
}
