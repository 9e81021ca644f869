import Foundation
import TocsinForecast
import TocsinModel

/// How much of a core forecasts take: 2,000 tracks, each forecast every 5 s, against 100,000 areas of a country of
/// 560 x 560 km; and what the areas out of reach add. Processor time, because the machine is shared.
@main
enum ForecastBenchmark {
    private static let plane = LocalPlane(origin: GeoPoint(latitudeDegrees: 50, longitudeDegrees: 20))
    private static let start = Instant(nanosecondsSinceEpoch: 1_000_000_000_000)
    /// Meters from the middle of one area to the next.
    private static let pitch = 1_770.0
    private static let interval = 5.0

    static func main() {
        let country = areas(rows: 317)
        var forecaster = Forecaster(settings: .standard, areas: country)
        report("2,000 tracks over the country", tracks(2_000, within: 250_000), &forecaster, areas: country.count)
        // The same tracks in the middle, with and without the areas that they can't reach: missiles fly 160 km.
        let few = tracks(200, within: 20_000)
        report("200 in the middle, all areas", few, &forecaster, areas: country.count)
        let near = areas(rows: 203)
        var local = Forecaster(settings: .standard, areas: near)
        report("200 in the middle, areas in reach", few, &local, areas: near.count)
    }

    private static func report(_ name: String, _ tracks: [Track], _ forecaster: inout Forecaster, areas: Int) {
        for track in tracks { forecaster.observe(track) }
        var rows = 0
        // The first of each class works out its table, once in the life of a program.
        for track in tracks.prefix(2) { _ = forecaster.forecasts(for: track, at: start) }
        let started = clock()
        for track in tracks { rows += forecaster.forecasts(for: track, at: start).count }
        let seconds = Double(clock() - started) / Double(CLOCKS_PER_SEC)
        print(
            name.padding(toLength: 36, withPad: " ", startingAt: 0)
                + String(
                    format: "%7d areas %8.3f s %7.3f ms a track %7d forecasts, %.2f of a core at every %.0f s", areas,
                    seconds, seconds / Double(tracks.count) * 1_000, rows, seconds / interval, interval))
    }

    /// Hexagons that fill a square.
    private static func areas(rows: Int) -> [Area] {
        (0..<rows * rows).map { index in
            let east = (Double(index % rows) - Double(rows) / 2) * pitch
            let north = (Double(index / rows) - Double(rows) / 2) * pitch
            let vertices = (0..<24).map { corner in
                let angle = Double(corner) / 24 * 2 * Double.pi
                return plane.unproject(PlanePoint(east: east + 900 * cos(angle), north: north + 900 * sin(angle)))
            }
            return Area(
                id: AreaID("a\(index)"), names: [], population: 1_000, polygon: GeoPolygon(vertices: vertices),
                secondsToShelter: 90, protects: [.homes])
        }
    }

    /// Spread evenly; one in twenty is a cruise missile.
    private static func tracks(_ count: Int, within meters: Double) -> [Track] {
        (0..<count).map { number in
            let isMissile = number % 20 == 0
            let share = Double(number) * 0.754_877_666 - (Double(number) * 0.754_877_666).rounded(.down)
            let other = Double(number) * 0.569_840_291 - (Double(number) * 0.569_840_291).rounded(.down)
            let angle = Double(number) * 2.399_963
            let speed = isMissile ? 235.0 : 48
            let likelihoods = ObjectClass.allCases.map { $0 == (isMissile ? .cruiseMissile : .attackDrone) ? 1.0 : 0 }
            return Track(
                number: TrackNumber(UInt64(number) + 1), at: start,
                point: plane.unproject(
                    PlanePoint(east: (2 * share - 1) * meters, north: (2 * other - 1) * meters)),
                height: nil, velocity: PlanePoint(east: speed * cos(angle), north: speed * sin(angle)),
                covariance: HorizontalCovariance(positionSigma: 100, velocitySigma: 2), existence: 1,
                classes: ClassProbabilities(probabilities: likelihoods) ?? .uniform, identity: .none,
                isCooperative: false, exercise: true, isConfirmed: true, startedAt: start, lastReportAt: start,
                reportCount: 10, sensors: [SensorID("radar")])
        }
    }
}
