/// The identity field (ID) of Mode S: Mode A's four octal digits, interleaved (Annex 10, volume IV, 3.1.2.6.7.1).
enum IdentityCode {
    /// The digits ABCD, three bits each, from the 13 bits C1 A1 C2 A2 C4 A4 X B1 D1 B2 D2 B4 D4; X is ignored.
    static func modeA(fromInterleaved code: Int) -> UInt16 {
        let a = (code >> 11 & 1) | (code >> 9 & 1) << 1 | (code >> 7 & 1) << 2
        let b = (code >> 5 & 1) | (code >> 3 & 1) << 1 | (code >> 1 & 1) << 2
        let c = (code >> 12 & 1) | (code >> 10 & 1) << 1 | (code >> 8 & 1) << 2
        let d = (code >> 4 & 1) | (code >> 2 & 1) << 1 | (code & 1) << 2
        return UInt16(truncatingIfNeeded: a << 9 | b << 6 | c << 3 | d)
    }

    /// Four octal digits as text, for example `7000`.
    static func text(_ modeA: UInt16) -> String {
        let digits = String(modeA, radix: 8)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
