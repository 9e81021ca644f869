import Testing
import TocsinDrill
import TocsinModel

/// Hand-made cases: three towns in a row, one drone that flies over the first and comes down on the second.
@Suite struct ScoreTests {
    static let areas = [
        DrillCountry.square(id: "a", latitude: 47, longitude: 7.0, population: 10_000),
        DrillCountry.square(id: "b", latitude: 47, longitude: 7.2, population: 20_000),
        DrillCountry.square(id: "c", latitude: 47, longitude: 7.4, population: 40_000),
    ]

    /// Straight to the east at 50 m/s from 6.9 E: 15 km to the middle of `a` … it ends in the middle of `b`.
    static func raid() throws -> (raid: Raid, region: RaidRegion) {
        let region = try #require(RaidRegion(areas: areas))
        let from = GeoPoint(latitudeDegrees: 47, longitudeDegrees: 6.9)
        let plane = LocalPlane(origin: from)
        let distance = plane.project(GeoPoint(latitudeDegrees: 47, longitudeDegrees: 7.2)).east
        let count = Int(distance / 50)
        let samples = (0...count).map { second in
            TruthSample(
                at: DrillCountry.start.advanced(bySeconds: Double(second)),
                point: plane.unproject(PlanePoint(east: Double(second) * 50, north: 0)),
                height: GeometricHeight(meters: second == count ? 500 : 800),
                velocity: PlanePoint(east: 50, north: 0))
        }
        let last = try #require(samples.last)
        let object = RaidObject(
            number: 0, objectClass: .attackDrone, target: AreaID("b"), samples: samples,
            end: RaidEnd(kind: .impact, at: last.at, point: last.point))
        let settings = RaidSettings(drones: 1, missiles: 0, durationSeconds: 600, directions: 1)
        return (Raid(settings: settings, seed: 0, startsAt: DrillCountry.start, objects: [object]), region)
    }

    static func outcome(firstSensed: Double? = 0) throws -> (outcome: RaidOutcome, raid: Raid) {
        let (raid, region) = try raid()
        let first = firstSensed.map { DrillCountry.start.advanced(bySeconds: $0) }
        return (RaidOutcome(of: raid, over: region, firstSensed: [first]), raid)
    }

    static func change(
        _ kind: WarningChange.Kind, _ stage: WarningStage, area: String, at seconds: Double, earliest: Double? = nil
    ) -> WarningChange {
        let at = DrillCountry.start.advanced(bySeconds: seconds)
        let arrival = earliest.map { earliest in
            let time = DrillCountry.start.advanced(bySeconds: earliest)
            return ArrivalTimes(earliest: time, likely: time, latest: time)
        }
        return WarningChange(
            kind: kind, previousStage: .quiet,
            warning: Warning(
                number: WarningNumber(1), revision: 1, area: AreaID(area), exercise: true, stage: stage,
                reason: .threatWithinLead, issuedAt: at, changedAt: at, expiresAt: at.advanced(bySeconds: 600),
                arrival: arrival, course: arrival.map { _ in .coming }, probability: 0.5, tracks: [TrackNumber(1)]))
    }

    @Test func anArrivalExposesThePeopleWithinItsDangerRadius() throws {
        let (outcome, raid) = try Self.outcome()
        let arrival = try #require(outcome.arrivals.first)
        #expect(outcome.arrivals.count == 1 && arrival.exposures.map(\.area) == [1])
        // A circle of 300 m in a rectangle of about 2.0 km x 1.98 km.
        let surface = 2_001.6 * 1_981.4
        let expected = 20_000 * Double.pi * 300 * 300 / surface
        #expect(abs((arrival.exposures.first?.people ?? 0) / expected - 1) < 0.01)
        #expect(outcome.passages[0].map(\.area) == [0, 1])
        #expect(outcome.passages[0].last?.to == raid.endsAt.seconds(since: raid.startsAt))
    }

    @Test func shareOfAPolygonInACircleIsExact() throws {
        let plane = LocalPlane(origin: GeoPoint(latitudeDegrees: 47, longitudeDegrees: 7))
        let polygon = PlanePolygon(Self.areas[0].polygon, on: plane)
        let middle = PlanePoint(east: 0, north: 0)
        let corner = polygon.vertices[0]
        let quarter = Double.pi * 300 * 300 / 4 / polygon.surface
        #expect(abs(polygon.share(within: 5_000, of: middle) - 1) < 1e-12)
        #expect(abs(polygon.share(within: 300, of: corner) - quarter) < quarter * 1e-3)
        #expect(polygon.share(within: 300, of: PlanePoint(east: 9_000, north: 0)) < 1e-12)
    }

    @Test func warnedFromTheLeadOnUntilTheArrivalIsAHit() throws {
        let (outcome, _) = try Self.outcome()
        let at = try #require(outcome.arrivals.first).at
        func hits(_ alarms: [Alarm]) -> Double? { PolicyScore("x", of: alarms, in: outcome).warnable.byArrival }
        #expect(hits([Alarm(area: 1, from: at - 95, to: at)]) == 1)
        #expect(hits([Alarm(area: 1, from: at - 94, to: at)]) == 0)
        #expect(hits([Alarm(area: 1, from: at - 200, to: at - 1)]) == 0)
        #expect(hits([Alarm(area: 1, from: at - 200, to: at - 50), Alarm(area: 1, from: at - 40, to: at)]) == 0)
        #expect(hits([Alarm(area: 0, from: 0, to: at)]) == 0)
    }

    @Test func stagesTakeShelterAndClearingAreAlarmAndWatchIsNot() throws {
        let (outcome, _) = try Self.outcome()
        let changes = [
            Self.change(.raised, .watch, area: "b", at: 100), Self.change(.changed, .takeShelter, area: "b", at: 200),
            Self.change(.changed, .clearing, area: "b", at: 300), Self.change(.ended, .quiet, area: "b", at: 400),
            Self.change(.raised, .takeShelter, area: "c", at: 500),
        ]
        #expect(
            Alarm.alarms(of: changes, in: outcome)
                == [Alarm(area: 1, from: 200, to: 400), Alarm(area: 2, from: 500, to: outcome.closesAt)])
    }

    @Test func knowingTheRoutesScoresOneAndNeverWarningZero() throws {
        let (outcome, _) = try Self.outcome()
        let known = PolicyScore("known", of: Policy.routesKnown(outcome), in: outcome)
        #expect(known.warnable.byArrival == 1 && known.all.byPeople == 1)
        let never = PolicyScore("never", of: [], in: outcome)
        #expect(never.all.byArrival == 0 && never.personHours == 0)
        let always = PolicyScore("always", of: Policy.always(outcome), in: outcome)
        #expect(always.all.byArrival == 1)
        #expect(abs(always.personHours - 70_000 * outcome.closesAt / 3_600) < 1e-6)
        #expect(abs(always.needlessPersonHours - 50_000 * outcome.closesAt / 3_600) < 1e-6)
    }

    @Test func routesKnownReachesEveryWarnableArrivalOfDrawnRaids() throws {
        let region = try DrillCountry.region()
        var arrivals = 0
        for seed in 1...3 {
            let raid = try DrillCountry.raid(seed: UInt64(seed))
            let sensors = SensorSimulationTests.sensors(in: region)
            let first = SensorSimulation(of: raid, by: sensors).firstSensed(objects: raid.objects.count)
            let outcome = RaidOutcome(of: raid, over: region, firstSensed: first)
            let known = PolicyScore("known", of: Policy.routesKnown(outcome), in: outcome)
            #expect((known.warnable.byArrival ?? 1) == 1)
            arrivals += known.warnable.arrivals
        }
        #expect(arrivals >= 2)
    }

    @Test func whatIsSensedTooLateIsNotWarnable() throws {
        let at = try #require(Self.outcome().outcome.arrivals.first).at
        #expect(try Self.warnable(firstSensed: at - 110) == 1)
        #expect(try Self.warnable(firstSensed: at - 109) == 0)
        #expect(try Self.warnable(firstSensed: nil) == 0)
    }

    private static func warnable(firstSensed: Double?) throws -> Int {
        let (outcome, _) = try outcome(firstSensed: firstSensed)
        return PolicyScore("never", of: [], in: outcome).warnable.arrivals
    }

    @Test func statementsAndTracksAreComparedWithTheTruth() throws {
        let (outcome, raid) = try Self.outcome()
        let passage = try #require(outcome.passages[0].last).from
        let sightings = (60..<400).map { second in
            TrackSighting(
                at: DrillCountry.start.advanced(bySeconds: Double(second)), number: TrackNumber(1),
                point: raid.objects[0].samples[second].point,
                objectClass: second < 120 ? .cruiseMissile : second < 130 ? .attackDrone : .bird)
        }
        let stray = TrackSighting(
            at: DrillCountry.start, number: TrackNumber(2), point: GeoPoint(latitudeDegrees: 46, longitudeDegrees: 7),
            objectClass: .bird)
        let changes = [
            Self.change(.raised, .watch, area: "b", at: 200, earliest: passage - 20),
            Self.change(.changed, .takeShelter, area: "b", at: 210, earliest: passage + 10),
            Self.change(.ended, .quiet, area: "b", at: 700),
            Self.change(.raised, .takeShelter, area: "c", at: 220, earliest: 300),
        ]
        let score = Score(
            of: changes, perfectChanges: [], sightings: [stray] + sightings, raid: raid, outcome: outcome,
            regionNames: ["r", "r", "r"], sensedAt: [(0..<400).map(Double.init)])
        #expect(score.statements.count == 2)
        #expect(score.statements.earliestBeforeTrue == 0.5)
        #expect(abs((score.statements.meanGapSeconds ?? 0) - 5) < 1e-6)
        #expect(score.tracking.objectsTracked == 1 && score.tracking.meanConfirmationSeconds == 60)
        #expect(score.tracking.confirmedTracks == 2 && score.tracking.falseTracks == 1)
        // What it was taken for 60 s after its track was confirmed, not before and not later.
        #expect(score.classes.rightShare == 1)
        #expect(score.classes.rows.map(\.objectClass) == [.attackDrone])
        #expect(score.classes.rows[0].named == [1, 0, 0, 0, 0, 0, 0] && score.classes.rows[0].unjudged == 0)
        #expect(score.warningsRaised == 2 && score.warningsEnded == 1)
        let regionWide = try #require(score.policies.first { $0.name == "region-wide" })
        #expect(regionWide.all.byArrival == 1 && regionWide.alarms == 3)
    }
}
