internal import TocsinForecast
package import TocsinModel
package import TocsinWarning

/// The answer to "why is this area (not) warned at this moment": a value, made from the pipeline's state alone.
///
/// For operators: it tells where tracks are. ``words`` is the answer in plain English.
package struct AreaExplanation: Hashable, Sendable {
    package var area: Area
    /// The moment asked about.
    package var at: Instant
    /// How long before an arrival people here must be told: to reach shelter, delivery and margin. Seconds.
    package var leadSeconds: Double
    /// How far ahead arrivals are forecast. Seconds.
    package var horizonSeconds: Double
    package var coverage: AreaCoverage
    /// Warned first, then live; a world in which nothing is there is left out, but never both.
    package var worlds: [World]

    /// Live, or the exercise.
    package struct World: Hashable, Sendable {
        package var stage: StageExplanation
        /// Those that count by descending danger, then the others by distance.
        package var tracks: [ConsideredTrack]
        /// How many tracks that do not count, farther away, are not listed.
        package var tracksLeftOut: Int
    }
}

/// One track and what it means for the area.
package struct ConsideredTrack: Hashable, Sendable {
    package var number: TrackNumber
    /// As predicted at the moment asked about; `nil`: it is no longer followed, and still counts.
    package var track: Track?
    /// From the track to the area's outline; zero above the area; `nil` where the track is not known.
    package var distance: Distance?
    package var finding: Finding

    /// What the track adds to the area's danger, or why it adds nothing.
    package enum Finding: Hashable, Sendable {
        case counted(StageExplanation.CountedTrack)
        /// It may come here, with less probability than is counted.
        case negligible(Forecast)
        /// It is probable enough, and counts as soon as it is forecast again: within seconds.
        case pending(Forecast)
        /// No way that it may go on leads here within the horizon.
        case doesNotReach
        /// It identifies itself, and behaves so.
        case cooperative
        /// Too few reports yet.
        case notConfirmed
        /// What it is harms nobody on the ground.
        case harmless
    }
}

/// How well sensors reach an area.
package struct AreaCoverage: Hashable, Sendable {
    /// Sensors with instruments whose range reaches the area's middle.
    package var sensorsInReach: Int
    /// Those of them that are heard as often as they should be.
    package var sensorsHeard: Int

    /// No sensor that is heard reaches the area: a quiet sky means nothing there.
    package var isUncovered: Bool { sensorsHeard == 0 }
}

extension Pipeline {
    /// Tracks that do not count and are listed all the same: the nearest.
    static let tracksBesideMaximum = 12

    /// Why `area` is, or is not, warned at `now`.
    ///
    /// - Parameters:
    ///   - area: one of the pipeline's areas.
    ///   - now: the time of the last input or later.
    /// - Complexity: O(*tracks* x *vertices*), and one forecast for each of at most ``tracksBesideMaximum`` tracks.
    package func explanation(of area: Area, at now: Instant) -> AreaExplanation {
        let present = tracks(at: now)
        let worlds = [false, true].map { world(exercise: $0, of: area, among: present, at: now) }
        let warned = worlds.filter { $0.stage.warning != nil }
        let inhabited = warned + worlds.filter { $0.stage.warning == nil && !$0.tracks.isEmpty }
        return AreaExplanation(
            area: area, at: now, leadSeconds: forecaster.leadSeconds(of: area, at: now),
            horizonSeconds: forecaster.horizonSeconds, coverage: sensors.coverage(of: area, at: now),
            worlds: inhabited.isEmpty ? Array(worlds.prefix(1)) : inhabited)
    }

    private func world(
        exercise: Bool, of area: Area, among tracks: [Track], at now: Instant
    ) -> AreaExplanation.World {
        let stage = engine.explanation(of: area.id, exercise: exercise, at: now)
        let own = tracks.filter { $0.exercise == exercise }
        let counted = stage.tracks.sorted { ($1.withinLead, $1.withinHorizon) < ($0.withinLead, $0.withinHorizon) }
            .map { counted in
                let track = own.first { $0.number == counted.track }
                return ConsideredTrack(
                    number: counted.track, track: track, distance: track.map { area.polygon.distance(from: $0.point) },
                    finding: .counted(counted))
            }
        let numbers = counted.map(\.number)
        let beside = own.filter { !numbers.contains($0.number) }
            .map { (track: $0, distance: area.polygon.distance(from: $0.point)) }
            .sorted { ($0.track.priority, $0.distance) < ($1.track.priority, $1.distance) }
        let listed = beside.prefix(Self.tracksBesideMaximum).map { track, distance in
            ConsideredTrack(
                number: track.number, track: track, distance: distance, finding: finding(of: track, area, at: now))
        }
        return AreaExplanation.World(
            stage: stage, tracks: counted + listed, tracksLeftOut: beside.count - listed.count)
    }

    /// Why the track has no place in the area's sum.
    private func finding(of track: Track, _ area: Area, at now: Instant) -> ConsideredTrack.Finding {
        if track.isCooperative { return .cooperative }
        guard track.isConfirmed else { return .notConfirmed }
        guard track.isLikelyThreat else { return .harmless }
        let forecast = forecaster.forecasts(for: track, at: now).first { $0.area == area.id }
        guard let forecast else { return .doesNotReach }
        return engine.isCounted(forecast) ? .pending(forecast) : .negligible(forecast)
    }
}

extension Track {
    /// Rather something to warn of than not.
    package var isLikelyThreat: Bool { classes.threat >= 0.5 }

    /// What is asked about first: threats, then what may become one, then the rest.
    fileprivate var priority: Int { isCooperative ? 2 : (isConfirmed && isLikelyThreat ? 0 : 1) }
}

extension GeoPolygon {
    /// From `point` to the outline; zero inside. Edges are taken as straight on a plane around `point`.
    /// - Complexity: O(*v*), *v* being the number of vertices.
    package func distance(from point: GeoPoint) -> Distance {
        guard !contains(point), let last = vertices.last else { return Distance(meters: 0) }
        let plane = LocalPlane(origin: point)
        var previous = plane.project(last)
        var least = Double.infinity
        for vertex in vertices {
            let corner = plane.project(vertex)
            let edge = PlanePoint(east: corner.east - previous.east, north: corner.north - previous.north)
            let squared = edge.east * edge.east + edge.north * edge.north
            let along = squared > 0 ? -(previous.east * edge.east + previous.north * edge.north) / squared : 0
            let share = max(0, min(1, along))
            let east = previous.east + share * edge.east
            let north = previous.north + share * edge.north
            least = min(least, (east * east + north * north).squareRoot())
            previous = corner
        }
        return Distance(meters: least)
    }
}
