import Foundation
import TocsinModel
import TocsinTracking

/// `UpdateBenchmark COUNT`: one aircraft, COUNT position reports a second apart, each of them one predict and one
/// update of every motion model through the whole tracker. Run it under callgrind with two counts: the difference
/// of the instructions, divided by the difference of the counts, is the cost of one report. Prints the seconds.
@main
enum UpdateBenchmark {
    static func main() {
        guard CommandLine.arguments.count == 2, let count = Int(CommandLine.arguments[1]), count > 0 else {
            FileHandle.standardError.write(Data("usage: UpdateBenchmark COUNT\n".utf8))
            exit(2)
        }
        var tracker = Tracker(settings: .standard, sensors: [])
        let start = Instant(nanosecondsSinceEpoch: 1_533_100_000_000_000_000)
        let reports = (0..<count).map { report(number: $0, start: start) }
        let clock = ContinuousClock()
        var updated = 0
        let took = clock.measure {
            for report in reports { updated += tracker.observe([report], at: report.receivedAt).updated.count }
        }
        let seconds = Double(took.components.seconds) + Double(took.components.attoseconds) * 1e-18
        print(#"{"reports":\#(count),"updated":\#(updated),"seconds":\#(seconds)}"#)
    }

    /// Due east at 230 m/s near Bern.
    static func report(number: Int, start: Instant) -> Report {
        let at = start.advanced(bySeconds: Double(number))
        // Turns round after a thousand seconds, so that any count stays over Europe.
        let phase = Double(number % 2_000)
        let way = phase < 1_000 ? phase : 2_000 - phase
        let point = GeoPoint(latitudeDegrees: 46.95, longitudeDegrees: 7.45 + way * 230 / 76_000)
        let fix = Fix(
            point: point, height: GeometricHeight(meters: 10_000), pressureAltitude: nil,
            horizontalSigma: Distance(meters: 30), velocity: nil, verticalRate: nil)
        let identity = IdentityEvidence(
            address: AircraftAddress(0x4B1613), callsign: nil, modeA: nil, isCooperative: true)
        return Report(
            feed: FeedNumber(0), sensor: SensorID("benchmark"), measuredAt: at, receivedAt: at, measurement: .fix(fix),
            identity: identity, classEvidence: nil, exercise: false)
    }
}
