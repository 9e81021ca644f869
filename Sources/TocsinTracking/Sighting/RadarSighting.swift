internal import RealModule
internal import TocsinModel

/// A radar plot: slant range and azimuth, linearized at the predicted position, in the radar's own horizon.
struct RadarSighting {
    var origin: SIMD4<Double>
    var frame: LocalFrame
    /// Meters.
    var slantRange: Double
    var slantRangeVariance: Double
    /// Clockwise from true north, radians.
    var azimuth: Double
    var azimuthVariance: Double
    /// Radians above the radar's horizon; its error is taken as twice that of the azimuth.
    var elevation: Double?
    /// Above the ellipsoid, meters.
    var height: Double?
    var heightVariance: Double

    func rows(for state: Gaussian, lag: Double) -> MeasuredRows {
        var rows = MeasuredRows()
        let late = lag == 0 ? 0 : Sighting.lagVariance(lag)
        let place = state.position + state.velocity * lag
        let relative = place - origin
        let range = relative.length
        let direction = relative * (1 / max(range, 1))
        let across = AzimuthGradient(relative: relative, frame: frame)
        let spread = late / max(range * range, 1)
        let residual = across.residual(of: azimuth)
        rows.append(
            MeasuredRow(
                position: direction, velocity: direction * lag,
                value: slantRange - range + direction.dot(place), variance: slantRangeVariance + late))
        rows.append(
            MeasuredRow(
                position: across.gradient, velocity: across.gradient * lag,
                value: residual + across.gradient.dot(place), variance: azimuthVariance + spread))
        if let vertical = verticalRow(place: place, relative: relative, lag: lag) { rows.append(vertical) }
        return rows
    }

    private func verticalRow(place: SIMD4<Double>, relative: SIMD4<Double>, lag: Double) -> MeasuredRow? {
        if let elevation {
            let upward = relative.dot(frame.up)
            let flat = relative - frame.up * upward
            let ground = max(flat.length, 1)
            let squared = max(relative.dot(relative), 1)
            let gradient = (frame.up * ground - flat * (upward / ground)) * (1 / squared)
            return MeasuredRow(
                position: gradient, velocity: gradient * lag,
                value: elevation - Double.atan2(y: upward, x: ground) + gradient.dot(place),
                variance: 4 * azimuthVariance)
        }
        guard let height else { return nil }
        let up = LocalFrame.up(at: place)
        return MeasuredRow(
            position: up, velocity: up * lag, value: height - LocalFrame.height(of: place) + up.dot(place),
            variance: heightVariance)
    }
}

/// The azimuth of a relative position in a horizon, and its gradient (north E - east N) / ground^2.
struct AzimuthGradient {
    let azimuth: Double
    let gradient: SIMD4<Double>
    /// Squared distance in the horizontal plane, at least 1 m^2.
    let groundSquared: Double

    init(relative: SIMD4<Double>, frame: LocalFrame) {
        let east = relative.dot(frame.east)
        let north = relative.dot(frame.north)
        azimuth = Double.atan2(y: east, x: north)
        groundSquared = max(east * east + north * north, 1)
        gradient = (frame.east * north - frame.north * east) * (1 / groundSquared)
    }

    /// `measured` minus the azimuth, in (-pi, pi].
    func residual(of measured: Double) -> Double {
        let difference = (measured - azimuth).remainder(dividingBy: 2 * .pi)
        return difference
    }
}
