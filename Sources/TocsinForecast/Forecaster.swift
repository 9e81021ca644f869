internal import OrderedCollections
internal import RealModule
public import TocsinModel

/// Forecasts first passages of tracks into areas.
///
/// The future of a track is a distribution, not a ray: straight on with what is known of course and speed, by a turn
/// at any time to come, by the turn that it is in, or back again (`Passage`). A passage is the first touch of the
/// area's outline widened by the danger radius of the class. Nothing is drawn at random.
public struct Forecaster: Sendable {
    private let settings: ForecastSettings
    private let areas: [Area]
    private let index: AreaIndex?
    private let tables: [ObjectClass: PassageTables]
    /// How far ahead arrivals are forecast. Seconds.
    package let horizonSeconds: Double
    /// What was flown so far, by track.
    private var courses: OrderedDictionary<TrackNumber, CourseFilter> = [:]

    /// A track's way is remembered from when its velocity is known this well, as a share of it (1 sigma). Before, a
    /// track that started from one position is taken to stand still, and a memory that begins so would forecast nothing
    /// for minutes.
    private static let leastKnown = 0.2

    /// A state older than this says nothing about where the object is. Seconds.
    private static let longestElapsed = 1_200.0

    /// Areas without vertices can't be reached. The index over the areas is built here, and again after decoding.
    public init(settings: ForecastSettings, areas: [Area]) {
        self.settings = settings
        self.areas = areas
        index = AreaIndex(areas)
        let shelter = areas.reduce(0) { max($0, $1.shelter.longestSeconds) }
        horizonSeconds = min(
            PassageTable.horizon,
            max(settings.horizonSeconds, shelter + settings.deliverySeconds + settings.marginSeconds))
        tables = [
            .attackDrone: PassageTables.shared(settings.attackDrone.turns),
            .cruiseMissile: PassageTables.shared(settings.cruiseMissile.turns),
            .ballisticMissile: PassageTables.shared(settings.ballisticMissile.turns),
        ]
    }

    /// Remembers how a track flies: to be called with every new state that a report gave.
    public mutating func observe(_ track: Track) {
        guard let index, let sample = Sample(track, in: index.plane) else { return }
        guard courses[track.number] == nil else {
            courses[track.number]?.update(
                at: sample.at, position: sample.position, velocity: sample.velocity, errors: sample.errors)
            return
        }
        guard sample.errors.velocity <= Self.leastKnown * sample.velocity.length else { return }
        courses[track.number] = sample.filter
    }

    /// Forgets a track that has ended.
    public mutating func forget(_ track: TrackNumber) { courses[track] = nil }

    /// One forecast for every area that the track may reach within the horizon, by ascending area id.
    ///
    /// Cooperative, unconfirmed and harmless tracks have none. A track that is silent is forecast from its last
    /// state; its probabilities shrink by the chance that it came down unnoticed. A track whose way is not remembered
    /// yet is forecast from its state alone.
    ///
    /// - Parameters:
    ///   - track: Its state at `track.at`, at or before `now`.
    ///   - now: Arrivals are counted from here; an object that may be inside already arrives now.
    /// - Complexity: O(*a*), *a* being the number of areas in reach.
    public func forecasts(for track: Track, at now: Instant) -> [Forecast] {
        let threat = track.existence * track.classes.threat
        guard let index, track.isConfirmed, !track.isCooperative, threat >= settings.leastThreat,
            let sample = Sample(track, in: index.plane)
        else { return [] }
        let course = courses[track.number] ?? sample.filter
        let elapsed = now.secondsSinceEpoch - course.at
        guard elapsed < Self.longestElapsed else { return [] }
        // A silence that is usual counts as the shortest that the models know.
        let silence = now.seconds(since: track.lastReportAt) - settings.silenceIgnoredSeconds
        let flights = ClassShare.shares(of: track, settings: settings).compactMap { share in
            tables[share.objectClass].map { tables in
                PossibleFlight(
                    Outlook(
                        course.state(speedSpread: share.motion.speedSpread), elapsed: max(0, elapsed),
                        horizon: horizonSeconds, tables: tables),
                    danger: share.motion.dangerRadiusMeters,
                    weight: threat * share.share
                        * share.motion.turns.surviving(silence: TurnModel.silenceEdges[0] + max(0, silence)))
            }
        }
        return forecasts(flights, of: track, at: now, index: index)
    }

    private func forecasts(
        _ flights: [PossibleFlight], of track: Track, at now: Instant, index: AreaIndex
    ) -> [Forecast] {
        // Pieces are numbered by their areas. A piece and a flight in one number, so that they sort fast.
        var inReach: [Int] = []
        for (number, flight) in flights.enumerated() {
            index.visit(within: flight.outlook.reach + flight.danger, of: flight.outlook.state.position) { piece in
                inReach.append(piece * flights.count + number)
            }
        }
        inReach.sort()
        let pieces = index.pieces
        let areaOfPiece = index.areaOfPiece
        var forecasts: [Forecast] = []
        forecasts.reserveCapacity(inReach.count)
        var arrival = Arrival()
        for (number, one) in inReach.enumerated() {
            let piece = one / flights.count
            flights[one % flights.count].add(pieces[piece], outline: index.outlines[piece], to: &arrival)
            let area = areaOfPiece[piece]
            let isLast = number + 1 == inReach.count || areaOfPiece[inReach[number + 1] / flights.count] != area
            guard isLast, !arrival.isEmpty else { continue }
            forecasts.append(forecast(&arrival, into: Int(area), of: index, by: track, at: now))
            arrival.removeAll()
        }
        return forecasts
    }

    private func forecast(
        _ arrival: inout Arrival, into area: Int, of index: AreaIndex, by track: Track, at now: Instant
    ) -> Forecast {
        let total = arrival.probability(by: horizonSeconds)
        let lead = settings.leadSeconds(index.shelters[area], at: now)
        let times = arrival.times(within: horizonSeconds, total: total)
        return Forecast(
            track: track.number, area: index.ids[area], exercise: track.exercise, at: now,
            probabilityWithinLead: min(total, arrival.probability(by: lead)), probabilityWithinHorizon: total,
            earliest: now.advanced(bySeconds: times.earliest), likely: now.advanced(bySeconds: times.likely),
            latest: now.advanced(bySeconds: times.latest))
    }
}

/// A class that a track may be of, and how it would fly on.
private final class PossibleFlight {
    let outlook: Outlook
    let danger: Double
    private let weight: Double
    /// Where it should be by now.
    private let here: SIMD2<Double>

    /// Less than this within the horizon is not told.
    private static let leastProbability = 2e-4

    init(_ outlook: Outlook, danger: Double, weight: Double) {
        self.outlook = outlook
        self.danger = danger
        self.weight = weight
        here = outlook.state.position + outlook.direction * (outlook.state.speed * outlook.elapsed)
    }

    func add(_ piece: PlaneArea, outline: @autoclosure () -> [SIMD2<Double>], to arrival: inout Arrival) {
        let disc = piece.disc(seenFrom: here, danger: danger, outline: outline())
        arrival.add(
            outlook, into: disc.center, radius: disc.radius, weight: weight, least: Self.leastProbability)
    }
}

/// A track's state on the plane.
private struct Sample {
    let at: Double
    let position: SIMD2<Double>
    let velocity: SIMD2<Double>
    let errors: CourseFilter.Errors

    /// Nothing that flies over areas is faster. Meters per second.
    private static let fastest = 5_000.0
    /// Nothing is forecast that is known worse than this. Meters.
    private static let widest = 1e6

    /// `nil` for numbers that mean nothing.
    init?(_ track: Track, in plane: LocalPlane) {
        at = track.at.secondsSinceEpoch
        position = SIMD2(plane.project(track.point))
        let axes = Self.axes(at: track.point, in: plane)
        let east = track.velocity.east
        let north = track.velocity.north
        velocity = SIMD2(east * axes.x - north * axes.y, east * axes.y + north * axes.x)
        let c = track.covariance
        errors = CourseFilter.Errors(
            position: max(1, ((c.eastEast + c.northNorth) / 2).squareRoot()),
            velocity: max(0.1, ((c.velocityEastEast + c.velocityNorthNorth) / 2).squareRoot()))
        guard position.squaredLength.isFinite, velocity.length < Self.fastest, errors.position < Self.widest,
            errors.velocity < Self.fastest
        else { return nil }
    }

    var filter: CourseFilter { CourseFilter(at: at, position: position, velocity: velocity, errors: errors) }

    /// Meridians are not parallel in the plane: the direction of north at `point`, found by a step of 100 m.
    private static func axes(at point: GeoPoint, in plane: LocalPlane) -> SIMD2<Double> {
        let step = point.latitudeDegrees > 0 ? -0.001 : 0.001
        let other = GeoPoint(
            latitudeDegrees: point.latitudeDegrees + step, longitudeDegrees: point.longitudeDegrees)
        let north = (SIMD2(plane.project(other)) - SIMD2(plane.project(point))) / step
        let length = north.length
        return length > 0 ? SIMD2(north.y, -north.x) / length : SIMD2(1, 0)
    }
}

extension Forecaster {
    /// How long before an arrival the people of `area` must be told, at this hour. Seconds.
    package func leadSeconds(of area: Area, at now: Instant) -> Double { settings.leadSeconds(area.shelter, at: now) }
}

extension Forecaster: Hashable, Codable {
    private enum CodingKeys: String, CodingKey { case settings, areas, courses }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            settings: try container.decode(ForecastSettings.self, forKey: .settings),
            areas: try container.decode([Area].self, forKey: .areas))
        courses = try container.decode(OrderedDictionary<TrackNumber, CourseFilter>.self, forKey: .courses)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(settings, forKey: .settings)
        try container.encode(areas, forKey: .areas)
        try container.encode(courses, forKey: .courses)
    }

    public static func == (left: Forecaster, right: Forecaster) -> Bool {
        left.settings == right.settings && left.areas == right.areas && left.courses == right.courses
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(settings)
        hasher.combine(areas)
    }
}
