import Testing
import TocsinDrill
import TocsinModel

/// Where on its way a warning was lost, and what the sensors and the tracker have to do with it.
@Suite struct LossTests {
    /// The case of `ScoreTests`: one drone that comes down on `b`, where people must be told 95 s before.
    private static func score(
        firstSensed: Double? = 0, followedUntil: Double? = nil, alarmAt: Double? = nil, perfectAlarmAt: Double? = nil
    ) throws -> Score {
        let (outcome, raid) = try ScoreTests.outcome(firstSensed: firstSensed)
        func changes(_ alarmAt: Double?) -> [WarningChange] {
            alarmAt.map { [ScoreTests.change(.raised, .takeShelter, area: "b", at: $0)] } ?? []
        }
        return Score(
            of: changes(alarmAt), perfectChanges: changes(perfectAlarmAt),
            sightings: sightings(of: raid.objects[0], until: followedUntil ?? -1), raid: raid, outcome: outcome,
            regionNames: ["r", "r", "r"], sensedAt: [[]])
    }

    private static func sightings(of object: RaidObject, until seconds: Double) -> [TrackSighting] {
        object.samples.prefix { $0.at <= DrillCountry.start.advanced(bySeconds: seconds) }.map {
            TrackSighting(
                at: $0.at, number: TrackNumber(1), point: $0.point, objectClass: object.objectClass)
        }
    }

    /// Where the one arrival is counted.
    private static func stage(_ score: Score) -> LossStage? {
        #expect(score.losses.parts.reduce(0) { $0 + $1.arrivals } == 1)
        return score.losses.parts.first { $0.arrivals == 1 }?.stage
    }

    @Test func anArrivalIsCountedAtTheFirstStageThatFailed() throws {
        let (outcome, _) = try ScoreTests.outcome()
        let arrival = try #require(outcome.arrivals.first)
        let warnBy = outcome.warnBy(arrival, in: 1)
        #expect(try Self.stage(Self.score(firstSensed: nil, followedUntil: 500)) == .neverSensed)
        #expect(try Self.stage(Self.score(firstSensed: warnBy - 14, followedUntil: 500)) == .sensedTooLate)
        #expect(try Self.stage(Self.score()) == .notFollowed)
        #expect(try Self.stage(Self.score(followedUntil: warnBy - 31)) == .notFollowed)
        #expect(try Self.stage(Self.score(followedUntil: warnBy - 29)) == .notWarned)
        #expect(try Self.stage(Self.score(followedUntil: 500, alarmAt: warnBy + 1)) == .notWarned)
        #expect(try Self.stage(Self.score(followedUntil: 500, alarmAt: warnBy - 1)) == .warned)
        // Somebody else's alarm saves people as well as their own.
        #expect(try Self.stage(Self.score(firstSensed: nil, alarmAt: warnBy - 1)) == .warned)
    }

    @Test func sensingAndForecastingShareTheLossBetweenThem() throws {
        let sensing = try Self.score(firstSensed: nil, perfectAlarmAt: 100).losses
        #expect(sensing.lostBySensingAndTracking == 1 && sensing.lostByForecasting == 0)
        #expect(sensing.warnableByPerfectFeed == 1 && sensing.forecastingShare == 0)
        let forecasting = try Self.score(followedUntil: 500).losses
        #expect(forecasting.lostBySensingAndTracking == 0 && forecasting.lostByForecasting == 1)
        #expect(forecasting.forecastingShare == 1)
    }

    /// Drawn raids, every other object followed and every third area warned: whatever the chain did, nothing is
    /// counted twice or not at all.
    @Test(arguments: 1...3) func whatIsLostAndWhatIsWarnedAddUpToAllArrivals(seed: Int) throws {
        let region = try DrillCountry.region()
        let raid = try DrillCountry.raid(seed: UInt64(seed), drones: 40, missiles: 10)
        let simulation = SensorSimulation(of: raid, by: SensorSimulationTests.sensors(in: region))
        let outcome = RaidOutcome(
            of: raid, over: region, firstSensed: simulation.firstSensed(objects: raid.objects.count))
        func changes(every step: Int) -> [WarningChange] {
            stride(from: 0, to: region.areas.count, by: step).map {
                ScoreTests.change(.raised, .takeShelter, area: region.areas[$0].id.rawValue, at: 300)
            }
        }
        let sightings = raid.objects.filter { $0.number.isMultiple(of: 2) }.flatMap { object in
            object.samples.map { sample in
                TrackSighting(
                    at: sample.at, number: TrackNumber(UInt64(object.number)), point: sample.point,
                    objectClass: object.objectClass)
            }
        }
        let score = Score(
            of: changes(every: 3), perfectChanges: changes(every: 2), sightings: sightings.sorted { $0.at < $1.at },
            raid: raid, outcome: outcome, regionNames: region.areas.map { _ in "r" },
            sensedAt: raid.objects.map { _ in [] })
        let losses = score.losses
        let all = try #require(score.policies.first?.all)
        let arrivals = Double(score.arrivals)
        #expect(arrivals >= 5 && losses.parts.map(\.stage) == LossStage.allCases)
        #expect(abs(losses.parts.reduce(0) { $0 + $1.arrivals } - arrivals) < 1e-9)
        #expect(abs(losses.parts.reduce(0) { $0 + $1.people } / all.people - 1) < 1e-9)
        #expect(abs(losses[.warned].arrivals - arrivals * (all.byArrival ?? 0)) < 1e-9)
        #expect(abs(losses[.warned].people - all.people * (all.byPeople ?? 0)) < 1e-6)
        let sum =
            losses[.warned].arrivals + losses.lostBySensingAndTracking + losses.lostByForecasting
            + losses.tooSoonForAnybody
        #expect(abs(sum - arrivals) < 1e-9)
    }

    @Test func aRaidWhoseRadarsAreDeadLosesItsWarningsInSensing() throws {
        let region = try DrillCountry.region()
        let raid = try DrillCountry.raid(seed: 2)
        let radars = SensorPlacement.radars(4, in: region, ground: GeometricHeight(meters: 500), seed: 2)
        let dead = radars.map { radar in
            var dead = radar
            dead.outages = [SensorOutage(from: raid.startsAt, to: raid.endsAt.advanced(bySeconds: 600))]
            return dead
        }
        #expect(try Self.neverSensed(raid, region, by: dead).share == 1)
        #expect(try Self.neverSensed(raid, region, by: radars).share < 1)
        #expect(try Self.neverSensed(raid, region, by: dead).messages == 0)
    }

    private static func neverSensed(
        _ raid: Raid, _ region: RaidRegion, by sensors: [SimulatedSensor]
    ) throws -> (share: Double, messages: Int) {
        let simulation = SensorSimulation(of: raid, by: sensors)
        let first = simulation.firstSensed(objects: raid.objects.count)
        let outcome = RaidOutcome(of: raid, over: region, firstSensed: first)
        let score = Score(
            of: [], perfectChanges: [], sightings: [], raid: raid, outcome: outcome,
            regionNames: region.areas.map { _ in "r" }, sensedAt: raid.objects.map { _ in [] })
        try #require(score.arrivals > 0)
        return (score.losses[.neverSensed].arrivals / Double(score.arrivals), simulation.messages.count)
    }

    @Test func aPerfectFeedTellsTheTruthAndLosesNothingInSensing() throws {
        let raid = try DrillCountry.raid(seed: 3)
        let region = try DrillCountry.region()
        let feed = PerfectFeed(of: raid)
        #expect(Set(feed.messages.map(\.sensor)) == Set(feed.sensors.map(\.id)) && feed.sensors.count == 2)
        for message in feed.messages {
            guard case .report(let report) = message.content, case .estimate(let estimate) = report.measurement else {
                Issue.record("\(message.content) is no estimate")
                continue
            }
            let object = raid.objects[try #require(message.object)]
            #expect(object.sample(at: report.measuredAt)?.point == estimate.fix.point && report.exercise)
        }
        let told = feed.firstTold.map { $0.map { raid.startsAt.advanced(bySeconds: $0) } }
        for object in raid.objects {
            let first = try #require(object.samples.first?.at)
            let delay = try #require(told[object.number]).seconds(since: first)
            #expect(delay >= 0 && delay < PerfectFeed.intervalSeconds)
        }
        let outcome = RaidOutcome(of: raid, over: region, firstSensed: told)
        let losses = Score(
            of: [], perfectChanges: [], sightings: [], raid: raid, outcome: outcome,
            regionNames: region.areas.map { _ in "r" }, sensedAt: raid.objects.map { _ in [] }
        ).losses
        #expect(losses.lostBySensingAndTracking == 0 && losses[.neverSensed].arrivals == 0)
        #expect(losses[.sensedTooLate].arrivals == losses.tooSoonForAnybody)
    }

    @Test func outagesAreSeededAndSilenceASensor() throws {
        let raid = try DrillCountry.raid(seed: 4)
        let region = try DrillCountry.region()
        let often = OutageRate(perHour: 20, seconds: 60...120)
        let whole = SensorSimulationTests.sensors(in: region)
        let failing = SimulatedSensor.failing(whole, at: often, during: raid)
        #expect(failing == SimulatedSensor.failing(whole, at: often, during: raid))
        let lengths = failing.flatMap(\.outages).map { $0.to.seconds(since: $0.from) }
        #expect(lengths.count > whole.count && lengths.allSatisfy { (60...120).contains($0) })
        let before = SensorSimulation(of: raid, by: whole).messages
        let after = SensorSimulation(of: raid, by: failing).messages
        let expected = before.filter { message in
            let sensor = failing.first { $0.settings.id == message.sensor }
            return sensor?.outages.contains { $0.from <= message.measuredAt && message.measuredAt < $0.to } == false
        }
        // An outage takes reports away and changes no other.
        #expect(after == expected && after.count < before.count)
    }

    @Test func theArrivalsMissedWorstComeFirstAndNameTheirStage() throws {
        let (outcome, raid) = try ScoreTests.outcome()
        let arrival = try #require(outcome.arrivals.first)
        let warnBy = outcome.warnBy(arrival, in: 1)
        func worst(followedUntil: Double, alarmAt: Double?) throws -> MissedArrival? {
            let changes = alarmAt.map { [ScoreTests.change(.raised, .takeShelter, area: "b", at: $0)] } ?? []
            let report = SimulatedMessage(
                arrivesAt: DrillCountry.start.advanced(bySeconds: 3), object: 0,
                content: .alive(SensorID("r"), at: DrillCountry.start))
            return MissedArrival.worst(
                5, of: changes, sightings: Self.sightings(of: raid.objects[0], until: followedUntil), raid: raid,
                outcome: outcome, messages: [report], kinds: [SensorID("r"): .radar]
            ).first
        }
        let late = try #require(try worst(followedUntil: 500, alarmAt: warnBy + 20))
        #expect(late.stage == .notWarned && late.area.id == AreaID("b") && late.tracks == [TrackNumber(1)])
        #expect(late.alarm?.from.seconds(since: late.warnBy) == 20 && late.missedPeople == late.exposedPeople)
        #expect(late.firstSensed?.kind == .radar && late.lastFollowedAt == late.warnBy && late.reportsInTime == 1)
        #expect(try worst(followedUntil: warnBy - 31, alarmAt: nil)?.stage == .notFollowed)
        #expect(try worst(followedUntil: 500, alarmAt: warnBy - 1) == nil)
    }
}
