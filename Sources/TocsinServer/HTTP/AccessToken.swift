internal import Crypto
internal import HTTPTypes

/// A secret that lets its bearer in. Kept as its SHA-256 only, so that it can't be printed by accident.
package struct AccessToken: Sendable {
    private let digest: [UInt8]

    package init(_ secret: String) { digest = Self.digest(of: secret) }

    /// Whether `secret` is this token. Takes equally long for every wrong secret of the same length.
    package func matches(_ secret: String) -> Bool {
        // Digests have equal lengths and tell nothing of how much of the secret was right.
        zip(digest, Self.digest(of: secret)).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static func digest(of secret: String) -> [UInt8] { Array(SHA256.hash(data: Array(secret.utf8))) }
}

/// Who a request may come from.
enum Access: Sendable {
    case anyone, reporters, operators
}

extension HTTPSettings {
    /// Whether a request with this `Authorization` field may pass.
    func allows(_ access: Access, authorization: String?) -> Bool {
        if case .anyone = access { return true }
        guard let authorization, let blank = authorization.firstIndex(of: " "),
            authorization[..<blank].lowercased() == "bearer"
        else { return false }
        let secret = String(authorization[authorization.index(after: blank)...])
        switch access {
        case .anyone: return true
        case .operators: return operatorToken.matches(secret)
        case .reporters: return reporterToken.matches(secret) || operatorToken.matches(secret)
        }
    }
}
