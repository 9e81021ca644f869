import Foundation
import TocsinModel
import TocsinTestKit
import TocsinTracking

/// The recorded flights of `../shared/data/tracks` as claims. State vectors of one second, in which a place or
/// altitude that was not received again is repeated.
enum TransponderRecording {
    /// Rows whose place is new, or all of them.
    static func claims(_ name: String, withRepeats: Bool = false) throws -> [TransponderClaim] {
        let text = try SharedFolder.gunzippedLines("data/tracks/traffic_\(name).json.gz").joined()
        let rows = rows(try JSONSerialization.jsonObject(with: Data(text.utf8)))
        var result: [TransponderClaim] = []
        var freshness = Freshness()
        for row in rows {
            guard var claim = claim(row) else { continue }
            freshness.dropOld(&claim)
            if !withRepeats, let last = result.last, last.point == claim.point || last.at >= claim.at { continue }
            result.append(claim)
        }
        return result
    }

    /// The claims of each aircraft in a table of state vectors, a place once, at the time that it was sent.
    static func stateVectors(_ name: String) throws -> [[TransponderClaim]] {
        let text = String(decoding: try SharedFolder.bytes("data/tracks/\(name).csv"), as: UTF8.self)
        var byAddress: [String: [TransponderClaim]] = [:]
        for line in text.split(whereSeparator: \.isNewline).dropFirst() {
            let fields = line.split(separator: ",", omittingEmptySubsequences: false)
            guard fields.count > 14, let at = Double(fields[14]).flatMap(Instant.init(secondsSinceEpoch:)),
                let latitude = Double(fields[2]), let longitude = Double(fields[3])
            else { continue }
            var velocity: GroundVelocity?
            if let speed = Double(fields[4]), let track = Double(fields[5]) {
                velocity = GroundVelocity(speed: Speed(metersPerSecond: speed), track: Bearing(degrees: track))
            }
            let claim = TransponderClaim(
                at: at, point: GeoPoint(latitudeDegrees: latitude, longitudeDegrees: longitude), sigma: 30,
                altitude: Double(fields[12]), velocity: velocity)
            if byAddress[String(fields[1])]?.last?.at != at { byAddress[String(fields[1]), default: []].append(claim) }
        }
        return byAddress.sorted { $0.key < $1.key }.map(\.value)
    }

    /// The rows keep the last velocity and altitude where none was received, for up to an hour. What was not received
    /// is no claim: a velocity is dropped when it has not changed for 10 s (as the Mode S decoder does), and an
    /// altitude unless it changed, since a garbled one would else be repeated for minutes.
    private struct Freshness {
        var velocity: GroundVelocity?
        var velocityAt: Instant?
        var altitude: Double?

        mutating func dropOld(_ claim: inout TransponderClaim) {
            if claim.velocity != velocity {
                velocity = claim.velocity
                velocityAt = claim.at
            }
            if let velocityAt, claim.at.seconds(since: velocityAt) > 10 { claim.velocity = nil }
            let isOld = claim.altitude == altitude
            altitude = claim.altitude
            if isOld { claim.altitude = nil }
        }
    }

    /// Either a list of rows, or a table of columns whose cells are named by the row's number.
    private static func rows(_ object: Any) -> [[String: Any]] {
        if let rows = object as? [[String: Any]] { return rows }
        guard let table = object as? [String: [String: Any]] else { return [] }
        let numbers = (table["timestamp"] ?? [:]).keys.compactMap(Int.init).sorted()
        return numbers.map { number in table.compactMapValues { $0[String(number)] } }
    }

    private static func claim(_ row: [String: Any]) -> TransponderClaim? {
        func number(_ name: String) -> Double? { (row[name] as? NSNumber)?.doubleValue }
        guard let latitude = number("latitude"), let longitude = number("longitude"),
            let milliseconds = number("last_position") ?? number("timestamp"),
            let at = Instant(secondsSinceEpoch: milliseconds / 1_000)
        else { return nil }
        var velocity: GroundVelocity?
        if let knots = number("groundspeed"), let track = number("track") {
            velocity = GroundVelocity(speed: Speed(knots: knots), track: Bearing(degrees: track))
        }
        return TransponderClaim(
            at: at, point: GeoPoint(latitudeDegrees: latitude, longitudeDegrees: longitude), sigma: 30,
            altitude: number("altitude").map { $0 * 0.304_8 }, velocity: velocity)
    }
}
