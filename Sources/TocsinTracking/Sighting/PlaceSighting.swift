internal import RealModule
internal import TocsinModel

/// A measured position, perhaps with height and velocity.
struct PlaceSighting {
    /// On the ellipsoid, or at the measured height.
    var position: SIMD4<Double>
    var frame: LocalFrame
    /// Variance of each horizontal axis, m^2.
    var variance: Double
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
        rows.append(row(frame.east, variance: variance + late, lag: lag))
        rows.append(row(frame.north, variance: variance + late, lag: lag))
        if let heightVariance { rows.append(row(frame.up, variance: heightVariance + late, lag: lag)) }
        guard let velocity else { return rows }
        rows.append(row(frame.east, of: velocity, variance: velocity.horizontalVariance))
        rows.append(row(frame.north, of: velocity, variance: velocity.horizontalVariance))
        if let vertical = velocity.verticalVariance { rows.append(row(frame.up, of: velocity, variance: vertical)) }
        return rows
    }

    private func row(_ axis: SIMD4<Double>, variance: Double, lag: Double) -> MeasuredRow {
        MeasuredRow(position: axis, velocity: axis * lag, value: axis.dot(position), variance: variance)
    }

    private func row(_ axis: SIMD4<Double>, of velocity: MeasuredVelocity, variance: Double) -> MeasuredRow {
        MeasuredRow(position: .zero, velocity: axis, value: axis.dot(velocity.vector), variance: variance)
    }
}
