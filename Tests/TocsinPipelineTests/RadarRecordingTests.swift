import Foundation
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

    /// What ghosts are found by (`RadarFootprint.surelySees`): where a radar looks 2 to 40 degrees up, within 9/10 of
    /// its range, it gives a plot in nearly every turn. Places between two plots of one address are interpolated.
    @Test(.enabled(if: SharedFolder.isPresent, Comment(rawValue: SharedFolder.absence)))
    func aRadarHardlyMissesWhatItSurelySees() throws {
        let recording = RadarRecording(try SharedFolder.bytes(Self.path))
        let turn = try #require(recording.turnSeconds)
        var last: [AircraftAddress: (at: Instant, place: SIMD3<Double>)] = [:]
        var (seen, missed) = (0, 0)
        for plot in recording.plots {
            guard case .polar(let polar) = plot.report.measurement, let address = plot.report.identity.address,
                let height = polar.pressureAltitude?.meters
            else { continue }
            let place = Self.place(of: polar, height: height)
            defer { last[address] = (plot.report.measuredAt, place) }
            guard let before = last[address] else { continue }
            let seconds = plot.report.measuredAt.seconds(since: before.at)
            let turns = Int((seconds / turn).rounded())
            guard turns > 0, seconds < 600 else { continue }
            for number in 0..<turns {
                let share = Double(number) / Double(turns)
                let between = before.place + (place - before.place) * share
                let range = (between * between).sum().squareRoot()
                guard range < 0.9 * recording.farthest, (0.0349...0.643).contains(between.z / range) else { continue }
                if number == 0 { seen += 1 } else { missed += 1 }
            }
        }
        print("Barcelona, 2 to 40 degrees up: \(missed) of \(seen + missed) plots missing")
        #expect(seen > 20_000)
        #expect(missed * 1_000 < seen)
    }

    /// Meters east, north and above the plane through the radar.
    private static func place(of polar: Polar, height: Double) -> SIMD3<Double> {
        let range = polar.slantRange.meters
        let up = height - range * range / (2 * 6_371_008.8)
        let ground = max(range * range - up * up, 0).squareRoot()
        return SIMD3(ground * sin(polar.azimuth.radians), ground * cos(polar.azimuth.radians), up)
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
