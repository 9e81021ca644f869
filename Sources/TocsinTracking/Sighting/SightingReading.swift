internal import RealModule
internal import TocsinModel

/// Puts reports into the filter's terms.
struct SightingReading {
    let settings: TrackingSettings

    /// Objects up to 4 km from where a track is thought to be are compared with it: a cruise missile flies
    /// 2.4 km between two turns of a slow radar.
    private static let searchRadius = 4_000.0
    /// What a measured height or velocity multiplies the density of false reports by: heights are spread over
    /// 10 km, velocities over a disc of 300 m/s, vertical rates over 40 m/s.
    private static let heightDensity = 1e-4
    private static let velocityDensity = 1 / (.pi * 300.0 * 300.0)
    private static let verticalDensity = 1 / 40.0

    /// - Returns: `nil` for measurements that are no single position or direction (presence), or that have no
    ///   origin.
    func sighting(of report: Report) -> Sighting? {
        switch report.measurement {
        case .fix(let fix):
            place(
                fix, velocitySigma: settings.reportedVelocitySigma,
                latencySigma: report.identity.isCooperative ? settings.claimLatencySigma : 0, at: report.measuredAt)
        case .estimate(let estimate):
            place(
                estimate.fix, velocitySigma: estimate.velocitySigma.metersPerSecond, latencySigma: 0,
                at: report.measuredAt)
        case .polar(let polar): polar.origin.map { radar(polar, origin: $0, at: report.measuredAt) }
        case .bearing(let bearing): bearing.origin.map { self.bearing(bearing, origin: $0, at: report.measuredAt) }
        case .presence: nil
        }
    }

    private func place(
        _ fix: Fix, velocitySigma: Double, latencySigma: Double, at instant: Instant
    ) -> Sighting {
        let sigma = max(fix.horizontalSigma.meters, 1)
        let height = fix.height?.meters ?? fix.pressureAltitude?.meters
        let heightSigma = fix.height == nil ? settings.pressureAltitudeSigma : 1.5 * sigma
        let position = SIMD4<Double>(fix.point, heightMeters: height ?? settings.unknownHeightMean)
        let frame = LocalFrame(at: position)
        let velocity = fix.velocity.map { ground -> PlaceSighting.MeasuredVelocity in
            let speed = ground.speed.metersPerSecond
            return PlaceSighting.MeasuredVelocity(
                vector: frame.vector(
                    east: speed * Double.sin(ground.track.radians), north: speed * Double.cos(ground.track.radians),
                    up: fix.verticalRate?.metersPerSecond ?? 0),
                horizontalVariance: velocitySigma * velocitySigma,
                verticalVariance: fix.verticalRate == nil
                    ? nil : settings.reportedVerticalSigma * settings.reportedVerticalSigma)
        }
        let density =
            (height == nil ? 1 : Self.heightDensity) * (velocity == nil ? 1 : Self.velocityDensity)
            * (velocity?.verticalVariance == nil ? 1 : Self.verticalDensity)
        let moved = latencySigma * (fix.velocity?.speed.metersPerSecond ?? 0)
        let place = PlaceSighting(
            position: position, frame: frame, variance: sigma * sigma, alongVariance: moved * moved,
            heightVariance: height == nil ? nil : heightSigma * heightSigma, velocity: velocity)
        return Sighting(
            at: instant, geometry: .place(place), unitDensity: density, searchCenter: position,
            searchRadius: Self.searchRadius)
    }

    private func radar(_ polar: Polar, origin: SensorPosition, at instant: Instant) -> Sighting {
        let place = SIMD4<Double>(origin)
        let azimuthSigma = max(polar.azimuthSigmaDegrees, 0.005) * .pi / 180
        let rangeSigma = max(polar.slantRangeSigma.meters, 1)
        let radar = RadarSighting(
            origin: place, frame: LocalFrame(at: place), slantRange: polar.slantRange.meters,
            slantRangeVariance: rangeSigma * rangeSigma, azimuth: polar.azimuth.radians,
            azimuthVariance: azimuthSigma * azimuthSigma, elevation: polar.elevationDegrees.map { $0 * .pi / 180 },
            height: polar.pressureAltitude?.meters,
            heightVariance: settings.pressureAltitudeSigma * settings.pressureAltitudeSigma)
        let vertical =
            polar.elevationDegrees != nil
            ? polar.slantRange.meters * Self.heightDensity : (radar.height == nil ? 1 : Self.heightDensity)
        let center = radar.position(unknownHeight: place.height + settings.unknownHeightMean)
        return Sighting(
            at: instant, geometry: .radar(radar),
            // Range and azimuth: a square meter is 1 / range of a meter times a radian.
            unitDensity: max(polar.slantRange.meters, 1) * vertical, searchCenter: center,
            searchRadius: Self.searchRadius)
    }

    private func bearing(_ bearing: SoundOrSightBearing, origin: SensorPosition, at instant: Instant) -> Sighting {
        let place = SIMD4<Double>(origin)
        let sigma = max(bearing.azimuthSigmaDegrees, 0.05) * .pi / 180
        let range = bearing.maximumRange.meters
        let speed = bearing.propagationSpeed.map { settings.soundSpeed(stated: $0.metersPerSecond) }
        var geometry = BearingSighting(
            origin: place, frame: LocalFrame(at: place), azimuth: bearing.azimuth.radians,
            azimuthVariance: sigma * sigma, elevation: bearing.elevationDegrees.map { $0 * .pi / 180 },
            propagationSpeed: speed, maximumRange: range)
        if speed != nil {
            geometry.wind = geometry.frame.vector(east: settings.air.windEast, north: settings.air.windNorth, up: 0)
        }
        // Since the sound left, an object of 300 m/s has flown on by range x 300 / c.
        let flight = speed.map { range * 300 / max($0, 100) } ?? 0
        return Sighting(
            at: instant, geometry: .bearing(geometry),
            unitDensity: 1 / (2 * .pi) * (bearing.elevationDegrees == nil ? 1 : 1 / .pi), searchCenter: place,
            searchRadius: min(range + flight + 500, 60_000))
    }
}

extension SIMD4<Double> {
    /// Read as a position: meters above the ellipsoid.
    var height: Double { LocalFrame.height(of: self) }
}

extension RadarSighting {
    /// Where the plot lies, with `unknownHeight` (above the ellipsoid) where it measures none.
    func position(unknownHeight: Double) -> SIMD4<Double> {
        let upward =
            elevation.map { slantRange * Double.sin($0) }
            // Above the tangent plane: the earth falls away by d^2 / 2R.
            ?? ((height ?? unknownHeight) - origin.height - slantRange * slantRange / (2 * 6_371_008.8))
        let bounded = max(-0.9 * slantRange, min(0.9 * slantRange, upward))
        let ground = (slantRange * slantRange - bounded * bounded).squareRoot()
        return origin
            + frame.vector(east: ground * Double.sin(azimuth), north: ground * Double.cos(azimuth), up: bounded)
    }
}
