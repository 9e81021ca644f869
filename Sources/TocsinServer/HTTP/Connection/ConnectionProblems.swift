internal import HTTPTypes

/// Why a connection is closed before its request reached a route.
extension Problem {
    static let headTooSlow = Problem(
        status: .requestTimeout, name: "head-too-slow", title: "Request timeout",
        detail: "The head of the request did not come in time.")
    static let bodyTooSlow = Problem(
        status: .requestTimeout, name: "body-too-slow", title: "Request timeout",
        detail: "The body of the request did not come in time.")
    static let headTooLarge = Problem(
        status: .requestHeaderFieldsTooLarge, name: "head-too-large", title: "Request head too large",
        detail: "The request line or the header fields are too long or too many.")
    static let notHTTP = Problem(
        status: .badRequest, name: "not-http", title: "Bad request", detail: "This is not a proper HTTP request.")
}
