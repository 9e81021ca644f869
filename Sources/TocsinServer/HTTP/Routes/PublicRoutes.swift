internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import TocsinFormats
internal import TocsinModel

/// What everyone may read: how places stand, never what senses or flies.
struct PublicRoutes: Sendable {
    let conductor: Conductor
    let port: Port
    let files: StaticFiles
    let publications: Publications

    func all() throws -> [Route] {
        let areas = StaticText(
            try publications.publisher.areasDocument(), contentType: AreaCollection.mediaType)
        return [
            Route(method: .get, template: "/v1/status", access: .anyone) { _ in
                RouteRequest.answerNow(await status())
            },
            Route(method: .get, template: "/v1/areas", access: .anyone) { areas.answer($0) },
            Route(method: .get, template: "/v1/warnings", access: .anyone) { _ in
                RouteRequest.answerNow(port.hub.warningsDocument)
            },
            stream(.warnings), stream(.operation),
            Route(method: .get, template: "/cap/feed.atom", access: .anyone) {
                try await publications.feed($0, lastEvent: port.hub.lastEvent)
            },
            Route(method: .get, template: "/cap/{id}.xml", access: .anyone) { try await publications.message($0) },
        ] + ["/", "/console", "/openapi.json", "/static/{path}", "/assets/{path}"].map(file)
    }

    private func status() async -> [UInt8] {
        let snapshot = await conductor.snapshot()
        var line = JSONLine()
        line.field("at", snapshot.at.iso8601)
        line.field("rate", snapshot.rate)
        line.field("exercise", snapshot.exercise)
        line.field("system", snapshot.systemName)
        line.field("covered", snapshot.covered)
        return line.finish()
    }

    /// Streams are answered before a request gets here, unless answers are still due on the same connection.
    private func stream(_ kind: StreamKind) -> Route {
        Route(method: .get, template: kind.path, access: kind.access) { request in
            guard request.request.method == .head else {
                throw Problem.badRequest("An event stream must be the only request on its connection.")
            }
            return Response(status: .ok, headers: [.contentType: "text/event-stream", .cacheControl: "no-store"])
        }
    }

    private func file(at template: String) -> Route {
        Route(method: .get, template: template, access: .anyone) { request in
            let path =
                template.hasSuffix("{path}") ? template.dropLast(6) + (request.values["path"] ?? "") : template[...]
            guard let file = files[String(path)] else { throw Problem.unknownPath }
            return request.answer(
                file.body, contentType: file.contentType, tag: file.tag, cacheControl: "no-cache")
        }
    }
}

/// A document that does not change while the server runs.
struct StaticText: Sendable {
    private let body: ByteBuffer
    private let contentType: String
    private let cacheControl: String
    private let tag: String

    init(_ text: [UInt8], contentType: String, cacheControl: String = "no-cache") {
        body = ByteBuffer(bytes: text)
        self.contentType = contentType
        self.cacheControl = cacheControl
        tag = StaticFiles.tag(of: text)
    }

    func answer(_ request: RouteRequest) -> Response {
        request.answer(body, contentType: contentType, tag: tag, cacheControl: cacheControl)
    }
}
