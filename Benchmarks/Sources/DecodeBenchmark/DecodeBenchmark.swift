import Foundation
import TocsinDecoders
import TocsinModel

/// Times decoding alone, in memory: `DecodeBenchmark FORMAT FILE` with FORMAT asterix, beast, modes-json or
/// reports. Prints one JSON object: bytes, records, rejected, seconds of the best of several passes, and the
/// seconds of the floor, which touches the same bytes and does nothing with them.
@main
enum DecodeBenchmark {
    static let passes = 9

    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 3, let format = WireFormat(rawValue: arguments[1]) else {
            FileHandle.standardError.write(Data("usage: DecodeBenchmark asterix|beast|modes-json|reports FILE\n".utf8))
            exit(2)
        }
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: arguments[2])))
        let frames = cut(bytes, as: format)
        let floor = best { checksum(frames) }
        let decoding = best { decode(frames, as: format, bytes) }
        let result: [String: Any] = [
            "format": format.rawValue, "bytes": frames.reduce(0) { $0 + $1.bytes.count }, "records": decoding.value.records,
            "rejected": decoding.value.rejected, "seconds": decoding.seconds, "floorSeconds": floor.seconds,
        ]
        print(String(decoding: try JSONSerialization.data(withJSONObject: result, options: .sortedKeys), as: UTF8.self))
    }

    struct Count { var records = 0, rejected = 0 }

    static func cut(_ bytes: [UInt8], as format: WireFormat) -> [Frame] {
        var framer = StreamFramer(format: format)
        var frames: [Frame] = []
        for start in stride(from: 0, to: bytes.count, by: 4_096) {
            let piece = Array(bytes[start..<min(start + 4_096, bytes.count)])
            for frame in framer.append(piece) { frames.append(Frame(feed: FeedNumber(0), bytes: frame)) }
        }
        return frames
    }

    static func decode(_ frames: [Frame], as format: WireFormat, _ bytes: [UInt8]) -> Count {
        var count = Count()
        if format == .asterix {
            var reader = AsterixReader(editions: .newest)
            for frame in frames {
                while let step = reader.next(in: frame.bytes.span) {
                    if case .rejected = step { count.rejected += 1 } else { count.records += 1 }
                }
            }
            return count
        }
        let feed = FeedSettings(
            name: "benchmark", format: format, exercise: false, timeShift: .zero, sensor: SensorID("benchmark"))
        var table = DecoderTable(feeds: [feed])
        var now = Instant(nanosecondsSinceEpoch: 1_522_782_148_000_000_000)
        for frame in frames {
            now = now.advanced(bySeconds: 0.001)
            let decoded = table.decode(frame, receivedAt: now)
            count.records += 1
            count.rejected += decoded.rejections.count
        }
        return count
    }

    static func checksum(_ frames: [Frame]) -> UInt64 {
        var sum: UInt64 = 0
        for frame in frames { for byte in frame.bytes { sum = sum &* 31 &+ UInt64(byte) } }
        return sum
    }

    static func best<Value>(_ body: () -> Value) -> (value: Value, seconds: Double) {
        let clock = ContinuousClock()
        var value = body()
        var seconds = Double.infinity
        for _ in 0..<passes {
            let took = clock.measure { value = body() }
            seconds = min(seconds, Double(took.components.seconds) + Double(took.components.attoseconds) * 1e-18)
        }
        return (value, seconds)
    }
}
