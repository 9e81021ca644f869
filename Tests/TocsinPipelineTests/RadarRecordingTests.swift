import Testing
import TocsinModel
import TocsinPipeline
import TocsinTestKit

/// A real radar, an hour over Barcelona: our tracks against the radar's own.
@Suite struct RadarRecordingTests {
    private static let path = "data/asterix/bcn_cat048_230502_60min.ast"
    /// Made up: range and azimuth say nothing of where the radar stands.
    private static let place = SensorPosition(
        point: GeoPoint(latitudeDegrees: 0, longitudeDegrees: 0), height: GeometricHeight(meters: 0))

    private static func scores(_ recording: RadarRecording) throws -> (hidden: TrackScore, open: TrackScore) {
        let trial = RecordingTrial(
            radar: place, turnSeconds: try #require(recording.turnSeconds), range: 1.01 * recording.farthest)
        func score(_ knowledge: RecordingTrial.Knowledge) -> TrackScore {
            recording.score(trial.run(recording, knowledge).map { $0?.rawValue })
        }
        return (score(.placeOnly), score(.all))
    }

    #if DEBUG
        /// Without optimisation an hour takes minutes: ten minutes then have to do, and looser figures.
        @Test(.enabled(if: SharedFolder.isPresent, Comment(rawValue: SharedFolder.absence)))
        func tenMinutesOfBarcelonaAreFollowed() throws {
            let recording = RadarRecording(try SharedFolder.bytes(Self.path)).prefix(seconds: 600)
            let (hidden, open) = try Self.scores(recording)
            #expect(hidden.objects == 66)
            #expect(hidden.followed >= 60 && hidden.switches <= 10, "\(hidden)")
            #expect(hidden.purity >= 0.98 && hidden.tracksWithoutObject <= 6, "\(hidden)")
            #expect(open.followed >= 65 && open.switches <= 1, "\(open)")
        }
    #else
        @Test(.enabled(if: SharedFolder.isPresent, Comment(rawValue: SharedFolder.absence)))
        func anHourOfBarcelonaIsFollowedAsPromised() throws {
            let recording = RadarRecording(try SharedFolder.bytes(Self.path))
            let (hidden, open) = try Self.scores(recording)
            #expect(hidden.objects == 171)
            #expect(hidden.followed >= 150 && hidden.switches <= 45, "\(hidden)")
            #expect(hidden.purity >= 0.985 && hidden.tracksWithoutObject <= 12, "\(hidden)")
            #expect(open.followed >= 168 && open.switches <= 5, "\(open)")
        }
    #endif

    /// The same parameters, other radars; their objects are told apart by Mode A.
    @Test(
        .enabled(if: SharedFolder.isPresent, Comment(rawValue: SharedFolder.absence)),
        arguments: ["argentina_260429", "argentina_cba_010626"])
    func argentineRadarsAreFollowed(name: String) throws {
        let recording = RadarRecording(try SharedFolder.bytes("data/asterix/\(name).pcap"))
        let (hidden, open) = try Self.scores(recording)
        #expect(hidden.objects >= 16 && recording.objectKey == .modeA)
        #expect(hidden.followed >= hidden.objects - 1 && hidden.switches <= 2, "\(hidden)")
        #expect(open.followed >= open.objects - 1 && open.switches <= 2, "\(open)")
    }

    @Test func scoreCountsWhatItSays() {
        let one = [UInt32?](repeating: 1, count: 10) + [UInt32?](repeating: 2, count: 9)
        let numbers: [UInt64?] = [nil] + [UInt64?](repeating: 7, count: 9) + [UInt64?](repeating: 7, count: 9)
        let score = TrackScore(objects: one, numbers: numbers)
        #expect(score.objects == 1 && score.followed == 1 && score.switches == 0 && score.tracks == 1)
        #expect(score.purity == 0.5)
        let alternating = TrackScore(
            objects: [UInt32?](repeating: 3, count: 10), numbers: (0..<10).map { UInt64($0 % 2) })
        #expect(alternating.switches == 9 && alternating.followed == 0)
    }
}
