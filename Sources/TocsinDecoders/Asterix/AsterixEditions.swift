public import TocsinModel

/// Which edition of a category each source writes: the newest, unless the source is pinned to an older one.
public struct AsterixEditions: Hashable, Sendable, Codable {
    /// Category 034, monoradar service messages: the editions that are read, oldest first.
    public static let category034 = [AsterixEdition(1, 27), AsterixEdition(1, 28), AsterixEdition(1, 29)]
    /// Category 048, monoradar target reports: the editions that are read, oldest first.
    public static let category048 = [
        AsterixEdition(1, 27), AsterixEdition(1, 28), AsterixEdition(1, 29), AsterixEdition(1, 30),
        AsterixEdition(1, 31), AsterixEdition(1, 32),
    ]
    private static let newest034 = AsterixEdition(1, 29)
    private static let newest048 = AsterixEdition(1, 32)

    private let pins: [AsterixEditionPin]

    /// The newest edition for every source.
    public static let newest = AsterixEditions()

    private init() {
        pins = []
    }

    /// Records of a source that is pinned to something that is not read here are refused; see ``problem(of:)``.
    public init(pins: [AsterixEditionPin]) {
        self.pins = pins
    }

    /// What is wrong with a pin: `unsupportedCategory` or `unsupportedEdition`; `nil`: nothing.
    public static func problem(of pin: AsterixEditionPin) -> DecodeError? {
        guard let known = supported(category: pin.category) else { return .unsupportedCategory(pin.category) }
        return known.contains(pin.edition) ? nil : .unsupportedEdition(category: pin.category)
    }

    /// `nil`: the category is not read.
    public static func supported(category: UInt8) -> [AsterixEdition]? {
        switch category {
        case 34: category034
        case 48: category048
        default: nil
        }
    }

    /// A pin of the source itself counts before one of all sources; the last of equals counts.
    func edition(
        of category: UInt8, from source: AsterixSource
    ) throws(DecodeError) -> AsterixEdition {
        let newest = category == 34 ? Self.newest034 : Self.newest048
        guard !pins.isEmpty else { return newest }
        let own = pins.last { $0.category == category && $0.source == source }
        let general = pins.last { $0.category == category && $0.source == nil }
        guard let pin = own ?? general else { return newest }
        if let problem = Self.problem(of: pin) { throw problem }
        return pin.edition
    }
}

extension AsterixEditionPin {
    /// Reads `20/129:048=1.27`: system area code, system identification code, category, edition. Without the
    /// source, `048=1.27`, it is meant for every source.
    ///
    /// - Returns: `nil` if the text is not of this form. Whether the edition exists is not looked at.
    public init?(text: String) {
        let halves = text.split(separator: "=", omittingEmptySubsequences: false)
        guard halves.count == 2 else { return nil }
        let left = halves[0].split(separator: ":", omittingEmptySubsequences: false)
        let numbers = halves[1].split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(left.count), let category = UInt8(left[left.count - 1]),
            numbers.count == 2, let major = UInt8(numbers[0]), let minor = UInt8(numbers[1])
        else { return nil }
        var source: AsterixSource?
        if left.count == 2 {
            let codes = left[0].split(separator: "/", omittingEmptySubsequences: false)
            guard codes.count == 2, let area = UInt8(codes[0]), let code = UInt8(codes[1]) else { return nil }
            source = AsterixSource(area: area, code: code)
        }
        self.init(source: source, category: category, edition: AsterixEdition(major, minor))
    }
}
