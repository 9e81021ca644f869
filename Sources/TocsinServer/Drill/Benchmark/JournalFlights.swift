internal import OrderedCollections
internal import TocsinForecast
internal import TocsinModel
internal import TocsinPipeline

/// Watches replays and gathers how threats flew, for a fit of how they move.
struct JournalFlights {
    /// A confirmed track that did not identify itself.
    struct Flight {
        /// What it was most likely taken for when it was last seen.
        fileprivate(set) var objectClass: ObjectClass
        let exercise: Bool
        let startedAt: Instant
        /// Where it was believed to be whenever it had just been reported, at most once a second. On ``plane``,
        /// seconds since `startedAt`.
        fileprivate var fixes: [SmoothedFlight.Fix] = []
        /// Meters per second over ground, one per fix.
        fileprivate var speeds: [Double] = []
        fileprivate var lastReportAt: Instant
        private let plane: LocalPlane

        /// A track that is silent for longer is cut there: while it coasts it flies straight because nobody sees it
        /// turn. Radars that miss it in a few turns leave less. Seconds.
        private static let silenceSeconds = 20.0
    }

    /// Of earlier runs and journals: their numbers begin anew.
    private var ended: [Flight] = []
    private var following: OrderedDictionary<TrackNumber, Flight> = [:]
    private var lastLook: Instant?

    /// Tracks are looked at this often. Seconds.
    private static let lookIntervalSeconds = 1.0

    /// The flights of all tracks, whatever they were taken for, in the order in which they were confirmed.
    var all: [Flight] { ended + following.values }

    mutating func take(_ progress: Replay.Progress) {
        switch progress {
        case .began:
            ended += following.values
            following = [:]
            lastLook = nil
        case .stepped(_, let input, let situation):
            let now = input.acceptedAt
            if let lastLook, now.seconds(since: lastLook) < Self.lookIntervalSeconds { return }
            lastLook = now
            for track in situation.pipeline.tracks where track.isConfirmed && !track.isCooperative {
                following[track.number, default: Flight(of: track)].follow(track)
            }
        }
    }
}

extension JournalFlights.Flight {
    fileprivate init(of track: Track) {
        objectClass = track.classes.likeliest
        exercise = track.exercise
        startedAt = track.at
        lastReportAt = track.lastReportAt.advanced(bySeconds: -1)
        plane = LocalPlane(origin: track.point)
    }

    fileprivate mutating func follow(_ track: Track) {
        let time = track.at.seconds(since: startedAt)
        guard track.lastReportAt > lastReportAt, fixes.last.map({ time > $0.time }) ?? true else { return }
        objectClass = track.classes.likeliest
        lastReportAt = track.lastReportAt
        let place = plane.project(track.point)
        fixes.append(
            SmoothedFlight.Fix(
                time: time, place: SIMD2(place.east, place.north),
                variance: (track.covariance.eastEast + track.covariance.northNorth) / 2))
        speeds.append(track.speed.metersPerSecond)
    }

    /// Where it flew, one place a second, in pieces without a long silence. The first fix is the origin.
    var pieces: [[SIMD2<Double>]] {
        let cuts = fixes.indices.dropFirst().filter { fixes[$0].time - fixes[$0 - 1].time > Self.silenceSeconds }
        return zip([0] + cuts, cuts + [fixes.count]).map { from, to in
            let speed = speeds[from..<to].sorted()[(to - from) / 2]
            return SmoothedFlight(of: Array(fixes[from..<to]), speed: speed).points
        }
    }
}
