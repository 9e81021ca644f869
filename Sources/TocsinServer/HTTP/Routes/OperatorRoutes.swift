internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import TocsinModel
internal import TocsinPipeline

/// What signed-in operators read and do.
struct OperatorRoutes: Sendable {
    let conductor: Conductor

    /// An operator's name and the braces around it.
    private static let endBodyBytesMaximum = 4 << 10

    func all() -> [Route] {
        [
            Route(method: .get, template: "/v1/tracks", access: .operators) { _ in
                RouteRequest.answerNow(await conductor.tracks().document)
            },
            Route(method: .get, template: "/v1/sensors", access: .operators) { _ in
                RouteRequest.answerNow(await conductor.sensors().document)
            },
            Route(method: .get, template: "/v1/areas/{id}/explanation", access: .operators) { try await explain($0) },
            Route(method: .post, template: "/v1/warnings/{id}/end", access: .operators) { try await end($0) },
        ]
    }

    /// Forecasts are made outside the conductor, on a copy: nobody who asks delays a warning.
    private func explain(_ request: RouteRequest) async throws -> Response {
        let id = request.values["id"]?.removingPercentEncoding
        guard let area = conductor.identity.areas.first(where: { $0.id.rawValue == id }) else {
            throw Problem.notFound("There is no area of this id; GET /v1/areas lists them.")
        }
        let (pipeline, now) = await conductor.present()
        return RouteRequest.answerNow(pipeline.explanation(of: area, at: now).json)
    }

    private func end(_ request: RouteRequest) async throws -> Response {
        let body = try await request.jsonBody(limit: Self.endBodyBytesMaximum)
        guard let id = request.values["id"], id.first == "w", let number = UInt64(id.dropFirst()) else {
            throw Problem.notFound("There is no warning of this id.")
        }
        guard let name = OperatorName(json: body) else {
            throw Problem.badRequest(
                "The body must be {\"operatorName\":\"...\"}, 1 to \(Limits.charactersPerText) characters.")
        }
        let command = OperatorCommand.endWarning(WarningNumber(number), operatorName: name.text)
        let acceptance = await conductor.accept(.command(command))
        guard !acceptance.outputs.contains(.commandRefused(command)) else {
            throw Problem(
                status: .conflict, name: "not-in-force", title: "Not in force",
                detail: "No warning of this id is in force.")
        }
        var line = JSONLine()
        line.field("id", id)
        line.field("acceptedAt", acceptance.acceptedAt.iso8601)
        return Response(
            status: .accepted, headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: line.finish())))
    }
}
