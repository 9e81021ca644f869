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
        for row in rows {
            guard let claim = claim(row) else { continue }
            if !withRepeats, let last = result.last, last.point == claim.point || last.at >= claim.at { continue }
            result.append(claim)
        }
        return result
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
