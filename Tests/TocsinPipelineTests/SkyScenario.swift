import Foundation
import TocsinDrill
import TocsinForecast
import TocsinModel
import TocsinPipeline
import TocsinTracking
import TocsinWarning

/// A made-up sky over made-up areas, second by second through the whole pipeline: reports go in as bytes, what people
/// are told comes out. Positions are meters east and north of a point in Switzerland.
struct SkyScenario {
    static let plane = LocalPlane(origin: GeoPoint(latitudeDegrees: 46.9, longitudeDegrees: 7.4))
    static let start = Instant(nanosecondsSinceEpoch: 1_800_000_000_000_000_000)

    private(set) var pipeline: Pipeline
    private(set) var second = 0.0
    private(set) var changes: [WarningChange] = []
    private(set) var notWarned: [(area: AreaID, track: TrackNumber, reason: NotWarnedReason)] = []
    private(set) var trust: [(track: Track, event: TrustEvent)] = []
    private(set) var sensorEvents: [SensorEvent] = []
    /// The most processor time that one step took. Seconds.
    private(set) var longestStep = 0.0
    private var sequence: UInt64 = 0

    init(areas: [Area], sensors: [SensorSettings]) {
        let feed = FeedSettings(name: "all", format: .reports, exercise: false, timeShift: .zero, sensor: nil)
        pipeline = Pipeline(
            settings: PipelineSettings(
                feeds: [feed], sensors: sensors, areas: areas, tracking: .standard, forecast: .standard,
                warning: .standard))
    }

    var now: Instant { Self.start.advanced(bySeconds: second) }

    /// A square of `sideMeters` whose people need 90 s to shelter.
    static func area(_ id: String, east: Double, north: Double, sideMeters: Double, population: Int) -> Area {
        let half = sideMeters / 2
        let corners = [(-half, -half), (half, -half), (half, half), (-half, half)].map {
            plane.unproject(PlanePoint(east: east + $0.0, north: north + $0.1))
        }
        return Area(
            id: AreaID(id), names: [], population: population, polygon: GeoPolygon(vertices: corners),
            secondsToShelter: 90, protects: [.homes])
    }

    /// `columns` x `columns` squares around the middle, side by side.
    static func grid(columns: Int, sideMeters: Double, population: Int) -> [Area] {
        (0..<columns * columns).map { index in
            let middle = Double(columns - 1) / 2
            return area(
                "a\(1_000 + index)", east: (Double(index % columns) - middle) * sideMeters,
                north: (Double(index / columns) - middle) * sideMeters, sideMeters: sideMeters, population: population)
        }
    }

    static func sensor(
        _ name: String, _ kind: SensorKind, east: Double = 0, north: Double = 0, kilometers: Double = 150
    ) -> SensorSettings {
        SensorSettings(
            id: SensorID(name), kind: kind,
            position: SensorPosition(
                point: plane.unproject(PlanePoint(east: east, north: north)), height: GeometricHeight(meters: 500)),
            range: Distance(kilometers: kilometers), interval: .seconds(4), asterixIdentifier: nil)
    }

    /// One object of one class, beyond doubt.
    static func evidence(of objectClass: ObjectClass) -> ClassEvidence? {
        ClassEvidence(likelihoods: ObjectClass.allCases.map { $0 == objectClass ? 1 : 0.001 })
    }

    /// A position, as a radar network or a person with a map gives it.
    mutating func fix(
        _ sensor: String, at point: PlanePoint, velocity: PlanePoint? = nil, sigmaMeters: Double = 60,
        of objectClass: ObjectClass? = nil, identity: IdentityEvidence = .none
    ) {
        let speed = velocity.map { ($0.east * $0.east + $0.north * $0.north).squareRoot() } ?? 0
        let ground = velocity.map {
            GroundVelocity(
                speed: Speed(metersPerSecond: speed),
                track: Bearing(
                    degrees: (atan2($0.east, $0.north) * 180 / .pi + 360).truncatingRemainder(dividingBy: 360)))
        }
        take(
            .fix(
                Fix(
                    point: Self.plane.unproject(point), height: GeometricHeight(meters: 900), pressureAltitude: nil,
                    horizontalSigma: Distance(meters: sigmaMeters), velocity: ground, verticalRate: nil)),
            by: sensor, of: objectClass, identity: identity)
    }

    /// A measurement of one sensor, now.
    mutating func take(
        _ measurement: TocsinModel.Measurement, by sensor: String, of objectClass: ObjectClass? = nil,
        identity: IdentityEvidence = .none
    ) {
        let report = Report(
            feed: FeedNumber(0), sensor: SensorID(sensor), measuredAt: now, receivedAt: now, measurement: measurement,
            identity: identity, classEvidence: objectClass.flatMap(Self.evidence), exercise: false)
        step(.frame(Frame(feed: FeedNumber(0), bytes: Array(ReportLine.text(of: report).utf8))))
    }

    /// The sensor says that it works.
    mutating func alive(_ sensor: String) {
        let line = ReportLine.alive(sensor: SensorID(sensor), at: now)
        step(.frame(Frame(feed: FeedNumber(0), bytes: Array(line.utf8))))
    }

    mutating func take(bytes: [UInt8]) { step(.frame(Frame(feed: FeedNumber(0), bytes: bytes))) }

    mutating func take(_ command: OperatorCommand) { step(.command(command)) }

    /// Seconds pass; `happens` is called in each before the tick.
    mutating func pass(_ seconds: Int, _ happens: (inout SkyScenario) -> Void = { _ in }) {
        for _ in 0..<seconds {
            second += 1
            happens(&self)
            step(.tick)
        }
    }

    /// Of this thread alone: other tests run beside.
    private static var processorSeconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }

    private mutating func step(_ payload: Input.Payload) {
        sequence += 1
        let before = Self.processorSeconds
        let outputs = pipeline.step(
            Input(sequence: sequence, acceptedAt: now.advanced(bySeconds: 0.2), payload: payload))
        longestStep = max(longestStep, Self.processorSeconds - before)
        for output in outputs {
            switch output {
            case .warning(let change): changes.append(change)
            case .notWarned(let area, let track, let reason): notWarned.append((area, track, reason))
            case .track(.trust(let track, let event)): trust.append((track, event))
            case .sensor(let event): sensorEvents.append(event)
            case .track, .rejected, .commandRefused: break
            }
        }
    }

    /// The areas that were ever told to be in `stage`.
    func areas(everIn stage: WarningStage) -> Set<AreaID> {
        Set(changes.filter { $0.warning.stage == stage }.map(\.warning.area))
    }

    /// Every warning that was raised has ended, each for a stated reason.
    var everythingEnded: Bool {
        pipeline.warnings.isEmpty
            && changes.count { $0.kind == .raised } == changes.count { $0.kind == .ended }
    }
}

/// Something that flies straight on from a second on.
struct Flyer {
    var from: PlanePoint
    var velocity: PlanePoint
    var starts = 0.0

    func position(at second: Double) -> PlanePoint {
        let passed = second - starts
        return PlanePoint(east: from.east + velocity.east * passed, north: from.north + velocity.north * passed)
    }

    /// As measured with errors of `sigma` meters on each axis, drawn from the second and `seed`.
    func measured(at second: Double, sigma: Double, seed: UInt64) -> PlanePoint {
        var generator = SeededGenerator(seed: seed, stream: UInt64(second * 16))
        let point = position(at: second)
        return PlanePoint(
            east: point.east + sigma * generator.normal(), north: point.north + sigma * generator.normal())
    }
}
