internal import OrderedCollections
package import TocsinModel

/// Who says that a threat is there, as far as it matters: one source, or more.
package struct Corroboration: Hashable, Sendable, Codable {
    /// At most two sensors with instruments, ascending.
    private var instruments: [SensorID] = []
    /// At most ``personsMaximum`` people without instruments, ascending. A sensor that is not configured counts as
    /// one of them: anyone may make up a name.
    private var persons: [SensorID] = []

    static let personsMaximum = 8

    /// Nobody.
    init() {}

    init(sensors: [SensorID], instruments known: OrderedSet<SensorID>) {
        for sensor in sensors {
            if known.contains(sensor) {
                Self.insert(sensor, into: &instruments, maximum: 2)
            } else {
                Self.insert(sensor, into: &persons, maximum: Self.personsMaximum)
            }
        }
    }

    mutating func add(_ other: Corroboration) {
        for sensor in other.instruments { Self.insert(sensor, into: &instruments, maximum: 2) }
        for sensor in other.persons { Self.insert(sensor, into: &persons, maximum: Self.personsMaximum) }
    }

    private static func insert(_ sensor: SensorID, into list: inout [SensorID], maximum: Int) {
        guard list.count < maximum, !list.contains(sensor) else { return }
        list.append(sensor)
        list.sort()
    }

    /// Only people without instruments, or nobody.
    var isCrowdOnly: Bool { instruments.isEmpty }
    var personCount: Int { persons.count }

    /// The source that everything rests on; `nil` if two corroborate each other.
    var soleSource: Source? {
        guard let instrument = instruments.first else { return .crowd }
        return instruments.count == 1 && persons.isEmpty ? .sensor(instrument) : nil
    }

    /// Whom a bounded share of areas is counted against. All people without instruments are one source.
    package enum Source: Hashable, Sendable, Codable {
        case sensor(SensorID)
        case crowd
    }
}
