/// An emergency and the Mode A code: type code 28, subtype 1 (Doc 9871, A.2.3.8).
package struct EmergencyStatus: Hashable, Sendable {
    /// 0 none, 1 general, 2 medical, 3 minimum fuel, 4 no communications, 5 unlawful interference, 6 downed.
    package let state: Int
    package let modeA: UInt16

    init(_ bits: ModeSBits) {
        state = bits.bits(41, 43)
        modeA = IdentityCode.modeA(fromInterleaved: bits.bits(44, 56))
    }
}

/// What the crew has selected: type code 29, subtype 1 (DO-260B, 2.2.3.2.7.1).
package struct TargetState: Hashable, Sendable {
    /// Steps of 32; `nil`: not available.
    package let selectedAltitudeFeet: Int?
    /// The selected altitude is the flight management system's, not the mode control panel's.
    package let isFromFlightManagement: Bool
    /// Hectopascals, steps of 0.8; `nil`: not available.
    package let barometricSettingHectopascals: Double?
    /// Degrees in [0, 360), steps of 180/256; `nil`: not available.
    package let selectedHeadingDegrees: Double?
    /// 0 (unknown) to 11.
    package let positionAccuracyCategory: Int

    init(_ bits: ModeSBits) {
        isFromFlightManagement = bits.flag(41)
        let altitude = bits.bits(42, 52)
        selectedAltitudeFeet = altitude == 0 ? nil : (altitude - 1) * 32
        let setting = bits.bits(53, 61)
        barometricSettingHectopascals = setting == 0 ? nil : 800 + Double(setting - 1) * 0.8
        selectedHeadingDegrees = bits.flag(62) ? Double(bits.bits(63, 71)) * 180 / 256 : nil
        positionAccuracyCategory = bits.bits(72, 75)
    }
}

/// What the aircraft's equipment can do: type code 31 (DO-260B, 2.2.3.2.7.2).
package struct OperationalStatus: Hashable, Sendable {
    /// Subtype 1: on the ground.
    package let isSurface: Bool
    /// 0 to 2: the edition of the ADS-B standard.
    package let version: Int
    /// Navigation integrity supplement A.
    package let integritySupplementA: Bool
    /// 0 (unknown) to 11; `nil`: version 0 does not say.
    package let positionAccuracyCategory: Int?
    /// 0 to 3; `nil`: version 0 does not say.
    package let sourceIntegrityLevel: Int?

    init(_ bits: ModeSBits) {
        isSurface = bits.bits(38, 40) == 1
        version = bits.bits(73, 75)
        integritySupplementA = bits.flag(76)
        positionAccuracyCategory = version == 0 ? nil : bits.bits(77, 80)
        sourceIntegrityLevel = version == 0 ? nil : bits.bits(83, 84)
    }
}
