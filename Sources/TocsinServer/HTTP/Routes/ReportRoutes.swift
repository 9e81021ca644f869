internal import HTTPTypes
internal import Hummingbird
internal import TocsinDecoders
internal import TocsinModel

/// Takes in reports of microphones, other sensors and people.
struct ReportRoutes: Sendable {
    let conductor: Conductor
    let port: Port

    func all() -> [Route] {
        [Route(method: .post, template: "/v1/reports", access: .reporters) { try await take($0) }]
    }

    private func take(_ request: RouteRequest) async throws -> Response {
        let body = try await request.jsonBody(limit: port.limits.bodyBytesMaximum)
        let batch = try ReportBatch(json: body)
        let frame = Frame(feed: conductor.identity.reportFeed, bytes: body)
        let acceptance = await conductor.accept(.frame(frame))
        let refusals = self.refusals(of: batch, in: body, after: acceptance)
        return Response(
            status: .accepted, headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: Self.text(of: batch, refusals))))
    }

    /// What was refused, by place in the batch. The step says what was refused but not where, so each report is
    /// decoded once more by itself, on a copy; only if something was refused.
    private func refusals(
        of batch: ReportBatch, in body: [UInt8], after acceptance: Acceptance
    ) -> [(index: Int, error: DecodeError)] {
        let refused = acceptance.outputs.compactMap { output -> DecodeError? in
            if case .rejected(let rejection) = output { rejection.error } else { nil }
        }
        guard !refused.isEmpty else { return [] }
        var decoders = DecoderTable(feeds: conductor.identity.feeds)
        return batch.ranges.enumerated().compactMap { index, range in
            let frame = Frame(feed: conductor.identity.reportFeed, bytes: Array(body[range]))
            let decoded = decoders.decode(frame, receivedAt: acceptance.acceptedAt)
            if let rejection = decoded.rejections.first { return (index, rejection.error) }
            let unplaced = decoded.reports.first { refused.contains(.unknownSensor($0.sensor.rawValue)) }
            return unplaced.map { (index, .unknownSensor($0.sensor.rawValue)) }
        }
    }

    private static func text(of batch: ReportBatch, _ refusals: [(index: Int, error: DecodeError)]) -> [UInt8] {
        var text = Array("{\"accepted\":\(batch.ranges.count - refusals.count),\"rejected\":[".utf8)
        for (position, refusal) in refusals.enumerated() {
            if position > 0 { text.append(UInt8(ascii: ",")) }
            var line = JSONLine()
            line.field("index", refusal.index)
            line.field("reason", refusal.error.reason)
            line.field("detail", refusal.error.detail.printable)
            text.append(contentsOf: line.finish().dropLast())
        }
        text.append(contentsOf: "]}".utf8)
        return text
    }
}

extension DecodeError {
    /// The same in a sentence, for whoever sent it.
    fileprivate var detail: String {
        switch self {
        case .truncated(let needed, let available): "\(needed) bytes were needed, \(available) were there."
        case .trailingBytes(let count): "\(count) bytes are left over."
        case .unsupportedCategory(let category): "Category \(category) is not read."
        case .unsupportedEdition(let category): "The edition of category \(category) is not read."
        case .undefinedItem(let category, let number): "Category \(category) defines no item \(number)."
        case .badLength(let declared): "The length \(declared) can't be right."
        case .badParity: "The parity is wrong."
        case .unknownDownlinkFormat(let format): "Downlink format \(format) is not read."
        case .badEscape: "An escape is wrong."
        case .badHexadecimal: "Not hexadecimal."
        case .badJSON: "Not proper JSON."
        case .missingField(let name): "The field \(name) is missing."
        case .outOfRange(let name): "The field \(name) is of the wrong type or outside its range."
        case .unknownField(let name): "The field \(name) is unknown."
        case .duplicateField(let name): "The field \(name) is there twice."
        case .unknownSensor(let name): "The place of sensor \(name) is neither configured nor in the report."
        case .tooMany(let limit): "At most \(limit) are read."
        }
    }
}
