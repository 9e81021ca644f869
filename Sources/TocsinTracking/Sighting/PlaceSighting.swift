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

    func correct(_ state: inout Gaussian, lag: Double) -> Agreement {
        var agreement = Agreement()
        let late = lag == 0 ? 0 : Sighting.lagVariance(lag)
        state.correct(with: row(frame.east, variance: variance + late, lag: lag), &agreement)
        state.correct(with: row(frame.north, variance: variance + late, lag: lag), &agreement)
        if let heightVariance {
            state.correct(with: row(frame.up, variance: heightVariance + late, lag: lag), &agreement)
        }
        if let velocity { correct(&state, with: velocity, &agreement) }
        return agreement
    }

    private func row(_ axis: SIMD4<Double>, variance: Double, lag: Double) -> MeasuredRow {
        MeasuredRow(position: axis, velocity: axis * lag, value: axis.dot(position), variance: variance)
    }

    private func correct(
        _ state: inout Gaussian, with velocity: MeasuredVelocity, _ agreement: inout Agreement
    ) {
        let horizontal = velocity.horizontalVariance
        state.correct(with: row(frame.east, of: velocity, variance: horizontal), &agreement)
        state.correct(with: row(frame.north, of: velocity, variance: horizontal), &agreement)
        guard let vertical = velocity.verticalVariance else { return }
        state.correct(with: row(frame.up, of: velocity, variance: vertical), &agreement)
    }

    private func row(_ axis: SIMD4<Double>, of velocity: MeasuredVelocity, variance: Double) -> MeasuredRow {
        MeasuredRow(position: .zero, velocity: axis, value: axis.dot(velocity.vector), variance: variance)
    }
}
