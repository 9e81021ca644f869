package import TocsinDrill
package import TocsinModel

/// What really flew in a drill, on the journal's clock.
package struct NightTruth: Hashable, Sendable {
    /// By object number.
    package var objects: [Object]

    package struct Object: Hashable, Sendable {
        package var number: Int
        package var objectClass: ObjectClass
        package var end: RaidEnd
        /// When a sensor first noticed it; `nil`: none ever did.
        package var firstSensedAt: Instant?
        /// How many people of which area were near its end on the ground, by ascending area.
        package var exposures: [Exposure]
        /// How well it was seen when it came down.
        package var sight: Sight
    }

    package struct Exposure: Hashable, Sendable {
        package var area: AreaID
        package var people: Double
    }

    /// How well an object was seen at its end.
    package enum Sight: String, Hashable, Sendable, CaseIterable {
        /// No sensor ever noticed it.
        case neverSensed
        /// Sensors noticed it, but no confirmed threat was followed near it when it came.
        case notFollowed
        case followed
    }

    /// Something that came down near an area's people.
    package struct Arrival: Hashable, Sendable {
        package var object: Int
        package var objectClass: ObjectClass
        package var at: Instant
        package var people: Double
        /// Sensed too late for anybody who follows tracks to warn of it in time.
        package var isSensedTooLate: Bool
    }

    /// Objects that came down, by impact or fall.
    package var ends: [Object] { objects.filter(\.end.isArrival) }

    /// What came down near the people of `area`, by time.
    package func arrivals(in area: Area) -> [Arrival] {
        ends.flatMap { object in
            object.exposures.filter { $0.area == area.id }.map { exposure in
                let limit = object.end.at.advanced(
                    bySeconds: -(area.secondsToShelter + ScoreRules.deliverySeconds + ScoreRules.thinkingSeconds))
                return Arrival(
                    object: object.number, objectClass: object.objectClass, at: object.end.at,
                    people: exposure.people, isSensedTooLate: object.firstSensedAt.map { $0 > limit } ?? true)
            }
        }.sorted { ($0.at, $0.object) < ($1.at, $1.object) }
    }

    /// Notes how well each object was seen when it came down.
    package mutating func compare(with threats: [FollowedThreat]) {
        for index in objects.indices where objects[index].firstSensedAt != nil {
            let end = objects[index].end
            let isFollowed = threats.contains { threat in
                threat.sightings.contains { sighting in
                    let age = end.at.seconds(since: sighting.at)
                    return age >= -Self.sightingSeconds && age <= Self.sightingSeconds
                        && sighting.point.greatCircleDistance(to: end.point) <= ScoreRules.trackDistance
                }
            }
            objects[index].sight = isFollowed ? .followed : .notFollowed
        }
    }

    /// Two intervals between sightings: a cruise missile flies 2.4 km, less than the distance allowed. Seconds.
    private static let sightingSeconds = 2 * NightWitness.sightingIntervalSeconds

    /// - Parameters:
    ///   - file: what the drill wrote.
    ///   - shifts: what may have been added to the drill's times when it was replayed, in seconds.
    ///   - span: of the journal; `nil` where it is empty.
    /// - Throws: ``NightError/truthOfAnotherNight(path:truthFrom:journalFrom:)`` if the times do not meet.
    init(_ file: TruthFile, shifts: [Double], span: (from: Instant, to: Instant)?) throws(NightError) {
        let starts = file.startsAt.instant
        let ends = file.endsAt.instant
        func overlap(_ shift: Double, _ span: (from: Instant, to: Instant)) -> Double {
            let from = max(span.from, starts.advanced(bySeconds: shift))
            return min(span.to, ends.advanced(bySeconds: shift)).seconds(since: from)
        }
        guard let span else {
            objects = file.objects(shiftedBySeconds: 0)
            return
        }
        let best = ([0] + shifts).max { overlap($0, span) < overlap($1, span) }
        guard let best, overlap(best, span) > 0 else {
            throw .truthOfAnotherNight(path: file.path, truthFrom: starts, journalFrom: span.from)
        }
        objects = file.objects(shiftedBySeconds: best)
    }
}
