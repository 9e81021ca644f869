internal import RealModule
internal import TocsinModel

/// What one sensor saw in one look, as the filter takes it: no two of them come from one object.
protocol SightingList {
    var count: Int { get }
    /// The density of other causes at a sighting, per unit of its measurement, if there is one per unit of the scan.
    func unitDensity(_ index: Int) -> Double
    /// How well a sighting agrees with `state`. `frame` is the local frame at the track.
    func agreement(_ index: Int, with state: Gaussian, at instant: Instant, frame: LocalFrame) -> Agreement
    /// Corrects a mode, but not its weight, by a sighting.
    func correct(_ index: Int, _ mode: inout MotionMixture.Mode, at instant: Instant, frame: LocalFrame)
}

extension [Sighting]: SightingList {
    func unitDensity(_ index: Int) -> Double { self[index].unitDensity }

    func agreement(_ index: Int, with state: Gaussian, at instant: Instant, frame: LocalFrame) -> Agreement {
        var copy = state
        return self[index].correct(&copy, lag: self[index].at.seconds(since: instant))
    }

    func correct(_ index: Int, _ mode: inout MotionMixture.Mode, at instant: Instant, frame: LocalFrame) {
        _ = self[index].correct(&mode.state, lag: self[index].at.seconds(since: instant))
    }
}

/// Places of equal accuracy seen at one time, without heights: the hot path of whole scans.
///
/// Both axes are taken at once in the track's own horizon, with a 2 x 2 inverse; over a gate the horizons of
/// track and place differ by less than 1 mrad.
struct PlaceList: SightingList {
    var places: [SIMD4<Double>]
    /// Of each horizontal axis, m^2.
    var variance: Double

    var count: Int { places.count }
    func unitDensity(_ index: Int) -> Double { 1 }

    @inline(__always)
    func agreement(_ index: Int, with state: Gaussian, at instant: Instant, frame: LocalFrame) -> Agreement {
        let innovation = Innovation(state, places[index], variance: variance, frame: frame)
        return Agreement(
            squaredDistance: innovation.squaredDistance, volume: 4 * .pi * .pi * innovation.determinant)
    }

    @inline(__always)
    func correct(_ index: Int, _ mode: inout MotionMixture.Mode, at instant: Instant, frame: LocalFrame) {
        correct(&mode.state, by: places[index], frame: frame)
    }

    @inline(__always)
    private func correct(_ state: inout Gaussian, by place: SIMD4<Double>, frame: LocalFrame) {
        let innovation = Innovation(state, place, variance: variance, frame: frame)
        let velocityEast = state.crossBlock.transposeTimes(frame.east)
        let velocityNorth = state.crossBlock.transposeTimes(frame.north)
        // The rows of S^-1 times the gains.
        let east = innovation.weighed(innovation.gainEast, innovation.gainNorth)
        let speed = innovation.weighed(velocityEast, velocityNorth)
        state.position += east.0 * innovation.east + east.1 * innovation.north
        state.velocity += speed.0 * innovation.east + speed.1 * innovation.north
        state.positionBlock =
            state.positionBlock - Matrix3.outer(east.0, innovation.gainEast)
            - Matrix3.outer(east.1, innovation.gainNorth)
        state.crossBlock =
            state.crossBlock - Matrix3.outer(east.0, velocityEast) - Matrix3.outer(east.1, velocityNorth)
        state.velocityBlock =
            state.velocityBlock - Matrix3.outer(speed.0, velocityEast) - Matrix3.outer(speed.1, velocityNorth)
    }

    /// A place against a prediction: nu = z - x, S = H P H^T + R, H the two horizontal axes.
    private struct Innovation {
        let gainEast: SIMD4<Double>
        let gainNorth: SIMD4<Double>
        let east: Double
        let north: Double
        let eastEast: Double
        let eastNorth: Double
        let northNorth: Double
        let determinant: Double

        @inline(__always)
        init(_ state: Gaussian, _ place: SIMD4<Double>, variance: Double, frame: LocalFrame) {
            gainEast = state.positionBlock * frame.east
            gainNorth = state.positionBlock * frame.north
            eastEast = frame.east.dot(gainEast) + variance
            eastNorth = frame.east.dot(gainNorth)
            northNorth = frame.north.dot(gainNorth) + variance
            determinant = eastEast * northNorth - eastNorth * eastNorth
            let step = place - state.position
            east = step.dot(frame.east)
            north = step.dot(frame.north)
        }

        var squaredDistance: Double {
            @inline(__always) get {
                (east * east * northNorth - 2 * east * north * eastNorth + north * north * eastEast) / determinant
            }
        }

        /// S^-1 times two rows.
        @inline(__always)
        func weighed(_ first: SIMD4<Double>, _ second: SIMD4<Double>) -> (SIMD4<Double>, SIMD4<Double>) {
            let inverse = 1 / determinant
            return (
                (first * northNorth - second * eastNorth) * inverse,
                (second * eastEast - first * eastNorth) * inverse
            )
        }
    }
}
