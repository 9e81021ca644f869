import Foundation
import Testing
import TocsinDecoders
import TocsinModel
import TocsinTestKit

@Suite struct ModeSReportDecoderTests {
    private static let feed = FeedSettings(
        name: "roof", format: .avr, exercise: false, timeShift: .zero, sensor: SensorID("receiver-roof"))

    private static func instant(_ seconds: Double) -> Instant {
        Instant(nanosecondsSinceEpoch: 1_795_366_800_000_000_000).advanced(bySeconds: seconds)
    }

    private static func decode(
        _ decoder: inout ModeSReportDecoder, _ hexadecimal: String, at seconds: Double
    ) -> DecodedFrame {
        decoder.decode(
            Frame(feed: FeedNumber(0), bytes: Array("*\(hexadecimal);".utf8)), from: feed,
            receivedAt: instant(seconds))
    }

    private static let even = "8D40621D58C382D690C8AC2863A7"
    private static let odd = "8D40621D58C386435CC412692AD6"

    @Test func placeIsReportedOnceASecondPairAgrees() throws {
        var decoder = ModeSReportDecoder()
        let sensor = SensorID("receiver-roof")
        #expect(Self.decode(&decoder, Self.even, at: 0) == DecodedFrame(heard: [sensor]))
        #expect(Self.decode(&decoder, Self.odd, at: 4) == DecodedFrame(heard: [sensor]))
        // The same message again, as from a second antenna, proves nothing.
        #expect(Self.decode(&decoder, Self.odd, at: 4.1).reports.isEmpty)
        let report = try #require(Self.decode(&decoder, Self.even, at: 8).reports.first)
        #expect(report.identity.address == AircraftAddress(0x40621D))
        #expect(report.identity.isCooperative)
        #expect(report.sensor == sensor)
        #expect(report.measuredAt == Self.instant(8))
        guard case .fix(let fix) = report.measurement else { return #expect(Bool(false)) }
        #expect(abs(fix.point.latitudeDegrees - 52.257_20) < 1e-5)
        #expect(abs(fix.point.longitudeDegrees - 3.919_37) < 1e-5)
        #expect(fix.pressureAltitude == PressureAltitude(feet: 38_000))
        #expect(fix.horizontalSigma == Distance(meters: 185.2 / 4.8))
        #expect(fix.velocity == nil)
    }

    @Test func pairTooFarApartInTimeGivesNoPlace() {
        var decoder = ModeSReportDecoder()
        for turn in 0..<10 {
            let message = turn % 2 == 0 ? Self.even : Self.odd
            #expect(Self.decode(&decoder, message, at: Double(turn) * 10.5).reports.isEmpty)
        }
    }

    @Test func unannouncedAddressIsNotBelieved() {
        var decoder = ModeSReportDecoder()
        // A surveillance reply whose address no aircraft has announced: neither a report nor a sign of life.
        #expect(Self.decode(&decoder, "2A00516D492B80", at: 0) == DecodedFrame())
    }

    @Test func damagedMessageIsRejectedWithItsBytes() {
        var decoder = ModeSReportDecoder()
        let damaged = "8D40621D58C382D690C8AC2863A6"
        let decoded = Self.decode(&decoder, damaged, at: 0)
        #expect(
            decoded.rejections == [
                Rejection(feed: FeedNumber(0), error: .badParity, offset: 0, sample: Array("*\(damaged);".utf8))
            ])
    }

    /// Nothing grows past its limit, and what is kept does not depend on the process.
    @Test func memoryIsBoundedUnderAFloodOfAddresses() throws {
        var decoder = ModeSReportDecoder()
        for number in 0..<45_000 {
            let message = ModeSTestEncoder.allCall(address: UInt32(number + 1))
            _ = Self.decode(&decoder, message, at: Double(number) / 10_000)
        }
        let size = try JSONEncoder().encode(decoder).count
        #expect(size < 20_000 * 200)
    }

    @Test(.enabled(if: SharedFolder.isPresent, Comment(rawValue: SharedFolder.absence)))
    func stateSurvivesACheckpointInTheMiddleOfACapture() throws {
        var framer = StreamFramer(format: .beast)
        let frames = framer.append(try SharedFolder.bytes("data/modes-beast/bbb_extract_71be34_beast.bin"))
        var feed = Self.feed
        feed.format = .beast
        var table = DecoderTable(feeds: [feed])
        var reports = 0
        for (index, bytes) in frames.enumerated() {
            if index == frames.count / 2 {
                table = try JSONDecoder().decode(DecoderTable.self, from: JSONEncoder().encode(table))
            }
            let frame = Frame(feed: FeedNumber(0), bytes: bytes)
            reports += table.decode(frame, receivedAt: Self.instant(Double(index) * 0.05)).reports.count
        }
        #expect(reports > 80)
    }

    @Test(.enabled(if: SharedFolder.isPresent, Comment(rawValue: SharedFolder.absence)))
    func everyPrefixAndFlippedBitIsSurvived() throws {
        var framer = StreamFramer(format: .beast)
        let frames = framer.append(try SharedFolder.bytes("data/modes-beast/bbb_extract_71be34_beast.bin"))
        var feed = Self.feed
        feed.format = .beast
        var decoder = ModeSReportDecoder()
        var accepted = 0
        var number = 0
        for bytes in frames.prefix(120) {
            for count in bytes.indices {
                let frame = Frame(feed: FeedNumber(0), bytes: Array(bytes.prefix(count)))
                let decoded = decoder.decode(frame, from: feed, receivedAt: Self.instant(0))
                #expect(decoded.rejections.count == 1)
            }
            for bit in 72..<bytes.count * 8 {
                var damaged = bytes
                damaged[bit / 8] ^= 1 << UInt8(bit % 8)
                let frame = Frame(feed: FeedNumber(0), bytes: damaged)
                number += 1
                accepted += decoder.decode(frame, from: feed, receivedAt: Self.instant(Double(number))).reports.count
            }
        }
        // The parity finds every single wrong bit of an extended squitter.
        #expect(accepted == 0)
    }
}

/// Messages with a right parity.
enum ModeSTestEncoder {
    /// Downlink format 11, capability 5, unsolicited.
    static func allCall(address: UInt32) -> String {
        let data = UInt64(0x5D) << 24 | UInt64(address & 0xFF_FFFF)
        var rest = data << 24
        for bit in stride(from: 55, through: 24, by: -1) where rest >> UInt64(bit) & 1 == 1 {
            rest ^= 0x1FF_F409 << UInt64(bit - 24)
        }
        let text = String(data << 24 | rest & 0xFF_FFFF, radix: 16)
        return String(repeating: "0", count: 14 - text.count) + text
    }
}
