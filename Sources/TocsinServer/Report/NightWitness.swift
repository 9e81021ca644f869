internal import OrderedCollections
internal import TocsinForecast
internal import TocsinModel
internal import TocsinPipeline
internal import TocsinWarning

/// Watches a replay and notes what a report tells: who was in which stage when, and where threats were followed.
struct NightWitness {
    private(set) var header: JournalHeader?
    private(set) var areas: OrderedDictionary<AreaID, Area> = [:]
    /// What may have been added to the times of recordings. Seconds.
    private(set) var shifts: [Double] = []
    private(set) var span: (from: Instant, to: Instant)?
    private(set) var withheld: [NightReport.Withheld] = []
    private(set) var spans: OrderedDictionary<AreaWorld, [StageSpan]> = [:]
    private(set) var passages: OrderedDictionary<AreaWorld, [NightPassage]> = [:]
    /// The threats of this run, by ascending number.
    private var following: OrderedDictionary<TrackNumber, FollowedThreat> = [:]
    /// The threats of earlier runs: their numbers begin anew where the settings changed.
    private var followed: [FollowedThreat] = []
    private var confirmedTracks: OrderedSet<TrackNumber> = []
    private var otherTracksBefore = 0
    private var reaches: [AreaReach] = []
    private var overhead: OrderedDictionary<Overhead, NightPassage> = [:]
    private var lastLook: Instant?

    /// Where threats were is kept this often. Seconds.
    static let sightingIntervalSeconds = 5.0
    /// Passages are noted to this. Seconds.
    private static let lookIntervalSeconds = 1.0

    private struct Overhead: Hashable {
        var world: AreaWorld
        var track: TrackNumber
    }

    mutating func take(_ progress: Replay.Progress) {
        switch progress {
        case .began(let header): begin(header)
        case .stepped(let step, let input, let situation):
            let now = input.acceptedAt
            span = (span?.from ?? now, now)
            for event in step.events { take(event) }
            for output in step.outputs { take(output, at: now) }
            if let lastLook, now.seconds(since: lastLook) < Self.lookIntervalSeconds { return }
            lastLook = now
            look(at: situation.pipeline, now)
        }
    }

    /// All threats, run by run.
    var threats: [FollowedThreat] { followed + following.values }

    /// Confirmed tracks that never were threats.
    var otherTracks: Int { otherTracksBefore + confirmedTracks.count { following[$0] == nil } }

    /// Nothing follows: what is still on ends with the journal.
    mutating func end() {
        guard let last = span?.to else { return }
        for world in spans.keys {
            guard let index = spans[world]?.indices.last, spans[world]?[index].to == .open else { continue }
            spans[world]?[index].to = last
        }
        for key in overhead.keys { leave(key) }
    }

    // MARK: Runs

    private mutating func begin(_ new: JournalHeader) {
        end()
        followed += following.values
        otherTracksBefore = otherTracks
        following = [:]
        confirmedTracks = []
        header = new
        for area in new.settings.areas { areas[area.id] = area }
        shifts += new.settings.feeds.map { $0.timeShift / .seconds(1) }
        reaches = new.settings.areas.compactMap { AreaReach($0, widest: new.settings.forecast.widestDanger) }
    }

    // MARK: Decisions

    private mutating func take(_ event: WarningEvent) {
        let warning = event.change.warning
        let world = AreaWorld(area: warning.area, exercise: warning.exercise)
        var known = spans[world] ?? []
        if let last = known.last, last.to == .open {
            if last.stage == warning.stage, last.warning == warning.number { return }
            known[known.count - 1].to = event.at
        }
        if warning.stage != .quiet {
            known.append(
                StageSpan(
                    stage: warning.stage, warning: warning.number, reason: warning.reason, from: event.at, to: .open))
        }
        spans[world] = known
    }

    private mutating func take(_ output: Output, at now: Instant) {
        switch output {
        case .notWarned(let area, let track, let reason):
            withheld.append(NightReport.Withheld(at: now, area: area, track: track, reason: reason))
        case .track(.confirmed(let track)): confirmedTracks.append(track.number)
        case .track(.ended(let track, let reason)): following[track.number]?.end = reason
        case .track(.trust), .rejected, .warning, .sensor, .commandRefused: break
        }
    }

    // MARK: Threats

    private mutating func look(at pipeline: Pipeline, _ now: Instant) {
        guard let settings = header?.settings else { return }
        var present: OrderedSet<Overhead> = []
        for track in pipeline.tracks where track.isConfirmed && !track.isCooperative && track.isLikelyThreat {
            guard now.seconds(since: track.lastReportAt) <= settings.warning.silentAfterSeconds else { continue }
            let point = track.point(at: now)
            follow(track, to: point, at: now)
            let objectClass = track.classes.likeliest
            let danger = settings.forecast.motion(of: objectClass)?.dangerRadiusMeters ?? 0
            for reach in reaches where reach.isTouched(from: point, within: Distance(meters: danger)) {
                let world = AreaWorld(area: reach.area.id, exercise: track.exercise)
                let key = Overhead(world: world, track: track.number)
                present.append(key)
                let began = overhead[key]?.from ?? now
                overhead[key] = NightPassage(track: track.number, objectClass: objectClass, from: began, to: now)
            }
        }
        for key in overhead.keys where !present.contains(key) { leave(key) }
    }

    private mutating func follow(_ track: Track, to point: GeoPoint, at now: Instant) {
        var threat =
            following[track.number]
            ?? FollowedThreat(
                number: track.number, exercise: track.exercise, objectClass: track.classes.likeliest,
                startedAt: track.startedAt, lastSeenAt: now, end: nil, sightings: [])
        threat.objectClass = track.classes.likeliest
        threat.lastSeenAt = now
        if threat.sightings.last.map({ now.seconds(since: $0.at) >= Self.sightingIntervalSeconds }) ?? true {
            threat.sightings.append(FollowedThreat.Sighting(at: now, point: point))
        }
        following[track.number] = threat
    }

    private mutating func leave(_ key: Overhead) {
        if let passage = overhead.removeValue(forKey: key) { passages[key.world, default: []].append(passage) }
    }
}

/// An area with a box around it, so that most are passed over at once.
private struct AreaReach {
    let area: Area
    private let south: Double
    private let north: Double
    private let west: Double
    private let east: Double

    /// - Returns: `nil` for an area without vertices.
    init?(_ area: Area, widest: Distance) {
        guard let center = area.polygon.center else { return nil }
        let latitudes = area.polygon.vertices.map(\.latitudeDegrees)
        let longitudes = area.polygon.vertices.map(\.longitudeDegrees)
        // A degree of latitude is at least 110.5 km; at the poles the box is the whole circle.
        let margin = widest.meters / 110_500
        let shrink = max(0.01, 1 - abs(center.latitudeDegrees) / 90)
        self.area = area
        south = (latitudes.min() ?? 0) - margin
        north = (latitudes.max() ?? 0) + margin
        west = (longitudes.min() ?? 0) - margin / shrink
        east = (longitudes.max() ?? 0) + margin / shrink
    }

    func isTouched(from point: GeoPoint, within danger: Distance) -> Bool {
        guard point.latitudeDegrees >= south, point.latitudeDegrees <= north, point.longitudeDegrees >= west,
            point.longitudeDegrees <= east
        else { return false }
        return area.polygon.distance(from: point) <= danger
    }
}

extension Instant {
    /// Later than anything: not yet over.
    fileprivate static let open = Instant(nanosecondsSinceEpoch: .max)
}

extension Track {
    /// Where it is at `now`, straight on from its last update.
    fileprivate func point(at now: Instant) -> GeoPoint {
        let seconds = now.seconds(since: at)
        return LocalPlane(origin: point).unproject(
            PlanePoint(east: velocity.east * seconds, north: velocity.north * seconds))
    }
}

extension ForecastSettings {
    /// The greatest danger radius of all classes.
    fileprivate var widestDanger: Distance {
        let radii = ObjectClass.allCases.compactMap { motion(of: $0)?.dangerRadiusMeters }
        return Distance(meters: radii.max() ?? 0)
    }
}
