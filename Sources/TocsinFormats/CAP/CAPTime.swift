package import TocsinModel

/// Times as CAP writes them: whole seconds and a numeric zone, `-00:00` for UTC (CAP 1.2, section 3.3.2; the
/// schema refuses fractions and `Z`).
package enum CAPTime {
    /// The fraction of the second is cut off.
    package static func text(_ instant: Instant) -> String {
        instant.iso8601.prefix(19) + "-00:00"
    }

    /// The first whole second that is not before `instant`.
    static func textRoundedUp(_ instant: Instant) -> String {
        text(instant.advanced(bySeconds: 0.999_999_999))
    }

    /// - Returns: `nil` unless the text has exactly the form of the schema and names a time that exists.
    package static func instant(_ text: String) -> Instant? {
        let bytes = Array(text.utf8)
        guard bytes.count == 25, bytes[19] == UInt8(ascii: "+") || bytes[19] == UInt8(ascii: "-"),
            bytes[10] == UInt8(ascii: "T"), bytes[22] == UInt8(ascii: ":")
        else { return nil }
        return Instant(iso8601: text)
    }
}
