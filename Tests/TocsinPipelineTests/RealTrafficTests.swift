import Foundation
import Testing
import TocsinForecast
import TocsinModel
import TocsinPipeline
import TocsinTracking
import TocsinWarning

/// An hour of real flights over warned areas: everyone is followed, and nobody is alarmed.
@Suite struct RealTrafficTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let recording = root.appending(path: ".cache/demo/flights.jsonl")
    static let isThere = FileManager.default.fileExists(atPath: recording.path)
    /// Without optimisation an hour takes minutes; the first part of it then has to do.
    #if DEBUG
        private static let reportsMaximum = 2_000
    #else
        private static let reportsMaximum = Int.max
    #endif

    @Test(.enabled(if: RealTrafficTests.isThere, "needs the demo's flights: run `make test`"))
    func everyAircraftKeepsOneTrackAndRaisesNoWarning() throws {
        let lines = try String(contentsOf: Self.recording, encoding: .utf8).split(separator: "\n")
            .prefix(Self.reportsMaximum)
        var pipeline = Pipeline(settings: Self.settings)
        var sequence: UInt64 = 0
        var tracksOfAircraft: [String: [TrackNumber?: Int]] = [:]
        var outputs: [Output] = []
        for line in lines {
            let (address, at) = try Self.stamp(of: line)
            while let deadline = pipeline.nextDeadline, deadline < at {
                sequence += 1
                outputs += pipeline.step(Input(sequence: sequence, acceptedAt: deadline, payload: .tick))
            }
            sequence += 1
            let frame = Frame(feed: FeedNumber(0), bytes: Array(line.utf8))
            outputs += pipeline.step(Input(sequence: sequence, acceptedAt: at, payload: .frame(frame)))
            let track = pipeline.tracks.first {
                $0.identity.address?.description == address && $0.lastReportAt == at
            }
            tracksOfAircraft[address, default: [:]][track?.number, default: 0] += 1
        }
        let distrusted = Set(
            outputs.compactMap { output -> String? in
                guard case .track(.trust(let track, .lost)) = output else { return nil }
                return track.identity.address?.description
            })
        for (address, tracks) in tracksOfAircraft {
            let reports = tracks.values.reduce(0, +)
            let best = tracks.filter { $0.key != nil }.values.max() ?? 0
            // Claims that contradict themselves are not used; the aircraft keeps its one track all the same.
            guard !distrusted.contains(address) else {
                #expect(tracks.count { $0.key != nil } == 1, "\(address): \(tracks)")
                continue
            }
            // One report of a few may come before its track: aircraft with fewer than ten are not judged.
            #expect(reports < 10 || best * 100 >= reports * 95, "\(address): \(best) of \(reports) on its main track")
        }
        print("real traffic: \(tracksOfAircraft.count) aircraft, not believed: \(distrusted.sorted())")
        // Their recordings contradict themselves: velocities kept for minutes, or filled in over a gap.
        #expect(distrusted.isSubset(of: ["3444ca", "495230", "4ca788"]))
        #expect(tracksOfAircraft.count > 40)
        #expect(!outputs.contains { if case .warning = $0 { true } else { false } })
        #expect(!outputs.contains { if case .rejected = $0 { true } else { false } })
    }

    private static func stamp(of line: Substring) throws -> (address: String, at: Instant) {
        let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        let address = try #require(object?["address"] as? String)
        let time = try #require(object?["time"] as? String)
        return (address, try #require(Instant(iso8601: time)))
    }

    /// Areas of 20 km side by side over the whole country: every flight crosses some.
    private static var settings: PipelineSettings {
        let areas = (0..<180).map { number -> Area in
            let south = 45.8 + Double(number / 18) * 0.2
            let west = 6 + Double(number % 18) * 0.25
            let corners = [(0, 0), (0, 0.25), (0.2, 0.25), (0.2, 0)].map { (north: Double, east: Double) in
                GeoPoint(latitudeDegrees: south + north, longitudeDegrees: west + east)
            }
            return Area(
                id: AreaID("area-\(number)"), names: [], population: 10_000, polygon: GeoPolygon(vertices: corners),
                secondsToShelter: 90, protects: [.homes])
        }
        let feed = FeedSettings(name: "flights", format: .reports, exercise: false, timeShift: .zero, sensor: nil)
        return PipelineSettings(
            feeds: [feed], sensors: [], areas: areas, tracking: .standard, forecast: .standard, warning: .standard)
    }
}
