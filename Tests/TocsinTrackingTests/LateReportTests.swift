import Foundation
import Testing
import TocsinDrill
import TocsinModel
import TocsinTracking

/// Reports that come up to 20 s late, among others that come at once.
@Suite struct LateReportTests {
    private struct Aircraft {
        var path: [PlanePoint]
        var reports: [Report]
    }

    /// An aircraft that turns now and then, and its anonymous position reports, one a second.
    private static func aircraft(_ generator: inout SeededGenerator, number: Int) -> Aircraft {
        var (east, north) = (40_000 * Double(number % 5), 40_000 * Double(number / 5))
        var heading = 6.28 * generator.uniform()
        var turn = 0.0
        var result = Aircraft(path: [], reports: [])
        for second in 0..<240 {
            if second % 25 == 0 { turn = generator.happens(withProbability: 0.5) ? 0.03 * generator.normal() : 0 }
            heading += turn
            east += 60 * sin(heading)
            north += 60 * cos(heading)
            result.path.append(PlanePoint(east: east, north: north))
            var report = Flight.report(
                address: nil, at: Flight.epoch.advanced(bySeconds: Double(second)),
                east: east + 50 * generator.normal(), north: north + 50 * generator.normal(), heading: 0, speed: 0)
            guard case .fix(var fix) = report.measurement else { continue }
            (fix.velocity, fix.verticalRate) = (nil, nil)
            report.measurement = .fix(fix)
            result.reports.append(report)
        }
        return result
    }

    /// Every fourth report comes up to 20 s late. Once all have come, the tracks stand where they would stand had
    /// all come in order: within 2 % of the error.
    @Test func lateReportsTeachWhatTheyWouldHaveTaughtInTime() {
        var generator = SeededGenerator(seed: 41)
        let all = (0..<25).map { Self.aircraft(&generator, number: $0) }
        // At every whole second all reports are in, except in the shuffled run the held ones of every 40 s, which
        // come together before the moment of comparison.
        var inOrder: [(at: Double, report: Report)] = []
        var shuffled: [(at: Double, report: Report)] = []
        for (number, aircraft) in all.enumerated() {
            for (second, report) in aircraft.reports.enumerated() {
                let at = Double(second)
                inOrder.append((at, report))
                let isHeld = (second + number) % 4 == 0 && second % 40 >= 20
                shuffled.append((isHeld ? Double(second / 40 * 40 + 39) + 0.25 : at, report))
            }
        }
        inOrder.sort { $0.at < $1.at }
        shuffled.sort { $0.at < $1.at }
        let moments = Set(stride(from: 79.5, to: 240, by: 40))
        let (one, oneCount) = Self.errorAt(moments, inOrder, all)
        let (two, twoCount) = Self.errorAt(moments, shuffled, all)
        let (without, _) = Self.errorAt(
            moments, shuffled.filter { $0.at == $0.at.rounded() }, all)
        print(
            "late reports: in order \(one) m, shuffled \(two) m, without the late ones \(without) m;",
            "tracks \(oneCount), \(twoCount)")
        #expect(abs(two / one - 1) < 0.02)
        #expect(oneCount == 25 && twoCount == 25)
    }

    /// The root mean square error at the whole second before each of the moments.
    private static func errorAt(
        _ moments: Set<Double>, _ arrivals: [(at: Double, report: Report)], _ all: [Aircraft]
    ) -> (Double, Int) {
        var tracker = Tracker(settings: .standard, sensors: [])
        var sum = 0.0
        var count = 0
        var next = 0
        for moment in moments.sorted() {
            while next < arrivals.count, arrivals[next].at < moment {
                var report = arrivals[next].report
                report.receivedAt = Flight.epoch.advanced(bySeconds: arrivals[next].at)
                _ = tracker.observe([report], at: report.receivedAt)
                _ = tracker.advance(to: report.receivedAt)
                next += 1
            }
            let now = Flight.epoch.advanced(bySeconds: moment - 0.5)
            let present = tracker.tracks.filter(\.isConfirmed).compactMap { tracker.track($0.number, at: now) }
            for aircraft in all {
                let truth = aircraft.path[Int(moment - 0.5)]
                let error =
                    present.map { track in
                        let place = Flight.plane.project(track.point)
                        return hypot(place.east - truth.east, place.north - truth.north)
                    }.min() ?? 1e6
                sum += error * error
                count += 1
            }
        }
        return ((sum / Double(count)).squareRoot(), tracker.tracks.filter(\.isConfirmed).count)
    }
}
