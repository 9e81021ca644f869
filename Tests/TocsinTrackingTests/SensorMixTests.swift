import Foundation
import Testing
import TocsinDrill
import TocsinModel
import TocsinTestKit
import TocsinTracking

/// Whether the stated ellipse is honest for every mix of sensors, in flights that fly straight and that turn: the
/// normalized error squared (NEES) of the place in the plane is chi-squared with 2 degrees of freedom if it is
/// (Bar-Shalom 2001, section 5.4).
@Suite struct SensorMixTests {
    private static let flights = 24

    /// What came of the flights of one kind under one mix.
    struct Account {
        var steps = 0
        var followed = 0
        var inside = 0
        var insideHalf = 0
        var sum = 0.0
        var errors: [Double] = []
        var tracks = 0

        static func += (left: inout Account, right: Account) {
            left.steps += right.steps
            left.followed += right.followed
            left.inside += right.inside
            left.insideHalf += right.insideHalf
            left.sum += right.sum
            left.errors += right.errors
            left.tracks += right.tracks
        }

        var share: Double { Double(inside) / Double(max(followed, 1)) }

        var text: String {
            let sorted = errors.sorted()
            return String(
                format: "%.1f %% inside the 95 %% ellipse, %.1f %% inside the 50 %% one, NEES %.2f, followed"
                    + " %.3f of %d steps by %d tracks, median error %.0f m",
                100 * share, 100 * Double(insideHalf) / Double(max(followed, 1)), sum / Double(max(followed, 1)),
                Double(followed) / Double(max(steps, 1)), steps, tracks, sorted.isEmpty ? 0 : sorted[sorted.count / 2])
        }
    }

    @Test(.enabled(if: isOptimized, "takes many minutes in debug"), arguments: SensorMix.all)
    func theTruthIsInsideTheEllipse(_ mix: SensorMix) {
        var whole = Account()
        for flight in MixFlight.all {
            var account = Account()
            for seed in 0..<Self.flights { account += Self.run(mix, flight, seed: UInt64(4_000 + seed)) }
            print("mix:", mix.name + ",", flight.name + ":", account.text)
            #expect(account.share > 0.85, "\(mix.name), \(flight.name)")
            whole += account
        }
        print("mix:", mix.name + ": all:", whole.text)
        #expect((0.93...0.99).contains(whole.share))
        #expect(Double(whole.followed) / Double(whole.steps) > 0.9)
    }

    /// Looks once a second from 30 s on, while the object is over the field, at the confirmed track next to it.
    private static func run(_ mix: SensorMix, _ flight: MixFlight, seed: UInt64) -> Account {
        let run = MixRun(mix, flight, seed: seed)
        var tracker = Tracker(settings: .standard, sensors: run.sensors)
        var account = Account()
        var numbers = Set<TrackNumber>()
        var next = 0
        for second in run.object.samples.indices {
            let now = Flight.epoch.advanced(bySeconds: Double(second))
            while next < run.messages.count, run.messages[next].arrivesAt <= now {
                switch run.messages[next].content {
                case .alive(let sensor, _): tracker.hear([sensor], at: run.messages[next].arrivesAt)
                case .report(let report): _ = tracker.observe([report], at: run.messages[next].arrivesAt)
                }
                next += 1
            }
            let listeners = run.sensors.filter { $0.kind == .microphone }.map(\.id)
            tracker.hear(listeners, at: now)
            _ = tracker.advance(to: now)
            let truth = Flight.plane.project(run.object.samples[second].point)
            guard second > 30, max(abs(truth.east), abs(truth.north)) < MixFlight.reach - 1_000 else { continue }
            account.steps += 1
            let errors = tracker.tracks.filter(\.isConfirmed).compactMap { tracker.track($0.number, at: now) }
                .map { track in
                    let place = Flight.plane.project(track.point)
                    return (track, PlanePoint(east: place.east - truth.east, north: place.north - truth.north))
                }
            guard let (track, error) = errors.min(by: { $0.1.length < $1.1.length }), error.length < 4_000
            else { continue }
            numbers.insert(track.number)
            let squared = track.covariance.squaredDistance(of: error)
            account.followed += 1
            account.sum += squared
            account.errors.append(error.length)
            // The 95 % and 50 % quantiles of chi-squared with 2 degrees of freedom.
            if squared < 5.991 { account.inside += 1 }
            if squared < 1.386 { account.insideHalf += 1 }
        }
        account.tracks = numbers.count
        return account
    }
}
