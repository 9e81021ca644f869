package import TocsinModel

/// What the raids of the benchmark are drawn from and what the warner is told of them (Docs/raid-benchmark.md).
/// Every number is an assumption of the generator.
package struct BenchmarkSettings: Hashable, Sendable {
    package var drones: ClosedRange<Int>
    package var missiles: ClosedRange<Int>
    package var waves: ClosedRange<Int>
    /// Waves begin anywhere within this time. Seconds.
    package var durationSeconds: ClosedRange<Double>
    package var directions: ClosedRange<Int>
    /// The objects of one wave cross the border within this time. Seconds.
    package var waveSeconds: Double
    package var drone: FlightSettings
    package var missile: FlightSettings
    package var feed: FeedSettings

    /// What the warner is told. One standard deviation per axis.
    package struct FeedSettings: Hashable, Sendable {
        package var intervalSeconds: Double
        package var positionSigmaMeters: Double
        package var velocitySigmaMetersPerSecond: Double
        /// Time constant of the errors, first-order autoregressions.
        package var errorSeconds: Double
        /// Shares that are first sensed late, and how far inside: uniform from 0 to this.
        package var lateDroneShare: Double
        package var lateDroneMeters: Double
        package var lateMissileShare: Double
        package var lateMissileMeters: Double
        /// The mean time between the beginnings of losses of contact.
        package var lossIntervalSeconds: Double
        /// Their length: exponential with this mean, cut to the range.
        package var lossMeanSeconds: Double
        package var lossSeconds: ClosedRange<Double>
        /// The share of impacts that is reported, and the delay.
        package var impactReportShare: Double
        package var impactReportSeconds: ClosedRange<Double>
        /// The share of falls that is reported, after a least delay and an exponential one of this mean.
        package var fallReportShare: Double
        package var fallReportLeastSeconds: Double
        package var fallReportMeanSeconds: Double
    }

    package static let standard = BenchmarkSettings(
        drones: 20...60, missiles: 0...10, waves: 2...5, durationSeconds: 7_200...21_600, directions: 2...4,
        waveSeconds: 900, drone: .longDrone, missile: .longMissile,
        feed: FeedSettings(
            intervalSeconds: 5, positionSigmaMeters: 300, velocitySigmaMetersPerSecond: 5, errorSeconds: 20,
            lateDroneShare: 0.25, lateDroneMeters: 60_000, lateMissileShare: 0.5, lateMissileMeters: 80_000,
            lossIntervalSeconds: 1_200, lossMeanSeconds: 150, lossSeconds: 30...600,
            impactReportShare: 0.95, impactReportSeconds: 20...60,
            fallReportShare: 0.7, fallReportLeastSeconds: 20, fallReportMeanSeconds: 60))

    /// Losses of contact `factor` times as often.
    package func losing(_ factor: Double) -> BenchmarkSettings {
        var changed = self
        changed.feed.lossIntervalSeconds /= factor
        return changed
    }

    /// Way points, decoy legs, circling, overshoots, heading noise and turn limits all times `factor`.
    package func turning(_ factor: Double) -> BenchmarkSettings {
        var changed = self
        changed.drone = drone.turning(factor)
        changed.missile = missile.turning(factor)
        return changed
    }

    /// The raid of one draw.
    func raidSettings(using generator: inout SeededGenerator) -> RaidSettings {
        func draw(_ range: ClosedRange<Int>) -> Int {
            range.lowerBound + generator.index(below: range.upperBound - range.lowerBound + 1)
        }
        let drones = draw(drones)
        let missiles = draw(missiles)
        let waves = draw(waves)
        let duration = generator.uniform(in: durationSeconds)
        var settings = RaidSettings(
            drones: drones, missiles: missiles, durationSeconds: duration, directions: draw(directions))
        settings.waves = waves
        settings.targetReachSeconds = .infinity
        settings.drone = drone
        settings.missile = missile
        return settings
    }
}

extension FlightSettings {
    /// As in the drill, but over a large country: a drone that circles and goes astray may fly for five hours.
    static let longDrone = following(.drone)
    static let longMissile = following(.missile)

    private static func following(_ flight: FlightSettings) -> FlightSettings {
        var long = flight
        long.longestSeconds = 36_000
        return long
    }

    func turning(_ factor: Double) -> FlightSettings {
        var changed = self
        changed.wayPointMean *= factor
        changed.decoyLegMean *= factor
        changed.circlingShare *= factor
        changed.overshootShare *= factor
        changed.headingNoiseDegrees *= factor
        changed.turnLimitDegreesPerSecond =
            turnLimitDegreesPerSecond.lowerBound * factor...turnLimitDegreesPerSecond.upperBound * factor
        return changed
    }
}

/// Constants that policies and score share.
package enum BenchmarkRules {
    /// Decisions are taken this often. Seconds.
    package static let decisionSeconds = 10.0
    /// The mean speed of a class, for reaches. Meters per second.
    package static func classSpeed(_ objectClass: ObjectClass) -> Double {
        objectClass == .attackDrone ? 49.5 : 235
    }

    /// How far from an arrival people are in danger. Meters.
    package static func dangerRadius(_ objectClass: ObjectClass) -> Double {
        objectClass == .attackDrone
            ? FlightSettings.drone.dangerRadius.meters : FlightSettings.missile.dangerRadius.meters
    }
}
