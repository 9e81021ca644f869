import Testing
import TocsinModel
import TocsinServer

@Suite struct WallClockTests {
    private let start = MadeUpNight.epoch

    private func reading(_ seconds: Double, utcOffset: Double = 0) -> ClockReading {
        ClockReading(monotonic: .seconds(seconds), utc: start.advanced(bySeconds: seconds + utcOffset))
    }

    @Test func aScenarioRunsAtItsRate() {
        var clock = WallClock(mode: .scenario, rate: 10, start: start, reading: reading(5))
        #expect(clock.read(reading(7)) == start.advanced(bySeconds: 20))
        #expect(clock.wait(until: start.advanced(bySeconds: 50), from: reading(7)) == .seconds(3))
        #expect(clock.isTrusted)
    }

    @Test(arguments: [-3_600.0, 3_600])
    func aStepOfTheWallClockIsToldAndFollowedGently(step: Double) {
        var clock = WallClock(mode: .live, rate: 1, start: start, reading: reading(0))
        var last = clock.read(reading(0))
        for second in 1...600 {
            let offset = second < 100 ? 0 : step
            let now = clock.read(reading(Double(second), utcOffset: offset))
            let passed = now.seconds(since: last)
            #expect(abs(passed - 1) < 0.000_6, "jumped by \(passed) s at second \(second)")
            last = now
            #expect(clock.isTrusted == (second < 100))
        }
    }

    @Test func readingsOutOfOrderNeverGoBack() {
        var clock = WallClock(mode: .scenario, rate: 1, start: start, reading: reading(10))
        #expect(clock.read(reading(9)) == start)
    }
}
