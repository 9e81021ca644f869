package import TocsinModel

/// What a raid really did to the areas: the truth that warnings are scored against. Times are seconds from the
/// start of the raid; areas are given by their position in the region's list.
package struct RaidOutcome: Hashable, Sendable {
    package let region: RaidRegion
    package let startsAt: Instant
    /// By object.
    package let passages: [[Passage]]
    /// What came down with people in its danger radius, by object number.
    package let arrivals: [Arrival]
    /// Ends on the ground with nobody near.
    package let arrivalsWithoutPeople: Int
    /// When each object is first sensed; `nil` for never. By object.
    package let firstSensed: [Double?]
    /// When the score's account is closed: 2,000 s after the last object's end.
    package let closesAt: Double

    /// A stay of one object in an area or within its danger radius of it.
    package struct Passage: Hashable, Sendable {
        package var area: Int
        package var from: Double
        package var to: Double
    }

    /// An end on the ground, by impact or fall, that endangers somebody.
    package struct Arrival: Hashable, Sendable {
        package var object: Int
        package var at: Double
        package var exposures: [Exposure]

        package init(object: Int, at: Double, exposures: [Exposure]) {
            self.object = object
            self.at = at
            self.exposures = exposures
        }
    }

    /// People of one area within the danger radius: population x the covered share of the area.
    package struct Exposure: Hashable, Sendable {
        package var area: Int
        package var people: Double

        package init(area: Int, people: Double) {
            self.area = area
            self.people = people
        }
    }

    /// The score's account stays open for this long after the last end. Seconds.
    package static let secondsAfterEnd = 2_000.0

    package init(of raid: Raid, over region: RaidRegion, firstSensed: [Instant?]) {
        let ground = AreaGround(region)
        self.region = region
        startsAt = raid.startsAt
        self.firstSensed = firstSensed.map { $0?.seconds(since: raid.startsAt) }
        closesAt = raid.endsAt.seconds(since: raid.startsAt) + Self.secondsAfterEnd
        passages = raid.objects.map { object in
            let radius = raid.settings.flight(of: object.objectClass).dangerRadius.meters
            return ground.passages(of: object, within: radius, since: raid.startsAt)
        }
        let ended = raid.objects.filter(\.end.isArrival).map { object in
            let radius = raid.settings.flight(of: object.objectClass).dangerRadius.meters
            return Arrival(
                object: object.number, at: object.end.at.seconds(since: raid.startsAt),
                exposures: ground.exposures(around: object.end.point, within: radius))
        }
        arrivals = ended.filter { !$0.exposures.isEmpty }
        arrivalsWithoutPeople = ended.count - arrivals.count
    }

    package var areas: [Area] { region.areas }

    /// Areas in which somebody was exposed; by position.
    package var isExposed: [Bool] {
        var exposed = [Bool](repeating: false, count: areas.count)
        for arrival in arrivals { for exposure in arrival.exposures { exposed[exposure.area] = true } }
        return exposed
    }

    /// Whether anything that senses could have led to a warning in time: the object was sensed at least the
    /// seconds to shelter, 5 s of delivery and 15 s of thinking before it arrived.
    package func isWarnable(_ arrival: Arrival, in area: Int) -> Bool {
        isWarnable(arrival, in: area, sensedAt: firstSensed[arrival.object])
    }

    /// The same for something that senses the object first at `sensed`; `nil`: never.
    func isWarnable(_ arrival: Arrival, in area: Int, sensedAt sensed: Double?) -> Bool {
        guard let sensed else { return false }
        return sensed <= warnBy(arrival, in: area) - ScoreRules.thinkingSeconds
    }

    /// When the alarm of `area` must be on at the latest, so that people there are safe from the arrival: the
    /// seconds to shelter and 5 s of delivery before it.
    package func warnBy(_ arrival: Arrival, in area: Int) -> Double {
        arrival.at - areas[area].secondsToShelter - ScoreRules.deliverySeconds
    }

    /// Whether an alarm of `area` is on, without a break, from ``warnBy(_:in:)`` until the arrival.
    func isWarned(of arrival: Arrival, in area: Int, by alarms: [Alarm]) -> Bool {
        let warnBy = warnBy(arrival, in: area)
        return alarms.contains { $0.area == area && $0.from <= warnBy && $0.to >= arrival.at }
    }
}

/// Constants of the score (Docs/drill.md).
package enum ScoreRules {
    /// How long a warning takes to reach people. Seconds.
    package static let deliverySeconds = 5.0
    /// What anything that follows tracks needs to notice an object and decide. Seconds.
    package static let thinkingSeconds = 15.0
    /// A confirmed track near an object follows it for this long after it was last seen there. Seconds.
    package static let followingSeconds = 30.0
    /// A track belongs to the object that is nearest to it, if it is at most this far away.
    package static let trackDistance = Distance(meters: 3_000)
    /// So long after its first track was confirmed an object should be known for what it is. Seconds.
    package static let namingSeconds = 60.0
}

/// The areas as polygons on the region's plane, in bare meters.
private struct AreaGround {
    let region: RaidRegion
    let polygons: [PlanePolygon]
    /// The distance of the farthest corner from the center.
    let reach: [Double]

    init(_ region: RaidRegion) {
        self.region = region
        let polygons = region.areas.map { PlanePolygon($0.polygon, on: region.plane) }
        self.polygons = polygons
        reach = polygons.indices.map { index in
            polygons[index].vertices.map { $0.distance(to: region.discs[index].center) }.max() ?? 0
        }
    }

    func passages(of object: RaidObject, within radius: Double, since start: Instant) -> [RaidOutcome.Passage] {
        var open = [RaidOutcome.Passage?](repeating: nil, count: polygons.count)
        var closed: [RaidOutcome.Passage] = []
        for sample in object.samples {
            let point = region.plane.project(sample.point)
            let seconds = sample.at.seconds(since: start)
            for area in polygons.indices {
                if isWithin(radius, of: area, point) {
                    open[area] = open[area] ?? RaidOutcome.Passage(area: area, from: seconds, to: seconds)
                    open[area]?.to = seconds
                } else if let passage = open[area] {
                    closed.append(passage)
                    open[area] = nil
                }
            }
        }
        return (closed + open.compactMap { $0 }).sorted { ($0.from, $0.area) < ($1.from, $1.area) }
    }

    private func isWithin(_ radius: Double, of area: Int, _ point: PlanePoint) -> Bool {
        let center = region.discs[area].center
        guard center.distance(to: point) <= reach[area] + radius else { return false }
        return polygons[area].distance(to: point) <= radius
    }

    func exposures(around end: GeoPoint, within radius: Double) -> [RaidOutcome.Exposure] {
        let point = region.plane.project(end)
        return polygons.indices.compactMap { area in
            guard isWithin(radius, of: area, point) else { return nil }
            let people = Double(region.areas[area].population) * polygons[area].share(within: radius, of: point)
            return people > 0 ? RaidOutcome.Exposure(area: area, people: people) : nil
        }
    }
}
