import Foundation
import Testing
import TocsinFormats
import TocsinModel

@Suite struct OutputDigestTests {
    private let refused = Output.commandRefused(.endWarning(WarningNumber(5), operatorName: "Ada"))

    /// `python3 -c` with hashlib over 32 zero bytes and the payload 02 | 09 00.. | 01 00 00 00 | 05 01 05 00.. |
    /// 03 00 00 00 "Ada".
    @Test func digestIsWhatAnotherImplementationComputes() {
        var digest = OutputDigest()
        #expect(digest.hexadecimal == String(repeating: "0", count: 64))
        digest.append([refused], of: 9)
        #expect(digest.hexadecimal == "169c2c97a140dc65baf24acec2618d8535302b24dbecea12e0c66c529b0a0c57")
    }

    @Test func stepsWithoutOutputsLeaveItAsItIs() {
        var digest = OutputDigest()
        digest.append([], of: 1)
        #expect(digest == OutputDigest())
    }

    @Test func orderAndSequenceCount() {
        var forwards = OutputDigest()
        var backwards = OutputDigest()
        forwards.append([refused], of: 1)
        forwards.append([refused], of: 2)
        backwards.append([refused], of: 2)
        backwards.append([refused], of: 1)
        #expect(forwards != backwards)
    }

    @Test func digestSurvivesCoding() throws {
        var digest = OutputDigest()
        digest.append([refused], of: 1)
        let coded = try JSONDecoder().decode(OutputDigest.self, from: JSONEncoder().encode(digest))
        #expect(coded == digest)
    }
}
