import Foundation
import Testing
import TocsinDrill
import TocsinModel
import TocsinTracking

/// Whether the stated covariance is the true one: the normalized estimation error squared (NEES) of position and
/// velocity in the plane is chi-squared with 4 degrees of freedom if it is (Bar-Shalom 2001, section 5.4).
@Suite struct ConsistencyTests {
    private static let runs = 150

    /// Flights drawn from the filter's own model, so that theory gives the bounds: 95 % of the means of n runs lie
    /// within 4 +- 1.96 sqrt(8 / n); three times that keeps a fixed seed meaningful for two models.
    @Test(arguments: [0, 0.035]) func statedErrorsAreTheTrueOnes(turnRate: Double) throws {
        var settings = TrackingSettings()
        settings.use(models: [
            MotionModel(turnRate: turnRate, lateralNoise: 0.5, longitudinalNoise: 0.5, verticalNoise: 0.3, share: 1)
        ])
        settings.identifiedGate = 1e6
        var generator = SeededGenerator(seed: 21)
        var sum = 0.0
        for _ in 0..<Self.runs {
            sum += try Self.error(settings, turnRates: { _ in turnRate }, noise: 0.5, &generator)
        }
        let bound = 3 * (8.0 / Double(Self.runs)).squareRoot()
        #expect(abs(sum / Double(Self.runs) - 4) < bound)
    }

    /// Straight legs and turns that are none of the models: the errors may not exceed what is stated.
    @Test func mixedModelsDoNotBoast() throws {
        var settings = TrackingSettings()
        settings.identifiedGate = 1e6
        var generator = SeededGenerator(seed: 22)
        var outside = 0
        for run in 0..<Self.runs {
            let turning = 0.01 + 0.05 * Double(run) / Double(Self.runs)
            let error = try Self.error(
                settings, turnRates: { ($0 / 30) % 2 == 0 ? 0 : turning }, noise: 0, &generator)
            // 95 % quantile of chi-squared with 4 degrees of freedom.
            if error > 9.488 { outside += 1 }
        }
        #expect(Double(outside) / Double(Self.runs) < 0.08)
    }

    /// The NEES after a flight of 30 to 60 reports, one every 2 s with 50 m per axis.
    private static func error(
        _ settings: TrackingSettings, turnRates: (Int) -> Double, noise: Double, _ generator: inout SeededGenerator
    ) throws -> Double {
        var tracker = Tracker(settings: settings, sensors: [])
        var (east, north) = (0.0, 0.0)
        var (speedEast, speedNorth) = (60 * generator.normal(), 60 * generator.normal())
        let count = 30 + generator.index(below: 30)
        for step in 0..<count {
            let at = Flight.epoch.advanced(bySeconds: Double(step) * 2)
            if step > 0 {
                for _ in 0..<20 {
                    // Counter-clockwise seen from above; small steps make the integral exact enough.
                    let turn = turnRates(step) * 0.1
                    (speedEast, speedNorth) = (
                        speedEast * cos(turn) - speedNorth * sin(turn) + (noise * 0.1).squareRoot()
                            * generator.normal(),
                        speedEast * sin(turn) + speedNorth * cos(turn) + (noise * 0.1).squareRoot() * generator.normal()
                    )
                    east += speedEast * 0.1
                    north += speedNorth * 0.1
                }
            }
            var report = Flight.report(
                address: 0x4b1613, at: at, east: east + 50 * generator.normal(),
                north: north + 50 * generator.normal(), heading: 0, speed: 0)
            guard case .fix(var fix) = report.measurement else { continue }
            (fix.velocity, fix.verticalRate) = (nil, nil)
            report.measurement = .fix(fix)
            _ = tracker.observe([report], at: at)
        }
        let track = try #require(tracker.tracks.first)
        let place = Flight.plane.project(track.point)
        return normalized(
            [
                place.east - east, place.north - north, track.velocity.east - speedEast,
                track.velocity.north - speedNorth,
            ],
            track.covariance)
    }

    /// e^T P^-1 e by elimination.
    private static func normalized(_ error: [Double], _ covariance: HorizontalCovariance) -> Double {
        let c = covariance
        var rows = [
            [c.eastEast, c.eastNorth, c.eastVelocityEast, c.eastVelocityNorth, error[0]],
            [c.eastNorth, c.northNorth, c.northVelocityEast, c.northVelocityNorth, error[1]],
            [c.eastVelocityEast, c.northVelocityEast, c.velocityEastEast, c.velocityEastNorth, error[2]],
            [c.eastVelocityNorth, c.northVelocityNorth, c.velocityEastNorth, c.velocityNorthNorth, error[3]],
        ]
        var sum = 0.0
        for pivot in 0..<4 {
            sum += rows[pivot][4] * rows[pivot][4] / rows[pivot][pivot]
            for row in (pivot + 1)..<4 {
                let factor = rows[row][pivot] / rows[pivot][pivot]
                for column in pivot..<5 { rows[row][column] -= factor * rows[pivot][column] }
            }
        }
        return sum
    }
}
