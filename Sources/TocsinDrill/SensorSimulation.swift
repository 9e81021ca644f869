internal import RealModule
package import TocsinModel

/// Everything that the made-up sensors say during a raid.
package struct SensorSimulation: Hashable, Sendable {
    /// By arrival, then by sensor and by time of measurement.
    package let messages: [SimulatedMessage]

    /// Sensors go on for this long after the last object's end, so that silence after it is seen too. Seconds.
    package static let secondsAfterEnd = 60.0

    package init(of raid: Raid, by sensors: [SimulatedSensor]) {
        let paths = raid.objects.map { ObjectPath($0, ground: raid.settings.groundHeight) }
        let end = raid.endsAt.advanced(bySeconds: Self.secondsAfterEnd)
        var messages: [SimulatedMessage] = []
        for (index, sensor) in sensors.enumerated() {
            let generator = SeededGenerator(seed: raid.seed, stream: 1 << 40 + UInt64(index))
            switch sensor.ability {
            case .microphone(let ability):
                var listening = Listening(
                    sensor: sensor.settings, ability: ability, startsAt: raid.startsAt, endsAt: end,
                    generator: generator)
                messages += sensor.messages(of: listening.messages(about: paths))
            case .radar(let ability):
                var scanning = Scanning(
                    sensor: sensor.settings, ability: ability, startsAt: raid.startsAt, endsAt: end,
                    generator: generator)
                messages += sensor.messages(of: scanning.messages(about: paths))
            }
        }
        self.messages = messages.sorted {
            ($0.arrivesAt, $0.sensor, $0.measuredAt) < ($1.arrivesAt, $1.sensor, $1.measuredAt)
        }
    }

    /// When each object is first sensed: the arrival of the first report about it; `nil` for never.
    package func firstSensed(objects: Int) -> [Instant?] {
        var first = [Instant?](repeating: nil, count: objects)
        for message in messages {
            if let object = message.object, first[object] == nil { first[object] = message.arrivesAt }
        }
        return first
    }
}

/// One thing that a made-up sensor says, with the truth about it.
package struct SimulatedMessage: Hashable, Sendable {
    /// When the system gets it: the time of measurement and the way to here.
    package var arrivesAt: Instant
    /// The number of the object that it is about; `nil` for a false one and for a sign of life. Never sent.
    package var object: Int?
    package var content: Content

    package enum Content: Hashable, Sendable {
        /// The origin of the measurement is filled in.
        case report(Report)
        case alive(SensorID, at: Instant)
    }

    package init(arrivesAt: Instant, object: Int?, content: Content) {
        self.arrivesAt = arrivesAt
        self.object = object
        self.content = content
    }

    package var sensor: SensorID {
        switch content {
        case .report(let report): report.sensor
        case .alive(let sensor, _): sensor
        }
    }

    package var measuredAt: Instant {
        switch content {
        case .report(let report): report.measuredAt
        case .alive(_, let at): at
        }
    }

    /// As Tocsin's own report format has it, without a line end, for sensors whose places are configured.
    package var line: String {
        switch content {
        case .alive(let sensor, let at): return ReportLine.alive(sensor: sensor, at: at)
        case .report(var report):
            report.measurement = report.measurement.withoutOrigin
            return ReportLine.text(of: report)
        }
    }
}

extension Measurement {
    fileprivate var withoutOrigin: Measurement {
        switch self {
        case .polar(var polar):
            polar.origin = nil
            return .polar(polar)
        case .bearing(var bearing):
            bearing.origin = nil
            return .bearing(bearing)
        case .presence(var presence):
            presence.origin = nil
            return .presence(presence)
        case .fix, .estimate:
            return self
        }
    }
}

/// The way of an object in earth-fixed meters, once a second.
struct ObjectPath {
    let object: RaidObject
    let positions: [EarthFixed]
    private let groundMeters: Double

    init(_ object: RaidObject, ground: GeometricHeight) {
        self.object = object
        positions = object.samples.map { EarthFixed($0.point, height: $0.height) }
        groundMeters = ground.meters
    }

    /// The time of the first position; `nil` if there is none.
    var startsAt: Instant? { object.samples.first?.at }
    /// Seconds from the first position to the last.
    var lengthSeconds: Double { Double(max(0, positions.count - 1)) }

    /// Straight between the samples; `seconds` must be from 0 to `lengthSeconds`.
    func position(at seconds: Double) -> EarthFixed {
        let index = min(Int(seconds), positions.count - 1)
        let next = min(index + 1, positions.count - 1)
        let share = seconds - Double(index)
        let (from, to) = (positions[index], positions[next])
        return EarthFixed(
            x: from.x + share * (to.x - from.x), y: from.y + share * (to.y - from.y),
            z: from.z + share * (to.z - from.z))
    }

    func heightAboveGround(at seconds: Double) -> Distance {
        let sample = object.samples[min(Int(seconds.rounded()), object.samples.count - 1)]
        return Distance(meters: sample.height.meters - groundMeters)
    }
}

/// Where a sensor stands and the directions of its horizon.
struct SensorFrame {
    let origin: EarthFixed
    private let east: EarthFixed
    private let north: EarthFixed

    init(_ position: SensorPosition) {
        origin = EarthFixed(position.point, height: position.height)
        let latitude = position.point.latitudeDegrees * .pi / 180
        let longitude = position.point.longitudeDegrees * .pi / 180
        east = EarthFixed(x: -Double.sin(longitude), y: Double.cos(longitude), z: 0)
        north = EarthFixed(
            x: -Double.sin(latitude) * Double.cos(longitude), y: -Double.sin(latitude) * Double.sin(longitude),
            z: Double.cos(latitude))
    }

    func distance(to point: EarthFixed) -> Double {
        let (x, y, z) = (point.x - origin.x, point.y - origin.y, point.z - origin.z)
        return (x * x + y * y + z * z).squareRoot()
    }

    func azimuth(to point: EarthFixed) -> Double {
        let (x, y, z) = (point.x - origin.x, point.y - origin.y, point.z - origin.z)
        return Double.atan2(y: x * east.x + y * east.y, x: x * north.x + y * north.y + z * north.z)
    }
}

extension Instant {
    /// Rounded to the millisecond: what a sensor's clock tells.
    var inMilliseconds: Instant {
        Instant(nanosecondsSinceEpoch: (nanosecondsSinceEpoch + 500_000) / 1_000_000 * 1_000_000)
    }
}

extension Double {
    /// Rounded to whole multiples of 1 / `parts`: what a sensor's display resolves.
    func rounded(toParts parts: Double) -> Double { (self * parts).rounded() / parts }
}
