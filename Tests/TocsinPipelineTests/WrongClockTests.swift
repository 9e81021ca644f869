import Foundation
import Testing
import TocsinForecast
import TocsinModel
import TocsinPipeline
import TocsinTracking
import TocsinWarning

/// A sensor with a wrong clock, from bytes to warnings.
@Suite struct WrongClockTests {
    private static let start = Instant(nanosecondsSinceEpoch: 1_800_000_000_000_000_000)
    private static let plane = LocalPlane(origin: GeoPoint(latitudeDegrees: 46.9, longitudeDegrees: 7.4))
    private static let tracker = SensorID("tracker")

    private struct Outcome {
        var events: [(event: SensorEvent, report: Int)] = []
        var warnings = 0
        var health: SensorHealth?
    }

    /// A drone that flies over a town, told once a second by a sensor whose clock is `ahead` of true time.
    private static func run(ahead: Double) throws -> Outcome {
        var pipeline = Pipeline(settings: settings)
        var outcome = Outcome()
        var sequence: UInt64 = 0
        for second in 0..<200 {
            let at = start.advanced(bySeconds: Double(second))
            let report = Report(
                feed: FeedNumber(0), sensor: tracker, measuredAt: at.advanced(bySeconds: ahead), receivedAt: at,
                measurement: .fix(fix(second)), identity: .none, classEvidence: nil, exercise: false)
            let now = at.advanced(bySeconds: 0.1 + 0.3 * Double(second % 3))
            for payload in [
                Input.Payload.frame(Frame(feed: FeedNumber(0), bytes: Array(ReportLine.text(of: report).utf8))), .tick,
            ] {
                sequence += 1
                for output in pipeline.step(Input(sequence: sequence, acceptedAt: now, payload: payload)) {
                    switch output {
                    case .sensor(.coverageLost), .sensor(.coverageGained): break
                    case .sensor(let event): outcome.events.append((event, second + 1))
                    case .warning: outcome.warnings += 1
                    case .track, .rejected, .notWarned, .commandRefused: break
                    }
                }
            }
        }
        outcome.health = pipeline.sensorHealth.first { $0.sensor == tracker }
        return outcome
    }

    private static func fix(_ second: Int) -> Fix {
        let jitter = Double((second * 7_919) % 100) - 50
        return Fix(
            point: plane.unproject(PlanePoint(east: -10_000 + 50 * Double(second) + jitter, north: jitter / 2)),
            height: GeometricHeight(meters: 900), pressureAltitude: nil, horizontalSigma: Distance(meters: 40),
            velocity: nil, verticalRate: nil)
    }

    private static var settings: PipelineSettings {
        let corners = [(-2_000.0, -2_000.0), (2_000, -2_000), (2_000, 2_000), (-2_000, 2_000)].map {
            plane.unproject(PlanePoint(east: $0.0, north: $0.1))
        }
        let town = Area(
            id: AreaID("town"), names: [], population: 10_000, polygon: GeoPolygon(vertices: corners),
            secondsToShelter: 90, protects: [.homes])
        let sensor = SensorSettings(
            id: tracker, kind: .receiver,
            position: SensorPosition(point: plane.origin, height: GeometricHeight(meters: 500)),
            range: Distance(kilometers: 50), interval: .seconds(1), asterixIdentifier: nil)
        let feed = FeedSettings(name: "tracker", format: .reports, exercise: false, timeShift: .zero, sensor: nil)
        return PipelineSettings(
            feeds: [feed], sensors: [sensor], areas: [town], tracking: .standard, forecast: .standard,
            warning: .standard)
    }

    @Test func aRightClockWarnsAndIsLeftAlone() throws {
        let outcome = try Self.run(ahead: 0)
        #expect(outcome.warnings > 0)
        #expect(outcome.events.isEmpty)
    }

    @Test func twoSecondsAheadIsCorrectedToldAndStillWarns() throws {
        let outcome = try Self.run(ahead: 2)
        guard case .clockCorrected(Self.tracker, let offset)? = outcome.events.first?.event else {
            Issue.record("\(outcome.events)")
            return
        }
        #expect(abs(offset - 2) < 0.7)
        #expect(outcome.warnings > 0)
        let health = try #require(outcome.health)
        #expect(!health.isQuarantined && abs(health.clockOffsetSeconds - 2) < 0.7)
    }

    @Test(arguments: [90.0, -90, 3_600, -3_600, 619_315_200, -619_315_200])
    func farOffIsQuarantinedWithinTenReportsAndWarnsNobody(ahead: Double) throws {
        let outcome = try Self.run(ahead: ahead)
        #expect(outcome.events.count == 1)
        guard case .clockQuarantined(Self.tracker, let offset)? = outcome.events.first?.event else {
            Issue.record("\(outcome.events)")
            return
        }
        #expect(abs(offset - ahead) < 3)
        #expect(outcome.events.first?.report ?? .max <= 10)
        #expect(outcome.warnings == 0)
        #expect(outcome.health?.isQuarantined == true)
    }
}
