import Foundation
import Testing
import TocsinModel
import TocsinServer

@Suite struct ConfigurationAreasTests {
    private static func feature(_ id: String, population: Int, ring: String) -> String {
        "{\"type\": \"Feature\", \"id\": \"\(id)\", \"properties\": {\"name\": \"N\", \"population\": \(population), "
            + "\"secondsToShelter\": 60}, \"geometry\": {\"type\": \"Polygon\", \"coordinates\": [[\(ring)]]}}"
    }

    /// Reads a configuration whose areas are `features`.
    private func read(_ features: String...) throws -> Result<Configuration, ConfigurationProblems> {
        let directory = FileManager.default.temporaryDirectory.appending(path: "tocsin-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let areas = "{\"type\": \"FeatureCollection\", \"features\": [\(features.joined(separator: ",\n"))]}"
        try Data(areas.utf8).write(to: directory.appending(path: "areas.geojson"))
        let text = "system: test\njournal: {directory: journal}\nareas: areas.geojson"
        try Data(text.utf8).write(to: directory.appending(path: "tocsin.yaml"))
        return Result { () throws(ConfigurationProblems) in
            try Configuration.read(directory.appending(path: "tocsin.yaml"))
        }
    }

    @Test func bigCitiesComeInPartsAndNoticesAreKept() throws {
        let open = "[7, 46], [7.1, 46], [7.1, 46.1]"
        let configuration = try read(
            Self.feature("city", population: 700_000, ring: "[8, 46], [8.2, 46], [8.2, 46.1], [8, 46.1], [8, 46]"),
            Self.feature("town", population: 10_000, ring: open)
        ).get()
        #expect(configuration.areas.count > 10)
        #expect(configuration.areas.first?.aliases == [AreaID("city")])
        #expect(configuration.areas.reduce(0) { $0 + $1.population } == 710_000)
        #expect(configuration.areas.last?.id == AreaID("town"))
        #expect(configuration.areaNotices.count == 2)
    }

    @Test func aRefusedAreaIsAProblemWithItsPlace() throws {
        let star = "[0, 0], [4, 3], [-1, 3], [3, 0], [1.5, 5], [0, 0]"
        guard case .failure(let error) = try read(Self.feature("star", population: 1, ring: star)) else {
            Issue.record("accepted")
            return
        }
        let problem = try #require(error.problems.first)
        #expect(error.problems.count == 1)
        #expect(problem.path == "areas: features[0].geometry.coordinates[0]")
        #expect(problem.message.hasPrefix("crosses itself at ["))
        #expect(problem.hint == "repair the outline there")
    }
}
