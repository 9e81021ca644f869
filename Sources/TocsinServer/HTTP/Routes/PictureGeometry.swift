internal import Foundation
internal import TocsinModel

/// The region that holds a track's position with 95 % probability.
struct PositionEllipse: Hashable, Sendable {
    var semiMajorMeters: Double
    var semiMinorMeters: Double
    /// Of the major axis, clockwise from north, 0 ..< 180.
    var orientationDegrees: Double

    /// The 95 % quantile of the chi-squared distribution with two degrees of freedom: -2 ln 0.05.
    static let chiSquared95 = 5.991_464_547_107_98
}

extension HorizontalCovariance {
    /// The eigenvalues of the position's covariance are the squared axes of its ellipse.
    var ellipse: PositionEllipse {
        let mean = (eastEast + northNorth) / 2
        let difference = (eastEast - northNorth) / 2
        let spread = (difference * difference + eastNorth * eastNorth).squareRoot()
        // The angle from east, counter-clockwise, of the larger eigenvalue's direction.
        let angle = atan2(eastNorth, difference) / 2
        let orientation = Bearing(degrees: 90 - angle * 180 / .pi).degrees
        return PositionEllipse(
            semiMajorMeters: (PositionEllipse.chiSquared95 * (mean + spread)).squareRoot(),
            semiMinorMeters: (PositionEllipse.chiSquared95 * max(0, mean - spread)).squareRoot(),
            orientationDegrees: orientation >= 180 ? orientation - 180 : orientation)
    }
}

extension Bearing {
    /// The direction of `velocity`; `nil` if it stands still.
    init?(of velocity: PlanePoint) {
        guard velocity.east != 0 || velocity.north != 0 else { return nil }
        self.init(radians: atan2(velocity.east, velocity.north))
    }
}
