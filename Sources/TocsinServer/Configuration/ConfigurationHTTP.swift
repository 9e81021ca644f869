internal import Foundation
internal import TocsinFormats
internal import TocsinModel

extension ConfigurationBuilder {
    mutating func http(_ values: ConfigurationValue?) -> Configuration.HTTP {
        var limits = HTTPLimits.standard
        let changes = values?["limits"]
        limits.connectionsMaximum = changes?["connections"]?.whole ?? limits.connectionsMaximum
        limits.headTime = changes?["headerSeconds"]?.number.map { .seconds($0) } ?? limits.headTime
        limits.bodyTime = changes?["bodySeconds"]?.number.map { .seconds($0) } ?? limits.bodyTime
        return Configuration.HTTP(
            host: values?["host"]?.text ?? "127.0.0.1", port: values?["port"]?.whole ?? 8_080,
            assets: values?["assets"]?.text.map { resolve($0) }, limits: limits)
    }

    /// Who signs the public messages; `nil` where there are problems.
    mutating func issuer(
        _ values: ConfigurationValue, http: Configuration.HTTP, areas: [Area]
    ) -> CAPIssuer? {
        let cap = values["cap"]
        let zoneName = cap?["timeZone"]?.text ?? "UTC"
        let zone = TimeZone(identifier: zoneName)
        if zone == nil { report("cap.timeZone", "\(zoneName) is not known", hint: "for example Europe/Zurich") }
        let host = http.host.contains(":") ? "[\(http.host)]" : http.host
        let address = values["http"]?["publicAddress"]?.text ?? "http://\(host):\(http.port)/"
        let url = URL(string: address).flatMap { ["http", "https"].contains($0.scheme) ? $0 : nil }
        if url == nil {
            report("http.publicAddress", "\(address) is no address", hint: "for example https://warn.example.org/")
        }
        guard let zone, let url, let system = values["system"]?.text else { return nil }
        return CAPIssuer(
            system: system, sender: cap?["sender"]?.text ?? system, senderName: cap?["senderName"]?.text ?? system,
            languages: cap?["languages"]?.list?.compactMap(\.text) ?? Self.languages(of: areas), baseURL: url,
            timeZone: zone)
    }

    /// English, and those in which areas have names, in the order of their first use.
    private static func languages(of areas: [Area]) -> [String] {
        areas.flatMap(\.names).reduce(into: ["en"]) { languages, name in
            if !languages.contains(name.language) { languages.append(name.language) }
        }
    }
}
