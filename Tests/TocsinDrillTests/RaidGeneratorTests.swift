import Testing
import TocsinDrill
import TocsinModel

@Suite struct RaidGeneratorTests {
    @Test(.enabled(if: BenchmarkTowns.isFetched, "needs .cache/demo/towns-pl.csv: run Tools/demo_data"))
    func thePolishSetIsTheOneThatFiguresAreComparedOn() throws {
        let country = try BenchmarkTowns.poland()
        #expect(country.ground.targets.count == 2_625)
        #expect(country.regions.count == 16)
        #expect(country.areas.count == 3_339)
        #expect(abs(country.population - 30.3e6) < 0.05e6)
        #expect(abs(country.surface / 1e6 - 311_000) < 1_000)
    }

    @Test func townsAreDiscsAndLargeOnesAreCut() throws {
        let country = try BenchmarkTowns.country()
        let small = try #require(country.areas.first)
        // 4,000 people fill 1.6 km2: a radius of 714 m.
        #expect(abs(small.radiusMeters - 713.65) < 0.01 && small.population == 4_000)
        // 200,000 people fill a circle of 5,046 m: the middle, six hexagons at 3 km and none of the six at 5,196 m.
        let parts = country.areas.filter { $0.townPopulation == 200_000 }
        #expect(parts.count == 8 * 7)
        #expect(parts.allSatisfy { $0.radiusMeters == 1_650 && abs($0.population - 200_000 / 7) < 1e-6 })
        #expect(BenchmarkCountry.radiusMeters(population: 1_000) == 700)
        #expect(country.cellsByRegion.count == 4 && country.cellsByRegion.allSatisfy { $0.count > 500 })
    }

    @Test func sameSeedGivesTheSameRaidAndMoreLossesTheSameFlights() throws {
        let country = try BenchmarkTowns.country()
        let generator = RaidGenerator(over: country, settings: .standard)
        let raid = generator.raid(seed: 7)
        #expect(raid == generator.raid(seed: 7))
        #expect(raid.objects.map(\.path) != generator.raid(seed: 8).objects.map(\.path))
        let lossy = RaidGenerator(over: country, settings: .standard.losing(2)).raid(seed: 7)
        #expect(raid.objects.map(\.path) == lossy.objects.map(\.path))
        #expect(raid.objects.map(\.firstSensedAt) != [] && raid.objects != lossy.objects)
    }

    /// A point beside the tightest turn used to be circled for ever: one missile in twenty flew for hours.
    @Test func noMissileGoesRoundAndRoundItsEnd() throws {
        let generator = RaidGenerator(over: try BenchmarkTowns.country(), settings: .standard)
        let missiles = (0..<12).flatMap { generator.raid(seed: $0).objects }
            .filter { $0.objectClass == .cruiseMissile }
        #expect(missiles.count > 30)
        // 180 km across, overshoot and detours: 700 km are an hour's flight.
        #expect(missiles.allSatisfy { $0.end.at - $0.path.times[0] < 3_000 })
    }

    @Test func endsAndTheirReportsHaveTheirShares() throws {
        let generator = RaidGenerator(over: try BenchmarkTowns.country(), settings: .standard)
        let objects = (0..<12).flatMap { generator.raid(seed: $0).objects }
        let falls = objects.filter { $0.end.kind == .fall }
        #expect(abs(Double(falls.count) / Double(objects.count) - 0.6) < 0.08)
        let left = objects.count { $0.end.kind == .left }
        #expect(abs(Double(left) / Double(objects.count) - 0.06) < 0.04)
        let sensedFalls = falls.filter { $0.firstSensedAt != nil }
        let reported = sensedFalls.compactMap(\.endReport)
        #expect(abs(Double(reported.count) / Double(sensedFalls.count) - 0.7) < 0.1)
        for object in objects {
            #expect(object.path.points.last == object.end.point && object.path.times.last == object.end.at)
            guard let report = object.endReport else { continue }
            let delay = report.at - object.end.at
            switch report.kind {
            case .impact: #expect((20...60).contains(delay))
            case .fall: #expect(delay >= 20)
            case .left: #expect(delay == 0)
            }
        }
    }

    @Test func theFeedErrsAsStatedAndIsSilentAsOftenAsStated() throws {
        let generator = RaidGenerator(over: try BenchmarkTowns.country(), settings: .standard)
        var squares = (position: 0.0, lagged: 0.0, count: 0.0)
        var silent = 0.0
        var watched = 0.0
        for object in (0..<12).flatMap({ generator.raid(seed: $0).objects }) {
            guard let first = object.firstSensedAt else { continue }
            watched += object.end.at - first
            var previous: (at: Double, error: Double)?
            for update in object.updates {
                #expect(update.at.truncatingRemainder(dividingBy: 5) == 0)
                let truth = try #require(object.path.position(at: update.at))
                let error = update.position.east - truth.east
                squares.position += error * error
                squares.count += 1
                if let previous, update.at == previous.at + 5 { squares.lagged += error * previous.error }
                if let previous, update.at > previous.at + 5 { silent += update.at - previous.at - 5 }
                previous = (update.at, error)
            }
        }
        #expect(abs((squares.position / squares.count).squareRoot() - 300) < 10)
        // exp(-5 / 20)
        #expect(abs(squares.lagged / squares.position - 0.779) < 0.03)
        // 150 s every 1,200 s, less what the clip, overlaps and the ends take away.
        #expect((0.06...0.14).contains(silent / watched))
    }
}
