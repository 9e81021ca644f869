/// Why the server cannot start. One clear line each.
package enum ServerError: Error, Hashable, Sendable, CustomStringConvertible {
    case cannotKeepTokens(path: String, cause: String)
    /// The journal was begun by another configuration; what differs.
    case journalOfAnotherConfiguration(path: String, differences: [String])
    case journalUnreadable(path: String, cause: String)
    /// The recorded state and a replay of the record do not agree.
    case journalHasNoHeader(path: String)

    package var description: String {
        switch self {
        case .cannotKeepTokens(let path, let cause): "cannot keep the access tokens in \(path): \(cause)"
        case .journalOfAnotherConfiguration(let path, let differences):
            "the journal \(path) was begun with another configuration (\(differences.joined(separator: ", "))): "
                + "restore it, or name another journal directory"
        case .journalUnreadable(let path, let cause): "cannot read the journal \(path): \(cause)"
        case .journalHasNoHeader(let path): "the journal \(path) does not say how it was begun"
        }
    }
}
