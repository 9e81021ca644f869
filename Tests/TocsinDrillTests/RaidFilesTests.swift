import Testing
import TocsinDrill
import TocsinModel

@Suite struct RaidFilesTests {
    static let areas = """
        area,region,x,y,radius,population,secondsToShelter
        a,north,0,20000,1000,10000,90
        b,north,0,40000,1000,10000,90
        c,south,0,60000,1000,10000,420

        """
    static let truth = "raid,time,object,x,y\nr,0,7,0,0\nr,1200,7,0,60000\nr,0,8,500,0\nr,900,8,500,9000\n"
    static let feed =
        "raid,time,object,class,x,y,vx,vy\nr,5,7,attackDrone,1.5,250,0,50\nr,10,7,attackDrone,0,5e2,0,-50.25\n"
    static let ends = "raid,time,object,kind\nr,1230,7,impact\n"
    static let arrivals = "raid,time,object,kind,x,y\nr,1200,7,impact,0,60000\n"

    static func files(
        feed: String = feed, ends: String = ends, truth: String = truth, arrivals: String = arrivals
    ) -> RaidFiles {
        RaidFiles(
            feed: Array(feed.utf8), ends: Array(ends.utf8), truth: Array(truth.utf8), arrivals: Array(arrivals.utf8))
    }

    @Test func aFolderIsReadAsItSays() throws {
        let raids = try Self.files().raids()
        #expect(raids.map(\.name) == ["r"])
        let objects = try #require(raids.first).raid.objects
        #expect(objects.count == 2)
        #expect(objects[0].end == RecordedEnd(kind: .impact, at: 1_200, point: PlanePoint(east: 0, north: 60_000)))
        #expect(objects[0].endReport == EndReport(kind: .impact, at: 1_230))
        #expect(objects[0].path.position(at: 600) == PlanePoint(east: 0, north: 30_000))
        #expect(
            objects[0].updates == [
                FeedUpdate(
                    at: 5, position: PlanePoint(east: 1.5, north: 250), velocity: PlanePoint(east: 0, north: 50)),
                FeedUpdate(
                    at: 10, position: PlanePoint(east: 0, north: 500), velocity: PlanePoint(east: 0, north: -50.25)),
            ])
        // Never sensed, slow, and without an arrival: a drone that left.
        #expect(objects[1].objectClass == .attackDrone && objects[1].firstSensedAt == nil)
        #expect(objects[1].end.kind == .left && objects[1].end.at == 900)
    }

    @Test func listedSecondsToShelterAreARunOfTheirOwn() throws {
        let listed = try ListedAreas(Array(Self.areas.utf8))
        #expect(listed.country.regions == ["north", "south"] && listed.country.areas[2].region == 1)
        #expect(listed.runs.map(\.name) == ["S = 90 s", "S = 420 s", "S as listed"])
        #expect(listed.runs[2].secondsToShelter == [90, 90, 420])
        let even = Self.areas.replacing(",420\n", with: ",90\n")
        #expect(try ListedAreas(Array(even.utf8)).runs.count == 2)
    }

    @Test(arguments: [
        ("raid,time,object,class,x,y,vx\n", 1, RaidFileError.Problem.columnMissing("vy")),
        (feed + "r,15,7,attackDrone,0,0,0\n", 4, .fields(found: 7, expected: 8)),
        (feed + "\nr,15,7,attackDrone,0,zero,0,0\n", 5, .notANumber(column: "y")),
        (feed + "r,nan,7,attackDrone,0,0,0,0\n", 4, .notANumber(column: "time")),
        (feed + "r,15,7,bird,0,0,0,0\n", 4, .unknownClass("bird")),
        (feed + "r,15,7,cruiseMissile,0,0,0,0\n", 4, .otherClass(object: "7")),
        (feed + "r,15,9,attackDrone,0,0,0,0\n", 4, .unknownObject("9")),
        (feed + "r,10,7,attackDrone,0,0,0,0\n", 4, .sameTime(object: "7")),
    ])
    func aBadFeedIsRefusedWithItsLine(feed: String, line: Int, problem: RaidFileError.Problem) {
        #expect(throws: RaidFileError(file: "feed.csv", line: line, problem: problem)) {
            try Self.files(feed: feed).raids()
        }
    }

    @Test func otherBadFilesAreRefusedWithTheirLine() {
        #expect(throws: RaidFileError(file: "truth.csv", line: 1, problem: .noRows)) {
            try Self.files(truth: "raid,time,object,x,y\n").raids()
        }
        #expect(throws: RaidFileError(file: "truth.csv", line: 3, problem: .sameTime(object: "7"))) {
            try Self.files(truth: "raid,time,object,x,y\nr,0,7,0,0\nr,0,7,1,1\n").raids()
        }
        #expect(throws: RaidFileError(file: "ends.csv", line: 2, problem: .unknownKind("crash"))) {
            try Self.files(ends: "raid,time,object,kind\nr,1,7,crash\n").raids()
        }
        #expect(throws: RaidFileError(file: "arrivals.csv", line: 3, problem: .usedTwice("7"))) {
            try Self.files(arrivals: Self.arrivals + "r,1300,7,fall,0,0\n").raids()
        }
        #expect(throws: RaidFileError(file: "areas.csv", line: 5, problem: .usedTwice("a"))) {
            try ListedAreas(Array((Self.areas + "a,north,0,0,1000,1,90\n").utf8))
        }
        #expect(throws: RaidFileError(file: "areas.csv", line: 5, problem: .outOfRange(column: "radius"))) {
            try ListedAreas(Array((Self.areas + "d,north,0,0,0,1,90\n").utf8))
        }
        #expect(throws: RaidFileError(file: "t.csv", line: 2, problem: .outOfRange(column: "population"))) {
            try TownFile.towns(
                in: Array("latitude,longitude,population,region\n50,20,1.5,x\n".utf8), file: "t.csv")
        }
    }

    /// What is written is read again as the same raid to the centimeter, and scored alike.
    @Test func exportedRaidsScoreAsTheOriginal() throws {
        let country = try BenchmarkTowns.country()
        let raid = RaidGenerator(over: country, settings: .standard).raid(seed: 3)
        let listed = ListedAreas(
            country: country, names: country.areas.indices.map(String.init),
            secondsToShelter: country.areas.map { _ in 90 })
        let lines = RaidExport.lines(of: raid, name: "3", truthEvery: 1)
        let files = RaidFiles(
            feed: Array((RaidExport.header(RaidFiles.feedColumns) + lines.feed).utf8),
            ends: Array((RaidExport.header(RaidFiles.endsColumns) + lines.ends).utf8),
            truth: Array((RaidExport.header(RaidFiles.truthColumns) + lines.truth).utf8),
            arrivals: Array((RaidExport.header(RaidFiles.arrivalsColumns) + lines.arrivals).utf8))
        let read = try #require(try files.raids().first).raid
        #expect(read.objects.map(\.endReport?.kind) == raid.objects.map(\.endReport?.kind))
        #expect(read.objects.map { $0.updates.map(\.at) } == raid.objects.map { $0.updates.map(\.at) })
        let again = try ListedAreas(Array(RaidExport.areas(listed).utf8))
        let policies: [BenchmarkPolicy] = [.reach(halfAngleDegrees: 180, marginSeconds: 35), .routesKnown]
        let scores = [(raid, country), (read, again.country)].map { raid, country in
            Benchmark(country: country, policies: policies, runs: listed.runs).result(of: raid, forecaster: nil)
                .tallies[0]
        }
        for (original, copy) in zip(scores[0], scores[1]) {
            #expect(abs(original.personHours / copy.personHours - 1) < 0.002)
            #expect(abs((original.byArrival.value ?? 0) - (copy.byArrival.value ?? 0)) < 0.02)
        }
    }
}
