/// Where an object was, how it flew as far as that is known, and what it did shortly before. Bare SI units and radians
/// on a plane, x east, y north.
package struct FlightState: Hashable, Sendable {
    package var position: SIMD2<Double>
    /// Counterclockwise from east.
    package var course: Double
    package var speed: Double
    /// One standard deviation, per axis.
    package var positionSigma: Double
    package var courseSigma: Double
    package var speedSigma: Double
    package var phase: Phase
    /// The course against the bearing from where it was first sensed, positive to the left.
    package var deviation: Double

    package enum Phase: Hashable, Sendable {
        case steady
        /// A turn lies shortly behind.
        case turned
        /// It is turning: to which side, 1 left, -1 right, and how far already.
        case turning(side: Double, angle: Double)

        /// The share of flights that do what no model of turns says: nowhere may a probability be nothing because the
        /// model is wrong. Chosen on the benchmark's fitting seeds, so that rare arrivals come as often as stated.
        var unmodelledShare: Double {
            switch self {
            case .steady: 0.003
            case .turned: 0.01
            case .turning: 0.04
            }
        }
    }
}
