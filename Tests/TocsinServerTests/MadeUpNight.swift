import Foundation
import TocsinForecast
import TocsinJournal
import TocsinModel
import TocsinPipeline
import TocsinServer
import TocsinTracking
import TocsinWarning

/// A journal in a directory of its own, and frames of drones that fly toward a town, some of them not readable.
struct MadeUpNight {
    let directory: URL
    let header: JournalHeader
    static let epoch = Instant(nanosecondsSinceEpoch: 1_790_000_000_000_000_000)

    init() throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "tocsin-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        let ring = [(46.9, 7.4), (46.9, 7.5), (47.0, 7.5), (47.0, 7.4)]
            .map { GeoPoint(latitudeDegrees: $0.0, longitudeDegrees: $0.1) }
        let area = Area(
            id: AreaID("ch-1"), names: [LocalizedName(language: "de", text: "Bern")], population: 130_000,
            polygon: GeoPolygon(vertices: ring), secondsToShelter: 120, protects: [.homes])
        let settings = PipelineSettings(
            feeds: [
                FeedSettings(name: "made-up", format: .reports, exercise: true, timeShift: .zero, sensor: nil)
            ], sensors: [], areas: [area], tracking: .standard, forecast: .standard, warning: .standard)
        header = JournalHeader(system: "test", exercise: true, epoch: Self.epoch, settings: settings)
    }

    func remove() { try? FileManager.default.removeItem(at: directory) }

    /// A conductor on this journal as a start of the server makes it, and the situation it began with.
    func start() throws -> Conductor {
        let recovered = try Recovered.open(directory)
        let journal = try JournalWriter(directory: directory, header: header.bytes())
        if let last = recovered?.lastStep { journal.append(outputsPayload: last.outputsPayload, of: last.sequence) }
        let settings = header.settings
        let clock = WallClock(
            mode: .scenario, rate: 1_000, start: recovered?.lastAcceptedAt ?? Self.epoch, reading: .take())
        return Conductor(
            identity: Conductor.Identity(
                systemName: "test", exercise: true, areas: settings.areas, sensors: settings.sensors,
                feeds: settings.feeds, reportFeed: FeedNumber(0)),
            situation: recovered?.situation ?? Situation(settings: settings), clock: clock, journal: journal,
            intakes: [])
    }

    /// One fix each second of one of three drones; every tenth frame is cut short.
    func frame(_ index: Int, at now: Instant) -> Input.Payload {
        if index % 10 == 9 { return .frame(Frame(feed: FeedNumber(0), bytes: Array(#"{"sensor":"x""#.utf8))) }
        let drone = index % 3
        let latitude = 46.5 + Double(index) * 0.001
        let line = """
            {"sensor":"person-\(drone)","time":"\(now.iso8601)","kind":"fix","position":{"latitude":\(latitude),\
            "longitude":\(7.42 + Double(drone) * 0.02),"heightMeters":400},"sigmaMeters":50}
            """
        return .frame(Frame(feed: FeedNumber(0), bytes: Array(line.utf8)))
    }
}
