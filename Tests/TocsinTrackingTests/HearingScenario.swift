import Foundation
import TocsinModel
import TocsinTestKit
import TocsinTracking

/// The shared scenario of sixty microphones, through the tracker, with its score. Truth serves the score only.
struct HearingScenario {
    /// Configured, meters.
    let range: Double

    struct Score {
        var gospa = 0.0
        var medianError = 0.0
        var switches = 0
        var firstSecond = Int.max
        var learntRange = 0.0
    }

    private static let cutoff = 1_000.0

    func run(seconds: Int) throws -> Score {
        let places = try Self.table("sensors.csv").reduce(into: [:]) { $0[Int($1[0])] = (x: $1[1], y: $1[2]) }
        let truth = try Self.table("truth.csv")
        let directions = try Self.table("detections.csv")
        let sensors = places.keys.sorted().map { sensor($0, places[$0] ?? (0, 0)) }
        var tracker = Tracker(settings: .planarHearing, sensors: sensors)
        var score = Score()
        var errors: [Double] = []
        var last: [Int: TrackNumber] = [:]
        for second in 0..<seconds {
            let at = Flight.epoch.advanced(bySeconds: Double(second))
            tracker.hear(sensors.map(\.id), at: at)
            let reports = directions.filter { Int($0[0]) == second }.map { report($0, sensors, at: at) }
            _ = tracker.observe(reports, at: at)
            _ = tracker.advance(to: at)
            let tracks = tracker.tracks.filter { $0.isConfirmed && $0.existence >= 0.5 }
            let estimates = tracks.map { track in
                let place = EarthFixed(track.point, height: GeometricHeight(meters: 0))
                return GOSPA.Place(x: place.y, y: place.z)
            }
            let present = truth.filter { Int($0[0]) == second }
            let objects = present.map { GOSPA.Place(x: $0[3], y: $0[4]) }
            score.gospa += GOSPA.distance(truth: objects, estimates: estimates, cutoff: Self.cutoff) / Double(seconds)
            for (object, estimate, distance) in Self.pairs(objects, estimates) {
                errors.append(distance)
                score.firstSecond = min(score.firstSecond, second)
                let name = Int(present[object][2])
                if let before = last[name], before != tracks[estimate].number { score.switches += 1 }
                last[name] = tracks[estimate].number
            }
        }
        score.medianError = errors.sorted()[errors.count / 2]
        score.learntRange = (tracker.learntRange(of: .microphone) ?? 0) * range
        return score
    }

    /// The nearest pairs first.
    private static func pairs(
        _ truth: [GOSPA.Place], _ estimates: [GOSPA.Place]
    ) -> [(object: Int, estimate: Int, distance: Double)] {
        var all: [(object: Int, estimate: Int, distance: Double)] = []
        for (object, place) in truth.enumerated() {
            for (number, estimate) in estimates.enumerated() {
                let distance = hypot(place.x - estimate.x, place.y - estimate.y)
                if distance < cutoff { all.append((object, number, distance)) }
            }
        }
        var objects: Set<Int> = []
        var taken: Set<Int> = []
        return all.sorted { $0.distance < $1.distance }.filter { pair in
            guard !objects.contains(pair.object), !taken.contains(pair.estimate) else { return false }
            objects.insert(pair.object)
            taken.insert(pair.estimate)
            return true
        }
    }

    private static func table(_ name: String) throws -> [[Double]] {
        let text = String(decoding: try SharedFolder.bytes("scenarios/C_301/" + name), as: UTF8.self)
        return text.split(whereSeparator: \.isNewline).dropFirst().map { line in
            line.split(separator: ",").map { Double($0) ?? 0 }
        }
    }

    // MARK: The plane that touches the ellipsoid at 0 N 0 E

    private func sensor(_ number: Int, _ place: (x: Double, y: Double)) -> SensorSettings {
        let fixed = EarthFixed(x: EarthFixed.semiMajorAxisMeters, y: place.x, z: place.y).geographic
        return SensorSettings(
            id: SensorID("sensor-\(number)"), kind: .microphone,
            position: SensorPosition(point: fixed.point, height: fixed.height), range: Distance(meters: range),
            interval: .seconds(1), asterixIdentifier: nil)
    }

    private func report(_ row: [Double], _ sensors: [SensorSettings], at instant: Instant) -> Report {
        let sensor = sensors[Int(row[2])]
        let bearing = SoundOrSightBearing(
            origin: sensor.position, azimuth: Bearing(radians: .pi / 2 - row[3]), azimuthSigmaDegrees: 3,
            elevationDegrees: nil, propagationSpeed: Speed(metersPerSecond: 340), maximumRange: sensor.range)
        return Report(
            feed: FeedNumber(0), sensor: sensor.id, measuredAt: instant, receivedAt: instant,
            measurement: .bearing(bearing), identity: .none, classEvidence: nil, exercise: false)
    }
}
