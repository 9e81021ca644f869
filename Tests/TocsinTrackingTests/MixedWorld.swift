import Foundation
import TocsinDrill
import TocsinModel

/// A raid over a made-up country, with airliners, watched by radars, microphones, receivers and people at once.
struct MixedWorld {
    struct Size {
        var drones: Int
        var missiles: Int
        var seconds: Double
        var radars: Int
        var microphones: Int
        var people: Int
        /// Where in the recording of flights the drill begins, seconds; `nil`: no airliners.
        var flightsFrom: Double?
        /// Airliners without a transponder.
        var silent: Int
    }

    static let middle = GeoPoint(latitudeDegrees: 46.8, longitudeDegrees: 7.8)
    static let epoch = Instant(nanosecondsSinceEpoch: 1_800_000_000_000_000_000)

    /// The raiders, then the airliners that speak, then the silent ones.
    let truth: Raid
    let raiders: Int
    /// By the object's number.
    let addresses: [Int: AircraftAddress]
    let areReal: Bool
    let sensors: [SensorSettings]
    /// By arrival.
    let messages: [SimulatedMessage]

    init(_ size: Size, seed: UInt64) throws {
        guard let region = RaidRegion(areas: Self.areas) else { throw CocoaError(.fileReadUnknown) }
        let settings = RaidSettings(
            drones: size.drones, missiles: size.missiles, durationSeconds: size.seconds, directions: 2)
        let raid = Raid(over: region, settings: settings, startsAt: Self.epoch, seed: seed)
        let flights =
            try size.flightsFrom.map {
                try Airliners.overSwitzerland(from: $0, seconds: size.seconds, at: Self.epoch, seed: seed)
            } ?? (airliners: [], areReal: false)
        areReal = flights.areReal
        var generator = SeededGenerator(seed: seed, stream: 1 << 51)
        let silent = (0..<size.silent).map {
            Airliners.madeUp(500 + $0, seconds: Int(size.seconds), at: Self.epoch, speaks: false, &generator)
        }
        let count = raid.objects.count
        raiders = count
        let airliners = flights.airliners + silent
        let objects = raid.objects + airliners.enumerated().map { Self.object($0.element, count + $0.offset) }
        truth = Raid(settings: settings, seed: seed, startsAt: Self.epoch, objects: objects)
        addresses = Dictionary(
            uniqueKeysWithValues: flights.airliners.enumerated().map { (count + $0.offset, $0.element.address) })
        let ground = settings.groundHeight
        let simulated =
            SensorPlacement.radars(size.radars, in: region, ground: ground, seed: seed)
            + SensorPlacement.microphones(size.microphones, in: region, ground: ground, seed: seed)
        let crowd = Crowd(size.people, in: region, ground: ground, seed: seed)
        sensors = simulated.map(\.settings) + crowd.people
        let seen = SensorSimulation(of: truth, by: simulated).messages
        let spoken = airliners.enumerated().flatMap { offset, airliner in
            airliner.claims.map { Self.message($0, object: count + offset, &generator) }
        }
        let told = crowd.messages(about: truth, raiders: count)
        messages = (seen.map(\.live) + spoken + told).sorted {
            ($0.arrivesAt, $0.sensor, $0.measuredAt) < ($1.arrivesAt, $1.sensor, $1.measuredAt)
        }
    }

    private static func object(_ airliner: Airliner, _ number: Int) -> RaidObject {
        let last = airliner.samples[airliner.samples.count - 1]
        return RaidObject(
            number: number, objectClass: .aircraft, target: AreaID("none"), samples: airliner.samples,
            end: RaidEnd(kind: .left, at: last.at, point: last.point))
    }

    private static func message(
        _ claim: Report, object: Int, _ generator: inout SeededGenerator
    ) -> SimulatedMessage {
        var report = claim
        report.receivedAt = claim.measuredAt.advanced(bySeconds: generator.uniform(in: 0.1...0.8))
        return SimulatedMessage(arrivesAt: report.receivedAt, object: object, content: .report(report))
    }

    /// Square towns on a lattice of 10 by 6.
    private static let areas = (0..<60).map { index -> Area in
        let latitude = 46.5 + 0.13 * Double(index / 10)
        let longitude = 6.9 + 0.2 * Double(index % 10)
        let corners = [(-0.009, -0.013), (-0.009, 0.013), (0.009, 0.013), (0.009, -0.013)].map {
            GeoPoint(latitudeDegrees: latitude + $0.0, longitudeDegrees: longitude + $0.1)
        }
        return Area(
            id: AreaID("town-\(100 + index)"), names: [], population: 5_000 + 1_500 * index,
            polygon: GeoPolygon(vertices: corners), secondsToShelter: 90, protects: [.homes])
    }
}

/// People who say that they see or hear one: late, and sometimes wrong.
private struct Crowd {
    let people: [SensorSettings]
    private let seed: UInt64

    /// How far they notice a raider, what they are taken to notice, and how often they say so, seconds.
    private static let reach = 2_500.0
    private static let radius = 3_000.0
    private static let interval = 15.0
    private static let falseReportsPerHour = 1.0

    init(_ count: Int, in region: RaidRegion, ground: GeometricHeight, seed: UInt64) {
        self.seed = seed
        var generator = SeededGenerator(seed: seed, stream: 1 << 52)
        people = (0..<count).map { number in
            let disc = region.discs[generator.index(below: region.discs.count)]
            let place = PlanePoint(
                east: disc.center.east + 3_000 * generator.normal(),
                north: disc.center.north + 3_000 * generator.normal())
            return SensorSettings(
                id: SensorID("person-\(number)"), kind: .person,
                position: SensorPosition(point: region.plane.unproject(place), height: ground),
                range: Distance(meters: Self.radius), interval: .seconds(60), asterixIdentifier: nil)
        }
    }

    func messages(about truth: Raid, raiders: Int) -> [SimulatedMessage] {
        var generator = SeededGenerator(seed: seed, stream: 1 << 53)
        let length = truth.endsAt.seconds(since: truth.startsAt)
        var messages: [SimulatedMessage] = []
        for person in people {
            var second = generator.uniform(in: 0...Self.interval)
            while second < length {
                let at = truth.startsAt.advanced(bySeconds: second)
                let near = truth.objects.prefix(raiders).first { object in
                    let point = object.sample(at: at)?.point
                    return point.map { $0.greatCircleDistance(to: person.position.point).meters < Self.reach } ?? false
                }
                let chance = near == nil ? Self.falseReportsPerHour * Self.interval / 3_600 : 0.4
                if generator.happens(withProbability: chance) {
                    let delay = 4 + generator.exponential(mean: 8)
                    messages.append(Self.message(from: person, at: at, delay: min(delay, 40), object: near?.number))
                }
                second += Self.interval
            }
        }
        return messages
    }

    private static func message(
        from person: SensorSettings, at: Instant, delay: Double, object: Int?
    ) -> SimulatedMessage {
        let presence = Presence(
            origin: person.position, radius: Distance(meters: radius), likelihoodRatio: 10)
        let arrivesAt = at.advanced(bySeconds: delay)
        let report = Report(
            feed: FeedNumber(2), sensor: person.id, measuredAt: at, receivedAt: arrivesAt,
            measurement: .presence(presence), identity: .none, classEvidence: nil, exercise: false)
        return SimulatedMessage(arrivesAt: arrivesAt, object: object, content: .report(report))
    }
}

extension SimulatedMessage {
    /// As if it were no exercise.
    var live: SimulatedMessage {
        guard case .report(var report) = content else { return self }
        report.exercise = false
        return SimulatedMessage(arrivesAt: arrivesAt, object: object, content: .report(report))
    }
}
