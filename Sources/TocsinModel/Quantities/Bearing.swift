/// A direction in the horizontal plane: clockwise from true north. Stored in degrees in [0, 360).
public struct Bearing: Hashable, Sendable, Codable {
    public private(set) var degrees: Double

    /// Any finite number of degrees; it is reduced to [0, 360).
    public init(degrees: Double) {
        let remainder = degrees.truncatingRemainder(dividingBy: 360)
        let wrapped = remainder < 0 ? remainder + 360 : remainder
        self.degrees = wrapped == 360 ? 0 : wrapped
    }

    public init(radians: Double) { self.init(degrees: radians * 180 / .pi) }

    public var radians: Double { degrees * .pi / 180 }

    /// The signed angle from `other` to this bearing, in (-180, 180] degrees.
    public func degrees(from other: Bearing) -> Double {
        let difference = degrees - other.degrees
        if difference > 180 { return difference - 360 }
        return difference <= -180 ? difference + 360 : difference
    }
}
