/// Item 048/020: how the target was seen. One octet and, where bit 1 says so, up to five more (one more before
/// edition 1.31, two more in 1.31).
public struct TargetDescriptor: Hashable, Sendable {
    /// The octets as sent, the first in the highest eight bits, unused ones zero.
    public var bits: UInt64
    /// 1 ... 6.
    public var octetCount: Int

    /// What detected the target.
    public enum Detection: UInt8, Hashable, Sendable, CaseIterable {
        case none, primary, secondary, secondaryAndPrimary
        case allCall, rollCall, allCallAndPrimary, rollCallAndPrimary

        public var text: String {
            switch self {
            case .none: "none"
            case .primary: "primary"
            case .secondary: "secondary"
            case .secondaryAndPrimary: "secondary+primary"
            case .allCall: "mode-s-all-call"
            case .rollCall: "mode-s-roll-call"
            case .allCallAndPrimary: "mode-s-all-call+primary"
            case .rollCallAndPrimary: "mode-s-roll-call+primary"
            }
        }

        /// Whether a transponder answered.
        public var isByTransponder: Bool { self != .none && self != .primary }
    }

    /// Octet 1, bits 8-6.
    public var detection: Detection { Detection(rawValue: UInt8(bits >> 61)) ?? .none }
    /// Octet 1, bit 5.
    public var isSimulated: Bool { bit(5, ofOctet: 1) == true }
    /// Octet 1, bit 4: the radar data processor chain, 1 or 2.
    public var chain: Int { bit(4, ofOctet: 1) == true ? 2 : 1 }
    /// Octet 1, bit 3: special position identification.
    public var hasSpecialPosition: Bool { bit(3, ofOctet: 1) == true }
    /// Octet 1, bit 2: a fixed transponder that checks the radar, not an aircraft.
    public var isFieldMonitor: Bool { bit(2, ofOctet: 1) == true }
    /// Octet 2, bit 8; `nil`: octet 2 was not sent.
    public var isTest: Bool? { bit(8, ofOctet: 2) }
    /// Octet 2, bit 7: the range is beyond what item 040 can say.
    public var hasExtendedRange: Bool? { bit(7, ofOctet: 2) }
    /// Octet 2, bit 6: an X pulse was present.
    public var hasXPulse: Bool? { bit(6, ofOctet: 2) }
    /// Octet 2, bit 5.
    public var isMilitaryEmergency: Bool? { bit(5, ofOctet: 2) }
    /// Octet 2, bit 4.
    public var isMilitaryIdentification: Bool? { bit(4, ofOctet: 2) }
    /// Octet 2, bits 3-2: 0 no mode 4 interrogation, 1 friendly, 2 unknown, 3 no reply.
    public var friendOrFoe: Int? { value(width: 2, lowestBit: 2, ofOctet: 2) }
    /// Octet 3, bits 8-7: populated, then on-site ADS-B information available.
    public var adsb: Bool? { populated(8, ofOctet: 3) }
    /// Octet 3, bits 6-5: surveillance cluster network information available.
    public var clusterNetwork: Bool? { populated(6, ofOctet: 3) }
    /// Octet 3, bits 4-3: passive acquisition interface information available.
    public var passiveAcquisition: Bool? { populated(4, ofOctet: 3) }
    /// Octet 4, bit 8 populated, bits 7-4: 0 not extended, 1 ACAS Xa version 1, 2 ACAS Xu version 1.
    public var acasExtendedVersion: Int? {
        bit(8, ofOctet: 4) == true ? value(width: 4, lowestBit: 4, ofOctet: 4) : nil
    }
    /// Octet 4, bits 3-2: the transponder is capable of phase overlay.
    public var phaseOverlayCapable: Bool? { populated(3, ofOctet: 4) }
    /// Octet 5, bits 8-7: phase overlay was used for this plot.
    public var phaseOverlayActive: Bool? { populated(8, ofOctet: 5) }
    /// Octet 5, bits 6-5: the transponder is capable of basic data flash.
    public var dataflashCapable: Bool? { populated(6, ofOctet: 5) }
    /// Octet 5, bits 4-3: basic data flash was used for this plot.
    public var dataflashActive: Bool? { populated(4, ofOctet: 5) }
    /// Octet 6, bits 8-7: the transponder is capable of interrogation repetition monitoring.
    public var repetitionMonitoringCapable: Bool? { populated(8, ofOctet: 6) }
    /// Octet 6, bits 6-5: interrogation repetition monitoring was used for this plot.
    public var repetitionMonitoringActive: Bool? { populated(6, ofOctet: 6) }

    /// Made up by people: never a live object.
    public var isExercise: Bool { isSimulated || isTest == true }

    /// Bit 8 is the highest of an octet; `nil`: the octet was not sent.
    private func bit(_ bit: Int, ofOctet octet: Int) -> Bool? {
        guard octet <= octetCount else { return nil }
        return bits >> UInt64(64 - 8 * octet + bit - 1) & 1 == 1
    }

    private func value(width: Int, lowestBit: Int, ofOctet octet: Int) -> Int? {
        guard octet <= octetCount else { return nil }
        return Int(bits >> UInt64(64 - 8 * octet + lowestBit - 1)) & ((1 << width) - 1)
    }

    /// A pair of bits: the upper says whether the lower means anything.
    private func populated(_ upper: Int, ofOctet octet: Int) -> Bool? {
        bit(upper, ofOctet: octet) == true ? bit(upper - 1, ofOctet: octet) : nil
    }
}
