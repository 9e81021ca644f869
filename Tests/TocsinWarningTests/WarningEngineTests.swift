import Foundation
import Testing
import TocsinModel
import TocsinWarning

struct WarningEngineTests {
    private let settings = WarningSettings.standard

    @Test func aThreatWithinLeadIsWarnedAtOnce() {
        var scene = Scene()
        scene.forecast(scene.track(1), lead: 0.01, horizon: 0.3)
        let warning = scene.changes.first?.warning
        #expect(scene.changes.map(\.kind) == [.raised])
        #expect(warning?.stage == .takeShelter)
        #expect(warning?.reason == .threatWithinLead)
        #expect(warning?.number == WarningNumber(1))
        #expect(warning?.revision == 1)
        #expect(warning?.exercise == true)
        #expect(warning?.arrival?.likely == Scene.at(100))
        #expect(warning?.tracks == [TrackNumber(1)])
        #expect(warning.map { $0.expiresAt > Scene.at(120) } == true)
    }

    @Test func aPassingThreatGoesThroughAllStages() {
        var scene = Scene()
        scene.forecast(scene.track(1), lead: 0, horizon: 0.1, arrival: 400)
        scene.pass(10)
        scene.forecast(scene.track(1), lead: 0.1, horizon: 0.3, arrival: 120)
        scene.pass(10)
        scene.pass(300) { $0.forecast($0.track(1), areas: [], lead: 0, horizon: 0) }
        #expect(scene.changes.map(\.warning.stage) == [.watch, .takeShelter, .clearing, .quiet])
        #expect(
            scene.changes.map(\.warning.reason) == [
                .threatApproaching, .threatWithinLead, .threatPassed, .holdElapsed,
            ])
        #expect(scene.changes.map(\.kind) == [.raised, .changed, .changed, .ended])
        #expect(scene.changes.map(\.previousStage) == [.quiet, .watch, .takeShelter, .clearing])
        #expect(scene.changes.map(\.warning.revision) == [1, 2, 3, 4])
        #expect(scene.engine.warnings.isEmpty)
    }

    @Test func tracksAddUp() {
        var scene = Scene()
        scene.forecast(scene.track(1), lead: 0.0006, horizon: 0.01)
        #expect(scene.changes.isEmpty)
        scene.forecast(scene.track(2), lead: 0.0006, horizon: 0.01)
        #expect(scene.changes.map(\.warning.stage) == [.takeShelter])
        #expect(scene.changes.first?.warning.tracks == [TrackNumber(1), TrackNumber(2)])
    }

    @Test(arguments: [TrackEndReason.lost, .improbable])
    func aLostTrackDoesNotClearItsWarning(reason: TrackEndReason) throws {
        var scene = Scene()
        let track = scene.track(1)
        scene.forecast(track, lead: 0.1, horizon: 0.3)
        scene.keep(scene.engine.take(track, endedFor: reason, at: scene.now))
        let expiry = try #require(scene.engine.warnings.first?.expiresAt)
        scene.pass(expiry.seconds(since: Scene.at(0)) - 1)
        #expect(scene.stage == .takeShelter)
        #expect(scene.changes.map(\.warning.reason) == [.threatWithinLead, .threatSilent])
        scene.pass(2)
        #expect(scene.changes.last?.kind == .ended)
        #expect(scene.changes.last?.warning.reason == .expired)
    }

    @Test func anExistenceThatFadesInSilenceDoesNotClear() {
        var scene = Scene()
        scene.forecast(scene.track(1, heard: 0), lead: 0.1, horizon: 0.3)
        scene.pass(200) { scene in
            var track = scene.track(1, heard: 0)
            track.existence = max(0.0001, 0.99 - scene.seconds / 100)
            scene.forecast(track, areas: [], lead: 0, horizon: 0)
        }
        #expect(scene.stage == .takeShelter)
        #expect(scene.changes.last?.warning.reason == .threatSilent)
    }

    @Test func aSilentThreatKeepsItsWarningUntilTheStatedExpiryAndStillRaisesOthers() throws {
        var scene = Scene()
        scene.forecast(scene.track(1, heard: 0), lead: 0.1, horizon: 0.3)
        scene.pass(200) { scene in
            guard scene.seconds > 60 else { return }
            scene.forecast(scene.track(1, heard: 0), areas: [1], lead: 0.1, horizon: 0.3)
        }
        #expect(scene.engine.warnings.map(\.area) == [Scene.id(0), Scene.id(1)])
        #expect(scene.engine.warnings.map(\.stage) == [.takeShelter, .takeShelter])
        scene.pass(settings.silenceMaximumSeconds + 1_000)
        #expect(scene.engine.warnings.isEmpty)
        #expect(scene.changes.suffix(2).map(\.warning.reason) == [.expired, .expired])
        for change in scene.changes where change.kind != .ended {
            #expect(change.warning.expiresAt > change.warning.changedAt)
        }
    }

    @Test(arguments: [(TrackEndReason.landed, WarningReason.threatEnded), (.merged, .threatExplained)])
    func anExplainedEndClearsAfterTheHold(end: TrackEndReason, reason: WarningReason) {
        var scene = Scene()
        let track = scene.track(1)
        scene.forecast(track, lead: 0.1, horizon: 0.3)
        scene.keep(scene.engine.take(track, endedFor: end, at: scene.now))
        scene.pass(settings.evidenceSeconds - 1)
        #expect(scene.stage == .takeShelter)
        scene.pass(settings.clearingSeconds + 2)
        #expect(scene.changes.map(\.warning.reason) == [.threatWithinLead, reason, .holdElapsed])
    }

    @Test func aThreatThatProvesCooperativeIsExplainedAndNoted() {
        var scene = Scene()
        scene.forecast(scene.track(1), lead: 0.1, horizon: 0.3)
        for _ in 0..<3 { scene.forecast(scene.track(1, cooperative: true), areas: [], lead: 0, horizon: 0) }
        #expect(scene.notices == [.cooperative])
        scene.pass(settings.evidenceSeconds + 1)
        #expect(scene.stage == .clearing)
        #expect(scene.changes.last?.warning.reason == .threatExplained)
    }

    @Test func anOperatorEndsAWarningAndItStaysEndedUnlessTheThreatGrows() {
        var scene = Scene()
        scene.forecast(scene.track(1), lead: 0.002, horizon: 0.3)
        let end = OperatorCommand.endWarning(WarningNumber(1), operatorName: "Ada")
        scene.keep(scene.engine.take(end, at: scene.now))
        #expect(scene.changes.last?.warning.reason == .endedByOperator)
        #expect(scene.changes.last?.warning.expiresAt == scene.now)
        scene.pass(60) { $0.forecast($0.track(1), lead: 0.003, horizon: 0.3) }
        #expect(scene.engine.warnings.isEmpty)
        #expect(scene.notices == [.endedByOperator])
        scene.forecast(scene.track(1), lead: 0.02, horizon: 0.3)
        #expect(scene.engine.warnings.map(\.number) == [WarningNumber(2)])
        #expect(scene.engine.take(end, at: scene.now) == [.commandRefused(end)])
    }

    @Test func anOperatorsWordRunsOut() {
        var scene = Scene()
        scene.forecast(scene.track(1), lead: 0.002, horizon: 0.3)
        scene.keep(scene.engine.take(.endWarning(WarningNumber(1), operatorName: "Ada"), at: scene.now))
        scene.pass(settings.operatorHoldSeconds + 1) { $0.forecast($0.track(1), lead: 0.002, horizon: 0.3) }
        #expect(scene.stage == .takeShelter)
    }

    @Test func oneSourceRaisesABoundedNumberOfAreasAndASecondSourceFreesThem() {
        var scene = Scene(areas: 60)
        let areas = Array(0..<60)
        scene.forecast(scene.track(1, sensors: ["radar-1"]), areas: areas, lead: 0.1, horizon: 0.3)
        #expect(scene.engine.warnings.count { $0.stage == .takeShelter } == settings.areasPerSource)
        #expect(scene.notices.count == 20)
        #expect(Set(scene.notices) == [.notCorroborated])
        let before = scene.outputs.count
        scene.forecast(scene.track(1, sensors: ["radar-1"]), areas: areas, lead: 0.1, horizon: 0.3)
        #expect(scene.outputs.count == before, "said once")
        scene.forecast(scene.track(1, sensors: ["radar-1", "mic-1"]), areas: areas, lead: 0.1, horizon: 0.3)
        #expect(scene.engine.warnings.count { $0.stage == .takeShelter } == 60)
    }

    @Test func oneSourceRaisesABoundedNumberOfPeople() {
        var scene = Scene(areas: 9, population: 300_000)
        scene.forecast(scene.track(1, sensors: ["radar-1"]), areas: Array(0..<9), lead: 0.1, horizon: 0.3)
        #expect(scene.engine.warnings.count { $0.stage == .takeShelter } == 3)
    }

    @Test func aRaidSeenByRadarAndMicrophonesIsNotBounded() {
        var scene = Scene(areas: 84)
        for number in 0..<28 {
            let areas = [number * 3, number * 3 + 1, number * 3 + 2]
            let track = scene.track(UInt64(number + 1), sensors: ["radar-1", "mic-1"])
            scene.forecast(track, areas: areas, lead: 0.1, horizon: 0.3)
        }
        #expect(scene.engine.warnings.count == 84)
        #expect(scene.notices.isEmpty)
    }

    @Test func theCrowdAloneNeverSendsPeopleToShelter() {
        var scene = Scene()
        scene.forecast(scene.track(1, sensors: ["anna", "made-up"]), lead: 0.9, horizon: 0.9)
        #expect(scene.engine.warnings.isEmpty)
        scene.forecast(scene.track(1, sensors: ["anna", "ben", "carl"]), lead: 0.9, horizon: 0.9)
        #expect(scene.stage == .watch)
        #expect(scene.notices == [.crowdOnly])
        scene.forecast(scene.track(1, sensors: ["anna", "ben", "mic-1"]), lead: 0.9, horizon: 0.9)
        #expect(scene.stage == .takeShelter)
    }

    @Test func peopleAreToldOfChangedTimesButNotEverySecond() {
        var scene = Scene()
        scene.forecast(scene.track(1), lead: 0.1, horizon: 0.3, arrival: 200)
        scene.pass(9) { $0.forecast($0.track(1), lead: 0.1, horizon: 0.3, arrival: 100) }
        #expect(scene.changes.count == 1)
        scene.pass(2) { $0.forecast($0.track(1), lead: 0.1, horizon: 0.3, arrival: 100) }
        #expect(scene.changes.map(\.warning.reason) == [.threatWithinLead, .timesChanged])
    }

    /// Of two threats now one and now the other is the first: people are told the earlier time, and a later one only
    /// when it has lasted.
    @Test func timesThatAlternateAreToldOnce() {
        var scene = Scene()
        scene.forecast(scene.track(1), lead: 0.1, horizon: 0.3, arrival: 160)
        scene.pass(60) { scene in
            let left = (Int(scene.seconds) / 12) % 2 == 0 ? 160 - scene.seconds : 366 - scene.seconds
            scene.forecast(scene.track(1), lead: 0.1, horizon: 0.3, arrival: left)
        }
        #expect(scene.changes.count == 1)
        scene.pass(40) { scene in
            scene.forecast(scene.track(1), lead: 0.1, horizon: 0.3, arrival: 366 - scene.seconds)
        }
        #expect(scene.changes.map(\.warning.reason) == [.threatWithinLead, .timesChanged])
        #expect(scene.changes.last?.warning.arrival?.likely == Scene.at(366))
    }

    @Test func aWarningIsExtendedBeforeItLapses() {
        var scene = Scene()
        scene.pass(3_000) { $0.forecast($0.track(1), lead: 0.1, horizon: 0.3, arrival: 100) }
        #expect(scene.stage == .takeShelter)
        for (earlier, later) in zip(scene.changes, scene.changes.dropFirst()) {
            #expect(later.warning.changedAt < earlier.warning.expiresAt)
        }
    }

    @Test func exerciseAndLiveDoNotMix() {
        var scene = Scene()
        scene.forecast(scene.track(1, exercise: true), lead: 0.1, horizon: 0.3)
        scene.forecast(scene.track(2, exercise: false), lead: 0.1, horizon: 0.3)
        #expect(scene.engine.warnings.map(\.exercise) == [true, false])
        #expect(scene.engine.warnings.map(\.tracks) == [[TrackNumber(1)], [TrackNumber(2)]])
    }

    @Test func aDecodedEngineGoesOnTheSame() throws {
        var scene = Scene()
        scene.forecast(scene.track(1), areas: [0, 1], lead: 0.1, horizon: 0.3)
        scene.forecast(scene.track(2, sensors: ["radar-2"]), areas: [2], lead: 0, horizon: 0.3)
        var other = scene
        other.engine = try JSONDecoder().decode(WarningEngine.self, from: JSONEncoder().encode(scene.engine))
        #expect(other.engine == scene.engine)
        scene.pass(1_000)
        other.pass(1_000)
        #expect(other.outputs == scene.outputs)
    }
}
