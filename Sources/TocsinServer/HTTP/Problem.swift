internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import TocsinModel

/// Why a request got no answer, as `application/problem+json` (RFC 9457).
struct Problem: Error, Sendable {
    var status: HTTPResponse.Status
    /// A short fixed name; `type` is `urn:tocsin:problem:` and this.
    var name: String
    var title: String
    var detail: String
    var fields: HTTPFields = [:]

    func response(instance: String) -> Response {
        var fields = fields
        fields[.contentType] = "application/problem+json"
        fields[.cacheControl] = "no-store"
        return Response(status: status, headers: fields, body: ResponseBody(byteBuffer: body(instance: instance)))
    }

    func body(instance: String) -> ByteBuffer {
        var line = JSONLine()
        line.field("type", "urn:tocsin:problem:\(name)")
        line.field("title", title)
        line.field("status", status.code)
        line.field("detail", detail)
        line.field("instance", String(instance.prefix(Limits.charactersPerText)))
        return ByteBuffer(bytes: line.finish())
    }
}

extension Problem {
    static let unknownPath = Problem(
        status: .notFound, name: "unknown-path", title: "Not found", detail: "Nothing is served at this path.")

    static func methodNotAllowed(allowed: [String]) -> Problem {
        Problem(
            status: .methodNotAllowed, name: "method-not-allowed", title: "Method not allowed",
            detail: "This path answers \(allowed.joined(separator: ", ")).",
            fields: [.allow: allowed.joined(separator: ", ")])
    }

    static let unauthorized = Problem(
        status: .unauthorized, name: "unauthorized", title: "A token is needed",
        detail: "Send the field Authorization: Bearer and a token that is valid for this path.",
        fields: [.wwwAuthenticate: "Bearer realm=\"tocsin\""])

    static func tooManyRequests(seconds: Double) -> Problem {
        Problem(
            status: .tooManyRequests, name: "too-many-requests", title: "Too many requests",
            detail: "This address asks more often than it may.",
            fields: [.retryAfter: String(max(1, Int(seconds.rounded(.up))))])
    }

    static func bodyTooLarge(limit: Int) -> Problem {
        Problem(
            status: .contentTooLarge, name: "body-too-large", title: "Body too large",
            detail: "A body has at most \(limit) bytes.", fields: [.connection: "close"])
    }

    static let notJSON = Problem(
        status: .unsupportedMediaType, name: "not-json", title: "Unsupported media type",
        detail: "The body must be application/json without a content encoding.", fields: [.connection: "close"])

    static func badRequest(_ detail: String) -> Problem {
        Problem(status: .badRequest, name: "bad-request", title: "Bad request", detail: detail)
    }

    static func notFound(_ detail: String) -> Problem {
        Problem(status: .notFound, name: "not-found", title: "Not found", detail: detail)
    }

    static let internalFault = Problem(
        status: .internalServerError, name: "internal", title: "Internal fault",
        detail: "The server could not make the answer.")
}
