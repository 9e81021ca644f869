import Foundation
import Testing
import TocsinDecoders
import TocsinModel
import TocsinTestKit

/// A real capture of a minute near Saint Petersburg, 11 aircraft, against two independent decoders: pyModeS 3.6.1
/// and rs1090 0.7.0. What they agree on, we must say too.
@Suite(.enabled(if: SharedFolder.isPresent, Comment(rawValue: SharedFolder.absence)))
struct ModeSCaptureTests {
    private static let folder = "data/modes-beast"

    private static func lines() throws -> [DecodedLine] {
        var decoder = ModeSFileDecoder(format: .beast, reference: nil)
        var lines: [DecodedLine] = []
        decoder.take(try SharedFolder.bytes("\(folder)/bbb_ulss7_beast.bin")) { lines.append(DecodedLine($0)) }
        decoder.finish { lines.append(DecodedLine($0)) }
        #expect(decoder.records == 13_954)
        #expect(decoder.refusals == [])
        return lines
    }

    private static func oracle(_ name: String) throws -> [[String: Any]] {
        try SharedFolder.gunzippedLines("\(folder)/oracle/bbb_ulss7_beast.\(name).jsonl.gz").map { line in
            try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }
    }

    @Test func everyFieldThatTheOraclesAgreeOnIsTheSame() throws {
        let lines = try Self.lines()
        #expect(lines.filter { $0.text("kind") == "mode-ac" }.count == 5_026)
        let messages = lines.filter { $0.text("kind") == "mode-s" }
        let first = try Self.oracle("pymodes")
        let second = try Self.oracle("rs1090")
        try #require(messages.count == 8_928 && first.count == 8_928 && second.count == 8_928)
        var formats: [Int: Int] = [:]
        var compared: [String: Int] = [:]
        var different: [String: Int] = [:]
        var examples: [String] = []
        for (ours, (one, two)) in zip(messages, zip(first, second)) {
            #expect(ours.text("frame") == one["msg"] as? String)
            formats[ours.integer("df") ?? -1, default: 0] += 1
            for comparison in OracleComparison.all {
                guard let isSame = comparison.isSame(ours, one, two) else { continue }
                compared[comparison.name, default: 0] += 1
                if !isSame {
                    different[comparison.name, default: 0] += 1
                    if examples.count < 10 { examples.append("\(comparison.name): \(ours) \(one) \(two)") }
                }
            }
        }
        #expect(formats == [0: 440, 4: 328, 5: 196, 11: 3_978, 16: 62, 17: 3_436, 20: 262, 21: 226])
        #expect(different == [:], "\(examples.joined(separator: "\n"))")
        print("compared with both oracles: \(compared.sorted { $0.key < $1.key })")
        let places = messages.filter { $0.number("latitude") != nil }.count
        print("positions: \(places) (pyModeS 1366, rs1090 1396)")
        #expect(places >= 1_300)
    }
}

/// A line that the file decoder wrote.
struct DecodedLine: CustomStringConvertible {
    let fields: [String: Any]

    init(_ bytes: [UInt8]) {
        fields = (try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]) ?? [:]
    }

    func text(_ name: String) -> String? { fields[name] as? String }
    func number(_ name: String) -> Double? { (fields[name] as? NSNumber)?.doubleValue }
    func integer(_ name: String) -> Int? { (fields[name] as? NSNumber)?.intValue }
    var place: GeoPoint? {
        guard let latitude = number("latitude"), let longitude = number("longitude") else { return nil }
        return GeoPoint(latitudeDegrees: latitude, longitudeDegrees: longitude)
    }
    var description: String { "\(fields)" }
}

/// One field in our words and the oracles'.
private struct OracleComparison: Sendable {
    let name: String
    /// `nil`: the oracles do not both say it, or do not agree.
    let isSame: @Sendable (DecodedLine, [String: Any], [String: Any]) -> Bool?

    private static func number(_ name: String, _ firstName: String, _ secondName: String) -> OracleComparison {
        OracleComparison(name: name) { ours, one, two in
            guard let first = (one[firstName] as? NSNumber)?.doubleValue,
                let second = (two[secondName] as? NSNumber)?.doubleValue, abs(first - second) < 1.000_001
            else { return nil }
            guard let own = ours.number(name) else { return false }
            return abs(own - second) < 1e-6 || abs(own - first) < 1e-6
        }
    }

    private static func text(_ name: String, _ firstName: String, _ secondName: String) -> OracleComparison {
        OracleComparison(name: name) { ours, one, two in
            let nested = (two["bds20"] as? [String: Any])?["callsign"]
            guard let first = one[firstName] as? String, let second = (two[secondName] ?? nested) as? String,
                first.lowercased() == second.lowercased()
            else { return nil }
            return ours.text(name)?.lowercased() == first.lowercased()
        }
    }

    static let all: [OracleComparison] = [
        OracleComparison(name: "df") { ours, one, two in
            guard let first = one["df"] as? Int, let second = (two["df"] as? String).flatMap({ Int($0) }),
                first == second
            else { return nil }
            return ours.integer("df") == first
        },
        text("address", "icao", "icao24"),
        text("callsign", "callsign", "callsign"),
        text("squawk", "squawk", "squawk"),
        number("altitudeFeet", "altitude", "altitude"),
        number("typeCode", "typecode", "tc"),
        number("groundSpeedKnots", "groundspeed", "groundspeed"),
        number("trackDegrees", "track", "track"),
        number("verticalRateFeetPerMinute", "vertical_rate", "vertical_rate"),
        number("geometricMinusBarometricFeet", "geo_minus_baro", "geo_minus_baro"),
        number("latitudeCode", "cpr_lat", "lat_cpr"),
        number("longitudeCode", "cpr_lon", "lon_cpr"),
        OracleComparison(name: "place") { ours, one, two in
            guard let own = ours.place, let first = place(one), let second = place(two),
                first.greatCircleDistance(to: second).meters < 10
            else { return nil }
            return own.greatCircleDistance(to: second).meters <= 10
        },
    ]

    private static func place(_ fields: [String: Any]) -> GeoPoint? {
        guard let latitude = (fields["latitude"] as? NSNumber)?.doubleValue,
            let longitude = (fields["longitude"] as? NSNumber)?.doubleValue
        else { return nil }
        return GeoPoint(latitudeDegrees: latitude, longitudeDegrees: longitude)
    }
}
