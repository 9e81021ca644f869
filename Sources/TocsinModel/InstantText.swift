/// Instants as ISO 8601 text in the proleptic Gregorian calendar, without any calendar library.
extension Instant {
    /// UTC with milliseconds, for example `2026-11-22T17:00:00.250Z`. Finer digits are cut off, so that the text
    /// never lies after the instant.
    public var iso8601: String { text(fractionDigits: 3) }

    /// UTC with three, six or nine digits of fraction: the fewest that lose nothing.
    public var iso8601Exact: String {
        let fraction = nanosecondsSinceEpoch % 1_000_000
        return text(fractionDigits: fraction == 0 ? 3 : (fraction % 1_000 == 0 ? 6 : 9))
    }

    /// Reads `2026-11-22T17:00:00Z`, with any number of digits of fraction (nanoseconds are kept, finer ones cut
    /// off) after `.` or `,` and a zone: `Z`, `+01:00`, `+0100` or `+01`. Second 60 is the next minute's first,
    /// as in POSIX time.
    ///
    /// - Returns: `nil` for anything else, a date that does not exist, or one outside the representable range.
    public init?(iso8601 text: String) {
        self.init(iso8601: text.utf8.span)
    }

    /// The same from the bytes of the text.
    public init?(iso8601 bytes: Span<UInt8>) {
        guard bytes.count >= 20, bytes.count <= 64 else { return nil }
        var reader = DigitReader(position: 0)
        guard let year = reader.number(4, in: bytes), reader.take("-", in: bytes),
            let month = reader.number(2, in: bytes), reader.take("-", in: bytes),
            let day = reader.number(2, in: bytes),
            reader.take("T", in: bytes) || reader.take("t", in: bytes) || reader.take(" ", in: bytes),
            let hour = reader.number(2, in: bytes), reader.take(":", in: bytes),
            let minute = reader.number(2, in: bytes), reader.take(":", in: bytes),
            let second = reader.number(2, in: bytes),
            (1...12).contains(month), day >= 1, day <= CivilDate.days(inMonth: month, of: year),
            hour < 24, minute < 60, second <= 60,
            let fraction = reader.fraction(in: bytes),
            let offsetSeconds = reader.zone(in: bytes), reader.position == bytes.count
        else { return nil }
        let days = CivilDate(year: year, month: month, day: day).daysSinceEpoch
        let seconds = ((days * 24 + hour) * 60 + minute) * 60 + second - offsetSeconds
        let (nanoseconds, overflow) = Int64(seconds).multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, overflowOfSum) = nanoseconds.addingReportingOverflow(Int64(fraction))
        guard !overflow, !overflowOfSum else { return nil }
        self.init(nanosecondsSinceEpoch: sum)
    }

    private func text(fractionDigits: Int) -> String {
        var seconds = nanosecondsSinceEpoch / 1_000_000_000
        var fraction = nanosecondsSinceEpoch % 1_000_000_000
        if fraction < 0 {
            fraction += 1_000_000_000
            seconds -= 1
        }
        var days = seconds / 86_400
        var rest = Int(seconds % 86_400)
        if rest < 0 {
            rest += 86_400
            days -= 1
        }
        let date = CivilDate(daysSinceEpoch: Int(days))
        for _ in fractionDigits..<9 { fraction /= 10 }
        var text: [UInt8] = []
        text.reserveCapacity(32)
        text.appendDigits(date.year, count: 4)
        text.append(UInt8(ascii: "-"))
        text.appendDigits(date.month, count: 2)
        text.append(UInt8(ascii: "-"))
        text.appendDigits(date.day, count: 2)
        text.append(UInt8(ascii: "T"))
        text.appendDigits(rest / 3_600, count: 2)
        text.append(UInt8(ascii: ":"))
        text.appendDigits(rest / 60 % 60, count: 2)
        text.append(UInt8(ascii: ":"))
        text.appendDigits(rest % 60, count: 2)
        text.append(UInt8(ascii: "."))
        text.appendDigits(Int(fraction), count: fractionDigits)
        text.append(UInt8(ascii: "Z"))
        return String(decoding: text, as: UTF8.self)
    }
}

/// A day of the proleptic Gregorian calendar. The conversions are Howard Hinnant's "chrono-compatible low-level
/// date algorithms" (2013): years that begin in March, in eras of 400 years with 146,097 days.
private struct CivilDate {
    var year: Int
    var month: Int
    var day: Int

    init(year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    init(daysSinceEpoch: Int) {
        // 719,468 days lie between 0000-03-01 and 1970-01-01.
        let shifted = daysSinceEpoch + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    var daysSinceEpoch: Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

/// A place in a text of fixed fields.
private struct DigitReader {
    var position: Int

    /// Exactly `count` decimal digits.
    mutating func number(_ count: Int, in bytes: Span<UInt8>) -> Int? {
        guard position + count <= bytes.count else { return nil }
        var value = 0
        for offset in 0..<count {
            let digit = bytes[position + offset] &- UInt8(ascii: "0")
            guard digit <= 9 else { return nil }
            value = value * 10 + Int(digit)
        }
        position += count
        return value
    }

    mutating func take(_ character: Unicode.Scalar, in bytes: Span<UInt8>) -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    /// Nanoseconds of an optional fraction; `nil` for a point without a digit.
    mutating func fraction(in bytes: Span<UInt8>) -> Int? {
        guard take(".", in: bytes) || take(",", in: bytes) else { return 0 }
        var nanoseconds = 0
        var digits = 0
        while let digit = number(1, in: bytes) {
            if digits < 9 { nanoseconds = nanoseconds * 10 + digit }
            digits += 1
        }
        guard digits > 0 else { return nil }
        for _ in min(digits, 9)..<9 { nanoseconds *= 10 }
        return nanoseconds
    }

    /// Seconds east of Greenwich.
    mutating func zone(in bytes: Span<UInt8>) -> Int? {
        if take("Z", in: bytes) || take("z", in: bytes) { return 0 }
        let isWest = take("-", in: bytes)
        guard isWest || take("+", in: bytes), let hours = number(2, in: bytes), hours < 24 else { return nil }
        var minutes = 0
        if position < bytes.count {
            _ = take(":", in: bytes)
            guard let read = number(2, in: bytes), read < 60 else { return nil }
            minutes = read
        }
        let seconds = (hours * 60 + minutes) * 60
        return isWest ? -seconds : seconds
    }
}

extension [UInt8] {
    fileprivate mutating func appendDigits(_ value: Int, count: Int) {
        var divisor = 1
        for _ in 1..<Swift.max(count, 1) { divisor *= 10 }
        var rest = value
        for _ in 0..<count {
            append(UInt8(ascii: "0") + UInt8(rest / divisor % 10))
            rest %= divisor
            divisor /= 10
        }
    }
}
