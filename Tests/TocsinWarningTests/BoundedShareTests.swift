import Testing
import TocsinModel
import TocsinWarning

/// What one source that nobody corroborates may raise, and where first.
@Suite struct BoundedShareTests {
    private let settings = WarningSettings.standard

    private static func area(_ id: String, aliases: [String] = [], population: Int) -> Area {
        Area(
            id: AreaID(id), aliases: aliases.map { AreaID($0) }, names: [], population: population, polygons: [],
            shelter: ShelterTime(seconds: 90), protects: [.homes])
    }

    /// A city in `count` parts.
    private static func city(_ id: String, parts count: Int, population: Int) -> [Area] {
        (1...count).map { area("\(id)/\($0)", aliases: [id, "OLD"], population: population) }
    }

    private func sheltered(_ scene: Scene) -> [AreaID] {
        scene.engine.warnings.filter { $0.stage == .takeShelter }.map(\.area)
    }

    private func threaten(_ areas: [Area], _ scene: inout Scene, sensors: [String] = ["radar-1"]) {
        let track = scene.track(1, sensors: sensors)
        scene.keep(
            scene.engine.take(
                areas.map { scene.forecast(of: $0.id, track, lead: 0.1, horizon: 0.3) }, of: track, at: scene.now))
    }

    @Test func thePartsOfACityAreOneArea() {
        let city = Self.city("CITY", parts: 90, population: 5_000)
        let towns = (0..<60).map { Self.area("TOWN-\($0)", population: 1_000) }
        var scene = Scene(city + towns)
        threaten(city + towns, &scene)
        #expect(sheltered(scene).count { $0.rawValue.hasPrefix("CITY/") } == 90)
        #expect(sheltered(scene).count { $0.rawValue.hasPrefix("TOWN") } == settings.areasPerSource - 1)
    }

    @Test func thePeopleOfACityAreCountedPartByPart() {
        var scene = Scene(Self.city("CITY", parts: 90, population: 25_000))
        threaten(Self.city("CITY", parts: 90, population: 25_000), &scene)
        #expect(sheltered(scene).count == settings.peoplePerSource / 25_000)
        #expect(scene.notices.count == 90 - settings.peoplePerSource / 25_000)
    }

    /// The city's id must be an alias: a slash alone makes no part.
    @Test func aSlashInANameMakesNoPart() {
        let areas = (1...60).map { Self.area("R/\($0)", population: 1_000) }
        #expect(areas.allSatisfy { $0.city == nil })
        var scene = Scene(areas)
        threaten(areas, &scene)
        #expect(sheltered(scene).count == settings.areasPerSource)
    }

    @Test func theMostEndangeredComeFirstInTheShareAndInTheOutputs() {
        var scene = Scene(areas: 60)
        let track = scene.track(1, sensors: ["radar-1"])
        let forecasts = (0..<60).map { index in
            scene.forecast(of: Scene.id(index), track, lead: 0.01 + 0.001 * Double(index), horizon: 0.3)
        }
        scene.keep(scene.engine.take(forecasts, of: track, at: scene.now))
        let told = scene.changes.filter { $0.warning.stage == .takeShelter }.map(\.warning.area)
        #expect(told == (20..<60).reversed().map { Scene.id($0) })
    }

    /// Two tracks do not vouch for each other, only two sensors for one track.
    @Test func tracksDoNotCorroborateEachOther() {
        var scene = Scene()
        scene.forecast(scene.track(1, sensors: ["radar-1", "mic-1"]), lead: 0.0008, horizon: 0.04)
        scene.forecast(scene.track(2, sensors: ["anna", "ben", "carl"]), lead: 0.5, horizon: 0.6)
        #expect(scene.stage == .watch)
        #expect(scene.notices == [.crowdOnly])
        #expect(
            scene.engine.explanation(of: Scene.id(0), exercise: true, at: scene.now).verdict == .refused(.crowdOnly))
        scene.forecast(scene.track(1, sensors: ["radar-1", "mic-1"]), lead: 0.0011, horizon: 0.04)
        #expect(scene.stage == .takeShelter)
    }

    /// What is free again goes to the most endangered too.
    @Test func aShareThatIsFreeGoesToTheMostEndangered() throws {
        var scene = Scene(areas: 60)
        threaten(Scene.areas(60, 10_000), &scene)
        let refused = (0..<60).map { Scene.id($0) }.filter { !sheltered(scene).contains($0) }
        let track = scene.track(1, sensors: ["radar-1"])
        let most = try #require(refused.last)
        let forecasts = (0..<60).map { index in
            scene.forecast(of: Scene.id(index), track, lead: Scene.id(index) == most ? 0.4 : 0.1, horizon: 0.5)
        }
        scene.keep(scene.engine.take(forecasts, of: track, at: scene.now))
        let first = try #require(scene.engine.warnings.first)
        scene.keep(scene.engine.take(.endWarning(first.number, operatorName: "Ada"), at: scene.now))
        scene.pass(1)
        #expect(sheltered(scene).contains(most))
        #expect(sheltered(scene).count == settings.areasPerSource)
    }
}
