package import TocsinModel

/// One decoded Mode S message (Annex 10, volume IV, 3.1.2; ADS-B: Doc 9871 and DO-260B).
package struct ModeSMessage: Hashable, Sendable {
    /// 0 to 24.
    package let downlinkFormat: Int
    /// Announced (AA field) or, for ``addressIsAnnounced`` false, the remainder of the parity check: any bit error
    /// then gives some other address, so it is to be believed only of aircraft known from announced messages.
    package let address: AircraftAddress
    package let addressIsAnnounced: Bool
    package let content: Content

    package enum Content: Hashable, Sendable {
        /// Formats 0 and 16: air to air surveillance.
        case airToAir(AirToAir)
        /// Formats 4 and 20.
        case altitudeReply(SurveillanceStatus, AltitudeCode?, CommB?)
        /// Formats 5 and 21. The Mode A code is four octal digits.
        case identityReply(SurveillanceStatus, modeA: UInt16, CommB?)
        /// Format 11; the interrogator code (0 for an unsolicited squitter) is what the parity field carries; `nil`
        /// where it carries none that exists: the message is damaged.
        case allCallReply(capability: Int, interrogatorCode: Int?)
        /// Formats 17 and 18; `control` is the capability (17) or the control field (18).
        case extendedSquitter(control: Int, ExtendedSquitter)
        /// Format 19: military use; only the application field is known.
        case military(application: Int)
        /// Format 24: a segment of an extended length message.
        case extendedLength(segment: Int)
    }

    /// - Throws: `unknownDownlinkFormat`, or `badParity` for an extended squitter whose parity is wrong.
    package init(_ bits: ModeSBits) throws(DecodeError) {
        let format = min(bits.bits(1, 5), 24)
        let remainder = ModeSParity.remainder(of: bits)
        downlinkFormat = format
        switch format {
        case 0, 16, 4, 5, 20, 21, 24:
            address = AircraftAddress(remainder)
            addressIsAnnounced = false
            content = Self.interrogated(format, bits)
        case 11:
            address = AircraftAddress(UInt32(truncatingIfNeeded: bits.bits(9, 32)))
            addressIsAnnounced = true
            // Code label 0 to 4 and four bits of code (Annex 10, volume IV, 3.1.2.3.3.2); the rest must be 0.
            let code = remainder < 80 ? Int(remainder) : nil
            content = .allCallReply(capability: bits.bits(6, 8), interrogatorCode: code)
        case 17, 18, 19:
            guard remainder == 0 else { throw .badParity }
            address = AircraftAddress(UInt32(truncatingIfNeeded: bits.bits(9, 32)))
            let control = bits.bits(6, 8)
            addressIsAnnounced = format != 19 || control == 0
            content =
                format == 19
                ? .military(application: control)
                : .extendedSquitter(control: control, ExtendedSquitter(bits, format: format, control: control))
        default:
            throw .unknownDownlinkFormat(UInt8(truncatingIfNeeded: format))
        }
    }

    private static func interrogated(_ format: Int, _ bits: ModeSBits) -> Content {
        switch format {
        case 0, 16:
            return .airToAir(AirToAir(bits))
        case 4, 20:
            let altitude = AltitudeCode(thirteenBits: bits.bits(20, 32))
            return .altitudeReply(SurveillanceStatus(bits), altitude, format == 20 ? CommB(bits) : nil)
        case 5, 21:
            let modeA = IdentityCode.modeA(fromInterleaved: bits.bits(20, 32))
            return .identityReply(SurveillanceStatus(bits), modeA: modeA, format == 21 ? CommB(bits) : nil)
        default:
            return .extendedLength(segment: bits.bits(5, 8))
        }
    }

    /// Whether nothing shows that bits were received wrongly.
    package var isIntact: Bool {
        if case .allCallReply(_, nil) = content { return false }
        return true
    }

    /// Whether the address is one of those assigned to aircraft by the International Civil Aviation Organization:
    /// format 18 also carries anonymous addresses and ground stations' track numbers.
    package var addressIsAssigned: Bool {
        guard downlinkFormat == 18, case .extendedSquitter(let control, _) = content else { return true }
        return control == 0 || control == 2 || control == 6
    }
}

/// What surveillance replies begin with (Annex 10, volume IV, 3.1.2.6.5).
package struct SurveillanceStatus: Hashable, Sendable {
    /// 0 to 7: 0 airborne, 1 on the ground, 2 and 3 the same with alert, 4 alert and identification pulse,
    /// 5 identification pulse, 6 and 7 not assigned.
    package let flightStatus: Int
    package let downlinkRequest: Int
    package let utilityMessage: Int

    init(_ bits: ModeSBits) {
        flightStatus = bits.bits(6, 8)
        downlinkRequest = bits.bits(9, 13)
        utilityMessage = bits.bits(14, 19)
    }

    /// `nil`: the status does not tell.
    package var isOnGround: Bool? {
        switch flightStatus {
        case 0, 2: false
        case 1, 3: true
        default: nil
        }
    }
    package var hasAlert: Bool { (2...4).contains(flightStatus) }
    package var isIdentifying: Bool { flightStatus == 4 || flightStatus == 5 }
}

/// Collision avoidance surveillance: formats 0 and 16 (Annex 10, volume IV, 4.3.8.4.2).
package struct AirToAir: Hashable, Sendable {
    package let isOnGround: Bool
    package let sensitivityLevel: Int
    package let replyInformation: Int
    package let altitude: AltitudeCode?

    init(_ bits: ModeSBits) {
        isOnGround = bits.flag(6)
        sensitivityLevel = bits.bits(9, 11)
        replyInformation = bits.bits(14, 17)
        altitude = AltitudeCode(thirteenBits: bits.bits(20, 32))
    }
}
