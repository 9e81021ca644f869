internal import RealModule

/// How an airborne aircraft moves, type code 19 (Doc 9871, A.2.3.5).
package struct AirborneVelocity: Hashable, Sendable {
    package let motion: Motion
    /// Navigation accuracy category for velocity: 0 (unknown or worse than 10 m/s) to 4 (better than 0.3 m/s).
    package let accuracyCategory: Int
    /// Steps of 64; `nil`: not available.
    package let verticalRateFeetPerMinute: Int?
    /// The vertical rate is from the barometer, not from satellites.
    package let verticalRateIsBarometric: Bool
    /// Height above the ellipsoid minus pressure altitude, steps of 25; `nil`: not available.
    package let geometricMinusBarometricFeet: Int?

    package enum Motion: Hashable, Sendable {
        /// Subtypes 1 and 2: over ground; components in knots, positive to the east and north, `nil`: not available.
        case ground(east: Int?, north: Int?)
        /// Subtypes 3 and 4: through the air; heading from magnetic north unless stated otherwise by the aircraft.
        case air(headingDegrees: Double?, knots: Int?, isTrue: Bool)
    }

    /// - Returns: `nil` for the reserved subtypes 0 and 5 to 7.
    init?(_ bits: ModeSBits, subtype: Int) {
        let knotsPerStep = subtype == 2 || subtype == 4 ? 4 : 1
        switch subtype {
        case 1, 2:
            motion = .ground(
                east: Self.value(bits.bits(47, 56), step: knotsPerStep, isNegative: bits.flag(46)),
                north: Self.value(bits.bits(58, 67), step: knotsPerStep, isNegative: bits.flag(57)))
        case 3, 4:
            motion = .air(
                headingDegrees: bits.flag(46) ? Double(bits.bits(47, 56)) * 360 / 1_024 : nil,
                knots: Self.value(bits.bits(58, 67), step: knotsPerStep, isNegative: false),
                isTrue: bits.flag(57))
        default:
            return nil
        }
        accuracyCategory = bits.bits(43, 45)
        verticalRateIsBarometric = bits.flag(68)
        verticalRateFeetPerMinute = Self.value(bits.bits(70, 78), step: 64, isNegative: bits.flag(69))
        geometricMinusBarometricFeet = Self.value(bits.bits(82, 88), step: 25, isNegative: bits.flag(81))
    }

    /// Steps counted from 1; 0 means not available.
    private static func value(_ code: Int, step: Int, isNegative: Bool) -> Int? {
        guard code > 0 else { return nil }
        return (code - 1) * (isNegative ? -step : step)
    }

    /// Knots over ground; `nil`: not given.
    package var groundSpeedKnots: Double? {
        guard case .ground(let east?, let north?) = motion else { return nil }
        return Double(east * east + north * north).squareRoot()
    }

    /// Degrees from true north in [0, 360); `nil`: not given.
    package var trackDegrees: Double? {
        guard case .ground(let east?, let north?) = motion else { return nil }
        let degrees = Double.atan2(y: Double(east), x: Double(north)) * 180 / .pi
        return degrees < 0 ? degrees + 360 : degrees
    }
}
