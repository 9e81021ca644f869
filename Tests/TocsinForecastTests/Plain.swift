import Foundation
import TocsinForecast
import TocsinModel

/// A flat stretch of land for the tests: discs as areas, tracks by meters east and north of 47 N 8 E.
enum Plain {
    static let plane = LocalPlane(origin: GeoPoint(latitudeDegrees: 47, longitudeDegrees: 8))
    static let start = Instant(nanosecondsSinceEpoch: 1_000_000_000_000)

    static func disc(_ name: String, east: Double, north: Double, radius: Double, shelter: Double = 90) -> Area {
        let vertices = (0..<24).map { corner -> GeoPoint in
            let angle = Double(corner) / 24 * 2 * Double.pi
            return plane.unproject(
                PlanePoint(east: east + radius * cos(angle), north: north + radius * sin(angle)))
        }
        return Area(
            id: AreaID(name), names: [], population: 10_000, polygon: GeoPolygon(vertices: vertices),
            secondsToShelter: shelter, protects: [.homes])
    }

    static func certain(_ objectClass: ObjectClass) -> ClassProbabilities {
        var classes = ClassProbabilities.uniform
        let likelihoods = ObjectClass.allCases.map { $0 == objectClass ? 1.0 : 0 }
        if let evidence = ClassEvidence(likelihoods: likelihoods) { classes.update(with: evidence, doubt: 0) }
        return classes
    }

    static func track(
        _ number: UInt64 = 1, east: Double = 0, north: Double = 0, velocity: PlanePoint,
        classes: ClassProbabilities = certain(.attackDrone), positionSigma: Double = 100, velocitySigma: Double = 2,
        silence: Double = 0
    ) -> Track {
        Track(
            number: TrackNumber(number), at: start, point: plane.unproject(PlanePoint(east: east, north: north)),
            height: nil, velocity: velocity,
            covariance: HorizontalCovariance(positionSigma: positionSigma, velocitySigma: velocitySigma),
            existence: 1, classes: classes, identity: .none, isCooperative: false, exercise: true,
            isConfirmed: true, startedAt: start, lastReportAt: start.advanced(bySeconds: -silence),
            reportCount: 10, sensors: [SensorID("radar-1"), SensorID("mic-1")])
    }

    /// A class that flies straight on, without turns, noise, or ends.
    static func straight(_ motion: ThreatMotion, dangerRadiusMeters: Double) -> ThreatMotion {
        var motion = motion
        motion.turns = .ballisticMissile
        motion.turns.headingNoise = 0
        motion.speedSpread = 0
        motion.dangerRadiusMeters = dangerRadiusMeters
        return motion
    }
}
