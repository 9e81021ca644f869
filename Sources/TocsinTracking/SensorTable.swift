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
    }

    private var entries: OrderedDictionary<SensorID, Entry>

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
    }

    /// `nil`: not configured.
    subscript(_ sensor: SensorID) -> Entry? { entries[sensor] }

    mutating func hear(_ sensor: SensorID, at instant: Instant) {
        guard let slot = entries.index(forKey: sensor) else { return }
        entries.values[slot].lastHeardAt = max(entries.values[slot].lastHeardAt, instant)
    }
}
