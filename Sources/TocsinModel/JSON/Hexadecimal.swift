/// Hexadecimal digits of either case.
package enum Hexadecimal {
    package static func digit(_ character: UInt8) throws(DecodeError) -> UInt8 {
        switch character {
        case 0x30...0x39: return character - 0x30
        case 0x41...0x46: return character - 0x37
        case 0x61...0x66: return character - 0x57
        default: throw .badHexadecimal
        }
    }
}
