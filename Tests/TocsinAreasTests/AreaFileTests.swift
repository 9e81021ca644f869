import Testing
import TocsinAreas
import TocsinModel

@Suite struct AreaFileTests {
    private static let full = """
        "name": "Bern", "name:de": "Bern", "name:fr": "Berne", "names": {"it": "Berna"}, "population": 134794,
        "secondsToShelterDay": 60, "secondsToShelterNight": 150, "nightFrom": "23:00", "nightTo": "06:30",
        "utcOffset": "+01:00", "protects": ["homes", "hospital"], "aliases": ["old-1", 351], "region": "CH-BE",
        "somethingElse": {"deep": [[[[1]]]]}, "nothing": null
        """

    @Test func everyPropertyIsRead() throws {
        let file = AreaDocument.read(AreaDocument.feature(id: "2661552", properties: Self.full))
        #expect(file.refusals.isEmpty && file.notices.isEmpty)
        let area = try #require(file.areas.first)
        #expect(area.id == AreaID("2661552"))
        #expect(area.aliases == [AreaID("old-1"), AreaID("351")])
        #expect(area.names.map(\.language) == ["de", "fr", "it"])
        #expect(area.name == "Bern" && area.population == 134_794 && area.region == "CH-BE")
        #expect(area.protects == [.homes, .hospital])
        let night = ShelterTime.Night(seconds: 150, fromMinute: 1_380, toMinute: 390, utcOffsetMinutes: 60)
        #expect(area.shelter == ShelterTime(seconds: 60, night: night))
        #expect(area.secondsToShelter == 150)
    }

    @Test func shelterTimesGoByTheHoursThatTheFileStates() throws {
        let night = ShelterTime.Night(seconds: 150, fromMinute: 1_380, toMinute: 390, utcOffsetMinutes: 60)
        let shelter = ShelterTime(seconds: 60, night: night)
        for (time, seconds) in [
            ("2026-01-01T21:59:59Z", 60.0), ("2026-01-01T22:00:00Z", 150), ("2026-01-02T05:29:59Z", 150),
            ("2026-01-02T05:30:00Z", 60), ("1969-12-31T21:59:59Z", 60), ("1969-12-31T22:00:00Z", 150),
        ] {
            let instant = try #require(Instant(iso8601: time))
            #expect(shelter.seconds(at: instant) == seconds, "\(time)")
        }
    }

    @Test func oneFeatureAndAnyOrderOfFieldsAreRead() {
        let feature = """
            {"geometry": {"coordinates": [[[6, 46, 400], [7, 46, 400], [7, 47], [6, 46]]], "type": "Polygon"},
             "properties": {"id": "x", "population": 1, "name": "X", "secondsToShelter": 0}, "type": "Feature"}
            """
        let file = AreaFile(json: Array(feature.utf8))
        #expect(file.areas.map(\.id) == [AreaID("x")])
        #expect(file.refusals.isEmpty)
        #expect(AreaDocument.read(feature).areas == file.areas)
    }

    @Test func everyMistakeIsNamedAtOnceWithItsPlace() {
        let broken = """
            "population": -1, "secondsToShelter": "x", "protects": ["cats"], "aliases": {}, "population": 3
            """
        let file = AreaDocument.read(
            AreaDocument.feature(), AreaDocument.feature(), AreaDocument.feature(id: "null"),
            AreaDocument.feature(id: "\"c\"", properties: broken),
            AreaDocument.feature(id: "\"d\"", geometry: "{\"type\": \"Point\", \"coordinates\": [1, 2]}"),
            AreaDocument.feature(id: "\"e\"", geometry: "null"),
            AreaDocument.feature(
                id: "\"f\"", properties: "\"name\": \"F\", \"population\": 1, \"secondsToShelterDay\": 1"),
            AreaDocument.feature(
                id: "\"g\"",
                properties: "\"name\": \"G\", \"population\": 1, \"secondsToShelter\": 1, \"aliases\": [\"a\"]"),
            "7")
        #expect(file.areas.map(\.id) == [AreaID("a")])
        #expect(
            file.refusals.map(\.path) == [
                "features[1].id", "features[2].id", "features[3].properties.population",
                "features[3].properties.secondsToShelter", "features[3].properties.protects[0]",
                "features[3].properties.aliases", "features[3].properties.population",
                "features[3].properties.name", "features[4].geometry", "features[5].geometry",
                "features[6].properties.secondsToShelterNight", "features[6].properties.utcOffset",
                "features[7].properties.aliases[0]", "features[8]",
            ])
        #expect(file.refusals.allSatisfy { !$0.fault.message.isEmpty && !$0.fault.hint.isEmpty })
        #expect(file.featureCount == 9)
        #expect(file.refusals.last?.feature?.line == 9)
    }

    @Test func whatIsNoAreaFileIsOneRefusal() {
        for text in ["", "{", "[]", "{\"type\": \"Topology\"}", String(repeating: "[", count: 100_000)] {
            let file = AreaFile(json: Array(text.utf8))
            #expect(file.areas.isEmpty && file.refusals.count == 1, "\(text.prefix(20))")
        }
        #expect(AreaDocument.read().refusals.map(\.fault) == [.noFeature])
    }

    @Test func cutOffFilesTellWhereTheyEnd() {
        let whole =
            Array("{\"type\": \"FeatureCollection\", \"features\": [\n".utf8)
            + Array(AreaDocument.feature(properties: Self.full).utf8) + Array("]}".utf8)
        for length in 0..<whole.count {
            let file = AreaFile(json: Array(whole.prefix(length)))
            guard case .unreadable(_, let byte, let line) = file.refusals.last?.fault else {
                Issue.record("\(length) bytes: \(file.refusals)")
                continue
            }
            // A text or number that is cut off is refused where it begins.
            #expect(byte <= length && line <= 5)
        }
    }

    @Test func garbageNeverLosesAFeatureSilently() {
        var generator = Seeded(state: 7)
        let sample = (0..<3).map { AreaDocument.feature(id: "\"\($0)\"", properties: Self.full) }
        let whole = Array(
            "{\"type\": \"FeatureCollection\", \"features\": [\(sample.joined(separator: ","))]}".utf8)
        #expect(AreaFile(json: whole).areas.count == 1, "the aliases are the same")
        for _ in 0..<20_000 {
            var bytes = whole
            for _ in 0..<Int(1 + generator.next() % 3) {
                let place = Int(generator.next() % UInt64(bytes.count))
                switch generator.next() % 4 {
                case 0: bytes[place] = UInt8(truncatingIfNeeded: generator.next())
                case 1: bytes.remove(at: place)
                case 2: bytes.insert(Array("[]{}\",:-0e9.\\".utf8)[Int(generator.next() % 13)], at: place)
                default: bytes.swapAt(place, Int(generator.next() % UInt64(bytes.count)))
                }
            }
            let file = AreaFile(json: bytes)
            let refused = Set(file.refusals.compactMap(\.feature?.index))
            let isUnreadable = file.refusals.contains { if case .unreadable = $0.fault { true } else { false } }
            #expect(file.areas.count + refused.count + (isUnreadable ? 1 : 0) >= file.featureCount)
            #expect(file.featureCount == 3 || !file.refusals.isEmpty)
        }
    }

    @Test func theReportCountsAndShowsPlaces() {
        let open = "[[[6, 46], [7, 46], [7, 47]]]"
        let file = AreaDocument.read(
            AreaDocument.feature(polygon: open), AreaDocument.feature(id: "2", polygon: open),
            AreaDocument.feature(id: "3", polygon: "[[[6, 46], [7, 46], [7, 99], [6, 46]]]"))
        let report = AreaReport(file)
        #expect(
            report.summary
                == "3 features: 2 areas of 2 polygons with 6 vertices, 10 people; 2 notices, 1 refusals.")
        #expect(
            report.notices(examples: 1) == [
                "2 rings were open and are closed",
                "  line 1, features[0] a: geometry.coordinates[0]: the ring was open and is closed at [7.0, 47.0]",
                "  ... and 1 more",
            ])
        #expect(
            report.refusals == [
                "line 3, features[2] 3: geometry.coordinates[0][2] is not on the globe "
                    + "(longitude comes first, -180 to 180; then latitude, -90 to 90)"
            ])
    }

    @Test func idsAndAliasesFindAreas() {
        let directory = AreaDirectory(
            AreaDocument.read(
                AreaDocument.feature(properties: Self.full), AreaDocument.feature(id: "2")
            ).areas)
        #expect(directory[AreaID("351")] == [0])
        #expect(directory[AreaID("a")] == [0])
        #expect(directory[AreaID("2")] == [1])
        #expect(directory[AreaID("3")] == [])
    }
}

/// Numbers that are the same in every run (Vigna's splitmix64).
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
