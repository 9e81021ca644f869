import TocsinDecoders
import TocsinModel
import TocsinTestKit

/// What an independent decoder read from a capture, and the same from ours, record by record.
enum AsterixOracle {
    /// Steps of all records of a capture, and what was refused.
    struct Decoded {
        var steps: [AsterixReader.Step] = []
        var rejections: [AsterixRejection] = []
        var captureRejections: [CaptureRejection] = []
        var payloads = 0
    }

    static func decode(_ bytes: [UInt8], windowBytes: Int = .max) -> Decoded {
        var decoded = Decoded()
        var capture = CaptureReader(CaptureContainer.sniff(bytes.span))
        var reader = AsterixReader(editions: .newest)
        var window: [UInt8] = []
        var taken = 0
        func refill() {
            window.removeFirst(capture.discard())
            let end = windowBytes == .max ? bytes.count : min(taken + windowBytes, bytes.count)
            window += bytes[taken..<end]
            taken = end
        }
        while true {
            switch capture.next(in: window.span, isLast: taken == bytes.count) {
            case .end: return decoded
            case .needsMore: refill()
            case .rejected(let rejection): decoded.captureRejections.append(rejection)
            case .payload(let payload):
                decoded.payloads += 1
                while let step = reader.next(in: window.span.extracting(payload.range)) {
                    if case .rejected(let rejection) = step {
                        decoded.rejections.append(rejection)
                    } else {
                        decoded.steps.append(step)
                    }
                }
            }
        }
    }

    /// The items of the independent decoder's records of the categories that are read here, in the order of the
    /// file and as it wrote them: everything behind `"items":`, less the line's last brace.
    static func records(_ name: String) throws -> [[UInt8]] {
        let mark = Array("\"items\":".utf8)
        return try SharedFolder.gunzippedLines("data/asterix/oracle/\(name).libasterix.jsonl.gz").compactMap { line in
            let bytes = Array(line.utf8.dropLast())
            let head = bytes.prefix(64)
            guard let start = head.indices.first(where: { head[$0...].starts(with: mark) }) else { return nil }
            let fields = String(decoding: head[..<start], as: UTF8.self)
            guard fields.contains("\"cat\":48,") || fields.contains("\"cat\":34,") else { return nil }
            return Array(bytes[(start + mark.count)...])
        }
    }
}
