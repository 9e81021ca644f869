import Foundation
import Testing
import TocsinForecast
import TocsinModel

struct ForecasterTests {
    /// A drone 5 km west of a town of 2 km radius: with the danger radius of 300 m its edge is 2,700 m away.
    private let town = Plain.disc("town", east: 5_000, north: 0, radius: 2_000)
    private let eastward = PlanePoint(east: 50, north: 0)

    private func forecast(
        _ track: Track, _ areas: [Area], after seconds: Double = 0, settings: ForecastSettings = .standard
    ) -> [Forecast] {
        Forecaster(settings: settings, areas: areas)
            .forecasts(for: track, at: Plain.start.advanced(bySeconds: seconds))
    }

    @Test func aStraightDroneArrivesWhenGeometrySays() throws {
        var settings = ForecastSettings.standard
        settings.attackDrone = Plain.straight(settings.attackDrone, dangerRadiusMeters: 300)
        let track = Plain.track(velocity: eastward, positionSigma: 0, velocitySigma: 0)
        let forecast = try #require(forecast(track, [town], settings: settings).first)
        // What no model says is left: 0.3 % of the flights.
        #expect(forecast.probabilityWithinLead > 0.99)
        // The outline is a 24-gon of up to 17 m less radius; the likely time is known to the second.
        #expect(abs(forecast.likely.seconds(since: Plain.start) - 54) < 1.5)
        #expect(forecast.latest.seconds(since: forecast.earliest) < 20)
    }

    @Test func aFastMissileDoesNotJumpOverASmallTown() throws {
        let village = Plain.disc("village", east: 3_000, north: 0, radius: 150)
        var settings = ForecastSettings.standard
        settings.cruiseMissile = Plain.straight(settings.cruiseMissile, dangerRadiusMeters: 50)
        let track = Plain.track(
            velocity: PlanePoint(east: 240, north: 0), classes: Plain.certain(.cruiseMissile), positionSigma: 10,
            velocitySigma: 0)
        let forecast = try #require(forecast(track, [village], settings: settings).first)
        #expect(forecast.probabilityWithinHorizon > 0.8)
        #expect(abs(forecast.likely.seconds(since: Plain.start) - 2_800 / 240) < 2)
    }

    @Test func anUncertainDroneOnCourseAlmostSurelyArrivesAroundTheTrueTime() throws {
        let forecast = try #require(forecast(Plain.track(velocity: eastward), [town]).first)
        #expect(forecast.probabilityWithinLead > 0.85)
        #expect(forecast.earliest < Plain.start.advanced(bySeconds: 54))
        #expect(forecast.latest > Plain.start.advanced(bySeconds: 54))
        #expect(forecast.earliest < forecast.likely && forecast.likely < forecast.latest)
    }

    @Test func aDroneFlyingAwayDoesNotArriveInTime() {
        let away = forecast(Plain.track(velocity: PlanePoint(east: -50, north: 0)), [town])
        #expect(away.reduce(0) { $0 + $1.probabilityWithinLead } < 0.02)
        let missile = Plain.track(
            velocity: PlanePoint(east: -240, north: 0), classes: Plain.certain(.cruiseMissile))
        #expect(forecast(missile, [town]).reduce(0) { $0 + $1.probabilityWithinLead } < 0.02)
    }

    @Test func anObjectInsideArrivesNow() throws {
        let forecast = try #require(forecast(Plain.track(east: 5_000, velocity: eastward), [town]).first)
        #expect(forecast.probabilityWithinLead > 0.98)
        #expect(forecast.latest.seconds(since: Plain.start) <= 1)
    }

    @Test func probabilitiesGrowWithTheHorizonAndNeverFallBelowTheLead() {
        let areas = (0..<6).map { Plain.disc("a\($0)", east: 12_000, north: Double($0) * 4_000, radius: 1_500) }
        var before: [AreaID: Double] = [:]
        for horizon in [200.0, 300, 400, 600] {
            var settings = ForecastSettings.standard
            settings.horizonSeconds = horizon
            for forecast in forecast(Plain.track(velocity: eastward), areas, settings: settings) {
                #expect(forecast.probabilityWithinHorizon >= before[forecast.area] ?? 0)
                #expect(forecast.probabilityWithinHorizon >= forecast.probabilityWithinLead)
                #expect(forecast.probabilityWithinHorizon <= 1)
                #expect(forecast.earliest <= forecast.likely && forecast.likely <= forecast.latest)
                before[forecast.area] = forecast.probabilityWithinHorizon
            }
        }
        #expect(before.count == 6)
    }

    @Test func theGridFindsWhatACheckOfEveryAreaFinds() {
        let areas = (0..<40).map { index in
            Plain.disc(
                "a\(index + 10)", east: Double(index % 8) * 9_000, north: Double(index / 8) * 7_000 - 15_000,
                radius: 500 + Double(index) * 40)
        }
        let track = Plain.track(velocity: eastward)
        let together = forecast(track, areas, settings: .standard)
        #expect(together.map(\.area) == together.map(\.area).sorted())
        for forecast in together {
            let alone = self.forecast(
                track, areas.filter { $0.id == forecast.area }, settings: .standard)
            // Alone, the plane's origin differs.
            #expect(abs((alone.first?.probabilityWithinHorizon ?? 0) - forecast.probabilityWithinHorizon) < 0.01)
        }
    }

    /// Whoever turned aside turns back: the memory of a track's way changes what is forecast, and ends with the track.
    @Test func anObservedTurnLeadsBackToTheOldCourse() throws {
        let back = Plain.disc("back", east: 13_000, north: 21_000, radius: 1_500)
        let away = Plain.disc("away", east: -13_000, north: 21_000, radius: 1_500)
        var forecaster = Forecaster(settings: .standard, areas: [back, away])
        var track = Plain.track(velocity: eastward)
        // 10 km to the east from 10 km west of the origin, then north for 10 km.
        track.point = Plain.plane.unproject(PlanePoint(east: -10_000, north: 0))
        fly(&track, 200, observedBy: &forecaster) { _ in eastward }
        fly(&track, 200, observedBy: &forecaster) { _ in PlanePoint(east: 0, north: 50) }
        func chances() -> [AreaID: Double] {
            Dictionary(
                uniqueKeysWithValues: forecaster.forecasts(for: track, at: track.at).map {
                    ($0.area, $0.probabilityWithinHorizon)
                })
        }
        let remembered = chances()
        forecaster.forget(track.number)
        let forgotten = chances()
        #expect((remembered[back.id] ?? 0) > 2 * (remembered[away.id] ?? 0), "\(remembered)")
        #expect((remembered[back.id] ?? 0) > 1.5 * (forgotten[back.id] ?? 1), "\(remembered), \(forgotten)")
        #expect((forgotten[back.id] ?? 0) < 1.1 * (forgotten[away.id] ?? 0), "both sides are alike: \(forgotten)")
    }

    /// Who goes on turning evenly is on a circle: what lies a sixth of a round ahead on it is next, not the same place
    /// on the other side of the course.
    @Test func aCircleIsFlownOn() throws {
        let radius = 2_700.0
        let rate = 50 / radius
        func onCircle(_ angle: Double) -> SIMD2<Double> { radius * SIMD2(sin(angle), 1 - cos(angle)) }
        let now = rate * 105
        let ahead = onCircle(now + .pi / 3) - onCircle(now)
        let left = SIMD2(-sin(now), cos(now))
        let mirrored = onCircle(now) + ahead - 2 * (ahead * left).sum() * left
        let next = onCircle(now + .pi / 3)
        let areas = [
            Plain.disc("next", east: next.x, north: next.y, radius: 500),
            Plain.disc("other", east: mirrored.x, north: mirrored.y, radius: 500),
        ]
        var forecaster = Forecaster(settings: .standard, areas: areas)
        var track = Plain.track(velocity: eastward)
        track.point = Plain.plane.unproject(PlanePoint(east: -10_000, north: 0))
        fly(&track, 200, observedBy: &forecaster) { _ in eastward }
        fly(&track, 105, observedBy: &forecaster) { PlanePoint(east: 50 * cos(rate * $0), north: 50 * sin(rate * $0)) }
        let chances = Dictionary(
            uniqueKeysWithValues: forecaster.forecasts(for: track, at: track.at).map {
                ($0.area, $0.probabilityWithinLead)
            })
        let chance = try #require(chances[AreaID("next")])
        #expect(chance > 0.25 && chance > 1.5 * (chances[AreaID("other")] ?? 0), "\(chances)")
    }

    /// - Parameter velocity: by seconds since the beginning, for steps of 5 s.
    private func fly(
        _ track: inout Track, _ seconds: Double, observedBy forecaster: inout Forecaster,
        velocity: (Double) -> PlanePoint
    ) {
        for second in stride(from: 0, to: seconds, by: 5) {
            let place = Plain.plane.project(track.point)
            track.velocity = velocity(second)
            track.point = Plain.plane.unproject(
                PlanePoint(east: place.east + 5 * track.velocity.east, north: place.north + 5 * track.velocity.north))
            track.at = track.at.advanced(bySeconds: 5)
            track.lastReportAt = track.at
            forecaster.observe(track)
        }
    }

    @Test func cooperativeUnconfirmedAndHarmlessTracksHaveNone() {
        var track = Plain.track(velocity: eastward)
        track.isCooperative = true
        #expect(forecast(track, [town]).isEmpty)
        track.isCooperative = false
        track.isConfirmed = false
        #expect(forecast(track, [town]).isEmpty)
        #expect(forecast(Plain.track(velocity: eastward, classes: Plain.certain(.aircraft)), [town]).isEmpty)
    }

    @Test func anUnknownTypeCountsAsAThreatOfThreeInSeven() throws {
        let track = Plain.track(velocity: eastward, classes: .uniform)
        let forecast = try #require(forecast(track, [town]).first)
        #expect(forecast.probabilityWithinLead > 0.85 * 3 / 7)
        #expect(forecast.probabilityWithinLead < 3.001 / 7)
    }

    @Test func aSilentTrackGoesOnBeingForecast() throws {
        let track = Plain.track(east: -6_000, velocity: eastward)
        let heard = try #require(forecast(track, [town]).first)
        let silent = try #require(forecast(track, [town], after: 120).first)
        #expect(silent.probabilityWithinLead > heard.probabilityWithinLead)
        #expect(abs(silent.likely.seconds(since: heard.likely)) < 20)
        let long = forecast(Plain.track(velocity: eastward, silence: 1_800), [town])
        #expect((long.first?.probabilityWithinHorizon ?? 0) < 0.001)
    }

    @Test func nonsenseInATrackEndsWithoutHarm() {
        for value in [Double.nan, .infinity, 1e300, -1e300] {
            var track = Plain.track(velocity: PlanePoint(east: value, north: 0))
            _ = forecast(track, [town])
            track = Plain.track(velocity: eastward, positionSigma: value)
            _ = forecast(track, [town])
            track = Plain.track(velocity: eastward)
            track.point.latitudeDegrees = value
            _ = forecast(track, [town])
        }
        #expect(forecast(Plain.track(velocity: eastward), []).isEmpty)
        let empty = Area(
            id: AreaID("empty"), names: [], population: 1, polygon: GeoPolygon(vertices: []), secondsToShelter: 90,
            protects: [])
        #expect(forecast(Plain.track(velocity: eastward), [empty, town]).map(\.area) == [AreaID("town")])
    }

    @Test func aDecodedForecasterForecastsTheSame() throws {
        let forecaster = Forecaster(settings: ForecastSettings.standard, areas: [town])
        let decoded = try JSONDecoder().decode(Forecaster.self, from: JSONEncoder().encode(forecaster))
        let track = Plain.track(velocity: eastward)
        #expect(decoded == forecaster)
        #expect(
            decoded.forecasts(for: track, at: Plain.start) == forecaster.forecasts(for: track, at: Plain.start))
    }
}
