internal import RealModule
internal import TocsinModel

/// The first state of an object from one plot of a radar: it hardly moves, or it flies.
struct RadarInitiation {
    let settings: TrackingSettings
    let plane: SlantPlane

    /// Standard deviations per axis of the velocity, m/s; either as likely as the other (tuned on the Barcelona
    /// radar, which sees taxiing aircraft and clutter that drifts as well as airliners).
    private static let velocitySigmas = [8.0, 130]
    /// The vertical speed is at most this part of the speed, and this much.
    private static let climbShare = 0.08
    private static let climbSigma = 6.0

    func mixture(of plot: RadarPlot, _ look: RadarLook) -> MotionMixture {
        var mixture = MotionMixture(modes: [])
        for sigma in Self.velocitySigmas {
            let state = state(of: plot, look, velocitySigma: sigma)
            let altitude: AltitudeAssumption = plot.height == nil ? .slantPlane : .free
            for model in settings.models {
                let weight = model.share / Double(Self.velocitySigmas.count)
                mixture.modes.append(MotionMixture.Mode(state: state, weight: weight, altitude: altitude))
            }
        }
        return mixture
    }

    private func state(of plot: RadarPlot, _ look: RadarLook, velocitySigma: Double) -> Gaussian {
        let (sine, cosine) = (Double.sin(plot.azimuth), Double.cos(plot.azimuth))
        let along = plane.frame.vector(east: sine, north: cosine, up: 0)
        let across = plane.frame.vector(east: cosine, north: -sine, up: 0)
        let vertical = Matrix3.outer(plane.frame.up, plane.frame.up)
        var state = Gaussian(
            position: plane.origin + along * plot.slantRange, velocity: .zero,
            positionBlock: Matrix3.outer(along, along) * plot.rangeVariance
                + Matrix3.outer(across, across) * (plot.azimuthVariance * plot.slantRange * plot.slantRange) + vertical,
            velocityBlock: (Matrix3.identity - vertical) * (velocitySigma * velocitySigma) + vertical * 1e-4)
        if let height = plot.height {
            plane.raise(
                &state, to: look.upward(height, at: state.position), sigma: plot.heightVariance.squareRoot(),
                verticalSigma: min(Self.climbSigma, Self.climbShare * velocitySigma))
        }
        return state
    }
}

// Tracks that leave the slant plane of the one radar that saw them.
extension Tracker {
    /// Gives a height to a track that something other than its radar looks at: that of the report, if it has one.
    mutating func leaveSlantPlane(slot: Int, for report: Report?) {
        let height = report.flatMap { settings.height(of: $0) }
        list.states[slot].leaveSlantPlane(sensors, height: height, settings)
    }

    /// The same for the tracks that a report of a place fits, once they have a height.
    mutating func leaveSlantPlane(near report: Report) {
        guard report.measurement.measuresPlace,
            let sighting = SightingReading(settings: settings).sighting(of: report)
        else { return }
        let height = settings.height(of: report)
        for candidate in candidates(for: [sighting], exercise: report.exercise)
        where list.states[candidate.slot].slantRadar != nil {
            var state = list.states[candidate.slot]
            state.leaveSlantPlane(sensors, height: height, settings)
            state.predict(to: sighting.at, settings)
            let fit = state.mixture.fit(of: sighting, lag: state.lag(to: sighting.at))
            if fit.squaredDistance <= settings.gate { leaveSlantPlane(slot: candidate.slot, for: report) }
        }
    }
}

extension TrackState {
    /// Whether only those have noticed it that say no more than "I hear one": nothing is known of its height.
    var isNoticedOnly: Bool {
        slantRadar == nil && !heightIsMeasured && !isHeard && contacts.contains { $0.shapedAt != nil }
            && contacts.allSatisfy { $0.radar == nil && $0.told == nil }
    }

    /// Puts a state without a known height into the slant plane of the first radar that may see it: what was assumed
    /// of the height must not look like something known.
    mutating func enterSlantPlane(of radar: SensorID, _ plane: SlantPlane, _ settings: TrackingSettings) {
        slantRadar = radar
        mixture.expand(settings.models)
        for index in mixture.modes.indices {
            var state = plane.project(mixture.modes[index].state)
            plane.flatten(&state)
            mixture.modes[index].state = state
            mixture.modes[index].altitude = .slantPlane
        }
    }

    /// Gives a height to a state that was kept in the slant plane of a radar.
    /// - Parameter height: Above the ellipsoid, with its standard deviation, meters; `nil`: it stays unknown, and
    ///   each of ``HeightGuess/all`` becomes a hypothesis.
    mutating func leaveSlantPlane(
        _ sensors: SensorTable, height: (meters: Double, sigma: Double)?, _ settings: TrackingSettings
    ) {
        guard let radar = slantRadar, let sensor = sensors[radar] else { return }
        slantRadar = nil
        let plane = SlantPlane(origin: sensor.position)
        let guesses =
            height.map { [HeightGuess(height: $0.meters, sigma: $0.sigma, share: 1)] }
            ?? HeightGuess.all(above: plane.origin.height)
        let range = (mixture.mean.position - plane.origin).length
        // An object above the antenna's upper edge would not have been seen.
        let edge = plane.origin.height + range * Double.sin(RadarFootprint.coneElevation)
        let free = mixture.modes.filter { $0.altitude == .free }
        let flat = mixture.modes.filter { $0.altitude != .free }
        mixture.modes = free
        for guess in guesses where height != nil || guess.height - guess.sigma < edge || guess == guesses[0] {
            mixture.modes += flat.map { $0.raised(to: guess, plane) }
        }
        guard mixture.modes.count > settings.models.count else { return }
        HypothesisReduction(settings: settings, width: settings.models.count).reduce(&mixture.modes)
    }
}

/// How high an object of unknown height may fly.
struct HeightGuess: Hashable {
    /// Above the ellipsoid, meters, with its standard deviation.
    var height: Double
    var sigma: Double
    var share: Double

    /// Low as drones and missiles fly, and up to the airways; assumption.
    static func all(above ground: Double) -> [HeightGuess] {
        [
            HeightGuess(height: ground + 500, sigma: 700, share: 0.4),
            HeightGuess(height: ground + 3_500, sigma: 1_200, share: 0.2),
            HeightGuess(height: 7_500, sigma: 1_500, share: 0.2),
            HeightGuess(height: 11_000, sigma: 1_000, share: 0.2),
        ]
    }
}

extension MotionMixture.Mode {
    fileprivate func raised(to guess: HeightGuess, _ plane: SlantPlane) -> MotionMixture.Mode {
        var mode = self
        let range = (state.position - plane.origin).length
        let upward = guess.height - plane.origin.height - range * range / (2 * 6_371_008.8)
        plane.raise(&mode.state, to: min(upward, 0.9 * range), sigma: guess.sigma)
        mode.altitude = .free
        mode.weight *= guess.share
        return mode
    }
}

extension TrackingSettings {
    /// For tracks that a turning radar sees, tuned on the Barcelona radar: their own motion models, which are as
    /// many as the others (unless somebody gave other models), forgotten more slowly; and a hypothesis that knows
    /// little is kept apart from one that knows much.
    var forRadar: TrackingSettings {
        var result = self
        if models == MotionModel.standardSet { result.use(models: MotionModel.radarSet) }
        result.forgettingRate = 0.03
        result.mergingSizeRatio = 9
        return result
    }

    /// The height that a report measures, above the ellipsoid, and its standard deviation; meters. `nil`: none.
    func height(of report: Report) -> (meters: Double, sigma: Double)? {
        let fix: Fix
        switch report.measurement {
        case .fix(let own): fix = own
        case .estimate(let estimate): fix = estimate.fix
        case .polar(let polar): return polar.pressureAltitude.map { ($0.meters, pressureAltitudeSigma) }
        case .bearing, .presence: return nil
        }
        if let height = fix.height { return (height.meters, max(1.5 * fix.horizontalSigma.meters, 50)) }
        return fix.pressureAltitude.map { ($0.meters, pressureAltitudeSigma) }
    }
}
