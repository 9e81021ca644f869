package import TocsinModel

/// A track as the warner knows it at one time.
package struct RaidTrack: Hashable, Sendable {
    /// The position of the object in the record: the number of the track.
    package var object: Int
    package var objectClass: ObjectClass
    /// All updates so far, ascending; at least one.
    package var updates: ArraySlice<FeedUpdate>
    /// The last of them.
    package var latest: FeedUpdate

    /// Seconds since the last update.
    package func silence(at now: Double) -> Double { now - latest.at }
}

/// What the warner knows as time goes on: tracks that were sensed, whose end nobody reported, and that are silent for
/// at most 600 s.
struct RaidPicture {
    private let objects: [RecordedObject]
    /// By object: how many updates have come.
    private var received: [Int]
    private(set) var tracks: [RaidTrack] = []

    /// A silent track is dropped then. Seconds.
    static let droppedAfterSeconds = 600.0

    init(of raid: RaidRecord) {
        objects = raid.objects
        received = Array(repeating: 0, count: raid.objects.count)
    }

    /// - Precondition: `now` is never earlier than before.
    mutating func advance(to now: Double) {
        tracks.removeAll(keepingCapacity: true)
        for index in objects.indices {
            while received[index] < objects[index].updates.count, objects[index].updates[received[index]].at <= now {
                received[index] += 1
            }
            guard received[index] > 0 else { continue }
            if let report = objects[index].endReport, report.at <= now { continue }
            let latest = objects[index].updates[received[index] - 1]
            guard now - latest.at <= Self.droppedAfterSeconds else { continue }
            tracks.append(
                RaidTrack(
                    object: index, objectClass: objects[index].objectClass,
                    updates: objects[index].updates[0..<received[index]], latest: latest))
        }
    }
}
