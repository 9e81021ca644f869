import TocsinModel
import TocsinTracking

/// The tracker as this benchmark sets it up, fed with scans of a field in the plane.
struct FieldTracker {
    private(set) var tracker: Tracker
    private let field: SurveySettings

    init(area: Double) {
        var settings = TrackingSettings.planarSurvey
        settings.use(models: Self.threeModels)
        settings.tracksAtMost = 4_000_000
        tracker = Tracker(settings: settings, sensors: [])
        field = SurveySettings(
            detectionProbability: SimulatedField.detectionProbability, sigma: SimulatedField.sigma, area: area)
    }

    /// Straight flight and turns of 2.5 deg/s to either side.
    private static let threeModels: [MotionModel] =
        [MotionModel(turnRate: 0, lateralNoise: 0.05, longitudinalNoise: 0.05, verticalNoise: 0.01, share: 0.6)]
        + [2.5, -2.5].map {
            MotionModel(
                turnRate: $0 * .pi / 180, lateralNoise: 0.5, longitudinalNoise: 0.1, verticalNoise: 0.01, share: 0.2)
        }

    /// Numbered from 0.
    static func scan(_ number: Int, of places: some Sequence<SIMD2<Double>>) -> SurveyScan {
        let start = Instant(nanosecondsSinceEpoch: 1_533_100_000_000_000_000)
        return SurveyScan(
            at: start.advanced(bySeconds: Double(number) * SimulatedField.secondsPerScan), places: places.map(onEarth))
    }

    /// Straight down onto the ellipsoid, which the field touches on the equator at the prime meridian.
    private static func onEarth(_ place: SIMD2<Double>) -> EarthFixed {
        let axis = EarthFixed.semiMajorAxisMeters
        let polar = place.y / (1 - EarthFixed.flattening)
        return EarthFixed(
            x: (axis * axis - place.x * place.x - polar * polar).squareRoot(), y: place.x, z: place.y)
    }

    mutating func observe(_ scan: SurveyScan) { _ = tracker.observe(scan, field) }

    /// The tracks that are shown, with their places in the plane of the field.
    var estimates: [(number: UInt64, place: SIMD2<Double>)] {
        tracker.surveyed.map { track in
            let place = EarthFixed(track.point, height: track.height ?? GeometricHeight(meters: 0))
            return (track.number.rawValue, SIMD2(place.y, place.z))
        }
    }
}
