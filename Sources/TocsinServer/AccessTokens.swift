internal import Crypto
package import Foundation

/// The secrets by which operators and reporters are known. Made at the first start, kept beside the journal.
package struct AccessTokens: Hashable, Sendable, Codable {
    package var operatorToken: String
    package var reporterToken: String

    /// 256 bits: not to be guessed.
    private static let secretBytes = 32

    private init() {
        operatorToken = Self.secret()
        reporterToken = Self.secret()
    }

    /// Reads the tokens of `directory`, or makes them.
    /// - Returns: The tokens, and whether they are new.
    package static func open(in directory: URL) throws(ServerError) -> (tokens: AccessTokens, areNew: Bool) {
        let file = directory.appending(path: "tokens.json")
        do {
            if FileManager.default.fileExists(atPath: file.path) {
                return (try JSONDecoder().decode(AccessTokens.self, from: Data(contentsOf: file)), false)
            }
            try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
            let tokens = AccessTokens()
            let isMade = FileManager.default.createFile(
                atPath: file.path, contents: try JSONEncoder().encode(tokens), attributes: [.posixPermissions: 0o600])
            guard isMade else { throw CocoaError(.fileWriteUnknown) }
            return (tokens, true)
        } catch {
            throw .cannotKeepTokens(path: file.path, cause: error.localizedDescription)
        }
    }

    private static func secret() -> String {
        let key = SymmetricKey(size: SymmetricKeySize(bitCount: secretBytes * 8))
        let text = key.withUnsafeBytes { Data($0).base64EncodedString() }
        return text.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
