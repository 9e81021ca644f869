internal import OrderedCollections
public import TocsinModel

/// What was found in a file: counts, and one sample of each kind of refusal.
public struct FileTally: Hashable, Sendable {
    /// Records or messages that were understood.
    public var records = 0
    /// Datagrams, frames or lines.
    public var frames = 0
    private var understood: OrderedDictionary<String, Int> = [:]
    private var refused: OrderedDictionary<String, Refusal> = [:]

    /// Refusals of one kind.
    public struct Refusal: Hashable, Sendable {
        /// A short word, and what it is about.
        public var reason: String
        public var count: Int
        /// Of the first one, from the start of the file.
        public var offset: Int
        /// The first bytes of the first one.
        public var sample: [UInt8]

        public init(reason: String, count: Int, offset: Int, sample: [UInt8]) {
            self.reason = reason
            self.count = count
            self.offset = offset
            self.sample = sample
        }
    }

    /// Kinds of refusal that are told apart; the rest is counted as one. There are some thirty reasons, and a
    /// category can be any of 256.
    private static let kindsMaximum = 300

    public init() {}

    /// How many records there were of each kind, in the order of the first of each.
    public var kinds: [(name: String, count: Int)] { understood.map { ($0.key, $0.value) } }
    /// In the order of the first of each.
    public var refusals: [Refusal] { Array(refused.values) }

    /// Counts a record of the named kind, for example `048`.
    public mutating func count(_ kind: String) {
        records += 1
        understood[kind, default: 0] += 1
    }

    /// Counts something that was not understood.
    /// Of its bytes in `sample`, `Limits.rejectionSampleBytes` are kept.
    public mutating func refuse(_ error: DecodeError, offset: Int, sample: ArraySlice<UInt8>) {
        refuse(Self.reason(error), offset: offset, sample: sample)
    }

    mutating func refuse(_ reason: String, offset: Int, sample: ArraySlice<UInt8>) {
        let isKnown = refused[reason] != nil
        let key = isKnown || refused.count < Self.kindsMaximum ? reason : "other"
        if refused[key] == nil {
            let start = sample.prefix(Limits.rejectionSampleBytes)
            refused[key] = Refusal(reason: key, count: 0, offset: offset, sample: Array(start))
        }
        refused[key]?.count += 1
    }

    private static func reason(_ error: DecodeError) -> String {
        switch error {
        case .unsupportedCategory(let category): "\(error.reason) \(category)"
        case .undefinedItem(let category, let number): "\(error.reason) \(category)/\(number)"
        case .unsupportedEdition(let category): "\(error.reason) \(category)"
        case .missingField(let name): "\(error.reason) \(name)"
        case .outOfRange(let name): "\(error.reason) \(name)"
        case .trailingBytes(let count): "\(error.reason) \(count)"
        case .unknownDownlinkFormat(let format): "\(error.reason) \(format)"
        default: error.reason
        }
    }
}
