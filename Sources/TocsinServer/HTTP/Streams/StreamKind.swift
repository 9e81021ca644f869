/// The two event streams.
enum StreamKind: Sendable {
    /// The warnings, for everyone.
    case warnings
    /// The tracks and the warnings, for operators.
    case operation

    var path: String {
        switch self {
        case .warnings: "/v1/warnings/stream"
        case .operation: "/v1/operator/stream"
        }
    }

    var access: Access {
        switch self {
        case .warnings: .anyone
        case .operation: .operators
        }
    }

    /// - Returns: `nil` if `uri` names no stream.
    init?(uri: String) {
        switch uri.prefix(while: { $0 != "?" }) {
        case Self.warnings.path: self = .warnings
        case Self.operation.path: self = .operation
        default: return nil
        }
    }
}
