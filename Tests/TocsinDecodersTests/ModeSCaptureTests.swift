import Foundation
import Testing
import TocsinDecoders
import TocsinModel
import TocsinTestKit

/// A real capture against two independent decoders: pyModeS 3.6.1 and rs1090 0.7.0.
@Suite(.enabled(if: SharedFolder.isPresent, Comment(rawValue: SharedFolder.absence)))
struct ModeSCaptureTests {
    private static let folder = "data/modes-beast"

    @Test func everyFrameOfTheCaptureIsCutOutAndCounted() throws {
        var framer = StreamFramer(format: .beast)
        let bytes = try SharedFolder.bytes("\(Self.folder)/bbb_ulss7_beast.bin")
        let frames = framer.append(bytes)
        #expect(frames.count == 13_954)
        #expect(framer.finish().isEmpty)
        #expect(framer.droppedBytes == 0)
    }
}
