/// Eight characters of six bits each (Annex 10, volume IV, table 3-9), kept packed.
package struct CallsignCode: Hashable, Sendable {
    /// The first character in the highest of 48 bits.
    let packed: UInt64

    /// Every character is one of A to Z, 0 to 9 and blank, and not all are blank.
    var isValid: Bool {
        var isBlank = true
        for index in 0..<8 {
            switch character(index) {
            case 1...26, 48...57: isBlank = false
            case 32: continue
            default: return false
            }
        }
        return !isBlank
    }

    /// Without trailing blanks; `nil` unless ``isValid``.
    package var text: String? {
        guard isValid else { return nil }
        var characters: [UInt8] = []
        characters.reserveCapacity(8)
        for index in 0..<8 {
            let code = character(index)
            characters.append(code < 32 ? code + 0x40 : code)
        }
        while characters.last == 0x20 { characters.removeLast() }
        return String(decoding: characters, as: UTF8.self)
    }

    private func character(_ index: Int) -> UInt8 {
        UInt8(truncatingIfNeeded: packed >> UInt64(42 - 6 * index)) & 0x3F
    }
}
