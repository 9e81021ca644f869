import Foundation
import Testing
import TocsinDrill
import TocsinModel
import TocsinTestKit
import TocsinTracking

/// Every fourth report of a radar, or of microphones, comes up to 20 s late: once all have come, the tracks are as
/// good as if all had come in order.
@Suite struct LateMixTests {
    /// Straight ones, and as many that turn; of fewer the ratio is chance.
    private static let flights = 12

    /// Those of the second half of every 40 s come together just before the look at their end.
    private static func late(_ messages: [SimulatedMessage]) -> [SimulatedMessage] {
        let late = messages.enumerated().map { index, message -> SimulatedMessage in
            guard index % 4 == 0, case .report(var report) = message.content else { return message }
            let seconds = message.arrivesAt.seconds(since: Flight.epoch)
            let block = (seconds / 40).rounded(.down)
            guard seconds - 40 * block >= 20, seconds - 40 * block < 39 else { return message }
            report.receivedAt = Flight.epoch.advanced(bySeconds: 40 * block + 39.25)
            return SimulatedMessage(
                arrivesAt: report.receivedAt, object: message.object, content: .report(report))
        }
        return late.sorted {
            ($0.arrivesAt, $0.sensor, $0.measuredAt) < ($1.arrivesAt, $1.sensor, $1.measuredAt)
        }
    }

    /// The errors, meters, at 39.5 s of every 40 s.
    private static func errors(_ run: MixRun, _ messages: [SimulatedMessage]) -> [Double] {
        var tracker = Tracker(settings: .standard, sensors: run.sensors)
        var errors: [Double] = []
        var next = 0
        for half in 0..<(2 * (run.object.samples.count - 1)) {
            let now = Flight.epoch.advanced(bySeconds: Double(half) / 2)
            while next < messages.count, messages[next].arrivesAt <= now {
                switch messages[next].content {
                case .alive(let sensor, _): tracker.hear([sensor], at: messages[next].arrivesAt)
                case .report(let report): _ = tracker.observe([report], at: messages[next].arrivesAt)
                }
                next += 1
            }
            tracker.hear(run.sensors.filter { $0.kind == .microphone }.map(\.id), at: now)
            _ = tracker.advance(to: now)
            guard half % 80 == 79, half > 80, let sample = run.object.sample(at: now) else { continue }
            let truth = Flight.plane.project(sample.point)
            guard max(abs(truth.east), abs(truth.north)) < MixFlight.reach - 1_000 else { continue }
            let nearest = tracker.tracks.filter(\.isConfirmed).compactMap { tracker.track($0.number, at: now) }
                .map { track in
                    let place = Flight.plane.project(track.point)
                    return hypot(place.east - truth.east, place.north - truth.north)
                }.min()
            errors.append(min(nearest ?? 2_000, 2_000))
        }
        return errors
    }

    @Test(
        .enabled(if: isOptimized, "takes minutes in debug"),
        arguments: [
            SensorMix(name: "radar", radars: 1), SensorMix(name: "radar with height", radars: 1, heights: true),
            SensorMix(name: "microphones", microphones: true),
            SensorMix(name: "radar and microphones", radars: 1, microphones: true),
        ])
    func lateReportsTeachWhatTheyWouldHaveTaught(_ mix: SensorMix) {
        var (inOrder, shuffled, without): ([Double], [Double], [Double]) = ([], [], [])
        for turning in [false, true] {
            for seed in 0..<Self.flights {
                let run = MixRun(
                    mix, MixFlight(isFast: false, manoeuvres: turning), seed: UInt64(5_000 + seed))
                let late = Self.late(run.messages)
                inOrder += Self.errors(run, run.messages)
                shuffled += Self.errors(run, late)
                let timely = Set(run.messages)
                without += Self.errors(run, late.filter(timely.contains))
            }
        }
        func mean(_ errors: [Double]) -> Double {
            (errors.reduce(0) { $0 + $1 * $1 } / Double(errors.count)).squareRoot()
        }
        func middle(_ errors: [Double]) -> Double { errors.sorted()[errors.count / 2] }
        print(
            "late, \(mix.name): \(inOrder.count) looks, root mean square in order \(mean(inOrder)) m, shuffled",
            "\(mean(shuffled)) m, without the late ones \(mean(without)) m; medians \(middle(inOrder)),",
            "\(middle(shuffled)), \(middle(without))")
        #expect(mean(shuffled) < 1.02 * mean(inOrder))
    }
}
