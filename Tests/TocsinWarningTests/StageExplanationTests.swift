import Testing
import TocsinModel
import TocsinWarning

/// The explanation says what decided: it is compared with what the engine then does.
@Suite struct StageExplanationTests {
    private func explanation(_ scene: Scene, area: Int = 0) -> StageExplanation {
        scene.engine.explanation(of: Scene.id(area), exercise: true, at: scene.now)
    }

    @Test func anAreaThatNothingComesToCountsNothing() {
        var scene = Scene()
        scene.forecast(scene.track(1), areas: [1], lead: 0.4, horizon: 0.6)
        let answer = explanation(scene)
        #expect(answer.verdict == .nothingCounted)
        #expect(answer.stage == .quiet && answer.tracks.isEmpty)
        #expect(answer.sources == .nobody)
    }

    @Test func aWarningIsExplainedByTheTracksAndTheThresholdThatRaisedIt() throws {
        var scene = Scene()
        scene.forecast(scene.track(1), lead: 0.4, horizon: 0.6)
        scene.forecast(scene.track(2), lead: 0.5, horizon: 0.5)
        let answer = explanation(scene)
        #expect(answer.verdict == .threatWithinLead)
        #expect(answer.warning == scene.engine.warnings.first)
        #expect(abs(answer.withinLead.probability - 0.7) < 1e-12, "1 - 0.6 x 0.5")
        #expect(answer.withinLead.threshold == 0.001 && answer.withinLead.releaseThreshold == 0.0005)
        #expect(answer.tracks.map(\.track) == [TrackNumber(1), TrackNumber(2)])
        #expect(answer.tracks.first?.arrival.likely == scene.now.advanced(bySeconds: 100))
        #expect(answer.sources == .several)
    }

    @Test func whatIsBelowTheThresholdsWarnsNobody() {
        var scene = Scene()
        scene.forecast(scene.track(1), lead: 0.0005, horizon: 0.02)
        #expect(scene.stage == .quiet)
        #expect(explanation(scene).verdict == .belowThreshold)
    }

    @Test func aRuleThatForbidsToWarnIsNamed() {
        var scene = Scene()
        scene.forecast(scene.track(1, sensors: ["anna"]), lead: 0.4, horizon: 0.6)
        #expect(scene.stage == .quiet)
        let answer = explanation(scene)
        #expect(answer.verdict == .refused(.crowdOnly))
        #expect(answer.sources == .people(1))
    }

    @Test func whatAnOperatorSetAsideIsToldSo() throws {
        var scene = Scene()
        scene.forecast(scene.track(1), lead: 0.4, horizon: 0.6)
        let number = try #require(scene.engine.warnings.first?.number)
        scene.keep(scene.engine.take(.endWarning(number, operatorName: "Eve"), at: scene.now))
        #expect(scene.stage == .quiet)
        let answer = explanation(scene)
        #expect(answer.verdict == .refused(.endedByOperator))
        #expect(answer.tracks.first?.dismissedUntil == scene.now.advanced(bySeconds: 600))
    }

    @Test func positiveEvidenceIsHeldUntilTheMomentThatPeopleAreTold() throws {
        var scene = Scene()
        scene.forecast(scene.track(1), lead: 0.4, horizon: 0.6)
        scene.pass(10)
        scene.forecast(scene.track(1), areas: [], lead: 0, horizon: 0)
        guard case .holding(.threatPassed, let until) = explanation(scene).verdict else {
            Issue.record("\(explanation(scene).verdict)")
            return
        }
        scene.pass(until.seconds(since: scene.now) - 1)
        #expect(scene.stage == .takeShelter)
        scene.pass(1)
        #expect(scene.stage == .clearing)
    }

    @Test func aSilentThreatCountsOnUntilItsStatedEnd() throws {
        var scene = Scene()
        scene.forecast(scene.track(1), lead: 0.4, horizon: 0.6)
        scene.pass(60)
        let answer = explanation(scene)
        #expect(answer.verdict == .threatWithinLead)
        let until = try #require(answer.tracks.first?.silentUntil)
        scene.pass(until.seconds(since: scene.now) - 1)
        #expect(explanation(scene).verdict == .threatWithinLead && scene.stage == .takeShelter)
        scene.pass(1)
        #expect(explanation(scene).verdict == .nothingCounted && scene.stage == .quiet)
    }
}
