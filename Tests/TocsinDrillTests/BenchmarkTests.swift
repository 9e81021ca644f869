import Foundation
import Testing
import TocsinDrill
import TocsinModel

@Suite struct BenchmarkTests {
    /// A sum over a fine lattice: slow, coarse, and independent of the formula.
    @Test(arguments: [
        (700.0, 300.0, 500.0), (700, 300, 399), (700, 300, 999), (700, 1_000, 400), (700, 1_000, 250),
        (1_650, 1_000, 0),
        (1_650, 300, 1_500), (900, 900, 900), (700, 300, 1_001),
    ])
    func shareOfADiscInACircleAgreesWithASum(radius: Double, reach: Double, distance: Double) {
        let steps = 500
        var inside = 0
        var both = 0
        for column in 0..<steps {
            for row in 0..<steps {
                let x = (Double(column) + 0.5) / Double(steps) * 2 * radius - radius
                let y = (Double(row) + 0.5) / Double(steps) * 2 * radius - radius
                guard x * x + y * y <= radius * radius else { continue }
                inside += 1
                if (x - distance) * (x - distance) + y * y <= reach * reach { both += 1 }
            }
        }
        let share = DiscGeometry.share(ofDisc: radius, within: reach, distance: distance)
        #expect(abs(share - Double(both) / Double(inside)) < 1e-3)
    }

    static func benchmark() throws -> Benchmark {
        let country = try BenchmarkTowns.country()
        return Benchmark(
            country: country,
            policies: BenchmarkPolicy.compared + [
                .forecast(threshold: 0.02, marginSeconds: 35, holdSeconds: 60)
            ], runs: ShelterRun.standard(areaCount: country.areas.count))
    }

    /// Knowing the routes scores 1 on every warnable arrival, and no policy beats warning always; person-hours of
    /// warning everybody are everybody's whole time. The scorer would be broken otherwise.
    @Test func theRowsThatAreKnownInAdvanceComeOut() throws {
        let benchmark = try Self.benchmark()
        let generator = RaidGenerator(over: benchmark.country, settings: .standard)
        let raids = (0..<4).map { generator.raid(seed: $0) }
        let results = raids.map { benchmark.result(of: $0, forecaster: nil) }
        let score = BenchmarkScore(of: results, in: benchmark)
        #expect(score.runs.count == 2)
        for run in score.runs {
            let rows = Dictionary(uniqueKeysWithValues: run.policies.map { ($0.policy, $0) })
            let known = try #require(rows[.routesKnown])
            #expect(known.hits.byArrival == 1 && known.hits.byPeople == 1)
            #expect((known.fraction ?? 0) > 10)
            let always = try #require(rows[.always])
            #expect(always.hits.allByArrival == 1)
            let hours = raids.reduce(0) { $0 + $1.closesAt / 3_600 } / 4 * benchmark.country.population
            #expect(abs(always.personHours / hours - 1) < 1e-9)
            let never = try #require(rows[.never])
            #expect(never.hits.allByArrival == 0 && never.personHours == 0 && never.fraction == nil)
            let regions = try #require(rows[.regions])
            #expect(regions.fraction == 1 && (regions.hits.byArrival ?? 0) > 0.95)
            #expect(regions.differences.first?.difference == 0 && regions.differences.first?.lowerBound == 0)
            // Reach sets of wider angles and longer margins contain each other.
            let narrow = try #require(rows[.reach(halfAngleDegrees: 0, marginSeconds: 5)])
            let wide = try #require(rows[.reach(halfAngleDegrees: 180, marginSeconds: 65)])
            #expect(narrow.personHours < wide.personHours && wide.personHours < regions.personHours)
            #expect((narrow.hits.byArrival ?? 1) < (wide.hits.byArrival ?? 0))
        }
        #expect(results.map(\.tallies) == raids.map { benchmark.result(of: $0, forecaster: nil).tallies })
    }

    /// A drone straight north over three towns, the last one 60 km away: what each policy must do follows by hand.
    @Test func aStraightFlightIsJudgedAsByHand() throws {
        let country = Self.row()
        let benchmark = Benchmark(
            country: country,
            policies: [
                .regions, .reach(halfAngleDegrees: 180, marginSeconds: 5),
                .forecast(threshold: 0.5, marginSeconds: 5, holdSeconds: 60), .routesKnown,
            ], runs: [ShelterRun(name: "S = 90 s", secondsToShelter: [90, 90, 90])])
        let result = benchmark.result(of: Self.straightRaid(), forecaster: Knowing())
        let tallies = result.tallies[0]
        // 60 km at 50 m/s end after 1,200 s in the middle of the third town.
        #expect(tallies.map(\.byArrival.value) == [1, 1, 1, 1])
        // The true passage of a town: (2 x 1,000 m + 2 x 300 m) / 50 m/s = 52 s, the last 26 s: on from 105 s before,
        // at whole tens: 160 s, 160 s and 130 s.
        #expect(abs(tallies[3].personHours - 10_000 * (160 + 160 + 130) / 3_600) < 1e-6)
        // The knowing forecaster is on from 100 s before, at whole tens, until 60 s after the last update inside; for
        // the third town until nothing more is said, 600 s after the end, and the hold.
        let third = 1_200 - 26 - 100.0
        #expect(tallies[2].leads.map(\.seconds) == [1_200 - (third / 10).rounded(.up) * 10])
        // All three stand in one region: on from the first moment that the drone is within 29.7 km of a cell.
        #expect(tallies[0].peopleAlarmed == 30_000)
        let calibration = try #require(result.calibration)
        #expect(calibration.tables[0].came > 0 && (calibration.tables[0].skill ?? 0) > 0.5)
        #expect(calibration.earliest[2].share == 1 && calibration.earliest[2].meanGapSeconds == 0)
    }

    /// Three towns of 10,000 people and 1 km radius in a row to the north, 20 km apart.
    static func row() -> BenchmarkCountry {
        BenchmarkCountry(
            areas: (1...3).map { number in
                BenchmarkArea(
                    center: PlanePoint(east: 0, north: Double(number) * 20_000), radiusMeters: 1_000,
                    population: 10_000, townPopulation: 10_000, region: 0)
            }, regions: ["north"])
    }

    static func straightRaid() -> RaidRecord {
        var path = TruePath()
        var updates: [FeedUpdate] = []
        for second in 0...1_200 {
            let point = PlanePoint(east: 0, north: Double(second) * 50)
            path.append(point, at: Double(second))
            guard second.isMultiple(of: 5) else { continue }
            updates.append(
                FeedUpdate(at: Double(second), position: point, velocity: PlanePoint(east: 0, north: 50)))
        }
        let end = RecordedEnd(kind: .impact, at: 1_200, point: PlanePoint(east: 0, north: 60_000))
        return RaidRecord(objects: [
            RecordedObject(
                number: 0, objectClass: .attackDrone, path: path, end: end, updates: updates, endReport: nil)
        ])
    }

    /// States the truth of ``straightRaid``.
    struct Knowing: RaidForecaster {
        mutating func forecast(_ track: RaidTrack, at now: Double, into forecasts: inout RaidForecasts) {
            for area in 0..<3 {
                let enters = (Double(area + 1) * 20_000 - 1_300) / 50
                let leaves = area == 2 ? 1_200 : (Double(area + 1) * 20_000 + 1_300) / 50
                let ahead = max(0, enters - now)
                guard now <= leaves, ahead <= 550 else { continue }
                forecasts.append(
                    area: area, earliest: ahead, probabilities: forecasts.leads.map { ahead <= $0 ? 1 : 0 })
            }
        }
    }

    /// Whoever is sensed less than S + 20 s before the arrival is nobody's miss, and counts among all arrivals.
    @Test func whatIsSensedTooLateIsNotWarnable() {
        var raid = Self.straightRaid()
        raid.objects[0].updates.removeAll { $0.at < 1_095 }
        let benchmark = Benchmark(
            country: Self.row(), policies: [.always, .routesKnown],
            runs: [ShelterRun(name: "S = 90 s", secondsToShelter: [90, 90, 90])])
        let late = benchmark.result(of: raid, forecaster: nil)
        #expect(late.tallies[0][0].byArrival.value == nil && late.tallies[0][0].allByArrival.value == 1)
        #expect(late.people[0].sensedTooLate == late.people[0].exposed)
        raid.objects[0].updates.insert(
            FeedUpdate(
                at: 1_090, position: PlanePoint(east: 0, north: 54_500), velocity: PlanePoint(east: 0, north: 50)),
            at: 0)
        let inTime = benchmark.result(of: raid, forecaster: nil)
        #expect(inTime.tallies[0][1].byArrival.value == 1)
    }

    @Test func fittingAndScoringSeedsNeverMeet() {
        let derived = BenchmarkSeeds.derived(from: "0123abcd", 200)
        let seeds = BenchmarkSeeds.fitting(10_000) + BenchmarkSeeds.fixed(200) + derived
        #expect(Set(seeds).count == seeds.count)
        #expect(derived == BenchmarkSeeds.derived(from: "0123abcd", 200))
        #expect(derived != BenchmarkSeeds.derived(from: "0123abce", 200))
    }
}
