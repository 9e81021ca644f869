import Foundation
import Testing
import TocsinModel
import TocsinTracking

/// The tracker is a value: the same reports give the same tracks, also when it was stored in between.
@Suite struct TrackerStateTests {
    private static let radar = SensorSettings(
        id: SensorID("radar"), kind: .radar,
        position: SensorPosition(
            point: GeoPoint(latitudeDegrees: 46.9, longitudeDegrees: 7.4), height: GeometricHeight(meters: 500)),
        range: Distance(kilometers: 60), interval: .seconds(4), asterixIdentifier: nil)

    /// Plots of two objects, a bearing and a fix by turns.
    private static let reports: [[Report]] = (0..<40).map { turn in
        let at = Flight.epoch.advanced(bySeconds: Double(turn) * 4)
        let plots = [0.0, 8_000].map { offset in
            Flight.plot(radar, at: at, east: -15_000 + offset + Double(turn) * 200, north: 9_000 - offset)
        }
        let fix = Flight.report(
            address: 0x4b1613, at: at, east: Double(turn) * 800, north: 80_000, heading: .pi / 2, speed: 200)
        let heard = Flight.bearing(
            from: radar, at: at.advanced(bySeconds: -0.4), east: -15_000 + Double(turn) * 200, north: 9_000)
        return turn % 3 == 0 ? plots + [fix, heard] : plots + [fix]
    }

    private static func run(_ tracker: inout Tracker, _ frames: ArraySlice<[Report]>) -> [TrackEvent] {
        frames.flatMap { frame -> [TrackEvent] in
            let now = frame[0].measuredAt.advanced(bySeconds: 0.5)
            return tracker.advance(to: now) + tracker.observe(frame, at: now).events
        }
    }

    @Test func sameReportsGiveTheSameState() {
        var first = Tracker(settings: .standard, sensors: [Self.radar])
        var second = first
        #expect(Self.run(&first, Self.reports[...]) == Self.run(&second, Self.reports[...]))
        #expect(first == second)
        #expect(first.tracks.filter(\.isConfirmed).count == 3)
    }

    @Test func storedTrackerGoesOnBitForBit() throws {
        var straight = Tracker(settings: .standard, sensors: [Self.radar])
        _ = Self.run(&straight, Self.reports[..<17])
        let stored = try JSONEncoder().encode(straight)
        var restored = try JSONDecoder().decode(Tracker.self, from: stored)
        #expect(restored == straight)
        #expect(Self.run(&restored, Self.reports[17...]) == Self.run(&straight, Self.reports[17...]))
        #expect(restored == straight)
    }

    @Test func aPlotOfACooperativeAircraftStartsNothing() throws {
        var tracker = Tracker(settings: .standard, sensors: [Self.radar])
        for second in stride(from: 0, to: 60, by: 4) {
            let at = Flight.epoch.advanced(bySeconds: Double(second))
            let east = -10_000 + 200 * Double(second)
            let fix = Flight.report(
                address: 0x4b1613, at: at, east: east, north: 20_000, heading: .pi / 2, speed: 200)
            let plot = Flight.plot(
                Self.radar, at: at.advanced(bySeconds: 2), east: east + 400, north: 20_000, altitude: 9_000)
            _ = tracker.observe([fix], at: at)
            if second > 8 { _ = tracker.observe([plot], at: at.advanced(bySeconds: 2)) }
        }
        #expect(tracker.tracks.map(\.isCooperative) == [true])
        #expect(tracker.tracks[0].sensors == [SensorID("receiver"), SensorID("radar")])
        #expect(tracker.tracks[0].classes.threat < 1e-4)
    }

    /// Aircraft vanish from radars for minutes: the object may be hidden, so it is doubted at once and lost later.
    @Test func anObjectThatARadarNoLongerSeesIsDoubtedAndThenLost() {
        var tracker = Tracker(settings: .standard, sensors: [Self.radar])
        _ = Self.run(&tracker, Self.reports[..<12])
        let before = tracker.tracks.filter { !$0.isCooperative }
        #expect(before.count == 2)
        // Only the other aircraft is seen from now on: the radar lives, and is silent about the second object.
        var events: [TrackEvent] = []
        for frame in Self.reports[12...] { events += Self.run(&tracker, [[frame[0]]]) }
        let existences = tracker.tracks.filter { !$0.isCooperative }.map(\.existence)
        #expect(existences.count == 2)
        #expect(existences.max() ?? 0 > 0.99)
        #expect(existences.min() ?? 1 < 0.6)
        #expect(events.isEmpty)
        for turn in 40..<90 {
            let at = Flight.epoch.advanced(bySeconds: Double(turn) * 4)
            let plot = Flight.plot(Self.radar, at: at, east: -15_000 + Double(turn) * 200, north: 9_000)
            events += Self.run(&tracker, [[plot]])
        }
        let ended = events.compactMap { event -> TrackEndReason? in
            guard case .ended(let track, let reason) = event, !track.isCooperative else { return nil }
            return reason
        }
        #expect(ended == [.lost])
    }

    @Test func repeatedEstimatesOfOneSystemTeachNothingNew() throws {
        var tracker = Tracker(settings: .standard, sensors: [])
        let report = Flight.estimate(at: Flight.epoch, east: 0, north: 0)
        _ = tracker.observe([report], at: Flight.epoch)
        let before = try #require(tracker.tracks.first)
        for _ in 0..<50 { _ = tracker.observe([report], at: Flight.epoch) }
        let after = try #require(tracker.tracks.first)
        #expect(tracker.tracks.count == 1)
        #expect(after.covariance.eastEast > 0.999 * before.covariance.eastEast)
        #expect(after.covariance.northNorth > 0.999 * before.covariance.northNorth)
        #expect(after.covariance.velocityEastEast > 0.999 * before.covariance.velocityEastEast)
    }

    @Test func aLateReportIsComparedWithThePast() throws {
        var timely = Tracker(settings: .standard, sensors: [])
        let reports = (0..<20).map { second in
            Flight.report(
                address: 0x4b1613, at: Flight.epoch.advanced(bySeconds: Double(second)), east: Double(second) * 200,
                north: 0, heading: .pi / 2, speed: 200)
        }
        for report in reports { _ = timely.observe([report], at: report.measuredAt) }
        var mixed = Tracker(settings: .standard, sensors: [])
        var order = reports
        order.swapAt(15, 18)
        for report in order { _ = mixed.observe([report], at: Flight.epoch.advanced(bySeconds: 20)) }
        let (one, other) = (try #require(timely.tracks.first), try #require(mixed.tracks.first))
        #expect(one.point.greatCircleDistance(to: other.point).meters < 30)
        #expect(other.reportCount == 20)
    }
}
