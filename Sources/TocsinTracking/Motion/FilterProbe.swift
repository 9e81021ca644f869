internal import TocsinModel

/// The filter's inner loop on plain arrays of numbers, so that tests can hold it against textbook matrices and
/// benchmarks can time it. Order: position x, y, z, velocity x, y, z; Earth-fixed, meters and seconds.
package struct FilterProbe {
    private var state: Gaussian
    private var mixture: MotionMixture

    /// - Parameters:
    ///   - mean: Six numbers.
    ///   - covariance: Six rows of six numbers, symmetric.
    package init(mean: [Double], covariance: [[Double]]) {
        precondition(mean.count == 6 && covariance.count == 6 && covariance.allSatisfy { $0.count == 6 })
        func block(_ row: Int, _ column: Int) -> Matrix3 {
            func vector(_ offset: Int) -> SIMD4<Double> {
                SIMD4(
                    covariance[row][column + offset], covariance[row + 1][column + offset],
                    covariance[row + 2][column + offset], 0)
            }
            return Matrix3(first: vector(0), second: vector(1), third: vector(2))
        }
        state = Gaussian(
            position: SIMD4(mean[0], mean[1], mean[2], 0), velocity: SIMD4(mean[3], mean[4], mean[5], 0),
            positionBlock: block(0, 0), crossBlock: block(0, 3), velocityBlock: block(3, 3))
        mixture = MotionMixture(state)
        mixture.expand(MotionModel.standardSet)
    }

    /// Six numbers.
    package var mean: [Double] { [0, 1, 2].map { state.position[$0] } + [0, 1, 2].map { state.velocity[$0] } }

    /// Six rows of six numbers.
    package var covariance: [[Double]] {
        (0..<6).map { row in
            (0..<6).map { column in
                let (blockRow, blockColumn) = (row % 3, column % 3)
                switch (row < 3, column < 3) {
                case (true, true): return state.positionBlock.element(blockRow, blockColumn)
                case (true, false): return state.crossBlock.element(blockRow, blockColumn)
                case (false, true): return state.crossBlock.element(blockColumn, blockRow)
                case (false, false): return state.velocityBlock.element(blockRow, blockColumn)
                }
            }
        }
    }

    /// Moves the state on by one model; the local up is that of the present position.
    package mutating func predict(by seconds: Double, model: MotionModel) {
        Prediction(model: model, seconds: seconds).apply(to: &state, up: LocalFrame.up(at: state.position))
    }

    /// Takes one number that depends linearly on the state.
    /// - Returns: The logarithm of its likelihood.
    package mutating func correct(gradient: [Double], value: Double, variance: Double) -> Double {
        var agreement = Agreement()
        let row = MeasuredRow(
            position: SIMD4(gradient[0], gradient[1], gradient[2], 0),
            velocity: SIMD4(gradient[3], gradient[4], gradient[5], 0), value: value, variance: variance)
        state.correct(with: row, &agreement)
        return agreement.logLikelihood
    }

    /// The azimuth from which the object is heard at `origin` (six numbers' first three; radians clockwise from
    /// north), `lag` seconds after the state, and its gradient by the state.
    /// - Returns: `nil` if it is not heard yet.
    package func heardAzimuth(
        at origin: [Double], lag: Double, soundSpeed: Double
    ) -> (azimuth: Double, gradient: [Double])? {
        let place = SIMD4(origin[0], origin[1], origin[2], 0)
        let bearing = BearingSighting(
            origin: place, frame: LocalFrame(at: place), azimuth: 0, azimuthVariance: 1, elevation: nil,
            propagationSpeed: soundSpeed, maximumRange: .infinity)
        guard let row = bearing.rows(for: state, lag: lag)?[0] else { return nil }
        let residual = row.value - row.position.dot(state.position) - row.velocity.dot(state.velocity)
        let gradient = [0, 1, 2].map { row.position[$0] } + [0, 1, 2].map { row.velocity[$0] }
        return (-residual, gradient)
    }

    /// The seconds that sound took from an object at `relative` with `velocity` at the time of hearing.
    package static func hearingDelay(relative: [Double], velocity: [Double], soundSpeed: Double) -> Double? {
        BearingSighting.delay(
            relative: SIMD4(relative[0], relative[1], relative[2], 0),
            velocity: SIMD4(velocity[0], velocity[1], velocity[2], 0), propagationSpeed: soundSpeed)
    }

    /// One step of all standard models: mixing, prediction by `seconds`, correction with a place in the plane
    /// (meters east and north of the mean; standard deviation `sigma`). What a live position report costs.
    package mutating func predictAndCorrect(by seconds: Double, east: Double, north: Double, sigma: Double) {
        mixture.predict(MotionSteps(MotionModel.standardSet, seconds: seconds, forgettingRate: 0.07))
        let mean = mixture.mean.position
        let frame = LocalFrame(at: mean)
        let place = PlaceSighting(
            position: mean + frame.vector(east: east, north: north, up: 0), frame: frame, variance: sigma * sigma,
            heightVariance: nil, velocity: nil)
        let sighting = Sighting(
            at: .init(nanosecondsSinceEpoch: 0), geometry: .place(place), unitDensity: 1, searchCenter: mean,
            searchRadius: 0)
        mixture.correct(with: sighting, lag: 0)
    }

    /// The mean speed of all models, m/s; a benchmark prints it, so that its work cannot be left out.
    package var speed: Double { mixture.mean.velocity.length }
}

extension Matrix3 {
    fileprivate func element(_ row: Int, _ column: Int) -> Double {
        switch column {
        case 0: first[row]
        case 1: second[row]
        default: third[row]
        }
    }
}
