import Foundation
import Testing
import TocsinModel

@Suite struct InstantTextTests {
    @Test func textAgreesWithFoundationOverTheWholeRange() throws {
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        var state: UInt64 = 1
        for _ in 0..<300 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            // Years 1830 to 2109, to whole milliseconds, which Foundation's Double of seconds still holds.
            let milliseconds = Int64(state >> 1) % 4_400_000_000_000
            let instant = Instant(nanosecondsSinceEpoch: (state & 1 == 0 ? milliseconds : -milliseconds) * 1_000_000)
            let read = try style.parse(instant.iso8601)
            #expect(abs(read.timeIntervalSince1970 - instant.secondsSinceEpoch) < 0.000_6)
            #expect(Instant(iso8601: instant.iso8601) == instant)
        }
    }

    @Test(arguments: [Int64.min, -1, 0, 1, 999, 1_000, 250_000_000, 951_782_400_000_000_000, .max])
    func exactTextReadsBackAsTheSameInstant(_ nanoseconds: Int64) {
        let instant = Instant(nanosecondsSinceEpoch: nanoseconds)
        // The very first instants of the range cannot be read back: their whole second lies before it.
        let readable = nanoseconds == .min ? nil : instant
        #expect(Instant(iso8601: instant.iso8601Exact) == readable)
    }

    @Test func zonesAndFractionsAreUnderstood() {
        let instant = Instant(nanosecondsSinceEpoch: 1_795_366_800_250_000_000)
        for text in [
            "2026-11-22T17:00:00.250Z", "2026-11-22t17:00:00,25z", "2026-11-22 18:00:00.25+01:00",
            "2026-11-22T18:00:00.25000000000+01", "2026-11-22T11:30:00.250-0530", "2026-11-22T16:59:60.25Z",
        ] {
            #expect(Instant(iso8601: text) == instant, "\(text)")
        }
        #expect(instant.iso8601 == "2026-11-22T17:00:00.250Z")
        #expect(Instant(nanosecondsSinceEpoch: -1).iso8601 == "1969-12-31T23:59:59.999Z")
    }

    @Test func otherTextIsRefused() {
        for text in [
            "", "2026-11-22", "2026-11-22T17:00:00", "2026-13-22T17:00:00Z", "2026-02-29T17:00:00Z",
            "2026-11-00T17:00:00Z", "2026-11-22T24:00:00Z", "2026-11-22T17:60:00Z", "2026-11-22T17:00:61Z",
            "2026-11-22T17:00:00.Z", "2026-11-22T17:00:00ZZ", "2026-11-22T17:00:00+24:00", "9999-01-01T00:00:00Z",
            "１２３４-11-22T17:00:00Z", "2026-11-22T17:00:00+1",
        ] {
            #expect(Instant(iso8601: text) == nil, "\(text)")
        }
    }
}
