internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import NIOCore

/// What the framework tells of a request's connection.
struct PortContext: InitializableFromSource, Sendable {
    /// The client's address without its port.
    let address: String

    init(source: ApplicationRequestContextSource) {
        address = source.channel.remoteAddress?.ipAddress ?? ""
    }
}

/// Finds the route of a request and answers it; every answer goes out through here.
struct PortResponder: HTTPResponder {
    typealias Context = PortContext

    let port: Port
    let routes: [Route]
    let reads: RequestRate
    let posts: RequestRate
    let logger: Logger

    init(port: Port, routes: [Route], logger: Logger) {
        let limits = port.limits
        self.port = port
        self.routes = routes
        self.logger = logger
        reads = RequestRate(perSecond: limits.readsPerSecond, atOnce: limits.readsAtOnce)
        posts = RequestRate(perSecond: limits.postsPerSecond, atOnce: limits.postsAtOnce)
    }

    func respond(to request: Request, context: PortContext) async throws -> Response {
        let start = ContinuousClock.now
        let path = request.uri.path
        var template = "none"
        var response: Response
        do {
            try checkRate(request.method, context.address)
            let (route, values) = try find(request.method, path)
            template = route.template
            response = try await answer(request, route, values)
        } catch let problem as Problem {
            response = problem.response(instance: path)
        } catch {
            // The text may hold what a client sent.
            logger.error(
                "An answer failed", metadata: ["path": "\(path.printable)", "cause": "\("\(error)".printable)"])
            response = Problem.internalFault.response(instance: path)
        }
        for field in SecurityFields.fields { response.headers[field.name] = field.value }
        if request.method == .head { response = response.createHeadResponse() }
        port.metrics.answered(
            route: template, method: Self.label(request.method), status: response.status.code,
            after: start.duration(to: .now))
        return response
    }

    private func checkRate(_ method: HTTPRequest.Method, _ address: String) throws {
        let rate = method == .get || method == .head ? reads : posts
        if let seconds = rate.take(for: address) { throw Problem.tooManyRequests(seconds: seconds) }
    }

    private func find(_ method: HTTPRequest.Method, _ path: String) throws -> (Route, [String: String]) {
        let wanted = method == .head ? .get : method
        var allowed: [String] = []
        for route in routes {
            guard let values = route.match(path) else { continue }
            if route.method == wanted { return (route, values) }
            allowed += route.method == .get ? ["GET", "HEAD"] : [route.method.rawValue]
        }
        throw allowed.isEmpty ? Problem.unknownPath : Problem.methodNotAllowed(allowed: allowed)
    }

    private func answer(_ request: Request, _ route: Route, _ values: [String: String]) async throws -> Response {
        guard port.settings.allows(route.access, authorization: request.headers[.authorization]) else {
            throw Problem.unauthorized
        }
        var response = try await route.respond(RouteRequest(request: request, values: values))
        if case .anyone = route.access, route.method == .get {
            response.headers[.accessControlAllowOrigin] = "*"
        }
        return response
    }

    /// Methods that clients invent do not become labels.
    private static func label(_ method: HTTPRequest.Method) -> String {
        switch method {
        case .get, .head, .post: method.rawValue
        default: "other"
        }
    }
}

extension String {
    /// At most 200 characters, with control characters replaced, so that nobody can forge a line of a log.
    var printable: String {
        String(
            String.UnicodeScalarView(
                prefix(200).unicodeScalars.map { scalar in
                    switch scalar.properties.generalCategory {
                    case .control, .format, .lineSeparator, .paragraphSeparator: "\u{FFFD}"
                    default: scalar
                    }
                }))
    }
}
