import Foundation
import Testing
import TocsinDrill
import TocsinModel
import TocsinTestKit
import TocsinTracking

/// What objects are taken for a minute after the first track of each was confirmed, all through the tracker.
@Suite struct DrillClassTests {
    private static let size = MixedWorld.Size(
        drones: 16, missiles: 8, seconds: 1_200, radars: 4, microphones: 300, people: 0, flightsFrom: 600, silent: 0)

    /// Drones, missiles and airliners that speak: at least 95 % of each are named right.
    @Test(.enabled(if: isOptimized, "takes minutes in debug"))
    func dronesMissilesAndAirlinersAreNamedRight() throws {
        var classes: [ObjectClass] = []
        var names: [ObjectClass?] = []
        for seed in [UInt64(61), 62, 63] {
            let world = try MixedWorld(Self.size, seed: seed)
            var drill = MixedDrill(world)
            var first: [Int: Int] = [:]
            var named: [Int: ObjectClass] = [:]
            for second in 0..<Int(Self.size.seconds) {
                for sight in drill.advance(to: second) {
                    guard let nearest = sight.nearest, nearest.meters < 1_000 else { continue }
                    let since = first[nearest.object] ?? second
                    first[nearest.object] = since
                    if second >= since + 60, named[nearest.object] == nil {
                        named[nearest.object] = sight.track.classes.likeliest
                    }
                }
            }
            classes += world.truth.objects.map(\.objectClass)
            names += world.truth.objects.map { named[$0.number] }
        }
        let score = ClassScore(of: classes, names: names)
        Self.show("drills", score)
        for row in score.rows {
            let share = Double(row.right) / Double(max(row.judged, 1))
            #expect(share >= 0.95, "\(row.objectClass)")
        }
    }

    /// Airliners without a transponder among others that fly as fast: what a radar that measures heights makes of
    /// them.
    @Test(.enabled(if: isOptimized, "takes minutes in debug"))
    func silentAirlinersAreKnownByTheirHeight() {
        for (name, heights) in [
            ("2 to 3 km", 2_000.0...3_000), ("3 to 6 km", 3_000...6_000), ("6 to 11 km", 6_000...11_000),
        ] {
            for mix in [
                SensorMix(name: "radar", radars: 1), SensorMix(name: "radar with height", radars: 1, heights: true),
            ] {
                let names = (0..<30).map { seed in Self.name(mix, heights: heights, seed: UInt64(6_000 + seed)) }
                let score = ClassScore(of: names.map { _ in .aircraft }, names: names)
                Self.show("silent airliners at \(name), \(mix.name)", score)
                if mix.heights, heights.lowerBound >= 3_000 { #expect(score.rightShare ?? 0 >= 0.95) }
            }
        }
    }

    /// What one airliner that says nothing is taken for. Indicated speed 125 m/s below 3,000 m and 150 m/s above (250
    /// and 300 knots), 6 % more per 1,000 m through the air, a wind of 10 m/s and 3 m/s more per 1,000 m.
    private static func name(_ mix: SensorMix, heights: ClosedRange<Double>, seed: UInt64) -> ObjectClass? {
        var generator = SeededGenerator(seed: seed, stream: 1 << 55)
        var height = generator.uniform(in: heights)
        let heading = 2 * Double.pi * generator.uniform()
        let isLevel = generator.happens(withProbability: 0.5)
        let climb = isLevel ? 0 : generator.uniform(in: 5...10) * (generator.happens(withProbability: 0.5) ? 1 : -1)
        let wind = generator.normal()
        var place = PlanePoint(east: -10_000 * sin(heading), north: -10_000 * cos(heading))
        let samples = (0..<130).map { second -> TruthSample in
            let indicated = min(height < 3_000 ? 125.0 : 150.0, 400)
            let air = min(indicated * (1 + 0.06 * height / 1_000), 245)
            let speed = air + wind * (10 + 3 * height / 1_000)
            place.east += speed * sin(heading)
            place.north += speed * cos(heading)
            height = min(max(height + climb, heights.lowerBound), heights.upperBound)
            return TruthSample(
                at: Flight.epoch.advanced(bySeconds: Double(second)), point: Flight.plane.unproject(place),
                height: GeometricHeight(meters: height),
                velocity: PlanePoint(east: speed * sin(heading), north: speed * cos(heading)))
        }
        let run = MixRun(mix, samples, .aircraft, seed: seed, using: &generator)
        var tracker = Tracker(settings: .standard, sensors: run.sensors)
        var confirmedAt: Instant?
        for message in run.messages {
            switch message.content {
            case .alive(let sensor, _): tracker.hear([sensor], at: message.arrivesAt)
            case .report(let report): _ = tracker.observe([report], at: message.arrivesAt)
            }
            _ = tracker.advance(to: message.arrivesAt)
            guard let sample = run.object.sample(at: message.arrivesAt) else { continue }
            let near = tracker.tracks.filter(\.isConfirmed).compactMap {
                tracker.track($0.number, at: message.arrivesAt)
            }
            .first { $0.point.greatCircleDistance(to: sample.point).meters < 4_000 }
            guard let near else { continue }
            let since = confirmedAt ?? message.arrivesAt
            confirmedAt = since
            if message.arrivesAt.seconds(since: since) >= 60 { return near.classes.likeliest }
        }
        return nil
    }

    private static func show(_ name: String, _ score: ClassScore) {
        for row in score.rows {
            let named = zip(ObjectClass.allCases, row.named).filter { $0.1 > 0 }.map { "\($0.1) \($0.0.rawValue)" }
            print("classes,", name + ":", row.objectClass.rawValue, "taken for", named, "not judged", row.unjudged)
        }
    }
}
