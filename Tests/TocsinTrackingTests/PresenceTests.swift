import Foundation
import Testing
import TocsinDrill
import TocsinModel
import TocsinTracking

/// Microphones that only say "I hear one": where that puts an object, and whether the stated ellipse is honest.
@Suite struct PresenceTests {
    private static let radius = 3_000.0
    private static let soundSpeed = 340.0

    /// Eight by eight microphones 2.5 km apart, jittered.
    private static func sensors(_ generator: inout SeededGenerator) -> [SensorSettings] {
        (0..<64).map { number in
            let east = 2_500 * (Double(number % 8) - 3.5) + 300 * generator.normal()
            let north = 2_500 * (Double(number / 8) - 3.5) + 300 * generator.normal()
            return SensorSettings(
                id: SensorID("microphone-\(number)"), kind: .microphone,
                position: SensorPosition(
                    point: Flight.plane.unproject(PlanePoint(east: east, north: north)),
                    height: GeometricHeight(meters: 400)),
                range: Distance(meters: radius), interval: .seconds(1), asterixIdentifier: nil)
        }
    }

    /// A drone that crosses the field with turns; its place, east and north, at a time.
    private static func path(_ generator: inout SeededGenerator) -> [PlanePoint] {
        var heading = 2 * Double.pi * generator.uniform()
        var (east, north) = (-9_000 * sin(heading) + 2_000 * generator.normal(), -9_000 * cos(heading))
        let speed = generator.uniform(in: 40...60)
        var turn = 0.0
        return (0..<4_000).map { tenth in
            if tenth % 400 == 0 { turn = generator.happens(withProbability: 0.5) ? 0.035 * generator.normal() : 0 }
            heading += turn * 0.1
            east += speed * sin(heading) * 0.1
            north += speed * cos(heading) * 0.1
            return PlanePoint(east: east, north: north)
        }
    }

    /// Whether each microphone hears the object now, with the sound's delay, plus false alarms.
    private static func reports(
        _ sensors: [SensorSettings], _ path: [PlanePoint], second: Int, _ generator: inout SeededGenerator
    ) -> [Report] {
        let at = Flight.epoch.advanced(bySeconds: Double(second))
        return sensors.compactMap { sensor in
            let place = Flight.plane.project(sensor.position.point)
            var emission = Double(second)
            for _ in 0..<20 {
                let then = path[min(max(Int(emission * 10), 0), path.count - 1)]
                emission =
                    Double(second) - hypot(then.east - place.east, then.north - place.north) / soundSpeed
            }
            let then = path[max(Int(emission * 10), 0)]
            let isNear = emission > 0 && hypot(then.east - place.east, then.north - place.north) < radius
            guard generator.happens(withProbability: isNear ? 0.4 : 0.002) else { return nil }
            let presence = Presence(
                origin: sensor.position, radius: Distance(meters: radius), likelihoodRatio: 20)
            return Report(
                feed: FeedNumber(0), sensor: sensor.id, measuredAt: at, receivedAt: at,
                measurement: .presence(presence), identity: .none, classEvidence: nil, exercise: false)
        }
    }

    /// The true place lies in the 95 % ellipse in 93 to 97 % of the steps, and the ellipse is no excuse: the mean
    /// error is below half of the radius.
    @Test func presenceAloneStartsAndKeepsAnHonestTrack() {
        var generator = SeededGenerator(seed: 31)
        var steps = 0, inside = 0, followed = 0, tracks = Set<String>()
        var sum = 0.0
        for run in 0..<24 {
            let sensors = Self.sensors(&generator)
            let path = Self.path(&generator)
            var tracker = Tracker(settings: .standard, sensors: sensors)
            for second in 0..<360 {
                let at = Flight.epoch.advanced(bySeconds: Double(second))
                tracker.hear(sensors.map(\.id), at: at)
                for report in Self.reports(sensors, path, second: second, &generator) {
                    _ = tracker.observe([report], at: at)
                }
                _ = tracker.advance(to: at)
                let truth = path[second * 10]
                guard abs(truth.east) < 9_000, abs(truth.north) < 9_000, second > 30 else { continue }
                steps += 1
                let present = tracker.tracks.filter(\.isConfirmed).compactMap { tracker.track($0.number, at: at) }
                let errors = present.map { track in
                    let place = Flight.plane.project(track.point)
                    return (track, PlanePoint(east: place.east - truth.east, north: place.north - truth.north))
                }
                guard let (track, error) = errors.min(by: { $0.1.length < $1.1.length }), error.length < 4_000
                else { continue }
                followed += 1
                tracks.insert("\(run) \(track.number)")
                sum += error.length
                if track.covariance.squaredDistance(of: error) < 5.991 { inside += 1 }
            }
        }
        let share = Double(inside) / Double(followed)
        print(
            "presence: followed \(followed) of \(steps) steps by \(tracks.count) tracks in 24 runs,",
            "mean error \(Int(sum / Double(followed))) m, \(share) inside the 95 % ellipse")
        #expect(Double(followed) / Double(steps) > 0.9)
        #expect((0.93...0.97).contains(share))
        #expect(sum / Double(followed) < Self.radius / 2)
    }
}

extension PlanePoint {
    var length: Double { (east * east + north * north).squareRoot() }
}

extension HorizontalCovariance {
    /// The squared Mahalanobis distance in the plane.
    func squaredDistance(of error: PlanePoint) -> Double {
        let determinant = eastEast * northNorth - eastNorth * eastNorth
        return
            (error.east * error.east * northNorth - 2 * error.east * error.north * eastNorth
            + error.north * error.north * eastEast) / determinant
    }
}
