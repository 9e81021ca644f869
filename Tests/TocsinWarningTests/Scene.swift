import TocsinModel
import TocsinWarning

/// A small world for the engine: areas `a00`, `a01` ..., two radars, a microphone, people, and seconds from zero.
struct Scene {
    var engine: WarningEngine
    var outputs: [Output] = []
    var seconds = 0.0

    init(areas count: Int = 3, population: Int = 10_000, settings: WarningSettings = .standard) {
        engine = WarningEngine(settings: settings, areas: Self.areas(count, population), sensors: Self.sensors)
    }

    init(_ areas: [Area]) {
        engine = WarningEngine(settings: .standard, areas: areas, sensors: Self.sensors)
    }

    static func areas(_ count: Int, _ population: Int) -> [Area] {
        (0..<count).map { index in
            Area(
                id: id(index), names: [], population: population, polygon: GeoPolygon(vertices: []),
                secondsToShelter: 90, protects: [.homes])
        }
    }

    static func id(_ index: Int) -> AreaID { AreaID(index < 10 ? "a0\(index)" : "a\(index)") }

    static let sensors: [SensorSettings] = [
        ("radar-1", .radar), ("radar-2", .radar), ("mic-1", .microphone), ("anna", .person), ("ben", .person),
        ("carl", .person),
    ].map { (name: String, kind: SensorKind) in
        SensorSettings(
            id: SensorID(name), kind: kind,
            position: SensorPosition(
                point: GeoPoint(latitudeDegrees: 47, longitudeDegrees: 8), height: GeometricHeight(meters: 0)),
            range: Distance(kilometers: 40), interval: .seconds(4), asterixIdentifier: nil)
    }

    static func at(_ seconds: Double) -> Instant { Instant(nanosecondsSinceEpoch: 0).advanced(bySeconds: seconds) }
    var now: Instant { Self.at(seconds) }

    func track(
        _ number: UInt64, heard: Double? = nil, sensors: [String] = ["radar-1", "mic-1"], cooperative: Bool = false,
        confirmed: Bool = true, exercise: Bool = true
    ) -> Track {
        Track(
            number: TrackNumber(number), at: now, point: GeoPoint(latitudeDegrees: 47, longitudeDegrees: 8),
            height: nil, velocity: PlanePoint(east: 50, north: 0),
            covariance: HorizontalCovariance(positionSigma: 100, velocitySigma: 5), existence: 0.99,
            classes: .uniform, identity: .none, isCooperative: cooperative, exercise: exercise,
            isConfirmed: confirmed, startedAt: Self.at(0), lastReportAt: Self.at(heard ?? seconds), reportCount: 10,
            sensors: sensors.map { SensorID($0) })
    }

    /// The track is forecast for area `a00` ... with these probabilities, to arrive after `arrival` seconds.
    @discardableResult
    mutating func forecast(
        _ track: Track, areas: [Int] = [0], lead: Double, horizon: Double, arrival: Double = 100
    ) -> [Output] {
        let forecasts = areas.map { index in
            forecast(of: Self.id(index), track, lead: lead, horizon: horizon, arrival: arrival)
        }
        return keep(engine.take(forecasts, of: track, at: now))
    }

    func forecast(of area: AreaID, _ track: Track, lead: Double, horizon: Double, arrival: Double = 100) -> Forecast {
        Forecast(
            track: track.number, area: area, exercise: track.exercise, at: now, probabilityWithinLead: lead,
            probabilityWithinHorizon: max(lead, horizon), earliest: now.advanced(bySeconds: arrival * 0.9),
            likely: now.advanced(bySeconds: arrival), latest: now.advanced(bySeconds: arrival * 1.2))
    }

    @discardableResult
    mutating func keep(_ new: [Output]) -> [Output] {
        outputs += new
        return new
    }

    /// Time passes in steps of a second.
    mutating func pass(_ duration: Double, each step: (inout Scene) -> Void = { _ in }) {
        for _ in 0..<Int(duration) {
            seconds += 1
            step(&self)
            keep(engine.advance(to: now))
        }
    }

    var changes: [WarningChange] { outputs.compactMap { if case .warning(let change) = $0 { change } else { nil } } }

    var notices: [NotWarnedReason] {
        outputs.compactMap { if case .notWarned(_, _, let reason) = $0 { reason } else { nil } }
    }

    var stage: WarningStage { engine.warnings.first?.stage ?? .quiet }
}
