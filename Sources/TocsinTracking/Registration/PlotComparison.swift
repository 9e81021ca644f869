internal import RealModule
internal import TocsinModel

/// A plot beside where its object says it is.
struct PlotComparison {
    private let step: SIMD4<Double>
    private let frame: LocalFrame
    private let predictedRange: Double
    private let predictedAzimuth: Double
    private let rangeVariance: Double
    private let azimuthVariance: Double
    /// Of the distance, meters.
    let sigma: Double

    init(_ polar: Polar, origin: SIMD4<Double>, predicted: GeoPoint, heightMeters: Double, sigma claimed: Double) {
        let place = SIMD4<Double>(predicted, heightMeters: heightMeters)
        let relative = place - origin
        let radarFrame = LocalFrame(at: origin)
        let across = AzimuthGradient(relative: relative, frame: radarFrame)
        predictedRange = relative.length
        predictedAzimuth = across.azimuth
        let azimuthSigma = polar.azimuthSigmaDegrees * .pi / 180
        let ground = across.groundSquared.squareRoot()
        rangeVariance = polar.slantRangeSigma.meters * polar.slantRangeSigma.meters + claimed * claimed
        azimuthVariance = azimuthSigma * azimuthSigma + claimed * claimed / across.groundSquared
        sigma = (rangeVariance + azimuthVariance * ground * ground).squareRoot()
        frame = radarFrame
        // The plot at the claimed height: only what the radar measures is compared.
        let direction = relative * (1 / max(predictedRange, 1))
        let turn = (polar.azimuth.radians - across.azimuth).remainder(dividingBy: 2 * .pi)
        step =
            direction * (polar.slantRange.meters - predictedRange) + across.gradient * (across.groundSquared * turn)
    }

    /// How far from the claimed place the plot lies, meters.
    var distance: Double { step.length }

    /// The same in a direction, meters.
    func along(_ track: Bearing) -> Double {
        step.dot(frame.vector(east: Double.sin(track.radians), north: Double.cos(track.radians), up: 0))
    }

    func sample(
        _ polar: Polar, aircraft: AircraftAddress, at instant: Instant, undoing correction: RadarRegistration.Correction
    ) -> RadarRegistration.Sample {
        RadarRegistration.Sample(
            aircraft: aircraft, at: instant, measuredSlantRange: polar.slantRange.meters + correction.slantRange,
            predictedSlantRange: predictedRange, measuredAzimuth: polar.azimuth.radians + correction.azimuth,
            predictedAzimuth: predictedAzimuth, slantRangeVariance: rangeVariance, azimuthVariance: azimuthVariance)
    }
}

/// A plot of a cooperative aircraft, beside what that said of itself last.
struct ClaimedPlot {
    let report: Report
    let polar: Polar
    let aircraft: AircraftAddress
    let claim: TransponderClaim
    /// As claimed; as the track has it where the claim has none.
    let velocity: GroundVelocity
    let comparison: PlotComparison

    /// - Returns: `nil` if the track's object says nothing of itself, or the claim is too old.
    init?(_ report: Report, _ polar: Polar, _ state: TrackState, _ settings: TrackingSettings) {
        guard let origin = polar.origin, let address = state.identity.address, let claim = state.claim
        else { return nil }
        let velocity = claim.velocity ?? state.groundVelocity
        guard let predicted = claim.predicted(at: report.measuredAt, velocity: velocity) else { return nil }
        let height = claim.altitude ?? origin.height.meters + settings.unknownHeightMean
        let moved = settings.claimLatencySigma * velocity.speed.metersPerSecond
        comparison = PlotComparison(
            polar, origin: SIMD4(origin), predicted: predicted, heightMeters: height,
            sigma: Double.hypot(claim.sigma, moved))
        (self.report, self.polar, self.claim, self.velocity) = (report, polar, claim, velocity)
        aircraft = address
    }
}

extension Report {
    /// With a radar's bias taken off, if it is a plot.
    func corrected(by correction: RadarRegistration.Correction) -> Report {
        guard case .polar(var polar) = measurement, correction != .none else { return self }
        polar.slantRange = Distance(meters: polar.slantRange.meters - correction.slantRange)
        polar.azimuth = Bearing(radians: polar.azimuth.radians - correction.azimuth)
        var report = self
        report.measurement = .polar(polar)
        return report
    }
}
