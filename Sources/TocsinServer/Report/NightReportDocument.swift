internal import Foundation
internal import TocsinDrill
internal import TocsinModel

/// A night's report as JSON. Times are ISO 8601 in UTC; tracks are as coarse as on the page.
package struct NightReportDocument: Encodable {
    private var system: String
    private var from: String?
    private var to: String?
    private var inputs: UInt64
    private var damage: [String]
    private var firstDifference: UInt64?
    private var truthKnown: Bool
    private var totals: Totals
    private var threats: [Threat]
    private var otherTracks: Int
    private var areas: [AreaEntry]
    private var arrivals: [End]?
    private var withheld: [Withheld]

    package init(_ report: NightReport) {
        system = report.system
        from = report.span?.from.iso8601
        to = report.span?.to.iso8601
        inputs = report.inputs
        damage = report.damage
        firstDifference = report.firstDifference
        truthKnown = report.truth != nil
        totals = Totals(NightTotals(report))
        threats = report.threats.map(Threat.init)
        otherTracks = report.otherTracks
        areas = report.nights.map(AreaEntry.init)
        arrivals = report.truth.map { truth in truth.ends.map { End($0, place: report.place(of: $0.end.point)) } }
        withheld = report.withheld.map(Withheld.init)
    }

    /// The document, with sorted keys.
    package var text: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
        }
    }

    private struct Totals: Encodable {
        var areas: Int
        var alarms: Int
        var areasAlarmed: Int
        var areasOnlyWatched: Int
        var areasAlarmedForNothing: Int
        var personHours: Double
        var needlessPersonHours: Double
        var areasFlownOver: Int
        var flownOverPersonHours: Double
        var comings: Int
        var comingsInTime: Int
        var comingsUnwarned: Int
        var arrivalsInTime: Double?
        var warnableArrivalsInTime: Double?

        init(_ totals: NightTotals) {
            areas = totals.areas
            alarms = totals.alarms
            areasAlarmed = totals.areasAlarmed
            areasOnlyWatched = totals.areasOnlyWatched
            areasAlarmedForNothing = totals.areasAlarmedForNothing
            personHours = totals.personHours
            needlessPersonHours = totals.needlessPersonHours
            areasFlownOver = totals.areasFlownOver
            flownOverPersonHours = totals.flownOverPersonHours
            comings = totals.comings
            comingsInTime = totals.comingsInTime
            comingsUnwarned = totals.comingsUnwarned
            arrivalsInTime = totals.arrivalsInTime
            warnableArrivalsInTime = totals.warnableArrivalsInTime
        }
    }

    private struct Threat: Encodable {
        var track: UInt64
        var exercise: Bool
        var objectClass: ObjectClass
        var startedAt: String
        var lastSeenAt: String
        var end: TrackEndReason?
        /// Latitude and longitude.
        var path: [[Double]]

        init(_ threat: FollowedThreat) {
            track = threat.number.rawValue
            exercise = threat.exercise
            objectClass = threat.objectClass
            startedAt = threat.startedAt.iso8601
            lastSeenAt = threat.lastSeenAt.iso8601
            end = threat.end
            path = threat.coarsePath.map { [$0.latitudeDegrees, $0.longitudeDegrees] }
        }
    }

    private struct AreaEntry: Encodable {
        struct Stage: Encodable {
            var stage: WarningStage
            var warning: String
            var reason: WarningReason
            var from: String
            var to: String
        }
        struct Coming: Encodable {
            var at: String
            var warnedSeconds: Double?
            var inTime: Bool
        }
        var area: String
        var name: String
        var exercise: Bool
        var population: Int
        var secondsToShelter: Double
        var result: AreaNight.Verdict?
        var personHours: Double
        var stages: [Stage]
        var came: [Coming]

        init(_ night: AreaNight) {
            area = night.area.id.rawValue
            name = night.area.name
            exercise = night.exercise
            population = night.area.population
            secondsToShelter = night.area.secondsToShelter
            result = night.verdict
            personHours = night.personHours
            stages = night.spans.map {
                Stage(
                    stage: $0.stage, warning: "w\($0.warning.rawValue)", reason: $0.reason, from: $0.from.iso8601,
                    to: $0.to.iso8601)
            }
            came = night.comings.map {
                Coming(at: $0.at.iso8601, warnedSeconds: $0.warnedSeconds, inTime: $0.isInTime)
            }
        }
    }

    private struct End: Encodable {
        var object: Int
        var objectClass: ObjectClass
        var at: String
        var place: String
        var firstSensedAt: String?
        var seen: NightTruth.Sight
        var exposedPeople: [String: Double]

        init(_ end: NightTruth.Object, place: String) {
            object = end.number
            objectClass = end.objectClass
            at = end.end.at.iso8601
            self.place = place
            firstSensedAt = end.firstSensedAt?.iso8601
            seen = end.sight
            exposedPeople = Dictionary(
                end.exposures.map { ($0.area.rawValue, $0.people) }, uniquingKeysWith: { first, _ in first })
        }
    }

    private struct Withheld: Encodable {
        var at: String
        var area: String
        var track: UInt64
        var reason: NotWarnedReason

        init(_ withheld: NightReport.Withheld) {
            at = withheld.at.iso8601
            area = withheld.area.rawValue
            track = withheld.track.rawValue
            reason = withheld.reason
        }
    }
}

extension AreaNight.Verdict: Encodable {}
extension NightTruth.Sight: Encodable {}
