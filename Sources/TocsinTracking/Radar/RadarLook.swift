internal import RealModule
internal import TocsinModel

/// A plot in the filter's terms.
struct RadarPlot {
    var at: Instant
    /// Meters.
    var slantRange: Double
    /// Clockwise from true north, radians.
    var azimuth: Double
    /// Above the ellipsoid, meters.
    var height: Double?
    var rangeVariance: Double
    var azimuthVariance: Double
    var heightVariance: Double
    /// Other causes per meter and radian.
    var otherDensity: Double
    var address: AircraftAddress?

    /// Heights that objects at this range may have, meters: they fly higher farther out (tuned on the Barcelona
    /// radar).
    var heightSpan: Double { min(12_000, max(100, 0.1 * slantRange)) }
}

/// The plots of one sector.
struct RadarLook: SightingList {
    let plane: SlantPlane
    var plots: [RadarPlot] = []
    /// The share of outliers of the track that is looked at.
    var outlierShare = PlotNoise.Outlier.shares.lowerBound

    /// How likely a plot is for a mode: without and with an error beyond the radar's noise.
    struct Likelihood {
        var inlier: Double
        var outlier: Double
        var sum: Double { inlier + outlier }
    }

    var count: Int { plots.count }
    func unitDensity(_ index: Int) -> Double { plots[index].otherDensity }

    func agreement(_ index: Int, with state: Gaussian, at instant: Instant, frame: LocalFrame) -> Agreement {
        let likelihood = likelihood(index, MotionMixture.Mode(state: state, weight: 1), at: instant)
        return Agreement(squaredDistance: -2 * Double.log(max(likelihood.sum, 1e-300)), volume: 1)
    }

    func likelihood(_ index: Int, _ mode: MotionMixture.Mode, at instant: Instant) -> Likelihood {
        let rows = rows(index, mode, at: instant)
        var (inlier, outlier) = (mode.state, mode.state)
        return weigh(rows, index, &inlier, &outlier, mode.altitude)
    }

    func correct(_ index: Int, _ mode: inout MotionMixture.Mode, at instant: Instant, frame: LocalFrame) {
        let rows = rows(index, mode, at: instant)
        var outlier = mode.state
        let likelihood = weigh(rows, index, &mode.state, &outlier, mode.altitude)
        if likelihood.outlier > 1e-9 * likelihood.inlier {
            mode.state.blend(with: outlier, weight: likelihood.outlier / likelihood.sum)
        }
        guard mode.altitude != .free, let height = plots[index].height else { return }
        plane.raise(
            &mode.state, to: upward(height, at: mode.state.position), sigma: plots[index].heightVariance.squareRoot())
        mode.altitude = .free
    }

    /// Squared innovations over their variances, the radar's noise being as it is thought.
    func surprise(_ index: Int, _ mode: MotionMixture.Mode, at instant: Instant) -> (range: Double, azimuth: Double) {
        let rows = rows(index, mode, at: instant)
        func squared(_ row: MeasuredRow) -> Double {
            var agreement = Agreement()
            var state = mode.state
            state.correct(with: row, &agreement)
            return agreement.squaredDistance
        }
        return (squared(rows[0]), squared(rows[1]))
    }

    /// The height of a plot above the radar's plane: h - h_radar - r^2 / 2R, exact enough to a few meters.
    func upward(_ height: Double, at position: SIMD4<Double>) -> Double {
        let range = (position - plane.origin).length
        return height - plane.origin.height - range * range / (2 * 6_371_008.8)
    }

    /// How far an acceleration of 2 m/s^2 (assumption) moves a track that is ahead of a plot, squared: m^2.
    private static func lagVariance(_ lag: Double) -> Double {
        guard lag < 0 else { return 0 }
        let moved = 2 * lag * lag / 2
        return moved * moved
    }

    /// Slant range, azimuth and, unless the mode knows nothing of heights, height; linearized at the mode's place.
    private func rows(_ index: Int, _ mode: MotionMixture.Mode, at instant: Instant) -> MeasuredRows {
        let plot = plots[index]
        let lag = plot.at.seconds(since: instant)
        let late = Self.lagVariance(lag)
        var rows = MeasuredRows()
        let place = mode.state.position + mode.state.velocity * lag
        let relative = place - plane.origin
        let range = relative.length
        let direction = relative * (1 / max(range, 1))
        let across = AzimuthGradient(relative: relative, frame: plane.frame)
        rows.append(
            MeasuredRow(
                position: direction, velocity: direction * lag,
                value: plot.slantRange - range + direction.dot(place), variance: plot.rangeVariance + late))
        rows.append(
            MeasuredRow(
                position: across.gradient, velocity: across.gradient * lag,
                value: across.residual(of: plot.azimuth) + across.gradient.dot(place),
                variance: plot.azimuthVariance + late / across.groundSquared))
        guard mode.altitude == .free, let height = plot.height else { return rows }
        let up = LocalFrame.up(at: place)
        rows.append(
            MeasuredRow(
                position: up, velocity: up * lag, value: height - LocalFrame.height(of: place) + up.dot(place),
                variance: plot.heightVariance))
        return rows
    }

    /// Corrects the state both ways.
    private func weigh(
        _ rows: MeasuredRows, _ index: Int, _ inlier: inout Gaussian, _ outlier: inout Gaussian,
        _ altitude: AltitudeAssumption
    ) -> Likelihood {
        let near = rows.correct(&inlier)
        let far = widened(rows, range: plots[index].slantRange).correct(&outlier)
        let density = altitude != .free && plots[index].height != nil ? 1 / plots[index].heightSpan : 1
        return Likelihood(
            inlier: (1 - outlierShare) * near.likelihood * density, outlier: outlierShare * far.likelihood * density)
    }

    private func widened(_ rows: MeasuredRows, range: Double) -> MeasuredRows {
        let across = PlotNoise.Outlier.range / max(range, 200)
        var result = MeasuredRows()
        for index in 0..<rows.count {
            var row = rows[index]
            switch index {
            case 0: row.variance += PlotNoise.Outlier.range * PlotNoise.Outlier.range
            case 1: row.variance += PlotNoise.Outlier.azimuth * PlotNoise.Outlier.azimuth + across * across
            default: row.variance += PlotNoise.Outlier.height * PlotNoise.Outlier.height
            }
            result.append(row)
        }
        return result
    }
}
