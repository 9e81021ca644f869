import Foundation
import Testing
import TocsinForecast
import TocsinModel
import TocsinServer

@Suite struct ConfigurationTests {
    private static let good = """
        system: test
        journal: {directory: journal}
        areas: areas.geojson
        """
    private static let areas = """
        {"type":"FeatureCollection","features":[{"type":"Feature","id":"ch-1","properties":{"name":"Bern",\
        "names":{"de":"Bern"},"population":1000,"secondsToShelter":120,"protects":["homes"]},"geometry":{"type":\
        "Polygon","coordinates":[[[7.4,46.9],[7.5,46.9],[7.5,47.0],[7.4,46.9]]]}}]}
        """

    /// Reads `text` as a configuration beside an areas file and a recording.
    private func read(_ text: String) throws -> Result<Configuration, ConfigurationProblems> {
        let directory = FileManager.default.temporaryDirectory.appending(path: "tocsin-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        try Data(Self.areas.utf8).write(to: directory.appending(path: "areas.geojson"))
        try Data("{}".utf8).write(to: directory.appending(path: "lines.jsonl"))
        try Data(text.utf8).write(to: directory.appending(path: "tocsin.yaml"))
        return Result { () throws(ConfigurationProblems) in
            try Configuration.read(directory.appending(path: "tocsin.yaml"))
        }
    }

    @Test func theLeastConfigurationIsLive() throws {
        let configuration = try read(Self.good).get()
        #expect(configuration.clockMode == .live)
        #expect(configuration.http.port == 8_080)
        #expect(configuration.areas.map(\.id) == [AreaID("ch-1")])
        #expect(configuration.forecast == .standard)
    }

    @Test func oneOverrideLeavesTheOtherSettingsAsTheyAre() throws {
        let configuration = try read(Self.good + "\nforecast: {horizonSeconds: 600}").get()
        var expected = ForecastSettings.standard
        expected.horizonSeconds = 600
        #expect(configuration.forecast == expected)
    }

    @Test func aRecordingMakesAScenario() throws {
        let feed = "\nfeeds: [{name: a, format: reports, source: {file: {path: lines.jsonl}}}]"
        #expect(try read(Self.good + feed).get().clockMode == .scenario)
    }

    @Test(
        arguments: [
            ("htpp: {}", "htpp", "did you mean http?"),
            ("http: {port: 99999}", "http.port", "0 to 65535"),
            ("http: {port: \"80\"}", "http.port", nil),
            ("exercise: maybe", "exercise", nil),
            ("clock: {rate: 0}", "clock.rate", "0.1 to 1000"),
            ("clock: [1]", "clock", nil),
            ("feeds: {}", "feeds", nil),
            (
                "feeds: [{name: a, format: asterx, source: {udp: {port: 1}}}]", "feeds[0].format",
                "did you mean asterix?"
            ),
            (
                "feeds: [{name: a, format: reports, source: {}}]", "feeds[0].source",
                "one of udp, tcpClient, tcpServer, file"
            ),
            ("feeds: [{name: a, format: reports, source: {udp: {}}}]", "feeds[0].source.udp.port", "The port."),
            (
                "feeds: [{name: http, format: reports, source: {udp: {port: 1}}}]", "feeds[0].name",
                "choose another name"
            ),
            (
                "feeds: [{name: a, format: beast, source: {file: {path: lines.jsonl}}}]", "feeds[0].source",
                "use modes-json"
            ),
            (
                "feeds: [{name: a, format: reports, source: {udp: {port: 1, interface: lo}}}]",
                "feeds[0].source.udp.interface", "add `group`, or remove it"
            ),
            (
                "sensors: [{id: r, kind: radar, latitude: 1, longitude: 2, rangeMeters: 3, intervalSeconds: 4, sac: 1}]",
                "sensors[0]", nil
            ),
            ("forecast: {horizonSecond: 3}", "forecast.horizonSecond", "did you mean horizonSeconds?"),
            ("sensorsFile: nothing.json", "sensorsFile", nil),
        ] as [(String, String, String?)])
    func everyMistakeIsToldWithItsPlace(line: String, path: String, hint: String?) throws {
        guard case .failure(let error) = try read(Self.good + "\n" + line) else {
            Issue.record("accepted: \(line)")
            return
        }
        #expect(error.problems.map(\.path) == [path])
        #expect(error.problems.map(\.hint) == [hint])
    }

    @Test func allMistakesAreToldAtOnce() throws {
        let text = "sytem: x\nareas: nothing\nfeeds: [{name: A b}]\nclock: {rate: fast}"
        guard case .failure(let error) = try read(text) else {
            Issue.record("accepted")
            return
        }
        let paths = Set(error.problems.map(\.path))
        #expect(
            paths.isSuperset(of: [
                "sytem", "system", "journal", "feeds[0].name", "feeds[0].format", "feeds[0].source", "clock.rate",
                "areas",
            ]))
    }

    @Test func namesMayNotBeGivenTwice() throws {
        let feeds =
            "\nfeeds: [{name: a, format: avr, source: {udp: {port: 1}}}, {name: a, format: avr, source: {udp: {port: 2}}}]"
        guard case .failure(let error) = try read(Self.good + feeds) else {
            Issue.record("accepted")
            return
        }
        #expect(error.problems.map(\.path) == ["feeds[1].name"])
    }

    @Test(arguments: ["", "a: [", "a: 1\na: 2", "just text"])
    func whatIsNoConfigurationIsRefused(text: String) throws {
        guard case .failure(let error) = try read(text) else {
            Issue.record("accepted: \(text)")
            return
        }
        #expect(!error.problems.isEmpty)
    }

    @Test func theSchemaKnowsEveryKeyOfTheTable() throws {
        let schema = try #require(
            try JSONSerialization.jsonObject(with: Data(ConfigurationSchema.text().utf8)) as? [String: Any])
        #expect(schema["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
        #expect(schema["additionalProperties"] as? Bool == false)
        #expect(Set(schema["required"] as? [String] ?? []) == ["system", "journal", "areas"])
        let properties = try #require(schema["properties"] as? [String: [String: Any]])
        let forecast = try #require(properties["forecast"]?["properties"] as? [String: Any])
        #expect(forecast["horizonSeconds"] != nil)
        #expect((properties["http"]?["properties"] as? [String: [String: Any]])?["port"]?["maximum"] as? Int == 65_535)
    }
}
