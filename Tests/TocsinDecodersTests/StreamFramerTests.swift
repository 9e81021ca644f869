import Testing
import TocsinDecoders
import TocsinModel

@Suite struct StreamFramerTests {
    /// A stream with good frames, and noise where the format can find its way back.
    private static func stream(_ format: WireFormat) -> [UInt8] {
        switch format {
        case .beast:
            let message: [UInt8] = [0x1A, 0x32, 1, 2, 0x1A, 0x1A, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]
            return [9, 9] + message + message + [0x1A, 0x33, 1, 2] + message + [0x1A, 0x39, 7] + message + [
                0x1A, 0x31, 0,
            ]
        case .asterix:
            return [48, 0, 5, 1, 2, 34, 0, 4, 9, 48, 0, 1, 7, 7, 48, 0, 6, 1, 2, 3, 34, 0, 9, 1]
        case .avr: return Array("*02E1941026BC90;\r\n\n  @0123456789AB5F4001594B0FBB;\n*02;".utf8)
        case .modesJSON, .reports: return Array("{\"a\":1}\n\r\n[{}]\n{\"b\":2}".utf8)
        }
    }

    @Test(arguments: zip(WireFormat.allCases, [3, 4, 3, 3, 3]))
    func piecesDoNotChangeTheFrames(_ format: WireFormat, _ count: Int) {
        let stream = Self.stream(format)
        var whole = StreamFramer(format: format)
        let pieces = whole.pieces(appending: stream) + whole.finish()
        let frames = pieces.filter(\.isFrame)
        #expect(frames.count == count)
        for size in 1..<stream.count {
            var framer = StreamFramer(format: format)
            var cut: [StreamFramer.Piece] = []
            for start in stride(from: 0, to: stream.count, by: size) {
                cut += framer.pieces(appending: Array(stream[start..<min(start + size, stream.count)]))
            }
            cut += framer.finish()
            #expect(cut.filter(\.isFrame) == frames, "pieces of \(size)")
            #expect(framer.droppedBytes == whole.droppedBytes)
        }
    }

    @Test func endlessLineIsDroppedAndTheNextIsFound() {
        var framer = StreamFramer(format: .reports)
        var longest = 0
        for _ in 0..<40 {
            longest = max(longest, framer.append(Array(repeating: 0x41, count: 10_000)).count)
        }
        #expect(longest == 0)
        #expect(framer.append(Array("\n{}\n".utf8)) == [Array("{}".utf8)])
        #expect(framer.droppedBytes == 400_001)
        #expect(framer.drops == 1)
    }

    @Test(arguments: WireFormat.allCases)
    func noiseIsBoundedAndSurvived(_ format: WireFormat) {
        var generator = Steps(state: 5)
        var framer = StreamFramer(format: format)
        var total = 0
        for _ in 0..<300 {
            let piece = (0..<100).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
            for part in framer.pieces(appending: piece) { total += part.bytes.count }
        }
        for part in framer.finish() { total += part.bytes.count }
        #expect(total <= 30_000)
    }
}

extension StreamFramer.Piece {
    var isFrame: Bool {
        if case .frame = self { return true }
        return false
    }

    var bytes: [UInt8] {
        switch self {
        case .frame(let bytes, _), .garbage(let bytes, _): bytes
        }
    }

    var offset: Int {
        switch self {
        case .frame(_, let offset), .garbage(_, let offset): offset
        }
    }
}
