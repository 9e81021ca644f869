internal import TocsinForecast
internal import TocsinModel
internal import TocsinTracking
internal import TocsinWarning

/// The table of all keys.
enum ConfigurationFields {
    static let all: [Field] = [
        Field(
            "system", .text(pattern: .name), required: true,
            "The name of this system; part of every public identifier, so never give it to another."),
        Field("exercise", .flag, "Everything is an exercise: no warning can reach a live siren. Default: false."),
        Field("http", .object(http), "The one port for the public, for operators and for reports."),
        Field(
            "journal",
            .object([Field("directory", .path, required: true, "Made if it does not exist.")]),
            required: true, "The record of every input and decision."),
        Field(
            "clock",
            .object([Field("rate", .number(0.1...1_000), "Seconds shown per real second, for recordings. Default: 1.")]
            ),
            "The one clock."),
        Field("feeds", .list(of: .object(feed), atMost: 1_000), "Where bytes come from."),
        Field("sensors", .list(of: .object(sensor), atMost: Limits.sensors), "The sensors: what stands where."),
        Field("sensorsFile", .path, "More sensors: a JSON list with the same keys."),
        Field("areas", .path, required: true, "The areas that are warned as one: GeoJSON polygons and multipolygons."),
        Field("tracking", overrides(of: TrackingSettings.standard), "Settings of the tracker that differ."),
        Field("forecast", overrides(of: ForecastSettings.standard), "Settings of the forecast that differ."),
        Field("warning", overrides(of: WarningSettings.standard), "Settings of the warning engine that differ."),
        Field("cap", .object(cap), "The Common Alerting Protocol."),
    ]

    static let cap: [Field] = [
        Field("sender", .text(pattern: nil), required: true, "Unique to the issuer, for example a mail address."),
        Field("senderName", .text(pattern: nil), "For people. Default: the system's name."),
        Field(
            "languages", .list(of: .text(pattern: .language), atMost: 20),
            "In order, for example [de, fr]. Default: en and those of the areas' names."),
        Field("timeZone", .text(pattern: nil), "Of times in texts, for example Europe/Zurich. Default: UTC."),
    ]

    static let http: [Field] = [
        Field("host", .text(pattern: .host), "The address to listen on. Default: 127.0.0.1."),
        Field("port", .whole(0...65_535), "0: any free one. Default: 8080."),
        Field("publicAddress", .text(pattern: nil), "Where the public finds `/`. Default: http://host:port/."),
        Field("assets", .path, "The directory with the map library. Default: none."),
        Field(
            "limits",
            .object([
                Field("connections", .whole(1...1_000_000), "Open connections. Default: 15000."),
                Field("headerSeconds", .number(0.1...600), "Until a request's head must be there. Default: 8."),
                Field("bodySeconds", .number(0.1...600), "Until a request's body must be there. Default: 10."),
            ]), "Bounds on what clients may ask for."),
    ]

    static let feed: [Field] = [
        Field("name", .text(pattern: .name), required: true, "Unique among the feeds."),
        Field("format", .choice(WireFormat.allCases.map(\.rawValue)), required: true, "How the bytes are read."),
        Field("source", .oneOf(source), required: true, "Where they come from."),
        Field("exercise", .flag, "Everything from it is an exercise. Default: as the system."),
        Field("editions", .list(of: .object(edition), atMost: 1_000), "ASTERIX sources that write an older edition."),
        Field("sensor", .text(pattern: nil), "The sensor it is attributed to where the format names none."),
    ]

    static let edition: [Field] = [
        Field("category", .whole(34...48), required: true, "34 or 48."),
        Field("edition", .text(pattern: .edition), required: true, "For example \"1.15\"."),
        Field("sac", .whole(0...255), "System area code; without it, all sources of the feed."),
        Field("sic", .whole(0...255), "System identification code; together with `sac`."),
    ]

    static let source: [Field] = [
        Field(
            "udp",
            .object([
                host("The address to listen on. Default: 0.0.0.0."), port,
                Field("group", .text(pattern: .host), "A multicast group to join."),
                Field("interface", .text(pattern: .host), "The name of the network device to join it on."),
            ]), "Datagrams."),
        Field(
            "tcpClient",
            .object([Field("host", .text(pattern: .host), required: true, "The address to connect to."), port]),
            "A connection to a sender; made again whenever it breaks."),
        Field(
            "tcpServer", .object([host("The address to listen on. Default: 0.0.0.0."), port]),
            "Connections from senders."),
        Field(
            "file",
            .object([Field("path", .path, required: true, "The recording.")]),
            "A recording, its first time brought to the start of the clock."),
    ]

    static let sensor: [Field] = [
        Field("id", .text(pattern: nil), required: true, "Unique among the sensors."),
        Field("kind", .choice(SensorKind.allCases.map(\.rawValue)), required: true, "What it is."),
        Field("latitude", .number(-90...90), required: true, "Degrees, WGS-84."),
        Field("longitude", .number(-180...180), required: true, "Degrees, WGS-84."),
        Field("heightMeters", .number(-500...50_000), "Above the ellipsoid. Default: 0."),
        Field("rangeMeters", .number(1...2_000_000), required: true, "How far it senses."),
        Field("intervalSeconds", .number(0.01...86_400), required: true, "How often it says something."),
        Field("sac", .whole(0...255), "System area code in ASTERIX; together with `sic`."),
        Field("sic", .whole(0...255), "System identification code in ASTERIX."),
    ]

    private static let port = Field("port", .whole(0...65_535), required: true, "The port.")

    private static func host(_ summary: String) -> Field { Field("host", .text(pattern: .host), summary) }

    private static func overrides<Settings: Codable>(of standard: Settings) -> FieldKind {
        .object(SettingsOverride.fields(of: standard))
    }
}
