internal import OrderedCollections
internal import RealModule
internal import TocsinModel

// How a radar's biases and clock are learnt: its plots beside what cooperative aircraft say of themselves.
extension Tracker {
    /// What to subtract from a radar's plots.
    func correction(of radar: SensorID) -> RadarRegistration.Correction {
        trust.registrations[radar]?.correction ?? .none
    }

    /// Compares the plots of a sector with the claims around them, whatever tracks take the plots: an offset larger
    /// than the gate of a track would start tracks of its own, and a smaller one would be cut by it.
    ///
    /// Only a plot and a claim that have nobody else near them are a pair. What is one by chance has an offset of its
    /// own, while the radar's is that of all aircraft (``SourceConsensus``).
    mutating func register(_ look: RadarLook, _ scene: RadarScene) {
        guard !look.plots.isEmpty else { return }
        let before = correction(of: scene.key.sensor)
        for pair in claimedPlots(look, scene) { learn(pair, undoing: before) }
        let after = correction(of: scene.key.sensor)
        if after != before { move(tracksOf: scene.key.sensor, scene.footprint.plane, from: before, to: after) }
    }

    private func claimedPlots(_ look: RadarLook, _ scene: RadarScene) -> [ClaimedPlot] {
        var claimants = [Int](repeating: 0, count: look.count)
        var pairs: [(plot: Int, slot: Int)] = []
        for slot in slots(within: scene) {
            let near = list.states[slot].plotsNearClaim(scene, look)
            for plot in near { claimants[plot] += 1 }
            if near.count == 1 { pairs.append((near[0], slot)) }
        }
        return pairs.compactMap { plot, slot in
            let report = scene.sector.reports[plot]
            guard claimants[plot] == 1, case .polar(let polar) = report.measurement else { return nil }
            return ClaimedPlot(report, polar, list.states[slot], settings)
        }
    }

    /// Moves what waits for its sector to a clock that was put right.
    mutating func move(clockOf radar: SensorID, by seconds: Double) {
        for exercise in [false, true] {
            radars[RadarState.Key(sensor: radar, exercise: exercise)]?.sweep.move(bySeconds: seconds)
        }
    }

    /// Learns from a plot of a believed aircraft.
    /// - Parameter correction: What was subtracted from it.
    mutating func learn(_ pair: ClaimedPlot, undoing correction: RadarRegistration.Correction) {
        let report = pair.report
        guard pair.claim.isFresh(at: report.measuredAt), pair.claim.velocity != nil else { return }
        let sample = pair.comparison.sample(
            pair.polar, aircraft: pair.aircraft, at: report.measuredAt, undoing: correction)
        let registered = trust.registrations[
            report.sensor, default: RadarRegistration(radar: report.sensor)
        ].observe(sample)
        if let registered { trust.sensorEvents.append(registered) }
        trust.clocks[report.sensor]?.compare(
            alongTrack: pair.comparison.along(pair.velocity.track),
            variance: pair.comparison.sigma * pair.comparison.sigma, speed: pair.velocity.speed.metersPerSecond,
            aircraft: pair.aircraft, at: report.receivedAt,
            biasSpread: trust.registrations[report.sensor]?.spread)
    }

    /// Moves what only this radar has seen to where its plots will now say that it is.
    private mutating func move(
        tracksOf radar: SensorID, _ plane: SlantPlane, from before: RadarRegistration.Correction,
        to after: RadarRegistration.Correction
    ) {
        for slot in list.states.indices
        where list.states[slot].contacts.count == 1 && list.states[slot].contacts[0].sensor == radar {
            for index in list.states[slot].mixture.modes.indices {
                plane.shift(
                    &list.states[slot].mixture.modes[index].state, slantRange: before.slantRange - after.slantRange,
                    azimuth: before.azimuth - after.azimuth)
            }
            list.relocate(slot: slot, to: list.states[slot].mixture.mean.position)
        }
    }
}

extension TransponderClaim {
    /// A claim predicted further tells more of the aircraft's turns than of the radar, seconds.
    private static let freshSeconds = 5.0

    func isFresh(at instant: Instant) -> Bool { abs(instant.seconds(since: at)) < Self.freshSeconds }
}

extension TrackState {
    /// How far beside its aircraft a plot may lie, by the radar's axes and, across and along, by its clock: meters
    /// and radians (assumptions; a clock 2 s off moves an airliner by 500 m).
    private enum Beside {
        static let range = 1_100.0
        static let across = 500.0
        static let azimuth = 1.3 * Double.pi / 180
    }

    /// The plots that may be those of what the object says of itself.
    fileprivate func plotsNearClaim(_ scene: RadarScene, _ look: RadarLook) -> [Int] {
        guard isBelieved, let claim, let velocity = claim.velocity, claim.isFresh(at: scene.sector.at),
            let point = claim.predicted(at: scene.sector.at, velocity: velocity)
        else { return [] }
        let plane = scene.footprint.plane
        let relative = SIMD4<Double>(point, heightMeters: claim.altitude ?? plane.origin.height) - plane.origin
        let across = AzimuthGradient(relative: relative, frame: plane.frame)
        let range = relative.length
        let turn = Beside.azimuth + Beside.across / across.groundSquared.squareRoot()
        return look.plots.indices.filter { index in
            let plot = look.plots[index]
            if let address = plot.address { return address == identity.address }
            return abs(plot.slantRange - range) < Beside.range && abs(across.residual(of: plot.azimuth)) < turn
        }
    }
}

extension SlantPlane {
    /// Moves a state by so much in slant range (meters) and azimuth (radians, clockwise), at its height.
    fileprivate func shift(_ state: inout Gaussian, slantRange: Double, azimuth: Double) {
        let relative = state.position - origin
        let upward = relative.dot(frame.up)
        let level = relative - frame.up * upward
        // d ground / d range = range / ground.
        let stretch = 1 + slantRange * relative.length / max(level.dot(level), 1)
        guard stretch > 0.5, stretch < 2 else { return }
        state.position = origin + turned(level * stretch, by: azimuth) + frame.up * upward
        state.velocity = turned(state.velocity, by: azimuth)
    }

    /// Clockwise about the radar's vertical, radians.
    private func turned(_ vector: SIMD4<Double>, by angle: Double) -> SIMD4<Double> {
        let (east, north) = (vector.dot(frame.east), vector.dot(frame.north))
        let (sine, cosine) = (Double.sin(angle), Double.cos(angle))
        return frame.east * (east * cosine + north * sine) + frame.north * (north * cosine - east * sine)
            + frame.up * vector.dot(frame.up)
    }
}
