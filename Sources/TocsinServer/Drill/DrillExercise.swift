internal import OrderedCollections
package import TocsinDrill
package import TocsinModel

/// One drill: the raid, the made-up sensors, and everything that they say.
package struct DrillExercise: Sendable {
    package let areas: DrillAreas
    package let region: RaidRegion
    package let raid: Raid
    package let sensors: [SimulatedSensor]
    package let messages: [SimulatedMessage]

    /// Drills are held on a day of their own, 2026-01-01T00:00:00Z; a replay shifts the times to its clock.
    package static let startsAt = Instant(nanosecondsSinceEpoch: 1_767_225_600_000_000_000)

    package init(
        areas: DrillAreas, settings: RaidSettings, microphones: Int, radars: Int, seed: UInt64
    ) throws(DrillError) {
        guard let region = RaidRegion(areas: areas.areas) else {
            throw .badAreas(path: "the file", problem: "no area has three corners")
        }
        self.areas = areas
        self.region = region
        raid = Raid(over: region, settings: settings, startsAt: Self.startsAt, seed: seed)
        let ground = settings.groundHeight
        let placed =
            SensorPlacement.microphones(microphones, in: region, ground: ground, seed: seed)
            + SensorPlacement.radars(radars, in: region, ground: ground, seed: seed)
        sensors = SimulatedSensor.failing(placed, at: .standard, during: raid)
        messages = SensorSimulation(of: raid, by: sensors).messages
    }

    /// The times of the reports about each object, seconds from the start, ascending; by object.
    package var sensedAt: [[Double]] {
        var times = [[Double]](repeating: [], count: raid.objects.count)
        for message in messages {
            if let object = message.object { times[object].append(message.arrivesAt.seconds(since: raid.startsAt)) }
        }
        return times
    }

    /// The truth about what the raid did to the areas.
    package var outcome: RaidOutcome {
        let first = sensedAt.map { times in times.first.map { raid.startsAt.advanced(bySeconds: $0) } }
        return RaidOutcome(of: raid, over: region, firstSensed: first)
    }
}
