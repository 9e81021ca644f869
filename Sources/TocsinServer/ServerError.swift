/// Why the server cannot start. One clear line each.
package enum ServerError: Error, Hashable, Sendable, CustomStringConvertible {
    case cannotKeepTokens(path: String, cause: String)
    /// The journal was begun by another configuration; what differs.
    case journalOfAnotherConfiguration(path: String, differences: [String])
    case journalUnreadable(path: String, cause: String)
    case journalHasNoHeader(path: String)
    case portTaken(host: String, port: Int)
    case cannotListen(host: String, port: Int, cause: String)

    package var description: String {
        switch self {
        case .cannotKeepTokens(let path, let cause): "cannot keep the access tokens in \(path): \(cause)"
        case .journalOfAnotherConfiguration(let path, let differences):
            "the journal \(path) was begun with another configuration (\(differences.joined(separator: ", "))): "
                + "restore it, or name another journal directory"
        case .journalUnreadable(let path, let cause): "cannot read the journal \(path): \(cause)"
        case .journalHasNoHeader(let path): "the journal \(path) does not say how it was begun"
        case .portTaken(let host, let port): "port \(port) on \(host) is taken by another program"
        case .cannotListen(let host, let port, let cause): "cannot listen on \(host) port \(port): \(cause)"
        }
    }
}
