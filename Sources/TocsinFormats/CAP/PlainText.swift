internal import TocsinModel

/// Text from outside made fit to be shown and to stand in XML.
enum PlainText {
    /// Control characters, those that reverse the direction of text and those that XML forbids become blanks;
    /// runs of blanks become one; at most ``Limits/charactersPerText`` characters are kept.
    static func cleaned(_ text: String) -> String {
        let visible = String(String.UnicodeScalarView(text.unicodeScalars.map { isPlain($0) ? $0 : " " }))
        let words = visible.prefix(4 * Limits.charactersPerText).split(separator: " ")
        return String(words.joined(separator: " ").prefix(Limits.charactersPerText))
    }

    static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        // Names in Persian and in Indian scripts are spelt with these two format characters.
        if scalar == "\u{200C}" || scalar == "\u{200D}" { return true }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse, .surrogate:
            return false
        default: return true
        }
    }

    /// A name without blanks, commas or characters that XML escapes, as CAP demands of identifiers and senders.
    /// - Returns: `fallback` if nothing is left.
    static func token(_ text: String, fallback: String) -> String {
        let characters = text.unicodeScalars.prefix(Limits.charactersPerText).map { scalar -> Character in
            let isAllowed =
                scalar.isASCII && (scalar.properties.isAlphabetic || "0123456789._@:-".contains(Character(scalar)))
            return isAllowed ? Character(scalar) : "-"
        }
        return characters.isEmpty ? fallback : String(characters)
    }
}
