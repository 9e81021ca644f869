public import TocsinModel

/// Tocsin's own reports: one JSON object, or an array of them (Docs/formats/reports.md).
public struct ObserverReportDecoder: ReportDecoder {
    public init() {}

    public func decode(_ frame: Frame, from feed: FeedSettings, receivedAt: Instant) -> DecodedFrame {
        var result = DecodedFrame()
        var reader = JSONReader(frame.bytes)
        let isBatch = reader.take("[")
        var count = 0
        if isBatch, reader.take("]") {
            return end(&result, reader, frame)
        }
        repeat {
            _ = reader.peek()
            let start = reader.position
            guard count < Limits.reportsPerFrame else {
                result.refuse(.tooMany(limit: Limits.reportsPerFrame), at: start, of: frame)
                return result
            }
            count += 1
            do throws(DecodeError) {
                let fields = try ReportFields(&reader)
                try result.take(fields, frame.feed, feed, receivedAt)
            } catch {
                result.refuse(error, at: start, of: frame)
                // The bad object is passed over; where even that fails, nothing after it can be found.
                reader.rewind(to: start)
                do throws(DecodeError) { try reader.skipValue() } catch { return result }
            }
        } while isBatch && reader.take(",")
        if isBatch, !reader.take("]") {
            result.refuse(.badJSON, at: reader.position, of: frame)
            return result
        }
        return end(&result, reader, frame)
    }

    private func end(_ result: inout DecodedFrame, _ reader: JSONReader, _ frame: Frame) -> DecodedFrame {
        var reader = reader
        if reader.peek() != nil {
            let count = frame.bytes.count - reader.position
            result.refuse(.trailingBytes(count: count), at: reader.position, of: frame)
        }
        return result
    }
}

extension DecodedFrame {
    fileprivate mutating func refuse(_ error: DecodeError, at offset: Int, of frame: Frame) {
        let sample = Array(frame.bytes.dropFirst(offset).prefix(Limits.rejectionSampleBytes))
        rejections.append(Rejection(feed: frame.feed, error: error, offset: offset, sample: sample))
    }

    fileprivate mutating func take(
        _ fields: ReportFields, _ number: FeedNumber, _ feed: FeedSettings, _ receivedAt: Instant
    ) throws(DecodeError) {
        guard fields.present.contains(.sensor) else { throw .missingField("sensor") }
        guard let time = fields.time else { throw .missingField("time") }
        let sensor = SensorID(fields.sensor)
        guard let measurement = try fields.measurement() else {
            heard.append(sensor)
            return
        }
        reports.append(
            Report(
                feed: number, sensor: sensor, measuredAt: time.advanced(by: feed.timeShift), receivedAt: receivedAt,
                measurement: measurement, identity: fields.identity, classEvidence: fields.evidence,
                exercise: fields.isExercise || feed.exercise))
    }
}
