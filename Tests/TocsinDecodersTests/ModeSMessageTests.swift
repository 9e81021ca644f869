import Testing
import TocsinDecoders
import TocsinModel
import TocsinTestKit

@Suite struct ModeSMessageTests {
    /// Worked examples of "The 1090 Megahertz Riddle" (J. Sun, 2021): hexadecimal and what it means.
    @Test func identification() throws {
        let message = try ModeSMessage(hexadecimal: "8D4840D6202CC371C32CE0576098")
        #expect(message.address == AircraftAddress(0x4840D6))
        guard case .extendedSquitter(5, let squitter) = message.content,
            case .identification(let category, let callsign) = squitter.content
        else { return #expect(Bool(false), "\(message)") }
        #expect(squitter.typeCode == 4)
        #expect(category == 0)
        #expect(callsign.text == "KLM1023")
    }

    @Test func groundSpeed() throws {
        let velocity = try #require(ModeSMessage(hexadecimal: "8D485020994409940838175B284F").velocity)
        #expect(abs(try #require(velocity.groundSpeedKnots) - 159.20) < 0.01)
        #expect(abs(try #require(velocity.trackDegrees) - 182.88) < 0.01)
        #expect(velocity.verticalRateFeetPerMinute == -832)
        #expect(!velocity.verticalRateIsBarometric)
        #expect(velocity.geometricMinusBarometricFeet == 550)
    }

    @Test func airSpeed() throws {
        let velocity = try #require(ModeSMessage(hexadecimal: "8DA05F219B06B6AF189400CBC33F").velocity)
        #expect(velocity.motion == .air(headingDegrees: 243.984_375, knots: 375, isTrue: true))
        #expect(velocity.verticalRateFeetPerMinute == -2_304)
        #expect(velocity.verticalRateIsBarometric)
    }

    @Test func identity() throws {
        let message = try ModeSMessage(hexadecimal: "2A00516D492B80")
        guard case .identityReply(_, 0o356, nil) = message.content else {
            return #expect(Bool(false), "\(message)")
        }
        #expect(message.address == AircraftAddress(0x510AF9))
    }

    @Test func damagedAnnouncementIsRefused() {
        #expect(throws: DecodeError.badParity) { try ModeSMessage(hexadecimal: "8D4840D6202CC371C32CE0576099") }
        #expect(throws: DecodeError.unknownDownlinkFormat(1)) { try ModeSMessage(hexadecimal: "0D4840D6202CC3") }
        #expect(throws: DecodeError.truncated(neededBytes: 14, availableBytes: 7)) {
            try ModeSMessage(hexadecimal: "8D4840D6202CC3")
        }
    }
}
