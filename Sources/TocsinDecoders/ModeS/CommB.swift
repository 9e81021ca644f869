/// The 56 bits MB of a Comm-B reply. The reply does not say which register it is: that is inferred, and only
/// where one register fits and no other (Doc 9871, table A-2-*).
package struct CommB: Hashable, Sendable {
    private let bits: ModeSBits

    init(_ bits: ModeSBits) { self.bits = bits }

    /// Register 2,0: the callsign; `nil` for any other register.
    package var callsign: CallsignCode? {
        guard bits.bits(33, 40) == 0x20 else { return nil }
        let code = CallsignCode(packed: UInt64(bits.bits(41, 64)) << 24 | UInt64(bits.bits(65, 88)))
        return code.isValid ? code : nil
    }
}
