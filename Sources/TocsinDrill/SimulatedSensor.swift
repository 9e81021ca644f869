package import TocsinModel

/// A made-up sensor and what it can do.
package struct SimulatedSensor: Hashable, Sendable, Codable {
    package var settings: SensorSettings
    package var ability: Ability
    /// When it is dead, ascending.
    package var outages: [SensorOutage] = []

    package enum Ability: Hashable, Sendable, Codable {
        case microphone(MicrophoneAbility)
        case radar(RadarAbility)
    }

    package init(settings: SensorSettings, ability: Ability) {
        self.settings = settings
        self.ability = ability
    }
}

/// A microphone array that gives the direction of a sound. PHYSICS: 3 degrees, 3 to 5 km; assumptions.
package struct MicrophoneAbility: Hashable, Sendable, Codable {
    /// The probability that an object within range is heard in one second.
    package var detectionProbability: Double
    package var azimuthSigmaDegrees: Double
    /// Directions to nothing, per hour.
    package var falseBearingsPerHour: Double
    package var soundSpeed: Speed
    package var latencySeconds: ClosedRange<Double>

    package static let standard = MicrophoneAbility(
        detectionProbability: 0.85, azimuthSigmaDegrees: 3, falseBearingsPerHour: 6,
        soundSpeed: Speed(metersPerSecond: 340), latencySeconds: 0.1...0.4)
}

/// A surveillance radar of two dimensions: range and azimuth, once a turn; no transponder answers it.
package struct RadarAbility: Hashable, Sendable, Codable {
    package var antennaHeightAboveGround: Distance
    package var turnSeconds: Double
    package var detectionProbability: Double
    package var slantRangeSigma: Distance
    package var azimuthSigmaDegrees: Double
    /// Plots of nothing, the mean number in one turn; uniform over the disc of its range.
    package var falsePlotsPerTurn: Double
    package var latencySeconds: ClosedRange<Double>

    package static let standard = RadarAbility(
        antennaHeightAboveGround: Distance(meters: 20), turnSeconds: 4, detectionProbability: 0.9,
        slantRangeSigma: Distance(meters: 30), azimuthSigmaDegrees: 0.1, falsePlotsPerTurn: 0.5,
        latencySeconds: 0.2...0.5)

    /// How far a target at `height` above the ground can be seen over the 4/3 earth:
    /// 4.12 (sqrt(antenna) + sqrt(target)) km, heights in meters.
    package func horizon(targetHeightAboveGround height: Distance) -> Distance {
        Distance(
            kilometers: 4.12
                * (antennaHeightAboveGround.meters.squareRoot() + max(0, height.meters).squareRoot()))
    }
}

/// Draws where made-up sensors stand. The places are chosen by population and chance and mean nothing.
package enum SensorPlacement {
    /// Numbers at which sensors' streams of chance begin, apart from the objects'.
    static let microphoneStream: UInt64 = 1 << 32
    static let radarStream: UInt64 = 1 << 33

    /// Microphones near towns, the largest first, several for the larger where there are more microphones than
    /// towns; 2.5 km apart where there is room.
    package static func microphones(
        _ count: Int, in region: RaidRegion, ground: GeometricHeight, seed: UInt64
    ) -> [SimulatedSensor] {
        var generator = SeededGenerator(seed: seed, stream: microphoneStream)
        let order = region.areas.indices.sorted {
            (region.areas[$1].population, $0) < (region.areas[$0].population, $1)
        }
        var places: [PlanePoint] = []
        while places.count < count {
            let disc = region.discs[order[places.count % order.count]]
            places.append(place(near: disc, apartFrom: places, using: &generator))
        }
        return places.enumerated().map { index, place in
            let range = Distance(meters: generator.uniform(in: 3_000...5_000).rounded())
            let settings = SensorSettings(
                id: SensorID("mic-" + padded(index + 1)), kind: .microphone,
                position: SensorPosition(point: region.plane.unproject(place), height: ground), range: range,
                interval: .seconds(60), asterixIdentifier: nil)
            return SimulatedSensor(settings: settings, ability: .microphone(.standard))
        }
    }

    private static func place(
        near disc: RaidRegion.Disc, apartFrom places: [PlanePoint], using generator: inout SeededGenerator
    ) -> PlanePoint {
        var place = disc.center
        for _ in 0..<20 {
            let distance = generator.uniform(in: 0...disc.radiusMeters + 3_000)
            place = disc.center.moved(by: distance, toward: generator.uniform(in: 0...2 * .pi))
            if places.allSatisfy({ $0.distance(to: place) >= 2_500 }) { break }
        }
        return place
    }

    /// Radars far from each other: each next one where the areas are farthest from those before.
    package static func radars(
        _ count: Int, in region: RaidRegion, ground: GeometricHeight, seed: UInt64
    ) -> [SimulatedSensor] {
        var generator = SeededGenerator(seed: seed, stream: radarStream)
        var places: [PlanePoint] = []
        let ability = RadarAbility.standard
        let height = GeometricHeight(meters: ground.meters + ability.antennaHeightAboveGround.meters)
        return (0..<max(0, count)).map { index in
            let center = farthest(from: places, in: region)
            let distance = generator.uniform(in: 2_000...8_000)
            places.append(center.moved(by: distance, toward: generator.uniform(in: 0...2 * .pi)))
            let settings = SensorSettings(
                id: SensorID("radar-\(index + 1)"), kind: .radar,
                position: SensorPosition(point: region.plane.unproject(places[index]), height: height),
                range: Distance(kilometers: 120),
                interval: .nanoseconds(Int64((ability.turnSeconds * 1e9).rounded())), asterixIdentifier: nil)
            return SimulatedSensor(settings: settings, ability: .radar(ability))
        }
    }

    /// The center of the area that is farthest from all places; the middlemost area for the first.
    private static func farthest(from places: [PlanePoint], in region: RaidRegion) -> PlanePoint {
        let origin = PlanePoint(east: 0, north: 0)
        let centers = region.discs.map(\.center)
        guard !places.isEmpty else {
            return centers.min { $0.distance(to: origin) < $1.distance(to: origin) } ?? origin
        }
        func gap(_ center: PlanePoint) -> Double { places.map { $0.distance(to: center) }.min() ?? 0 }
        return centers.max { gap($0) < gap($1) } ?? origin
    }

    private static func padded(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 3 - digits.count)) + digits
    }
}
