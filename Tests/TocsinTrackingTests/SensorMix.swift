import Foundation
import TocsinDrill
import TocsinModel

/// Some kinds of sensors around one flight over a field of 24 by 24 km.
struct SensorMix: Hashable {
    var name: String
    var radars = 0
    /// Whether the radars measure heights, as pressure altitudes.
    var heights = false
    var microphones = false
    /// Position reports of the object itself, every two seconds.
    var fixes = false
    /// Microphones without a direction: "I hear one".
    var presence = false

    static let all = [
        SensorMix(name: "radar", radars: 1),
        SensorMix(name: "radar with height", radars: 1, heights: true),
        SensorMix(name: "two radars", radars: 2),
        SensorMix(name: "two radars with height", radars: 2, heights: true),
        SensorMix(name: "microphones", microphones: true),
        SensorMix(name: "fixes", fixes: true),
        SensorMix(name: "presence", presence: true),
        SensorMix(name: "radar and microphones", radars: 1, microphones: true),
        SensorMix(name: "radar with height and microphones", radars: 1, heights: true, microphones: true),
        SensorMix(name: "microphones and presence", microphones: true, presence: true),
        SensorMix(name: "radar and presence", radars: 1, presence: true),
        SensorMix(name: "radar and fixes", radars: 1, fixes: true),
        SensorMix(name: "radar with height and fixes", radars: 1, heights: true, fixes: true),
        SensorMix(name: "everything but fixes", radars: 2, microphones: true, presence: true),
    ]
}

/// How the object flies.
struct MixFlight: Hashable {
    var isFast: Bool
    var manoeuvres: Bool

    static let all = [false, true].flatMap { fast in
        [false, true].map { MixFlight(isFast: fast, manoeuvres: $0) }
    }

    var name: String { (isFast ? "fast" : "slow") + (manoeuvres ? ", turning" : ", straight") }

    /// Half the length of the field's side, meters.
    static let reach = 12_000.0

    /// One way across the field, a sample a second, at constant speed and height: straight, or straight for 20 to
    /// 60 s by turns with turns of 1 to 3 degrees per second by 30 to 120 degrees, towards the middle of the field.
    func samples(_ generator: inout SeededGenerator) -> [TruthSample] {
        let speed = isFast ? generator.uniform(in: 180...250) : generator.uniform(in: 40...60)
        let height = Double(500) + exp(generator.uniform(in: isFast ? log(50)...log(300) : log(100)...log(2_000)))
        var heading = 2 * Double.pi * generator.uniform()
        let aside = 4_000 * generator.normal()
        var place = PlanePoint(
            east: -Self.reach * sin(heading) + aside * cos(heading),
            north: -Self.reach * cos(heading) - aside * sin(heading))
        var (turn, phaseEnds) = (0.0, generator.uniform(in: 10...40))
        let step = 0.1
        return (0..<(isFast ? 150 : 500)).map { second in
            let sample = TruthSample(
                at: Flight.epoch.advanced(bySeconds: Double(second)), point: Flight.plane.unproject(place),
                height: GeometricHeight(meters: height),
                velocity: PlanePoint(east: speed * sin(heading), north: speed * cos(heading)))
            if manoeuvres, Double(second) >= phaseEnds {
                if turn == 0 {
                    let inward = atan2(-place.east, -place.north) - heading
                    let rate = generator.uniform(in: 1...3) * Double.pi / 180
                    turn = sin(inward) < 0 ? -rate : rate
                    phaseEnds += generator.uniform(in: 0.5...2) / rate
                } else {
                    (turn, phaseEnds) = (0, phaseEnds + generator.uniform(in: 20...60))
                }
            }
            for _ in 0..<10 {
                heading += turn * step
                place.east += speed * sin(heading) * step
                place.north += speed * cos(heading) * step
            }
            return sample
        }
    }
}

/// One flight under one mix: what the sensors say, and the truth.
struct MixRun {
    let object: RaidObject
    let sensors: [SensorSettings]
    /// By arrival.
    let messages: [SimulatedMessage]

    static let ground = GeometricHeight(meters: 500)

    init(_ mix: SensorMix, _ flight: MixFlight, seed: UInt64) {
        var generator = SeededGenerator(seed: seed, stream: 1 << 54)
        let samples = flight.samples(&generator)
        self.init(
            mix, samples, flight.isFast ? .cruiseMissile : .attackDrone, seed: seed, using: &generator)
    }

    init(
        _ mix: SensorMix, _ samples: [TruthSample], _ objectClass: ObjectClass, seed: UInt64,
        using generator: inout SeededGenerator
    ) {
        let last = samples[samples.count - 1]
        object = RaidObject(
            number: 0, objectClass: objectClass, target: AreaID("none"), samples: samples,
            end: RaidEnd(kind: .left, at: last.at, point: last.point))
        var settings = RaidSettings(drones: 1, missiles: 0, durationSeconds: 600, directions: 1)
        settings.groundHeight = Self.ground
        let raid = Raid(settings: settings, seed: seed, startsAt: samples[0].at, objects: [object])
        let simulated =
            Self.radars.prefix(mix.radars) + (mix.microphones ? Self.microphones(&generator) : [])
        let listeners = mix.presence ? Self.listeners(&generator) : []
        sensors = simulated.map(\.settings) + listeners
        var messages = SensorSimulation(of: raid, by: Array(simulated)).messages
        if mix.heights {
            // The air pressure of the day is unknown: one error for the whole flight.
            let error = 100 * generator.normal()
            let object = object
            messages = messages.map { message in
                guard message.object != nil, let sample = object.sample(at: message.measuredAt) else { return message }
                return message.withAltitude(sample.height.meters + error + 8 * generator.normal())
            }
        }
        if mix.fixes { messages += Self.fixes(samples, &generator) }
        messages += Self.heard(object, by: listeners, &generator)
        self.messages = messages.map(\.live).sorted {
            ($0.arrivesAt, $0.sensor, $0.measuredAt) < ($1.arrivesAt, $1.sensor, $1.measuredAt)
        }
    }

    private static let radars = [PlanePoint(east: -22_000, north: -9_000), PlanePoint(east: 15_000, north: 32_000)]
        .enumerated().map { number, place in
            SimulatedSensor(
                settings: SensorSettings(
                    id: SensorID("radar-\(number)"), kind: .radar,
                    position: SensorPosition(
                        point: Flight.plane.unproject(place), height: GeometricHeight(meters: 520)),
                    range: Distance(kilometers: 100), interval: .seconds(4), asterixIdentifier: nil),
                ability: .radar(.standard))
        }

    /// A jittered lattice over the field and a little beyond; places, meters.
    private static func lattice(spacing: Double, _ generator: inout SeededGenerator) -> [PlanePoint] {
        let count = Int(2 * (MixFlight.reach + 2_000) / spacing) + 1
        return (0..<(count * count)).map { number in
            let middle = Double(count - 1) / 2
            return PlanePoint(
                east: spacing * (Double(number % count) - middle) + 300 * generator.normal(),
                north: spacing * (Double(number / count) - middle) + 300 * generator.normal())
        }
    }

    private static func microphones(_ generator: inout SeededGenerator) -> [SimulatedSensor] {
        lattice(spacing: 3_500, &generator).enumerated().map { number, place in
            let range = Distance(meters: generator.uniform(in: 3_000...5_000).rounded())
            return SimulatedSensor(
                settings: listener("array-\(number)", at: place, range: range), ability: .microphone(.standard))
        }
    }

    private static func listeners(_ generator: inout SeededGenerator) -> [SensorSettings] {
        lattice(spacing: 2_500, &generator).enumerated().map { number, place in
            listener("ear-\(number)", at: place, range: Distance(meters: 3_000))
        }
    }

    private static func listener(_ name: String, at place: PlanePoint, range: Distance) -> SensorSettings {
        SensorSettings(
            id: SensorID(name), kind: .microphone,
            position: SensorPosition(point: Flight.plane.unproject(place), height: ground), range: range,
            interval: .seconds(60), asterixIdentifier: nil)
    }

    private static func fixes(_ samples: [TruthSample], _ generator: inout SeededGenerator) -> [SimulatedMessage] {
        samples.enumerated().filter { $0.offset % 2 == 0 }.map { _, sample in
            let place = Flight.plane.project(sample.point)
            let speed = hypot(sample.velocity.east, sample.velocity.north) + 3 * generator.normal()
            let report = Flight.report(
                address: 0x4b1613, at: sample.at, east: place.east + 50 * generator.normal(),
                north: place.north + 50 * generator.normal(),
                heading: atan2(sample.velocity.east, sample.velocity.north) + 3 * generator.normal() / speed,
                speed: speed, altitude: sample.height.meters)
            return SimulatedMessage(
                arrivesAt: sample.at.advanced(bySeconds: generator.uniform(in: 0.1...0.6)), object: 0,
                content: .report(report))
        }
    }

    /// Whether each microphone hears the object in each second, with the sound's delay, plus false alarms.
    private static func heard(
        _ object: RaidObject, by listeners: [SensorSettings], _ generator: inout SeededGenerator
    ) -> [SimulatedMessage] {
        var messages: [SimulatedMessage] = []
        for second in object.samples.indices {
            let at = object.samples[second].at
            for listener in listeners {
                let origin = Flight.plane.project(listener.position.point)
                var emission = Double(second)
                var distance = Double.infinity
                for _ in 0..<12 {
                    guard let then = object.sample(at: Flight.epoch.advanced(bySeconds: emission)) else { break }
                    let place = Flight.plane.project(then.point)
                    distance = hypot(place.east - origin.east, place.north - origin.north)
                    emission = Double(second) - distance / 340
                }
                let isNear = emission > 0 && distance < listener.range.meters
                guard generator.happens(withProbability: isNear ? 0.4 : 0.002) else { continue }
                let presence = Presence(origin: listener.position, radius: listener.range, likelihoodRatio: 20)
                let report = Report(
                    feed: FeedNumber(3), sensor: listener.id, measuredAt: at, receivedAt: at,
                    measurement: .presence(presence), identity: .none, classEvidence: nil, exercise: false)
                messages.append(
                    SimulatedMessage(arrivesAt: at, object: isNear ? 0 : nil, content: .report(report)))
            }
        }
        return messages
    }
}

extension SimulatedMessage {
    /// The same with a pressure altitude, meters, if it is a plot.
    fileprivate func withAltitude(_ meters: Double) -> SimulatedMessage {
        guard case .report(var report) = content, case .polar(var polar) = report.measurement else { return self }
        polar.pressureAltitude = PressureAltitude(meters: meters)
        report.measurement = .polar(polar)
        return SimulatedMessage(arrivesAt: arrivesAt, object: object, content: .report(report))
    }
}
