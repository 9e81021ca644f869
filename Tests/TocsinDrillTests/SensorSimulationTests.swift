import Foundation
import Testing
import TocsinDrill
import TocsinModel

@Suite struct SensorSimulationTests {
    static func sensors(in region: RaidRegion) -> [SimulatedSensor] {
        let ground = GeometricHeight(meters: 500)
        return SensorPlacement.microphones(40, in: region, ground: ground, seed: 5)
            + SensorPlacement.radars(2, in: region, ground: ground, seed: 5)
    }

    @Test func messagesComeInTheOrderOfTheirArrivalAndAreReproducible() throws {
        let region = try DrillCountry.region()
        let raid = try DrillCountry.raid(seed: 5, drones: 4, missiles: 1)
        let messages = SensorSimulation(of: raid, by: Self.sensors(in: region)).messages
        #expect(messages == SensorSimulation(of: raid, by: Self.sensors(in: region)).messages)
        #expect(zip(messages, messages.dropFirst()).allSatisfy { $0.arrivesAt <= $1.arrivesAt })
        #expect(messages.allSatisfy { $0.arrivesAt > $0.measuredAt })
        #expect(
            messages.allSatisfy { message in
                guard case .report(let report) = message.content else { return true }
                return report.exercise && !report.identity.isCooperative
            })
    }

    /// Each bearing to an object points, within five sigmas, to where the object was when the sound set out,
    /// and no sound comes from beyond the microphone's range.
    @Test func soundPointsToWhereTheObjectWas() throws {
        let region = try DrillCountry.region()
        let raid = try DrillCountry.raid(seed: 6, drones: 6, missiles: 4)
        let messages = SensorSimulation(of: raid, by: Self.sensors(in: region)).messages
        var errors: [Double] = []
        var lags: [Double] = []
        for message in messages {
            guard case .report(let report) = message.content, case .bearing(let bearing) = report.measurement,
                let number = message.object, let origin = bearing.origin
            else { continue }
            let object = raid.objects[number]
            let emitted = try #require(emission(of: report, from: origin, by: object))
            #expect(distance(origin, emitted) <= bearing.maximumRange.meters + 5)
            let azimuth = self.azimuth(from: origin, to: emitted)
            errors.append(bearing.azimuth.degrees(from: azimuth))
            lags.append(report.measuredAt.seconds(since: emitted.at))
        }
        #expect(errors.count > 200)
        #expect(errors.allSatisfy { abs($0) < 15 })
        let sigma = (errors.reduce(0) { $0 + $1 * $1 } / Double(errors.count)).squareRoot()
        #expect(abs(sigma - 3) < 0.4)
        #expect((lags.max() ?? 0) > 5)
    }

    /// Stepping back through the truth in hundredths of a second: slow and independent of the simulation.
    private func emission(of report: Report, from origin: SensorPosition, by object: RaidObject) -> TruthSample? {
        for step in 0..<1_600 {
            let at = report.measuredAt.advanced(bySeconds: -Double(step) / 100)
            guard let sample = object.sample(at: at) else { continue }
            if distance(origin, sample) <= 340 * Double(step) / 100 { return sample }
        }
        return nil
    }

    private func distance(_ origin: SensorPosition, _ sample: TruthSample) -> Double {
        let from = EarthFixed(origin.point, height: origin.height)
        let to = EarthFixed(sample.point, height: sample.height)
        return
            ((to.x - from.x) * (to.x - from.x) + (to.y - from.y) * (to.y - from.y)
            + (to.z - from.z) * (to.z - from.z)).squareRoot()
    }

    private func azimuth(from origin: SensorPosition, to sample: TruthSample) -> Bearing {
        let point = LocalPlane(origin: origin.point).project(sample.point)
        return Bearing(radians: atan2(point.east, point.north))
    }

    @Test func radarsSeeNothingBelowTheirHorizonOrBeyondTheirRange() throws {
        let region = try DrillCountry.region()
        let raid = try DrillCountry.raid(seed: 7, drones: 6, missiles: 4)
        let messages = SensorSimulation(of: raid, by: Self.sensors(in: region)).messages
        var seen = 0
        for message in messages {
            guard case .report(let report) = message.content, case .polar(let polar) = report.measurement
            else { continue }
            #expect(polar.slantRange.meters <= 120_000 + 150)
            #expect(polar.pressureAltitude == nil)
            guard let number = message.object, let origin = polar.origin else { continue }
            seen += 1
            let sample = try #require(raid.objects[number].sample(at: report.measuredAt))
            let height = sample.height.meters - 500
            let horizon = 4_120 * (20.0.squareRoot() + (height + 40).squareRoot())
            #expect(distance(origin, sample) <= horizon)
            #expect(abs(distance(origin, sample) - polar.slantRange.meters) < 180)
        }
        #expect(seen > 300)
        let horizon = RadarAbility.standard.horizon(targetHeightAboveGround: Distance(meters: 50))
        #expect(abs(horizon.kilometersRounded - 47.6) < 0.05)
    }

    @Test func everySensorGivesSignsOfLife() throws {
        let region = try DrillCountry.region()
        let raid = try DrillCountry.raid(seed: 8, drones: 1, missiles: 0)
        let sensors = Self.sensors(in: region)
        let messages = SensorSimulation(of: raid, by: sensors).messages
        let minutes = raid.endsAt.seconds(since: raid.startsAt) / 60
        for sensor in sensors where sensor.settings.kind == .microphone {
            let signs = messages.count { $0.sensor == sensor.settings.id && $0.isSignOfLife }
            #expect(abs(Double(signs) - minutes) <= 2)
        }
    }
}

extension Distance {
    fileprivate var kilometersRounded: Double { (meters / 100).rounded() / 10 }
}

extension SimulatedMessage {
    fileprivate var isSignOfLife: Bool {
        if case .alive = content { return true }
        return false
    }
}
