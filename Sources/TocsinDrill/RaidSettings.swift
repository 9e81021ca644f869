package import TocsinModel

/// What decides how a raid is drawn. The defaults are those of the benchmark (Docs/drill.md); every one is an
/// assumption of the generator, not a finding.
package struct RaidSettings: Hashable, Sendable, Codable {
    package var drones: Int
    package var missiles: Int
    /// From the start to the last object's end; only a flight that alone takes longer runs over. Seconds.
    package var durationSeconds: Double
    /// Objects enter in this many waves. At least 1.
    package var waves: Int
    /// From how many points outside the border they come. At least 1.
    package var directions: Int
    /// The angle in which the directions lie, seen from the middle of the region. Degrees.
    package var fanDegrees: Double
    /// How far outside the border they come into being.
    package var spawnDistance: Distance
    /// The share that flies through and out again.
    package var passThroughShare: Double
    /// The share that comes down early, shot down or crashed, at a uniform point of its way inside.
    package var earlyEndShare: Double
    /// Towns below this are no targets, unless all are below.
    package var targetPopulationMinimum: Int
    /// Targets are at most this long a straight flight inside the border away, as far as there are any. Seconds.
    package var targetReachSeconds: Double
    /// The impact is uniform over this many radii of the target.
    package var impactRadiusFactor: Double
    /// The ground is taken to be flat at this height above the ellipsoid, because no relief is known.
    package var groundHeight: GeometricHeight
    package var drone: FlightSettings
    package var missile: FlightSettings

    /// The raid of the benchmark with the given counts.
    package init(drones: Int, missiles: Int, durationSeconds: Double, directions: Int) {
        self.drones = drones
        self.missiles = missiles
        self.durationSeconds = durationSeconds
        self.directions = max(1, directions)
        waves = 3
        fanDegrees = 140
        spawnDistance = Distance(kilometers: 60)
        passThroughShare = 0.15
        earlyEndShare = 0.6
        targetPopulationMinimum = 20_000
        targetReachSeconds = 0.7 * durationSeconds
        impactRadiusFactor = 1.2
        groundHeight = GeometricHeight(meters: 500)
        drone = .drone
        missile = .missile
    }

    /// The raid of the demonstration: 24 attack drones and 4 cruise missiles from two directions in an hour.
    package static let demonstration = RaidSettings(drones: 24, missiles: 4, durationSeconds: 3_600, directions: 2)
}

/// How objects of one class fly.
package struct FlightSettings: Hashable, Sendable, Codable {
    /// Multiplied by a uniform number of `speedFactor`, once per object. Speed over ground.
    package var speed: Speed
    package var speedFactor: ClosedRange<Double>
    /// The greatest turn rate, drawn once per object. Degrees per second.
    package var turnLimitDegreesPerSecond: ClosedRange<Double>
    /// Cruising height above the ground, its logarithm uniform. Meters.
    package var cruiseHeightMeters: ClosedRange<Double>
    /// Rate of descent when it dives at its target or falls. Meters per second.
    package var descentMetersPerSecond: Double
    /// A town's weight as a target falls by e over this distance.
    package var targetDistance: Distance
    /// The mean number of way points (Poisson) and their lateral standard deviation as a share of the route.
    package var wayPointMean: Double
    package var wayPointLateralShare: Double
    /// The mean number of legs that lead elsewhere first (Poisson), of 5 to 30 km at 40 to 120 degrees.
    package var decoyLegMean: Double
    /// The share that circles 1 to 4 times with a radius of 1.5 to 4 km.
    package var circlingShare: Double
    /// The share that flies past its target and comes back, and how far past. Meters.
    package var overshootShare: Double
    package var overshootMeters: ClosedRange<Double>
    /// Standard deviation of the heading noise, a first-order autoregression of 60 s. Degrees.
    package var headingNoiseDegrees: Double
    /// How far from the end of the flight people are in danger.
    package var dangerRadius: Distance
    /// No flight is followed for longer. Seconds.
    package var longestSeconds: Int

    package static let drone = FlightSettings(
        speed: Speed(metersPerSecond: 50), speedFactor: 0.88...1.1, turnLimitDegreesPerSecond: 1.5...4,
        cruiseHeightMeters: 100...2_000, descentMetersPerSecond: 30, targetDistance: Distance(kilometers: 250),
        wayPointMean: 2.5, wayPointLateralShare: 0.12, decoyLegMean: 0.6, circlingShare: 0.15,
        overshootShare: 0.2, overshootMeters: 3_000...12_000, headingNoiseDegrees: 2.5,
        dangerRadius: Distance(meters: 300), longestSeconds: 9_000)

    package static let missile = FlightSettings(
        speed: Speed(metersPerSecond: 240), speedFactor: 0.85...1.05, turnLimitDegreesPerSecond: 2.5...2.5,
        cruiseHeightMeters: 30...100, descentMetersPerSecond: 30, targetDistance: Distance(kilometers: 400),
        wayPointMean: 1.2, wayPointLateralShare: 0.08, decoyLegMean: 0.1, circlingShare: 0,
        overshootShare: 0.2, overshootMeters: 6_000...24_000, headingNoiseDegrees: 1.5,
        dangerRadius: Distance(meters: 1_000), longestSeconds: 9_000)
}

extension RaidSettings {
    /// The flight of the class: everything that is no attack drone flies as a cruise missile.
    package func flight(of objectClass: ObjectClass) -> FlightSettings {
        objectClass == .attackDrone ? drone : missile
    }
}
