internal import OrderedCollections
internal import TocsinModel

/// What the tracker knows of each configured sensor.
struct SensorTable: Hashable, Sendable, Codable {
    struct Entry: Hashable, Sendable, Codable {
        var settings: SensorSettings
        var position: SIMD4<Double>
        var intervalSeconds: Double
        /// The time of its newest report; the start of time if it never reported.
        var lastHeardAt: Instant

        /// Whether its silence means something: a listener that said nothing for 15 s, or for two and a half of
        /// its intervals, may be dead. It need not have sensed an object; a sign of life will do.
        func isAlive(at now: Instant) -> Bool {
            now.seconds(since: lastHeardAt) < max(15, 2.5 * intervalSeconds)
        }
    }

    private var entries: OrderedDictionary<SensorID, Entry>
    /// Microphones and cameras by place; an entry's number is its position in `entries`.
    private var listenerIndex = TrackIndex()
    /// The longest range among them, meters.
    private var listeningRange = 0.0

    init(_ sensors: [SensorSettings]) {
        entries = OrderedDictionary(
            sensors.map { sensor in
                let parts = sensor.interval.components
                let seconds = Double(parts.seconds) + Double(parts.attoseconds) * 1e-18
                let entry = Entry(
                    settings: sensor, position: SIMD4(sensor.position), intervalSeconds: seconds,
                    lastHeardAt: Instant(nanosecondsSinceEpoch: .min))
                return (sensor.id, entry)
            }, uniquingKeysWith: { first, _ in first })
        for (slot, entry) in entries.values.enumerated() where entry.settings.kind.isListener {
            listenerIndex.insert(TrackNumber(UInt64(slot)), cell: TrackIndex.cell(of: entry.position))
            listeningRange = max(listeningRange, min(entry.settings.range.meters, Self.farthestListener))
        }
    }

    /// Farther than any microphone hears or camera sees a small object, meters.
    private static let farthestListener = 15_000.0

    /// The microphones and cameras whose range may reach `place`, in a fixed order.
    func listeners(around place: SIMD4<Double>) -> [Entry] {
        listenerIndex.numbers(around: place, radius: listeningRange).map { entries.values[Int($0.rawValue)] }
    }

    /// All microphones and cameras, in the order of the configuration.
    var listeners: [Entry] { entries.values.filter { $0.settings.kind.isListener } }

    /// `nil`: not configured.
    subscript(_ sensor: SensorID) -> Entry? { entries[sensor] }

    mutating func hear(_ sensor: SensorID, at instant: Instant) {
        guard let slot = entries.index(forKey: sensor) else { return }
        entries.values[slot].lastHeardAt = max(entries.values[slot].lastHeardAt, instant)
    }
}

extension SensorKind {
    /// Whether it stays silent where it senses nothing, and senses near objects only.
    fileprivate var isListener: Bool {
        switch self {
        case .microphone, .camera: true
        case .radar, .receiver, .person, .system: false
        }
    }
}
