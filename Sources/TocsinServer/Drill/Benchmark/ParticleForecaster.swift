internal import Foundation
package import TocsinDrill
internal import TocsinForecast
internal import TocsinModel

/// The forecaster that watches, as the benchmark asks: every update of the feed is a track of its own, without memory.
///
/// Discs become polygons of 24 corners and the same surface on a globe's equator, where the benchmark's plane lies for
/// the forecaster, far from any place that is meant.
package struct ParticleForecaster: RaidForecaster {
    private let forecaster: Forecaster
    private let plane = LocalPlane(origin: GeoPoint(latitudeDegrees: 0, longitudeDegrees: 0))
    private let positions: [AreaID: Int]
    private let feed = BenchmarkSettings.standard.feed

    private static let startsAt = DrillExercise.startsAt
    private static let corners = 24

    package init(over country: BenchmarkCountry) {
        var settings = ForecastSettings.standard
        settings.horizonSeconds = Calibration.horizonSeconds
        let plane = plane
        let areas = country.areas.enumerated().map { Self.area($1, id: Self.id($0), on: plane) }
        forecaster = Forecaster(settings: settings, areas: areas)
        positions = Dictionary(uniqueKeysWithValues: country.areas.indices.map { (Self.id($0), $0) })
    }

    private static func id(_ position: Int) -> AreaID { AreaID(String(position)) }

    private static func area(_ disc: BenchmarkArea, id: AreaID, on plane: LocalPlane) -> Area {
        let corner = 2 * Double.pi / Double(corners)
        let radius = disc.radiusMeters * (corner / sin(corner)).squareRoot()
        let vertices = (0..<corners).map { index in
            plane.unproject(
                PlanePoint(
                    east: disc.center.east + radius * cos(Double(index) * corner),
                    north: disc.center.north + radius * sin(Double(index) * corner)))
        }
        return Area(
            id: id, names: [], population: Int(disc.population), polygon: GeoPolygon(vertices: vertices),
            secondsToShelter: 0, protects: [.homes])
    }

    package mutating func forecast(_ track: RaidTrack, at now: Double, into forecasts: inout RaidForecasts) {
        let distributions = forecaster.distributions(
            of: self.track(track), at: Self.startsAt.advanced(bySeconds: now), within: forecasts.leads)
        for distribution in distributions {
            guard let area = positions[distribution.area] else { continue }
            forecasts.append(
                area: area, earliest: distribution.earliestSeconds, probabilities: distribution.probabilities)
        }
    }

    private func track(_ track: RaidTrack) -> Track {
        let at = Self.startsAt.advanced(bySeconds: track.latest.at)
        let first = Self.startsAt.advanced(bySeconds: track.updates.first?.at ?? track.latest.at)
        let certain = ObjectClass.allCases.map { $0 == track.objectClass ? 1.0 : 0 }
        return Track(
            number: TrackNumber(UInt64(track.object) + 1), at: at, point: plane.unproject(track.latest.position),
            height: nil, velocity: track.latest.velocity,
            covariance: HorizontalCovariance(
                positionSigma: feed.positionSigmaMeters, velocitySigma: feed.velocitySigmaMetersPerSecond),
            existence: 1, classes: ClassProbabilities(probabilities: certain) ?? .uniform,
            identity: .none, isCooperative: false, exercise: true, isConfirmed: true, startedAt: first,
            lastReportAt: at, reportCount: UInt64(track.updates.count), sensors: [])
    }
}
