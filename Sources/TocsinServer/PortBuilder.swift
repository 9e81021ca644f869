internal import Foundation
internal import TocsinFormats
internal import TocsinModel

/// Makes the settings of the port from the configuration.
struct PortBuilder {
    let configuration: Configuration
    let tokens: AccessTokens

    var settings: HTTPSettings {
        HTTPSettings(
            host: configuration.http.host, port: configuration.http.port,
            operatorToken: AccessToken(tokens.operatorToken), reporterToken: AccessToken(tokens.reporterToken),
            assets: configuration.http.assets, issuer: issuer, limits: limits)
    }

    private var limits: HTTPLimits {
        var limits = HTTPLimits.standard
        if let maximum = configuration.http.connectionsMaximum { limits.connectionsMaximum = maximum }
        if let seconds = configuration.http.headerSeconds { limits.headTime = .seconds(seconds) }
        if let seconds = configuration.http.bodySeconds { limits.bodyTime = .seconds(seconds) }
        return limits
    }

    private var issuer: CAPIssuer {
        var address = URLComponents()
        address.scheme = "http"
        address.host = configuration.http.host
        address.port = configuration.http.port
        address.path = "/"
        return CAPIssuer(
            system: configuration.system, sender: configuration.capSender, senderName: configuration.system,
            languages: languages, baseURL: address.url ?? URL(filePath: "/"), timeZone: .current)
    }

    /// English, and those in which areas have names, in the order of their first use.
    private var languages: [String] {
        configuration.areas.flatMap(\.names).reduce(into: ["en"]) { languages, name in
            if !languages.contains(name.language) { languages.append(name.language) }
        }
    }
}
