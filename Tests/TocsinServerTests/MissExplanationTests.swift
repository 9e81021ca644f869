import Foundation
import Testing
import TocsinDrill
import TocsinModel
import TocsinServer

/// `tocsin drill --explain`: the whole chain over made-up towns.
@Suite struct MissExplanationTests {
    /// A raid with and without sensors, on the same seed.
    private static func result(microphones: Int, radars: Int) throws -> DrillResult {
        let folder = try RecordedDrill.shared.get().folder
        let settings = RaidSettings(drones: 4, missiles: 2, durationSeconds: 300, directions: 1)
        let exercise = try DrillExercise(
            areas: DrillAreas(path: folder.appending(path: "areas.geojson").path), settings: settings,
            microphones: microphones, radars: radars, seed: 3)
        let run = try DrillRun(of: exercise, explaining: MissExplanation.moments(of: exercise.outcome)) { _ in }
        let perfect = DrillRun(perfectlyFed: exercise) { _ in }
        return DrillResult(of: run, perfectlyFed: perfect, in: exercise, explained: true)
    }

    @Test func withoutSensorsEveryLossIsSensingAndTheExplanationsSaySo() throws {
        let result = try Self.result(microphones: 0, radars: 0)
        let losses = result.score.losses
        try #require(result.score.arrivals > 0)
        #expect(losses[.neverSensed].arrivals == Double(result.score.arrivals))
        #expect(losses.warnedByPerfectFeed > 0 && losses.lostBySensingAndTracking == losses.warnedByPerfectFeed)
        let explanations = try #require(result.explanations)
        #expect(explanations.count == min(5, result.score.arrivals))
        for explanation in explanations {
            #expect(explanation.missed.stage == .neverSensed)
            #expect(explanation.words.contains("Where it was lost: never sensed."))
            #expect(explanation.words.contains("No sensor reported it before it came down."))
            #expect(explanation.words.contains("No alarm was on between then and the arrival."))
        }
        let people = explanations.map(\.missed.missedPeople)
        #expect(people == people.sorted(by: >))
    }

    @Test func theDocumentHasTheScoreAndTheExplanationsBesideIt() throws {
        let result = try Self.result(microphones: 0, radars: 0)
        let bytes = try JSONEncoder().encode(result)
        #expect(try JSONDecoder().decode(Score.self, from: bytes) == result.score)
        let document = try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
        let first = try #require((document["explanations"] as? [[String: Any]])?.first)
        #expect(first["stage"] as? String == "neverSensed" && first["firstSensedAt"] == nil)
    }
}
