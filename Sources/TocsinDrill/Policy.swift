internal import OrderedCollections
internal import TocsinModel

/// Ways to warn that Tocsin is compared with; each turns the truth into alarms.
package enum Policy {
    /// Every area for the whole time.
    package static func always(_ outcome: RaidOutcome) -> [Alarm] {
        outcome.areas.indices.map { Alarm(area: $0, from: 0, to: outcome.closesAt) }
    }

    /// Who knows every route from the first sensing on: each true passage from seconds to shelter + 15 s before
    /// it until it is over. Must reach every warnable arrival, else the score is broken.
    package static func routesKnown(_ outcome: RaidOutcome) -> [Alarm] {
        let alarms = outcome.passages.enumerated().flatMap { object, passages -> [Alarm] in
            guard let sensed = outcome.firstSensed[object] else { return [] }
            return passages.compactMap { passage in
                let lead = outcome.areas[passage.area].secondsToShelter + 15
                let from = max(sensed, passage.from - lead)
                // A second more, because the arrival itself lies at the end of the last passage.
                return from < passage.to + 1 ? Alarm(area: passage.area, from: from, to: passage.to + 1) : nil
            }
        }
        return Alarm.merged(alarms, until: outcome.closesAt)
    }

    /// Today's practice: a region's alarm is on while any object sensed in the last 30 s is inside or within 600 s
    /// x class speed of its cells; it is off after 300 s without one. Decided every 10 s on true positions.
    ///
    /// - Parameters:
    ///   - regionNames: by area; areas of one name are warned together.
    ///   - sensedAt: ascending times of the reports about each object, by object.
    package static func regionWide(
        _ outcome: RaidOutcome, raid: Raid, regionNames: [String], sensedAt: [[Double]]
    ) -> [Alarm] {
        let regions = OrderedSet(regionNames)
        let regionOfArea = regionNames.map { regions.firstIndex(of: $0) ?? 0 }
        var cells = [[PlanePoint]](repeating: [], count: regions.count)
        for cell in outcome.region.cells { cells[regionOfArea[cell.owner]].append(cell.middle) }
        var lastNeeded = [Double?](repeating: nil, count: regions.count)
        var onSince = [Double?](repeating: nil, count: regions.count)
        var alarms: [Alarm] = []
        func close(_ region: Int, at end: Double) {
            guard let since = onSince[region] else { return }
            for (area, owner) in regionOfArea.enumerated() where owner == region {
                alarms.append(Alarm(area: area, from: since, to: end))
            }
            onSince[region] = nil
        }
        for now in stride(from: 0.0, through: outcome.closesAt, by: 10) {
            let threats = threats(of: raid, seenUntil: now, sensedAt: sensedAt, plane: outcome.region.plane)
            for region in cells.indices {
                if threats.contains(where: { threat in
                    cells[region].contains { $0.distance(to: threat.position) <= threat.reachMeters }
                }) {
                    lastNeeded[region] = now
                    onSince[region] = onSince[region] ?? now
                } else if let last = lastNeeded[region], now >= last + 300 {
                    close(region, at: now)
                }
            }
        }
        for region in cells.indices { close(region, at: outcome.closesAt) }
        return Alarm.merged(alarms, until: outcome.closesAt)
    }

    private static func threats(
        of raid: Raid, seenUntil now: Double, sensedAt: [[Double]], plane: LocalPlane
    ) -> [(position: PlanePoint, reachMeters: Double)] {
        raid.objects.compactMap { object in
            let times = sensedAt[object.number]
            guard let last = times.last(where: { $0 <= now }), last > now - 30 else { return nil }
            let at = min(raid.startsAt.advanced(bySeconds: now), object.end.at)
            guard let sample = object.sample(at: at) else { return nil }
            // Mean speeds of the benchmark's classes.
            let speed = object.objectClass == .attackDrone ? 49.5 : 235
            return (plane.project(sample.point), 600 * speed)
        }
    }
}
