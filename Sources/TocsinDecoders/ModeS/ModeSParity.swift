/// The 24-bit cyclic redundancy check of Mode S (Annex 10, volume IV, 3.1.2.3.3), generator 0x1FFF409.
enum ModeSParity {
    /// The parity of the data bits, exclusive-or the last 24 bits: 0 for an intact message without overlay,
    /// the aircraft address (AP field) or the interrogator code (PI field) otherwise.
    static func remainder(of message: ModeSBits) -> UInt32 {
        let table = table
        var register: UInt32 = 0
        for index in 0..<message.byteCount - 3 {
            let entry = Int(truncatingIfNeeded: register >> 16) & 0xFF ^ Int(message.byte(index))
            register = (register << 8 & 0xFF_FFFF) ^ table[entry]
        }
        let last = message.bits(message.byteCount * 8 - 23, message.byteCount * 8)
        return register ^ UInt32(truncatingIfNeeded: last)
    }

    /// The register after each of the 256 values of one byte.
    private static let table: [UInt32] = (0..<256).map { byte in
        var register = UInt32(byte) << 16
        for _ in 0..<8 {
            register <<= 1
            if register & 0x100_0000 != 0 { register ^= 0x1FF_F409 }
        }
        return register
    }
}
