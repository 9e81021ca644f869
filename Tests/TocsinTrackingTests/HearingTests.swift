import Foundation
import Testing
import TocsinDrill
import TocsinModel
import TocsinTestKit
import TocsinTracking

/// Objects that only sound gives away.
@Suite struct HearingTests {
    /// Twenty objects among sixty microphones with clutter: in GOSPA with p = 2 and 1,000 m, 850 are promised, a
    /// median error of 90 m, 12 id switches, and a first track within 5 s.
    @Test(.enabled(if: SharedFolder.isPresent, Comment(rawValue: SharedFolder.absence)))
    func objectsAreFollowedBySoundAlone() throws {
        #if DEBUG
            let score = try HearingScenario(range: 5_000).run(seconds: 40)
            #expect(score.gospa < 1_200)
            #expect(score.medianError < 110)
        #else
            let score = try HearingScenario(range: 5_000).run(seconds: 120)
            #expect(score.gospa < 850)
            #expect(score.medianError < 90)
            // Pairing the nearest first counts crossings oftener than the best assignment does, which finds 9.
            #expect(score.switches <= 22)
        #endif
        print("sound alone: \(score)")
        #expect(score.firstSecond <= 5)
    }

    #if !DEBUG
        /// The range is learnt: whoever configures 4 or 7 km for the true 5 loses no more than a tenth.
        @Test(
            .enabled(if: SharedFolder.isPresent, Comment(rawValue: SharedFolder.absence)), arguments: [4_000.0, 7_000])
        func wrongRangesAreLearnt(range: Double) throws {
            let right = try HearingScenario(range: 5_000).run(seconds: 120)
            let wrong = try HearingScenario(range: range).run(seconds: 120)
            #expect(wrong.gospa < 1.1 * right.gospa)
            #expect(abs(wrong.learntRange - 5_000) < 500)
        }
    #endif

    /// In a storm the same flight is followed as well as in still air, if the wind is known, and worse if not.
    @Test func aKnownWindCostsNothing() throws {
        let storm = Air(temperature: 5, windEast: 12, windNorth: -9)
        let still = try HeardFlight(air: Air(temperature: 5)).meanError(assumed: Air(temperature: 5))
        let known = try HeardFlight(air: storm).meanError(assumed: storm)
        let unknown = try HeardFlight(air: storm).meanError(assumed: Air(temperature: 5))
        let warm = try HeardFlight(air: Air(temperature: 5)).meanError(assumed: Air(temperature: 35))
        print("mean error in still air \(still) m, in a known wind \(known), in an unknown one \(unknown)")
        print("with the temperature taken 30 degrees too high \(warm)")
        #expect(known < 1.15 * still)
        #expect(unknown > 1.4 * still)
    }

    /// What is configured as 7 km and hears 5 km is known as such after two minutes of one flight.
    @Test func theRangeOfMicrophonesIsLearnt() throws {
        var flight = HeardFlight(air: Air())
        flight.configuredRange = 7_000
        let share = try #require(try flight.run(assumed: Air()).tracker.learntRange(of: .microphone))
        #expect(abs(share * 7_000 - 5_000) < 500)
    }

    /// Microphones that are well and stay silent end a track within seconds.
    @Test func healthySilenceEndsATrack() throws {
        var flight = HeardFlight(air: Air())
        flight.seconds = 60
        flight.silentSeconds = 8
        let tracker = try flight.run(assumed: Air()).tracker
        #expect(tracker.tracks.filter { $0.existence > 0.5 }.isEmpty)
    }

    /// When all microphones die at once, nobody knows more than before: the track goes on, doubtful in the end, and
    /// is given up as lost, not as improbable.
    @Test func aDeadNetworkIsNoEvidence() throws {
        var flight = HeardFlight(air: Air())
        flight.seconds = 55
        flight.silentSeconds = 15
        flight.isDeadWhenSilent = true
        let soon = try flight.run(assumed: Air())
        #expect(soon.tracker.tracks.count == 1)
        #expect(soon.tracker.tracks.allSatisfy { $0.isConfirmed && $0.existence > 0.1 })
        #expect(soon.ends.isEmpty)
        flight.seconds = 240
        flight.silentSeconds = 200
        let late = try flight.run(assumed: Air())
        #expect(late.tracker.tracks.isEmpty)
        #expect(late.ends == [.lost])
    }

    /// Stored in the middle of a flight, it goes on bit for bit.
    /// Drones pass close to one microphone, one soon after the other: what else that microphone hears holds none of
    /// them there.
    @Test(.enabled(if: isOptimized, "takes minutes in debug"))
    func dronesThatPassAMicrophoneAreNotHeldThere() {
        let scores = (0..<12).map { HeardPass(seed: UInt64(700 + $0)).gospa() }
        let mean = scores.reduce(0, +) / Double(scores.count)
        print("past one microphone: mean GOSPA \(mean) m, \(scores.map { Int($0) })")
        // 368 m; without the blur of directions nearby 515 m.
        #expect(mean < 440)
    }

    @Test func aStoredTrackerGoesOnHearingBitForBit() throws {
        var flight = HeardFlight(air: Air())
        flight.seconds = 30
        let straight = try flight.run(assumed: Air()).tracker
        flight.isStoredHalfway = true
        let stored = try flight.run(assumed: Air()).tracker
        #expect(stored == straight)
        #expect(!straight.tracks.filter(\.isConfirmed).isEmpty)
    }
}

/// A made-up craft of 90 m/s over a grid of microphones, with turns, heard with 2 degrees of error. Where its sound
/// comes from is found by halving the time of emission, independently of the tracker.
struct HeardFlight {
    var air: Air
    var seconds = 150
    /// At the end nobody hears anything for so long.
    var silentSeconds = 0
    /// Then nobody gives a sign of life either.
    var isDeadWhenSilent = false
    var isStoredHalfway = false
    var configuredRange = 5_000.0

    init(air: Air) { self.air = air }

    private static let places = (0..<36).map { number in
        PlanePoint(east: 3_000 * (Double(number % 6) - 2.5), north: 3_000 * (Double(number / 6) - 2.5))
    }

    private func sensor(_ number: Int) -> SensorSettings {
        SensorSettings(
            id: SensorID("microphone-\(number)"), kind: .microphone,
            position: SensorPosition(
                point: Flight.plane.unproject(Self.places[number]), height: GeometricHeight(meters: 0)),
            range: Distance(meters: configuredRange), interval: .seconds(1), asterixIdentifier: nil)
    }

    /// 90 m/s: a turn of 0.3 degrees per second for 100 s, then straight on.
    private func place(_ second: Double) -> PlanePoint {
        let turn = 0.005
        let angle = turn * min(second, 100)
        let radius = 90 / turn
        let left = max(0, second - 100) * 90
        return PlanePoint(
            east: -4_000 + radius * sin(angle) + left * cos(angle),
            north: -4_000 + radius * (1 - cos(angle)) + left * sin(angle))
    }

    /// |p(te) + w (t - te) - s| = c (t - te), by halving; the direction in which the sound travels.
    private func heard(_ second: Double, from sensor: PlanePoint) -> (east: Double, north: Double) {
        func reach(_ emitted: Double) -> (east: Double, north: Double) {
            let then = place(emitted)
            let delay = second - emitted
            return (
                then.east + air.windEast * delay - sensor.east, then.north + air.windNorth * delay - sensor.north
            )
        }
        var low = second - 60
        var high = second
        for _ in 0..<50 {
            let middle = (low + high) / 2
            let step = reach(middle)
            if hypot(step.east, step.north) > air.soundSpeed * (second - middle) { high = middle } else { low = middle }
        }
        return reach(low)
    }

    private func reports(_ second: Int, _ generator: inout SeededGenerator) -> [Report] {
        let at = Flight.epoch.advanced(bySeconds: Double(second))
        return Self.places.indices.compactMap { number in
            let step = heard(Double(second), from: Self.places[number])
            let (luck, error) = (generator.uniform(), generator.normal())
            guard hypot(step.east, step.north) < 5_000, luck < 0.8, second < seconds - silentSeconds else { return nil }
            let sensor = sensor(number)
            let bearing = SoundOrSightBearing(
                origin: sensor.position, azimuth: Bearing(radians: atan2(step.east, step.north) + 0.035 * error),
                azimuthSigmaDegrees: 2, elevationDegrees: nil, propagationSpeed: Speed(metersPerSecond: 340),
                maximumRange: sensor.range)
            return Report(
                feed: FeedNumber(0), sensor: sensor.id, measuredAt: at, receivedAt: at,
                measurement: .bearing(bearing), identity: .none, classEvidence: nil, exercise: false)
        }
    }

    /// - Returns: The tracker at the end, the errors from 20 s on, meters, and why tracks ended.
    func run(assumed: Air) throws -> (tracker: Tracker, errors: [Double], ends: [TrackEndReason]) {
        var generator = SeededGenerator(seed: 51)
        var settings = TrackingSettings.planarHearing
        settings.air = assumed
        let sensors = Self.places.indices.map(sensor)
        var tracker = Tracker(settings: settings, sensors: sensors)
        var errors: [Double] = []
        var ends: [TrackEndReason] = []
        for second in 0..<seconds {
            let at = Flight.epoch.advanced(bySeconds: Double(second))
            let isDead = isDeadWhenSilent && second >= seconds - silentSeconds
            if !isDead { tracker.hear(sensors.map(\.id), at: at) }
            _ = tracker.observe(reports(second, &generator), at: at)
            for case .ended(_, let reason) in tracker.advance(to: at) { ends.append(reason) }
            if isStoredHalfway, second == seconds / 2 {
                tracker = try JSONDecoder().decode(Tracker.self, from: JSONEncoder().encode(tracker))
            }
            guard second > 20 else { continue }
            let truth = place(Double(second))
            let distances = tracker.tracks.map { track in
                let place = Flight.plane.project(track.point)
                return hypot(place.east - truth.east, place.north - truth.north)
            }
            if let least = distances.min(), least < 1_000 { errors.append(least) }
        }
        return (tracker, errors, ends)
    }

    func meanError(assumed: Air) throws -> Double {
        let errors = try run(assumed: assumed).errors
        #expect(errors.count > 100)
        return errors.reduce(0, +) / Double(errors.count)
    }
}

/// Four drones of 50 m/s that pass a microphone by some tens of meters, each in its own direction and 5 to 15 s after
/// the beginning, among microphones 3 km apart that hear them with 3 degrees of error.
private struct HeardPass {
    let seed: UInt64

    private static let seconds = 60
    private static let cutoff = 1_000.0
    private static let places: [PlanePoint] = (-3...3).flatMap { row in
        (-3...3).map { column in PlanePoint(east: Double(column) * 3_000, north: Double(row) * 3_000) }
    }
    private static let sensors: [SensorSettings] = places.enumerated().map { number, place in
        SensorSettings(
            id: SensorID("microphone-\(number)"), kind: .microphone,
            position: SensorPosition(point: Flight.plane.unproject(place), height: GeometricHeight(meters: 0)),
            range: Distance(meters: 5_000), interval: .seconds(1), asterixIdentifier: nil)
    }

    private struct Drone {
        var passesAt: Double
        var beside: PlanePoint
        var velocity: PlanePoint

        func place(_ second: Double) -> PlanePoint {
            let since = second - passesAt
            return PlanePoint(east: beside.east + velocity.east * since, north: beside.north + velocity.north * since)
        }

        /// Where its sound that arrives now came from: |p(te) - s| = c (t - te), by halving.
        func heard(_ second: Double, by sensor: PlanePoint) -> PlanePoint {
            var (low, high) = (second - 60, second)
            for _ in 0..<40 {
                let middle = (low + high) / 2
                let then = place(middle)
                let distance = hypot(then.east - sensor.east, then.north - sensor.north)
                if distance > 340 * (second - middle) { high = middle } else { low = middle }
            }
            return place(low)
        }
    }

    /// The mean over the seconds.
    func gospa() -> Double {
        var generator = SeededGenerator(seed: seed)
        let drones = (0..<4).map { _ in
            let heading = generator.uniform(in: 0...(2 * .pi))
            return Drone(
                passesAt: generator.uniform(in: 5...15),
                beside: PlanePoint(east: 30 * generator.normal(), north: 30 * generator.normal()),
                velocity: PlanePoint(east: 50 * sin(heading), north: 50 * cos(heading)))
        }
        var tracker = Tracker(settings: .planarHearing, sensors: Self.sensors)
        var sum = 0.0
        for second in 0..<Self.seconds {
            let at = Flight.epoch.advanced(bySeconds: Double(second))
            tracker.hear(Self.sensors.map(\.id), at: at)
            _ = tracker.observe(reports(of: drones, second: second, at: at, &generator), at: at)
            _ = tracker.advance(to: at)
            let truth = drones.map { $0.place(Double(second)) }.map { GOSPA.Place(x: $0.east, y: $0.north) }
            let tracks = tracker.tracks.filter { $0.isConfirmed && $0.existence >= 0.5 }
            let estimates = tracks.map { Flight.plane.project($0.point) }.map { GOSPA.Place(x: $0.east, y: $0.north) }
            sum += GOSPA.distance(truth: truth, estimates: estimates, cutoff: Self.cutoff)
        }
        return sum / Double(Self.seconds)
    }

    private func reports(
        of drones: [Drone], second: Int, at instant: Instant, _ generator: inout SeededGenerator
    ) -> [Report] {
        Self.sensors.indices.flatMap { number in
            drones.compactMap { drone -> Report? in
                let from = drone.heard(Double(second), by: Self.places[number])
                let (east, north) = (from.east - Self.places[number].east, from.north - Self.places[number].north)
                let (luck, error) = (generator.uniform(), generator.normal())
                guard hypot(east, north) < 5_000, luck < 0.8 else { return nil }
                let azimuth = Bearing(radians: atan2(east, north) + 0.052 * error)
                let bearing = SoundOrSightBearing(
                    origin: Self.sensors[number].position, azimuth: azimuth, azimuthSigmaDegrees: 3,
                    elevationDegrees: nil, propagationSpeed: Speed(metersPerSecond: 340),
                    maximumRange: Self.sensors[number].range)
                return Report(
                    feed: FeedNumber(0), sensor: Self.sensors[number].id, measuredAt: instant, receivedAt: instant,
                    measurement: .bearing(bearing), identity: .none, classEvidence: nil, exercise: false)
            }
        }
    }
}
