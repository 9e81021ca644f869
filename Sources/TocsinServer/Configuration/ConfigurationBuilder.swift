internal import Foundation
internal import TocsinAreas
internal import TocsinFeeds
internal import TocsinForecast
internal import TocsinModel
internal import TocsinTracking
internal import TocsinWarning
internal import Yams

/// Makes a configuration of the values that were read, and checks what no single value shows.
struct ConfigurationBuilder {
    /// What relative paths are relative to.
    let directory: URL
    private(set) var problems: [ConfigurationProblem] = []

    init(directory: URL) { self.directory = directory }

    /// - Returns: `nil` only where there are problems.
    mutating func build(_ url: URL) -> Configuration? {
        guard let root = load(url, at: ""), let values = read(root, as: .object(ConfigurationFields.all), at: "")
        else { return nil }
        let exercise = values["exercise"]?.flag ?? false
        let feeds = feeds(values["feeds"], exercise: exercise)
        let sensors = sensors(values)
        let areaFile = areas(values["areas"]?.text)
        let areas = areaFile?.areas ?? []
        let tracking = override(TrackingSettings.standard, by: values["tracking"], at: "tracking")
        let forecast = override(ForecastSettings.standard, by: values["forecast"], at: "forecast")
        let warning = override(WarningSettings.standard, by: values["warning"], at: "warning")
        let http = http(values["http"])
        let issuer = issuer(values, http: http, areas: areas)
        guard problems.isEmpty, let issuer, let system = values["system"]?.text, let tracking, let forecast,
            let warning,
            let journal = values["journal"]?["directory"]?.text
        else { return nil }
        return Configuration(
            system: system, exercise: exercise, http: http, journalDirectory: resolve(journal),
            clockRate: values["clock"]?["rate"]?.number ?? 1, feeds: feeds, sensors: sensors, areas: areas,
            areaNotices: areaFile?.notices ?? [],
            tracking: tracking, forecast: forecast, warning: warning,
            issuer: issuer)
    }

    mutating func report(_ path: String, _ message: String, hint: String? = nil) {
        problems.append(ConfigurationProblem(path: path, message: message, hint: hint))
    }

    private mutating func read(_ node: Node, as kind: FieldKind, at path: String) -> ConfigurationValue? {
        var reader = ConfigurationReader()
        let value = reader.read(node, as: kind, at: path)
        problems += reader.problems
        return value
    }

    private mutating func load(_ url: URL, at path: String) -> Node? {
        do {
            guard let node = try Yams.compose(yaml: String(contentsOf: url, encoding: .utf8)) else {
                report(path, "\(url.lastPathComponent) is empty")
                return nil
            }
            return node
        } catch let error as YamlError {
            report(path, "\(url.lastPathComponent) is not YAML: \(Self.firstLine(of: error))")
        } catch {
            report(path, "cannot read \(url.path)", hint: "does it exist, and is it UTF-8 text?")
        }
        return nil
    }

    private static func firstLine(of error: YamlError) -> String {
        error.description.split(separator: "\n").prefix(1).joined()
    }

    func resolve(_ path: String) -> URL {
        URL(filePath: path, relativeTo: directory).standardizedFileURL.absoluteURL
    }

    /// The file or directory, if it is there.
    mutating func existing(_ path: String, at place: String) -> URL? {
        let url = resolve(path)
        guard FileManager.default.fileExists(atPath: url.path) else {
            report(place, "\(url.path) does not exist")
            return nil
        }
        return url
    }

    private mutating func override<Settings: Codable>(
        _ standard: Settings, by changes: ConfigurationValue?, at path: String
    ) -> Settings? {
        let settings = SettingsOverride.apply(changes, to: standard)
        if settings == nil { report(path, "these values do not fit together", hint: "a whole number is needed?") }
        return settings
    }

    // MARK: Feeds

    private mutating func feeds(_ values: ConfigurationValue?, exercise: Bool) -> [Configuration.Feed] {
        var feeds: [Configuration.Feed] = []
        var places: [String: Int] = [:]
        for (index, value) in (values?.list ?? []).enumerated() {
            let place = "feeds[\(index)]"
            guard let name = value["name"]?.text, let format = value["format"]?.text.flatMap(WireFormat.init),
                let source = source(value["source"], format: format, at: "\(place).source")
            else { continue }
            if let earlier = places.updateValue(index, forKey: name) {
                report("\(place).name", "\"\(name)\" is also the name of feeds[\(earlier)]")
            }
            if name == Server.reportFeedName {
                report("\(place).name", "\"\(name)\" is the feed of reports by HTTP", hint: "choose another name")
            }
            feeds.append(
                Configuration.Feed(
                    name: name, format: format, source: source, exercise: value["exercise"]?.flag ?? exercise,
                    sensor: value["sensor"]?.text.map { SensorID($0) },
                    editions: editions(value["editions"], at: place)))
        }
        return feeds
    }

    private mutating func editions(_ values: ConfigurationValue?, at place: String) -> [AsterixEditionPin] {
        (values?.list ?? []).enumerated().compactMap { index, value in
            if (value["sac"] == nil) != (value["sic"] == nil) {
                report("\(place).editions[\(index)]", "needs both or neither of sac and sic")
            }
            let numbers = (value["edition"]?.text ?? "").split(separator: ".").compactMap { UInt8($0) }
            guard let category = value["category"]?.whole, numbers.count == 2 else { return nil }
            let source = value["sac"]?.whole.flatMap { area in
                value["sic"]?.whole.map { AsterixSource(area: UInt8(area), code: UInt8($0)) }
            }
            return AsterixEditionPin(
                source: source, category: UInt8(category), edition: AsterixEdition(numbers[0], numbers[1]))
        }
    }

    private mutating func source(
        _ value: ConfigurationValue?, format: WireFormat, at place: String
    ) -> FeedSource? {
        if let udp = value?["udp"], let port = udp["port"]?.whole {
            let group = udp["group"]?.text
            if udp["interface"] != nil, group == nil {
                report("\(place).udp.interface", "is for multicast", hint: "add `group`, or remove it")
            }
            return .udp(
                host: udp["host"]?.text ?? "0.0.0.0", port: port, group: group, interface: udp["interface"]?.text)
        }
        if let client = value?["tcpClient"], let host = client["host"]?.text, let port = client["port"]?.whole {
            return .tcpClient(host: host, port: port)
        }
        if let server = value?["tcpServer"], let port = server["port"]?.whole {
            return .tcpServer(host: server["host"]?.text ?? "0.0.0.0", port: port)
        }
        guard let file = value?["file"], let path = file["path"]?.text else { return nil }
        switch format {
        case .asterix, .modesJSON, .reports:
            return existing(path, at: "\(place).file.path").map { .file(path: $0.path) }
        case .beast, .avr:
            report(place, "a recording in this format has no times to replay it by", hint: "use modes-json")
            return nil
        }
    }

    // MARK: Sensors

    private mutating func sensors(_ values: ConfigurationValue) -> [SensorSettings] {
        var listed = (values["sensors"]?.list ?? []).enumerated()
            .map { (place: "sensors[\($0.offset)]", value: $0.element) }
        if let path = values["sensorsFile"]?.text, let url = existing(path, at: "sensorsFile"),
            let node = load(url, at: "sensorsFile"),
            let more = read(
                node, as: .list(of: .object(ConfigurationFields.sensor), atMost: Limits.sensors), at: "sensorsFile")
        {
            listed += (more.list ?? []).enumerated()
                .map { (place: "sensorsFile[\($0.offset)]", value: $0.element) }
        }
        return sensors(listed)
    }

    private mutating func sensors(_ listed: [(place: String, value: ConfigurationValue)]) -> [SensorSettings] {
        var sensors: [SensorSettings] = []
        var placesByID: [SensorID: String] = [:]
        var placesByCode: [UInt16: String] = [:]
        for (place, value) in listed {
            guard let sensor = sensor(value, at: place) else { continue }
            if let earlier = placesByID.updateValue(place, forKey: sensor.id) {
                report("\(place).id", "\"\(sensor.id)\" is also the id of \(earlier)")
            }
            if let code = sensor.asterixIdentifier, let earlier = placesByCode.updateValue(place, forKey: code) {
                report("\(place).sac", "\(earlier) has the same sac and sic")
            }
            sensors.append(sensor)
        }
        return sensors
    }

    private mutating func sensor(_ value: ConfigurationValue, at place: String) -> SensorSettings? {
        if (value["sac"] == nil) != (value["sic"] == nil) { report(place, "needs both or neither of sac and sic") }
        guard let id = value["id"]?.text, let kind = value["kind"]?.text.flatMap(SensorKind.init),
            let latitude = value["latitude"]?.number, let longitude = value["longitude"]?.number,
            let range = value["rangeMeters"]?.number, let interval = value["intervalSeconds"]?.number
        else { return nil }
        let code = value["sac"]?.whole.flatMap { sac in value["sic"]?.whole.map { UInt16(sac * 256 + $0) } }
        return SensorSettings(
            id: SensorID(id), kind: kind,
            position: SensorPosition(
                point: GeoPoint(latitudeDegrees: latitude, longitudeDegrees: longitude),
                height: GeometricHeight(meters: value["heightMeters"]?.number ?? 0)),
            range: Distance(meters: range), interval: .seconds(interval), asterixIdentifier: code)
    }
}
