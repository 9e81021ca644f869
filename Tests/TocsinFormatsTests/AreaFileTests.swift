import Foundation
import Testing
import TocsinFormats
import TocsinModel

@Suite struct AreaFileTests {
    private let square = "[[[6, 46], [7, 46], [7, 47], [6, 46]]]"

    private func feature(
        id: String = "\"a\"", properties: String = "\"name\": \"A\", \"population\": 5, \"secondsToShelter\": 60",
        geometry: String? = nil
    ) -> String {
        let geometry = geometry ?? "{\"type\": \"Polygon\", \"coordinates\": \(square)}"
        return "{\"type\": \"Feature\", \"id\": \(id), \"properties\": {\(properties)}, \"geometry\": \(geometry)}"
    }

    private func read(_ features: String...) -> AreaFile {
        let joined = features.joined(separator: ",")
        return AreaFile(json: Array("{\"type\": \"FeatureCollection\", \"features\": [\(joined)]}".utf8))
    }

    @Test func areasAreReadBackAsTheyWereWritten() throws {
        let areas = hostileTexts.enumerated().compactMap { index, text in
            text.isEmpty || text.count > 200 ? nil : area(named: text, id: "id \(index)")
        }
        let file = AreaFile(json: try AreaCollection(areas).json())
        #expect(file.problems.isEmpty)
        #expect(file.areas == areas)
    }

    @Test func leastAreaIsRead() {
        let file = read(feature())
        #expect(file.problems.isEmpty)
        #expect(file.areas.map(\.name) == ["A"])
        #expect(file.areas.first?.polygon.vertices.count == 3)
        #expect(file.areas.first?.protects == [.homes])
    }

    @Test func everyMistakeIsNamedAtOnceWithItsPlace() {
        let file = read(
            feature(), feature(), feature(id: "null"),
            feature(
                id: "\"c\"", properties: "\"population\": -1, \"secondsToShelter\": \"x\", \"protects\": [\"cats\"]"),
            feature(id: "\"d\"", geometry: "{\"type\": \"Polygon\", \"coordinates\": [[[1, 1], [2, 2], [1, 1]]]}"),
            feature(id: "\"e\"", geometry: "{\"type\": \"Polygon\", \"coordinates\": [[[1, 1], [2, 99], [3, 3]]]}"),
            feature(id: "\"f\"", geometry: "{\"type\": \"MultiPolygon\", \"coordinates\": []}"))
        #expect(file.areas.map(\.id) == [AreaID("a")])
        #expect(
            file.problems.map(\.path) == [
                "features[1].id", "features[2].id", "features[3].properties.name",
                "features[3].properties.population", "features[3].properties.secondsToShelter",
                "features[3].properties.protects[0]", "features[4].geometry.coordinates[0]",
                "features[5].geometry.coordinates[0][1]", "features[6].geometry",
            ])
        #expect(file.problems.allSatisfy { !$0.message.isEmpty && !$0.hint.isEmpty })
    }

    @Test func whatIsNoAreaFileIsOneProblem() {
        for text in ["", "{", "[]", "{\"type\": \"Feature\"}", String(repeating: "[", count: 100_000)] {
            let file = AreaFile(json: Array(text.utf8))
            #expect(file.areas.isEmpty && file.problems.count == 1)
        }
        #expect(read().problems.map(\.path) == ["features"])
    }
}
