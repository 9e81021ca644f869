internal import RealModule
internal import TocsinModel

/// A measured position, perhaps with height and velocity.
struct PlaceSighting {
    /// On the ellipsoid, or at the measured height.
    var position: SIMD4<Double>
    var frame: LocalFrame
    /// Variance of each horizontal axis, m^2.
    var variance: Double
    /// Besides, along the velocity, because the time of the position is not certain. m^2.
    var alongVariance = 0.0
    /// `nil`: the height was not measured. m^2.
    var heightVariance: Double?
    var velocity: MeasuredVelocity?

    struct MeasuredVelocity {
        /// East, north and up in the Earth-fixed frame, m/s.
        var vector: SIMD4<Double>
        var horizontalVariance: Double
        /// `nil`: the vertical rate was not measured.
        var verticalVariance: Double?
    }

    func rows(lag: Double) -> MeasuredRows {
        var rows = MeasuredRows()
        let late = lag == 0 ? 0 : Sighting.lagVariance(lag)
        let (along, across) = axes
        rows.append(row(along, variance: variance + alongVariance + late, lag: lag))
        rows.append(row(across, variance: variance + late, lag: lag))
        if let heightVariance { rows.append(row(frame.up, variance: heightVariance + late, lag: lag)) }
        guard let velocity else { return rows }
        rows.append(row(frame.east, of: velocity, variance: velocity.horizontalVariance))
        rows.append(row(frame.north, of: velocity, variance: velocity.horizontalVariance))
        if let vertical = velocity.verticalVariance { rows.append(row(frame.up, of: velocity, variance: vertical)) }
        return rows
    }

    /// Along the level velocity and across it; east and north where there is none.
    var axes: (along: SIMD4<Double>, across: SIMD4<Double>) {
        guard let velocity = velocity?.vector else { return (frame.east, frame.north) }
        let (east, north) = (velocity.dot(frame.east), velocity.dot(frame.north))
        let speed = Double.hypot(east, north)
        guard speed > 1 else { return (frame.east, frame.north) }
        let along = (frame.east * east + frame.north * north) * (1 / speed)
        return (along, frame.north * (east / speed) - frame.east * (north / speed))
    }

    private func row(_ axis: SIMD4<Double>, variance: Double, lag: Double) -> MeasuredRow {
        MeasuredRow(position: axis, velocity: axis * lag, value: axis.dot(position), variance: variance)
    }

    private func row(_ axis: SIMD4<Double>, of velocity: MeasuredVelocity, variance: Double) -> MeasuredRow {
        MeasuredRow(position: .zero, velocity: axis, value: axis.dot(velocity.vector), variance: variance)
    }
}
