import Foundation
import Testing
import TocsinDrill
import TocsinModel
import TocsinTracking

@Suite struct RetardedBearingTests {
    private let soundSpeed = 340.0

    private func delay(_ relative: [Double], _ velocity: [Double]) -> Double? {
        FilterProbe.hearingDelay(relative: relative, velocity: velocity, soundSpeed: soundSpeed)
    }

    @Test func delayIsThatOfTheTextbookCases() throws {
        // Standing: r / c. Receding and approaching at v: r / (c + v) and r / (c - v). Abeam: r / sqrt(c^2 - v^2).
        #expect(abs(try #require(delay([3_400, 0, 0], [0, 0, 0])) - 10) < 1e-12)
        #expect(abs(try #require(delay([3_400, 0, 0], [220, 0, 0])) - 3_400 / 560) < 1e-12)
        #expect(abs(try #require(delay([3_400, 0, 0], [-220, 0, 0])) - 3_400 / 120) < 1e-12)
        let abeam = 3_400 / (340.0 * 340 - 220 * 220).squareRoot()
        #expect(abs(try #require(delay([3_400, 0, 0], [0, 220, 0])) - abeam) < 1e-12)
    }

    @Test func supersonicObjectIsHeardOnlyAfterItPassed() throws {
        #expect(delay([5_000, 0, 0], [-500, 0, 0]) == nil)
        #expect(abs(try #require(delay([5_000, 0, 0], [500, 0, 0])) - 5_000 / 840) < 1e-9)
        #expect(abs(try #require(delay([5_000, 0, 0], [340, 0, 0])) - 5_000 / 680) < 1e-9)
    }

    @Test func soundPointsToThePastOfAMissile() throws {
        // 4 km north of the sensor at hearing, flying east with 220 m/s.
        let origin = EarthFixed(GeoPoint(latitudeDegrees: 47, longitudeDegrees: 8), height: GeometricHeight(meters: 0))
        let plane = LocalPlane(origin: GeoPoint(latitudeDegrees: 47, longitudeDegrees: 8))
        let present = EarthFixed(
            plane.unproject(PlanePoint(east: 0, north: 4_000)), height: GeometricHeight(meters: 0))
        let probe = FilterProbe(
            mean: [present.x, present.y, present.z] + Self.eastward(220, longitude: 8), covariance: Self.identity)
        let heard = try #require(
            probe.heardAzimuth(at: [origin.x, origin.y, origin.z], lag: 0, soundSpeed: soundSpeed))
        // It was v d west, d = r / sqrt(c^2 - v^2): the azimuth is -asin(v / c), 40 degrees off.
        #expect(abs(heard.azimuth + asin(220 / 340.0)) < 1e-3)
    }

    @Test func gradientEqualsFiniteDifferences() throws {
        var generator = SeededGenerator(seed: 3)
        let origin = EarthFixed(
            GeoPoint(latitudeDegrees: 47, longitudeDegrees: 8), height: GeometricHeight(meters: 400))
        for _ in 0..<50 {
            let place = [origin.x, origin.y, origin.z].map { $0 + 2_500 * generator.normal() }
            let velocity = (0..<3).map { _ in 100 * generator.normal() }
            let lag = 4 * generator.uniform() - 4
            func azimuth(_ mean: [Double]) throws -> (azimuth: Double, gradient: [Double]) {
                try #require(
                    FilterProbe(mean: mean, covariance: Self.identity)
                        .heardAzimuth(at: [origin.x, origin.y, origin.z], lag: lag, soundSpeed: soundSpeed))
            }
            let mean = place + velocity
            let gradient = try azimuth(mean).gradient
            for index in 0..<6 {
                var (before, after) = (mean, mean)
                let step = index < 3 ? 0.5 : 0.05
                before[index] -= step
                after[index] += step
                let turned = (try azimuth(after).azimuth - azimuth(before).azimuth).remainder(dividingBy: 2 * .pi)
                let slope = turned / (2 * step)
                #expect(abs(slope - gradient[index]) < 1e-4 * (abs(slope) + 1e-3))
            }
        }
    }

    private static func eastward(_ speed: Double, longitude: Double) -> [Double] {
        [-speed * sin(longitude * .pi / 180), speed * cos(longitude * .pi / 180), 0]
    }

    private static let identity: [[Double]] = (0..<6).map { row in (0..<6).map { $0 == row ? 1 : 0 } }
}
