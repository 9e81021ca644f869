internal import RealModule
internal import TocsinModel

/// One sector of one radar, and what it needs to be looked at.
struct RadarScene {
    let key: RadarState.Key
    var sector: AntennaSweep.Sector
    let footprint: RadarFootprint
    /// Seconds of a turn.
    let turn: Double
    let settings: TrackingSettings
    /// How often the radar's plots of aircraft whose address is known say it.
    let answering: Double

    var share: SectorShare { SectorShare(azimuth: sector.azimuth, width: AntennaSweep.width) }

    /// What the radar may see of a track in the sector.
    struct Prospects {
        /// The probability that the beam passes the object in this sector.
        var inside = 0.0
        /// Of the object being visible to the radar.
        var visible = 0.5
        var isWatched = false
        var outlierShare = PlotNoise.Outlier.shares.lowerBound
        /// Modes per hypothesis.
        var width: Int
        /// Per hypothesis: the chance to be seen here, and the probability to be seen when the beam passes.
        var chances: [Double] = []
        var detections: [Double] = []
        /// The detections if the plot is its own whatever its place.
        var any: [Double] = []
    }

    /// A track that the radar has never seen is visible to it as likely as not, and its absence says nothing.
    func prospects(of state: TrackState) -> Prospects {
        let visibility = state.radar(key.sensor)
        var result = Prospects(width: state.mixture.modes.count > 1 ? settings.models.count : 1)
        if let visibility {
            result.visible = visibility.visible
            result.isWatched = sector.isWatched
            let unseen = sector.at.seconds(since: visibility.seenAt.last ?? state.startedAt)
            result.outlierShare = visibility.outlierShare(unseenTurns: unseen / turn)
        }
        let left = visibility?.unseenThisTurn ?? 1
        for first in stride(from: 0, to: state.mixture.modes.count, by: result.width) {
            let modes = state.mixture.modes[first..<(first + result.width)]
            let lag = state.lag(to: sector.at)
            let (inside, coverage, weight) = passage(modes, lag: lag, outlierShare: result.outlierShare)
            let position = modes[first].state.position
            let isInRange = footprint.isInRange(position)
            let mayBeSeen = inside > 1e-9 && footprint.mayBeInRange(position)
            let isHidden =
                modes[first].altitude == .free && state.heightIsMeasured && !footprint.isAboveHorizon(position)
            let detection = RadarVisibility.detectionProbability * coverage
            let chance = visibility?.chance(inside: inside, detection: detection) ?? inside * detection
            result.inside += weight * inside
            result.chances.append(isInRange && !isHidden ? chance : 0)
            result.detections.append(mayBeSeen ? detection * left : 0)
            result.any.append(detection * max(left, 0.1))
        }
        return result
    }

    /// For one hypothesis: the probability that the beam passes it here, that of being within the antenna's
    /// pattern, and its share of the track.
    private func passage(
        _ modes: ArraySlice<MotionMixture.Mode>, lag: Double, outlierShare: Double
    ) -> (inside: Double, coverage: Double, weight: Double) {
        var (inside, coverage, total) = (0.0, 0.0, 0.0)
        for mode in modes {
            let place = mode.state.position + mode.state.velocity * lag
            let across = AzimuthGradient(relative: place - footprint.plane.origin, frame: footprint.plane.frame)
            let ground = across.groundSquared
            // The noise of a plot near the antenna, 5 m, and 0.02 degrees anywhere.
            let variance = max(0, mode.state.positionBlock.along(across.gradient)) + 25 / ground + 1.2e-7
            let far =
                variance + PlotNoise.Outlier.azimuth * PlotNoise.Outlier.azimuth
                + PlotNoise.Outlier.range * PlotNoise.Outlier.range / ground
            let near = share.share(of: across.azimuth, sigma: variance.squareRoot())
            let wide = share.share(of: across.azimuth, sigma: far.squareRoot())
            inside += mode.weight * ((1 - outlierShare) * near + outlierShare * wide)
            coverage += mode.weight * footprint.coverage(of: mode)
            total += mode.weight
        }
        return (inside / total, coverage / total, total)
    }
}

/// The cheap questions that come before a track is moved on: may the beam pass it, and which plots are near?
struct RadarGlance {
    /// The plots that may be its own.
    var plots: [Int] = []

    /// - Returns: `nil` if the sector does not concern the track.
    init?(_ state: TrackState, _ scene: RadarScene, _ look: RadarLook) {
        var heaviest = state.mixture.modes[0]
        for mode in state.mixture.modes where mode.weight > heaviest.weight { heaviest = mode }
        let seconds = state.lag(to: scene.sector.at)
        let place = heaviest.state.position + heaviest.state.velocity * seconds
        let across = AzimuthGradient(relative: place - look.plane.origin, frame: look.plane.frame)
        let ground = across.groundSquared.squareRoot()
        // An acceleration of 1 m/s^2 besides.
        let spread =
            (heaviest.state.positionBlock.trace + seconds * seconds * heaviest.state.velocityBlock.trace).squareRoot()
            + seconds * seconds
        let outlier = 3 * Double.hypot(PlotNoise.Outlier.azimuth, PlotNoise.Outlier.range / ground)
        let middle = scene.sector.azimuth + AntennaSweep.width / 2
        let offset = abs((across.azimuth - middle).remainder(dividingBy: 2 * .pi))
        let isNear = offset < AntennaSweep.width / 2 + max(4 * spread / ground, outlier)
        let range = (place - look.plane.origin).length
        for (index, plot) in look.plots.enumerated() {
            if let address = plot.address, address == state.identity.address {
                plots.append(index)
            } else if isNear, abs(plot.slantRange - range) < 5 * spread + 700 {
                plots.append(index)
            }
        }
        if plots.isEmpty, !isNear || state.radar(scene.key.sensor) == nil { return nil }
    }
}
