package import Foundation
package import TocsinFormats

/// Where and for whom the port is open.
package struct HTTPSettings: Sendable {
    /// The address to listen on, for example `127.0.0.1`.
    package var host: String
    /// 0: the system chooses a free one.
    package var port: Int
    /// Who knows it is an operator.
    package var operatorToken: AccessToken
    /// Who knows it may report. Anyone who may operate may also report.
    package var reporterToken: AccessToken
    /// The directory of the third-party map library, served under `/assets/`; `nil`: none was set up.
    package var assets: URL?
    /// Signs the CAP messages with its name.
    package var issuer: CAPIssuer
    package var limits: HTTPLimits

    package init(
        host: String, port: Int, operatorToken: AccessToken, reporterToken: AccessToken, assets: URL?,
        issuer: CAPIssuer, limits: HTTPLimits = .standard
    ) {
        self.host = host
        self.port = port
        self.operatorToken = operatorToken
        self.reporterToken = reporterToken
        self.assets = assets
        self.issuer = issuer
        self.limits = limits
    }
}
