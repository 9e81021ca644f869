import Testing
import TocsinModel
import TocsinTracking

@Suite struct RealAircraftTests {
    /// One aircraft turning at 3 degrees per second between straight legs, with a gap of four minutes.
    @Test func oneAircraftKeepsOneTrackThroughTurnsAndGaps() {
        var tracker = Tracker(settings: .standard, sensors: [])
        var numbers: [TrackNumber] = []
        var confirmed = 0
        for report in Flight.circuit(address: 0x4b1613) {
            #expect(tracker.advance(to: report.measuredAt).isEmpty)
            let observed = tracker.observe([report], at: report.measuredAt)
            confirmed += observed.events.count
            numbers += observed.updated
        }
        #expect(Set(numbers) == [TrackNumber(1)])
        #expect(confirmed == 1)
    }

    @Test func silenceEndsAConfirmedTrackAsLost() throws {
        var tracker = Tracker(settings: .standard, sensors: [])
        let reports = Flight.circuit(address: 0x4b1613).prefix(10)
        for report in reports { _ = tracker.observe([report], at: report.measuredAt) }
        let last = try #require(reports.last).measuredAt
        #expect(tracker.advance(to: last.advanced(bySeconds: 290)).isEmpty)
        let events = tracker.advance(to: last.advanced(bySeconds: 310))
        guard case .ended(let track, .lost)? = events.first else {
            Issue.record("not lost: \(events)")
            return
        }
        #expect(track.number == TrackNumber(1))
        #expect(tracker.tracks.isEmpty)
    }

    @Test func exerciseReportsNeverTouchLiveTracks() {
        var tracker = Tracker(settings: .standard, sensors: [])
        for report in Flight.circuit(address: 0x4b1613).prefix(20) {
            var drill = report
            drill.exercise = true
            _ = tracker.observe([report, drill], at: report.measuredAt)
        }
        #expect(tracker.tracks.map(\.exercise) == [false, true])
        #expect(tracker.tracks.map(\.reportCount) == [20, 20])
    }
}
