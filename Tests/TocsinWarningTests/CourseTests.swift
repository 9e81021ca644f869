import Testing
import TocsinModel
import TocsinWarning

/// Whether a threat comes or passes, as people are told. Scene's tracks exist with 0.99 and are threats with 3/7.
@Suite struct CourseTests {
    private let settings = WarningSettings.standard
    /// What a real threat's probability becomes for a track of the scene.
    private let share = 0.99 * 3 / 7

    @Test func whatMostProbablyPassesIsSaidToPassWithItsProbabilityAndTimes() throws {
        var scene = Scene()
        scene.forecast(scene.track(1), lead: 0, horizon: 0.2 * share, arrival: 300)
        let warning = try #require(scene.changes.first?.warning)
        #expect(warning.stage == .watch && warning.course == .passing)
        #expect(abs(warning.probability - 0.2 * share) < 1e-12)
        #expect(warning.arrival?.likely == Scene.at(300))
    }

    /// A ghost's probability is small because it may not exist, not because it passes.
    @Test func aDoubtfulObjectThatFliesStraightHereComes() {
        var scene = Scene()
        var track = scene.track(1)
        track.existence = 0.3
        scene.forecast(track, lead: 0, horizon: 0.6 * 0.3 * 3 / 7, arrival: 300)
        #expect(scene.changes.first?.warning.course == .coming)
    }

    @Test func whatIsTooFarOffToTellComes() {
        var scene = Scene()
        scene.forecast(scene.track(1), lead: 0, horizon: 0.2 * share, arrival: settings.courseToldWithinSeconds + 10)
        #expect(scene.changes.first?.warning.course == .coming)
    }

    @Test func aTurnToTheAreaIsToldAndAFlickerIsNot() {
        var scene = Scene()
        func hold(_ probability: Double) {
            let horizon = probability * share
            scene.pass(30) { $0.forecast($0.track(1), lead: 0, horizon: horizon, arrival: 300 - $0.seconds) }
        }
        hold(0.2)
        hold(0.4)
        #expect(scene.changes.map(\.warning.course) == [.passing], "between the two bounds nothing is said")
        hold(0.7)
        hold(0.3)
        #expect(scene.changes.map(\.warning.course) == [.passing, .coming])
        #expect(scene.changes.last?.warning.reason == .courseChanged)
        hold(0.15)
        #expect(scene.changes.map(\.warning.course) == [.passing, .coming, .passing])
    }

    @Test func severalThatPassMayTogetherCome() {
        var scene = Scene()
        for number in UInt64(1)...5 {
            scene.forecast(scene.track(number), lead: 0, horizon: 0.2 * share, arrival: 300)
        }
        scene.pass(11) { scene in
            for number in UInt64(1)...5 {
                scene.forecast(scene.track(number), lead: 0, horizon: 0.2 * share, arrival: 300 - scene.seconds)
            }
        }
        #expect(scene.changes.last?.warning.course == .coming, "1 - 0.8^5 = 0.67")
    }

    /// What passes does not make it less of a danger: the stages and their thresholds are the same.
    @Test func whoMustTakeShelterMustAlsoFromWhatPasses() {
        var scene = Scene()
        scene.forecast(scene.track(1), lead: 0.002, horizon: 0.01, arrival: 60)
        #expect(scene.changes.map(\.warning.stage) == [.takeShelter])
        #expect(scene.changes.map(\.warning.course) == [.passing])
    }

    @Test func withoutTimesThereIsNoCourse() {
        var scene = Scene()
        scene.forecast(scene.track(1), lead: 0.1, horizon: 0.3)
        scene.pass(300) { $0.forecast($0.track(1), areas: [], lead: 0, horizon: 0) }
        for change in scene.changes {
            #expect((change.warning.course == nil) == (change.warning.arrival == nil))
        }
        #expect(scene.changes.last?.warning.course == nil)
    }
}
