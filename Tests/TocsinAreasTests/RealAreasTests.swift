import Foundation
import Testing
import TocsinAreas
import TocsinModel
import TocsinTestKit

/// Outlines that others drew, from the folder ../shared.
@Suite(.enabled(if: SharedFolder.isPresent, Comment(rawValue: SharedFolder.absence)))
struct RealAreasTests {
    @Test func everyAreaWithSecondsToShelterIsLoaded() throws {
        let file = AreaFile(json: try Self.shelterAreas())
        #expect(file.featureCount == 1_449 && file.areas.count == 1_449)
        #expect(file.refusals.isEmpty, "\(AreaReport(file).refusals)")
        // The first point stands there three times, twice at the end: 70,164 points.
        let vertexCount = file.areas.flatMap(\.polygons).map(\.vertices.count).reduce(0, +)
        #expect(vertexCount == 70_164 - 2 * 1_449)
        let seconds = Set(file.areas.map(\.secondsToShelter))
        #expect(seconds == [0, 15, 30, 45, 60, 90])
        let kinds = Dictionary(grouping: file.notices, by: \.mending).mapValues(\.count)
        #expect(kinds == [.windingReversed: 1_449, .duplicatesDropped(count: 1): 1_449])
    }

    /// How many features are loaded, and the holes that are polygons of their own.
    @Test(arguments: [("ukraine_oblasts_osm", 25, 5), ("ne_110m_admin_0_countries", 177, 0)])
    func countriesAreLoaded(name: String, count: Int, holes: Int) throws {
        let file = AreaFile(json: try Self.countries(name))
        #expect(file.featureCount == count && file.areas.count == count, "\(AreaReport(file).refusals)")
        #expect(
            file.notices.count { $0.mending == .holeMadePolygon } == holes, "\(AreaReport(file).notices(examples: 99))")
    }

    /// Made by the tool of this checkout.
    private static func shelterAreas() throws -> [UInt8] {
        let tool = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Tools/make_shelter_areas.py")
        let output = FileManager.default.temporaryDirectory.appending(path: "tocsin-\(UUID().uuidString).geojson")
        defer { try? FileManager.default.removeItem(at: output) }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "python3", tool.path, "--outlines",
            try SharedFolder.url("data/geo/israel_area_polygons_oref.json.zip").path, "--times",
            try SharedFolder.url("data/geo/israel_areas_migun_time.csv").path, "--output", output.path,
        ]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return [UInt8](try Data(contentsOf: output))
    }

    /// Their features with what these files do not tell.
    private static func countries(_ name: String) throws -> [UInt8] {
        let data = Data(try SharedFolder.bytes("data/geo/\(name).geojson"))
        var root = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let features = try #require(root["features"] as? [[String: Any]])
        root["features"] = features.enumerated().map { index, feature in
            var feature = feature
            let properties = feature["properties"] as? [String: Any] ?? [:]
            feature["id"] = String(index)
            feature["properties"] = [
                "name": properties["name"] ?? properties["NAME"] ?? "?", "population": 1, "secondsToShelter": 90,
            ]
            return feature
        }
        return [UInt8](try JSONSerialization.data(withJSONObject: root))
    }
}
