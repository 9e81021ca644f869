/// One key of the configuration: the single source of what is read, what is refused, and the JSON Schema.
struct Field: Sendable {
    let name: String
    let kind: FieldKind
    let isRequired: Bool
    /// For people, in the schema and the guide.
    let summary: String

    init(_ name: String, _ kind: FieldKind, required: Bool = false, _ summary: String) {
        self.name = name
        self.kind = kind
        self.isRequired = required
        self.summary = summary
    }
}

/// What may stand behind a key.
indirect enum FieldKind: Sendable {
    /// Text of 1 to `Limits.charactersPerText` characters. A pattern is an ECMA-262 expression for the whole.
    case text(pattern: TextPattern?)
    /// One of some words.
    case choice([String])
    case number(ClosedRange<Double>)
    case whole(ClosedRange<Int>)
    case flag
    /// A path, relative to the configuration file.
    case path
    case object([Field])
    /// An object with exactly one of the keys.
    case oneOf([Field])
    case list(of: FieldKind, atMost: Int)
}

/// What a text must look like.
enum TextPattern: String, Sendable {
    /// Lower-case letters, digits and hyphens.
    case name = "^[a-z0-9][a-z0-9-]*$"
    /// Two numbers with a point between.
    case edition = "^[0-9]{1,2}\\.[0-9]{1,2}$"
    /// A BCP 47 tag.
    case language = "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
    /// An IPv4 or IPv6 address or a host name.
    case host = "^[A-Za-z0-9.:_%-]+$"

    var description: String {
        switch self {
        case .name: "lower-case letters, digits and hyphens"
        case .language: "a language such as de or de-CH"
        case .edition: "an edition such as \"1.15\""
        case .host: "an address or a host name"
        }
    }

    func accepts(_ text: String) -> Bool {
        switch self {
        case .name:
            text.utf8.allSatisfy { Self.isLowerOrDigit($0) || $0 == UInt8(ascii: "-") }
                && text.utf8.first.map(Self.isLowerOrDigit) == true
        case .language:
            text.split(separator: "-", omittingEmptySubsequences: false).enumerated().allSatisfy { index, part in
                (index == 0 ? 2...3 : 2...8).contains(part.utf8.count)
                    && part.utf8.allSatisfy { Self.isLowerOrDigit($0 | 0x20) && (index > 0 || $0 > 0x39) }
            }
        case .edition:
            text.split(separator: ".", omittingEmptySubsequences: false).count == 2
                && text.split(separator: ".").allSatisfy { $0.count <= 2 && UInt8($0) != nil }
        case .host:
            !text.isEmpty
                && text.unicodeScalars.allSatisfy {
                    ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0)
                        || ".:_%-".unicodeScalars.contains($0)
                }
        }
    }

    private static func isLowerOrDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
