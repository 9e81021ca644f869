import Foundation
import TocsinDrill
import TocsinModel
import TocsinTracking

/// What a mixed drill came to.
struct MixedAccount {
    struct Raider {
        var number: Int
        /// Seconds looked at: 20 s after it was first sensed, to its end; and how many of them it was followed in.
        var looks = 0
        var followed = 0
        /// The same while radar or three microphones sensed it in the last 12 s.
        var coveredLooks = 0
        var coveredFollowed = 0
        var share: Double { looks == 0 ? 1 : Double(followed) / Double(looks) }
        var coveredShare: Double { coveredLooks == 0 ? 1 : Double(coveredFollowed) / Double(coveredLooks) }
    }

    private let world: MixedWorld
    private let sensing: [[Bool]]
    private(set) var raiders: [Raider]
    private(set) var airlinersLost = 0
    private(set) var airlinersThreatening = 0
    private var doubles: [Pair: Int] = [:]
    /// Per anonymous track: how near it ever was to an object, meters, and the seconds it was near none.
    private var nearest: [TrackNumber: Double] = [:]
    private var aloneSeconds: [TrackNumber: Int] = [:]
    private var firstFollowed: [Int: Int] = [:]
    private var names: [Int: ObjectClass] = [:]
    private var seconds = 0
    private var spoken: [(first: Instant, last: Instant)?]

    private struct Pair: Hashable {
        var airliner: Int
        var track: TrackNumber
    }

    init(_ world: MixedWorld) {
        self.world = world
        raiders = (0..<world.raiders).map { Raider(number: $0) }
        sensing = Self.sensing(world)
        spoken = Array(repeating: nil, count: world.truth.objects.count)
        for message in world.messages {
            guard case .report(let report) = message.content, report.identity.isCooperative,
                let object = message.object
            else { continue }
            spoken[object] = (spoken[object]?.first ?? message.arrivesAt, message.arrivesAt)
        }
    }

    /// Per raider and second: whether a radar or three microphones sensed it within the last 12 s.
    private static func sensing(_ world: MixedWorld) -> [[Bool]] {
        let count = Int(world.truth.endsAt.seconds(since: world.truth.startsAt)) + 100
        var byRadar = Array(repeating: [Bool](repeating: false, count: count), count: world.raiders)
        var heard = Array(repeating: [Set<SensorID>](repeating: [], count: count), count: world.raiders)
        for message in world.messages {
            guard let object = message.object, object < world.raiders, case .report(let report) = message.content
            else { continue }
            let second = Int(message.arrivesAt.seconds(since: world.truth.startsAt))
            guard second >= 0, second < count else { continue }
            switch report.measurement {
            case .polar: byRadar[object][second] = true
            case .bearing: heard[object][second].insert(report.sensor)
            case .fix, .presence, .estimate: break
            }
        }
        return (0..<world.raiders).map { object in
            (0..<count).map { second in
                let window = max(0, second - 12)...second
                let microphones = window.reduce(into: Set<SensorID>()) { $0.formUnion(heard[object][$1]) }
                return window.contains { byRadar[object][$0] } || microphones.count >= 3
            }
        }
    }

    mutating func note(_ sights: [MixedDrill.Sight], tracker: Tracker, second: Int) {
        seconds = second
        let now = world.truth.startsAt.advanced(bySeconds: Double(second))
        for raider in raiders.indices where world.truth.objects[raider].sample(at: now) != nil {
            noteRaider(raider, sights, second: second)
        }
        for object in world.truth.objects.indices where world.truth.objects[object].sample(at: now) != nil {
            noteName(object, sights, second: second)
        }
        for (object, address) in world.addresses.sorted(by: { $0.key < $1.key }) {
            noteAirliner(object, address, sights, tracker, now: now)
        }
        for sight in sights where sight.track.identity.address == nil {
            let (number, distance) = (sight.track.number, sight.nearest?.meters ?? .infinity)
            nearest[number] = min(nearest[number] ?? .infinity, distance)
            if distance > 3_000 { aloneSeconds[number, default: 0] += 1 }
        }
    }

    private mutating func noteRaider(_ raider: Int, _ sights: [MixedDrill.Sight], second: Int) {
        guard let first = sensing[raider].firstIndex(of: true), second >= first + 20 else { return }
        let isFollowed = sights.contains { $0.distance(to: raider) <= 1_000 }
        raiders[raider].looks += 1
        if isFollowed { raiders[raider].followed += 1 }
        guard sensing[raider][second] else { return }
        raiders[raider].coveredLooks += 1
        if isFollowed { raiders[raider].coveredFollowed += 1 }
    }

    /// What the track nearest to the object is named a minute after the first one was confirmed.
    private mutating func noteName(_ object: Int, _ sights: [MixedDrill.Sight], second: Int) {
        let near = sights.filter { $0.nearest?.object == object && $0.distance(to: object) < 1_000 }
        guard let sight = near.min(by: { $0.distance(to: object) < $1.distance(to: object) }) else { return }
        let first = firstFollowed[object] ?? second
        firstFollowed[object] = first
        if second >= first + 60, names[object] == nil { names[object] = sight.track.classes.likeliest }
    }

    private mutating func noteAirliner(
        _ object: Int, _ address: AircraftAddress, _ sights: [MixedDrill.Sight], _ tracker: Tracker, now: Instant
    ) {
        guard let times = spoken[object], now >= times.first.advanced(bySeconds: 1), now <= times.last else { return }
        let own = tracker.tracks.filter { $0.identity.address == address }
        if own.count != 1 { airlinersLost += 1 }
        if own.contains(where: { !$0.isCooperative || $0.classes.threat > 0.1 }) { airlinersThreatening += 1 }
        for sight in sights where sight.track.identity.address == nil {
            // Within 2 km of the airliner, and nobody else is nearer to it.
            guard sight.distance(to: object) < 2_000, sight.nearest?.object == object else { continue }
            doubles[Pair(airliner: object, track: sight.track.number), default: 0] += 1
        }
    }

    /// Airliners beside which a second track flew for over 20 s.
    var airlinersDoubled: Int { Set(doubles.filter { $0.value > 20 }.keys.map(\.airliner)).count }

    var longestDouble: Int { doubles.values.max() ?? 0 }

    /// Tracks that never were within 3 km of an object.
    var falseTracks: Set<TrackNumber> { Set(nearest.filter { $0.value > 3_000 }.keys) }

    /// Of attack drones, cruise missiles and airliners that speak.
    var namedRightShare: Double {
        let judged = names.filter { $0.key < world.raiders || world.addresses[$0.key] != nil }
        let right = judged.count { $0.value == world.truth.objects[$0.key].objectClass }
        return Double(right) / Double(max(judged.count, 1))
    }

    var lines: [String] {
        let shares = raiders.filter { $0.looks > 0 }.map { raider in
            let first = sensing[raider.number].firstIndex(of: true) ?? -1
            let kind = world.truth.objects[raider.number].objectClass == .attackDrone ? "d" : "m"
            return String(
                format: "%@%d@%ds %.2f/%.2f of %ds", kind, raider.number, first, raider.share, raider.coveredShare,
                raider.looks)
        }
        let minutes = Double(max(seconds, 1)) / 60
        let remnants = aloneSeconds.keys.count { !falseTracks.contains($0) }
        return [
            "raiders followed, share of all/covered time: " + shares.joined(separator: ", "),
            "airliners \(world.addresses.count) \(world.areReal ? "real" : "made up"), lost seconds \(airlinersLost),"
                + " doubled \(airlinersDoubled) (longest \(longestDouble) s), threatening seconds"
                + " \(airlinersThreatening)",
            "confirmed tracks of nothing \(falseTracks.count), "
                + String(format: "%.2f", Double(falseTracks.count) / minutes) + " per minute; followed beyond their"
                + " objects \(remnants); both shown at a time "
                + String(format: "%.2f", Double(aloneSeconds.values.reduce(0, +)) / Double(max(seconds, 1))),
        ] + matrix
    }

    private var matrix: [String] {
        let groups: [(String, [Int])] = [
            ("attack drones", raiders.indices.filter { world.truth.objects[$0].objectClass == .attackDrone }),
            ("cruise missiles", raiders.indices.filter { world.truth.objects[$0].objectClass == .cruiseMissile }),
            ("airliners", world.addresses.keys.sorted()),
            (
                "silent airliners",
                world.truth.objects.indices.filter { $0 >= world.raiders && world.addresses[$0] == nil }
            ),
        ]
        return groups.map { name, objects in
            let found = objects.compactMap { names[$0] }
            let counts = ObjectClass.allCases.compactMap { objectClass -> String? in
                let count = found.count { $0 == objectClass }
                return count == 0 ? nil : "\(objectClass.rawValue) \(count)"
            }
            return "\(name), \(found.count) of \(objects.count) judged after 60 s: " + counts.joined(separator: ", ")
        }
    }
}
