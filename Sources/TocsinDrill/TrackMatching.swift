internal import OrderedCollections
package import TocsinModel

/// Where a confirmed track was at one time, as the system believed.
package struct TrackSighting: Hashable, Sendable {
    package var at: Instant
    package var number: TrackNumber
    package var point: GeoPoint
    /// What it was most likely taken for.
    package var objectClass: ObjectClass

    package init(at: Instant, number: TrackNumber, point: GeoPoint, objectClass: ObjectClass) {
        self.at = at
        self.number = number
        self.point = point
        self.objectClass = objectClass
    }
}

/// Which object each confirmed track follows: the one that it was nearest to most often, within 3 km.
struct TrackMatching {
    private var objects: OrderedDictionary<TrackNumber, Int?> = [:]
    /// When each object first had a confirmed track; by object.
    let confirmedAt: [Instant?]
    /// The times at which each object had a confirmed track near it; by object, ascending.
    private let followedAt: [[Instant]]
    /// What the nearest track of each object was taken for when it had been followed long enough; by object.
    let names: [ObjectClass?]
    private let times: [Instant]
    private let raid: Raid

    init(of sightings: [TrackSighting], in raid: Raid) {
        var votes: OrderedDictionary<TrackNumber, [Int: Int]> = [:]
        var followed = [[Instant]](repeating: [], count: raid.objects.count)
        var times: [Instant] = []
        var naming = [Naming?](repeating: nil, count: raid.objects.count)
        for sighting in sightings {
            if times.last != sighting.at { times.append(sighting.at) }
            let nearest = Self.nearest(to: sighting, in: raid)
            votes[sighting.number, default: [:]][nearest?.object ?? -1, default: 0] += 1
            guard let (distance, object) = nearest else { continue }
            if followed[object].last != sighting.at { followed[object].append(sighting.at) }
            guard sighting.at.seconds(since: followed[object][0]) >= ScoreRules.namingSeconds,
                naming[object].map({ $0.at == sighting.at && distance < $0.distance }) ?? true
            else { continue }
            naming[object] = Naming(at: sighting.at, distance: distance, objectClass: sighting.objectClass)
        }
        for (number, counts) in votes {
            // Of equal counts the lower number; a track that was near nothing follows nothing.
            let best = raid.objects.indices.max { (counts[$0] ?? 0, -$0) < (counts[$1] ?? 0, -$1) }
            objects[number] = best.flatMap { counts[$0] == nil ? nil : $0 }
        }
        confirmedAt = followed.map(\.first)
        followedAt = followed
        names = naming.map { $0?.objectClass }
        self.times = times
        self.raid = raid
    }

    private struct Naming {
        var at: Instant
        var distance: Double
        var objectClass: ObjectClass
    }

    private static func nearest(to sighting: TrackSighting, in raid: Raid) -> (distance: Double, object: Int)? {
        let near = raid.objects.compactMap { object -> (distance: Double, object: Int)? in
            guard let sample = object.sample(at: sighting.at) else { return nil }
            let distance = sample.point.greatCircleDistance(to: sighting.point)
            return distance <= ScoreRules.trackDistance ? (distance.meters, object.number) : nil
        }
        return near.min { $0 < $1 }
    }

    /// `nil` for a track that was near no object, and for one that was never confirmed.
    func object(of number: TrackNumber) -> Int? { objects[number] ?? nil }

    /// The tracks that followed the object, by ascending number.
    func tracks(of object: Int) -> [TrackNumber] {
        objects.compactMap { $0.value == object ? $0.key : nil }.sorted()
    }

    /// When a confirmed track was last near the object; `nil`: never until `instant`.
    func lastFollowed(_ object: Int, until instant: Instant) -> Instant? {
        followedAt[object].last { $0 <= instant }
    }

    /// Whether a confirmed track followed the object at `instant`.
    func isFollowed(_ object: Int, at instant: Instant) -> Bool {
        guard let last = lastFollowed(object, until: instant) else { return false }
        return instant.seconds(since: last) <= ScoreRules.followingSeconds
    }

    var confirmedTracks: Int { objects.count }
    var falseTracks: Int { objects.values.count { $0 == nil } }

    /// Of the times looked at from an object's first sensing to its end, the share with a confirmed track near it.
    func timeTrackedShare(firstSensed: [Double?]) -> Double? {
        var looked = 0
        var followed = 0
        for object in raid.objects {
            guard let sensed = firstSensed[object.number] else { continue }
            let from = raid.startsAt.advanced(bySeconds: sensed)
            looked += times.count { $0 >= from && $0 <= object.end.at }
            followed += followedAt[object.number].count { $0 >= from && $0 <= object.end.at }
        }
        return looked > 0 ? Double(followed) / Double(looked) : nil
    }
}
