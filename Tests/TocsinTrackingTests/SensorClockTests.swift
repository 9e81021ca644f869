import Foundation
import Testing
import TocsinDrill
import TocsinModel
import TocsinTracking

@Suite struct SensorClockTests {
    /// A sensor with a clock `ahead` of true time over a line of 0 to 3 s, a report each second.
    struct Bench {
        var clock = SensorClock(sensor: SensorID("mic"))
        var random: SeededGenerator
        var seesTraffic: Bool
        var biasSpread: Double?
        var second = 0.0
        var refused = 0
        var used = 0
        /// What each event was and after how many reports it came.
        var events: [(event: SensorEvent, report: Int)] = []

        init(seed: UInt64, seesTraffic: Bool) {
            random = SeededGenerator(seed: seed)
            self.seesTraffic = seesTraffic
        }

        mutating func run(ahead: Double, reports: Int) {
            for _ in 0..<reports {
                second += 1
                let truth = Flight.epoch.advanced(bySeconds: second)
                let receivedAt = truth.advanced(bySeconds: 3 * random.uniform())
                let claim = truth.advanced(bySeconds: ahead)
                let verdict = clock.receive(measuredAt: claim, receivedAt: receivedAt)
                if verdict.measuredAt == nil { refused += 1 } else { used += 1 }
                if let event = verdict.event { events.append((event, refused + used)) }
                guard seesTraffic else { continue }
                let believed = verdict.measuredAt ?? claim
                // A plot of 120 m along the way; a mistaken association far away is never made.
                let residual = truth.seconds(since: believed) * 220 + 120 * random.normal()
                guard abs(residual) < 2_000 else { continue }
                clock.compare(
                    alongTrack: residual, variance: 120 * 120, speed: 220,
                    aircraft: AircraftAddress(UInt32(1 + Int(second) % 8)), at: receivedAt,
                    biasSpread: biasSpread)
            }
        }
    }

    struct Row: CustomTestStringConvertible {
        var ahead: Double
        var seesTraffic: Bool
        var expected: Outcome
        var testDescription: String { "\(ahead) s ahead, traffic \(seesTraffic)" }
    }

    enum Outcome: Equatable { case believed, corrected, quarantined }

    /// 2 s behind without traffic is a slow line and nothing else; that is not told apart and not pretended.
    static let rows = [
        Row(ahead: 0, seesTraffic: false, expected: .believed), Row(ahead: 0, seesTraffic: true, expected: .believed),
        Row(ahead: 2, seesTraffic: false, expected: .corrected), Row(ahead: 2, seesTraffic: true, expected: .corrected),
        Row(ahead: -2, seesTraffic: false, expected: .believed),
        Row(ahead: -2, seesTraffic: true, expected: .corrected),
        Row(ahead: 90, seesTraffic: false, expected: .quarantined),
        Row(ahead: -90, seesTraffic: false, expected: .quarantined),
        Row(ahead: -90, seesTraffic: true, expected: .quarantined),
        Row(ahead: 3_600, seesTraffic: false, expected: .quarantined),
        Row(ahead: -3_600, seesTraffic: false, expected: .quarantined),
        Row(ahead: 1_024 * 604_800, seesTraffic: false, expected: .quarantined),
        Row(ahead: -1_024 * 604_800, seesTraffic: false, expected: .quarantined),
        Row(ahead: -8, seesTraffic: true, expected: .quarantined),
    ]

    @Test(arguments: rows) func offsetsAreCorrectedOrQuarantined(row: Row) throws {
        for seed in 1...20 {
            var bench = Bench(seed: UInt64(seed), seesTraffic: row.seesTraffic)
            bench.run(ahead: row.ahead, reports: 300)
            switch row.expected {
            case .believed:
                #expect(bench.events.isEmpty && bench.refused == 0)
                #expect(bench.clock.state == .believed)
            case .corrected:
                let first = try #require(bench.events.first)
                guard case .clockCorrected(SensorID("mic"), let offset) = first.event else {
                    Issue.record("\(first)")
                    continue
                }
                #expect(abs(offset - row.ahead) < 0.7)
                // Receipt alone bounds the offset from below, to the feed's least delay.
                let short = row.ahead - bench.clock.offsetSeconds
                #expect(row.seesTraffic ? abs(short) < 0.35 : (0..<0.8).contains(short))
                #expect(bench.refused == 0)
            case .quarantined:
                let first = try #require(bench.events.first)
                guard case .clockQuarantined(SensorID("mic"), let offset) = first.event else {
                    Issue.record("\(first)")
                    continue
                }
                #expect(abs(offset - row.ahead) < 3.1)
                // By receipt alone within ten reports, and none of them was used.
                if abs(row.ahead) > 10 { #expect(first.report <= 10 && bench.used == 0) }
                #expect(bench.clock.state == .quarantined)
            }
        }
    }

    /// A range bias moves aircraft along their way too, each by its direction; a bias then explains it better.
    @Test func whatABiasExplainsBetterIsNoWrongClock() {
        for seed in 1...20 {
            var bench = Bench(seed: UInt64(seed), seesTraffic: true)
            bench.biasSpread = 0.1
            bench.run(ahead: -2, reports: 300)
            #expect(bench.events.isEmpty && bench.clock.state == .believed)
        }
    }

    @Test func quarantineEndsWhenTheClockIsRightForAWhile() {
        var bench = Bench(seed: 3, seesTraffic: false)
        bench.run(ahead: 90, reports: 20)
        bench.run(ahead: 0, reports: 10)
        #expect(bench.clock.state == .quarantined)
        bench.run(ahead: 0, reports: 60)
        #expect(bench.clock.state == .believed)
        #expect(bench.events.map(\.event).last == .clockReleased(SensorID("mic")))
        #expect(bench.events.count == 2)
        #expect(bench.used >= 35)
    }

    @Test func correctionIsWithdrawnWhenTheClockIsSetRight() {
        var bench = Bench(seed: 4, seesTraffic: true)
        bench.run(ahead: 2, reports: 200)
        bench.run(ahead: 0, reports: 400)
        #expect(bench.clock.state == .believed)
        #expect(bench.events.map(\.event).last == .clockCorrected(SensorID("mic"), offsetSeconds: 0))
    }

    /// Three stray times among good ones are refused one by one and change nothing else.
    @Test func strayTimesAreRefusedButDoNotQuarantine() {
        var bench = Bench(seed: 5, seesTraffic: false)
        for _ in 0..<20 {
            bench.run(ahead: 0, reports: 5)
            bench.run(ahead: -400, reports: 1)
            bench.run(ahead: 5_000, reports: 1)
        }
        #expect(bench.events.isEmpty)
        #expect(bench.refused == 40)
        #expect(bench.used == 100)
    }
}
