internal import HTTPTypes
internal import Hummingbird

/// One path and method that the port answers.
struct Route: Sendable {
    let method: HTTPRequest.Method
    /// As in the OpenAPI document: `/cap/{id}.xml`; `{path}` at the end takes all that is left.
    let template: String
    let access: Access
    let respond: @Sendable (RouteRequest) async throws -> Response

    /// - Returns: The values of the template's names, or `nil` if `path` is another.
    func match(_ path: String) -> [String: String]? {
        let wanted = template.split(separator: "/", omittingEmptySubsequences: false)
        let given = path.split(separator: "/", omittingEmptySubsequences: false)
        if template.hasSuffix("/{path}"), given.count >= wanted.count {
            let prefix = template.dropLast("{path}".count)
            return path.hasPrefix(prefix) ? ["path": String(path.dropFirst(prefix.count))] : nil
        }
        guard wanted.count == given.count else { return nil }
        var values: [String: String] = [:]
        for (pattern, segment) in zip(wanted, given) {
            guard let open = pattern.firstIndex(of: "{"), let close = pattern.firstIndex(of: "}") else {
                if pattern == segment { continue }
                return nil
            }
            let suffix = pattern[pattern.index(after: close)...]
            guard segment.hasPrefix(pattern[..<open]), segment.hasSuffix(suffix), segment.count > suffix.count
            else { return nil }
            values[String(pattern[pattern.index(after: open)..<close])] = String(segment.dropLast(suffix.count))
        }
        return values
    }
}

/// A request that has found its route.
struct RouteRequest: Sendable {
    let request: Request
    let values: [String: String]

    /// Collects the body.
    /// - Throws: ``Problem`` if it is longer than `limit` or no JSON.
    func jsonBody(limit: Int) async throws -> [UInt8] {
        let contentType = request.headers[.contentType]?.prefix { $0 != ";" }.lowercased()
        guard contentType == "application/json", request.headers[.contentEncoding] == nil else {
            throw Problem.notJSON
        }
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit {
            throw Problem.bodyTooLarge(limit: limit)
        }
        var body: [UInt8] = []
        for try await part in request.body {
            guard body.count + part.readableBytes <= limit else { throw Problem.bodyTooLarge(limit: limit) }
            body.append(contentsOf: part.readableBytesView)
        }
        return body
    }

    /// 200 with `body`, or 304 if the asker has it already.
    func answer(_ body: ByteBuffer, contentType: String, tag: String, cacheControl: String) -> Response {
        let fields: HTTPFields = [.eTag: tag, .cacheControl: cacheControl]
        let known =
            request.headers[.ifNoneMatch]?.split(separator: ",")
            .map { $0.drop { $0 == " " || $0 == "W" || $0 == "/" } } ?? []
        if known.contains(where: { $0 == tag || $0 == "*" }) { return Response(status: .notModified, headers: fields) }
        var full = fields
        full[.contentType] = contentType
        return Response(status: .ok, headers: full, body: ResponseBody(byteBuffer: body))
    }

    /// 200 with `body`, which is true only now.
    static func answerNow(_ body: some Sequence<UInt8>, contentType: String = "application/json") -> Response {
        Response(
            status: .ok, headers: [.contentType: contentType, .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
    }
}
