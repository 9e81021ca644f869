/// A JSON number as written: a whole number times a power of ten, so that it is rounded only where it is used.
package struct JSONNumber {
    /// The significant digits, at most nineteen.
    private(set) var digits: UInt64 = 0
    private(set) var isNegative = false
    private(set) var exponent = 0
    /// The text, where there are more digits than ``digits`` holds.
    private(set) var longText: String?

    /// The nearest Double. May be infinite.
    package var value: Double {
        // Both parts are exact in a Double, so one operation rounds correctly (Clinger 1990).
        if longText == nil, digits < 1 << 53, abs(exponent) <= 22 {
            let magnitude =
                exponent < 0 ? Double(digits) / Self.powers[-exponent] : Double(digits) * Self.powers[exponent]
            return isNegative ? -magnitude : magnitude
        }
        return Double(longText ?? "\(isNegative ? "-" : "")\(digits)e\(exponent)") ?? .infinity
    }

    /// The instant so many seconds after the epoch, exact to the nanosecond (finer digits are cut off).
    /// `nil`: outside the representable range.
    package var instant: Instant? {
        guard longText == nil, (-18...0).contains(exponent) else { return Instant(secondsSinceEpoch: value) }
        var nanoseconds = digits
        for _ in 0..<max(0, -exponent - 9) { nanoseconds /= 10 }
        for _ in 0..<max(0, exponent + 9) {
            let (product, overflow) = nanoseconds.multipliedReportingOverflow(by: 10)
            guard !overflow else { return nil }
            nanoseconds = product
        }
        guard let exact = Int64(exactly: nanoseconds) else { return nil }
        return Instant(nanosecondsSinceEpoch: isNegative ? -exact : exact)
    }

    /// The powers of ten that a Double holds exactly.
    private static let powers: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]

    /// Reads the number that begins at `position` and moves there past it.
    package init(_ bytes: [UInt8], at position: inout Int) throws(DecodeError) {
        let start = position
        if position < bytes.count, bytes[position] == UInt8(ascii: "-") {
            isNegative = true
            position += 1
        }
        let first = position
        var isLong = takeDigits(bytes, &position)
        // No leading zeros.
        guard position > first, position == first + 1 || bytes[first] != UInt8(ascii: "0") else { throw .badJSON }
        if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
            position += 1
            let point = position
            isLong = takeDigits(bytes, &position) || isLong
            guard position > point else { throw .badJSON }
            exponent = point - position
        }
        if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
            try takeExponent(bytes, &position)
        }
        if isLong { longText = String(decoding: bytes[start..<position], as: UTF8.self) }
    }

    /// - Returns: Whether there were more digits than fit.
    private mutating func takeDigits(_ bytes: [UInt8], _ position: inout Int) -> Bool {
        var isLong = false
        while position < bytes.count, bytes[position] &- 0x30 <= 9 {
            if digits < 1_000_000_000_000_000_000 {
                digits = digits * 10 + UInt64(bytes[position] &- 0x30)
            } else {
                isLong = true
            }
            position += 1
        }
        return isLong
    }

    private mutating func takeExponent(_ bytes: [UInt8], _ position: inout Int) throws(DecodeError) {
        position += 1
        var isNegativeExponent = false
        if position < bytes.count, bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-") {
            isNegativeExponent = bytes[position] == UInt8(ascii: "-")
            position += 1
        }
        let first = position
        var value = 0
        while position < bytes.count, bytes[position] &- 0x30 <= 9 {
            // Far beyond any Double; more would not change the result.
            value = min(value * 10 + Int(bytes[position] &- 0x30), 100_000)
            position += 1
        }
        guard position > first else { throw .badJSON }
        exponent += isNegativeExponent ? -value : value
    }
}
