internal import TocsinModel

/// Writes raids in the form that ``RaidFiles`` reads.
package enum RaidExport {
    /// The lines of each file for one raid, without headers.
    package struct Lines: Hashable, Sendable {
        package var feed = ""
        package var ends = ""
        package var truth = ""
        package var arrivals = ""
    }

    package static func header(_ columns: [String]) -> String { columns.joined(separator: ",") + "\n" }

    package static func areas(_ listed: ListedAreas) -> String {
        let country = listed.country
        return country.areas.indices.reduce(into: header(ListedAreas.columns)) { text, index in
            let area = country.areas[index]
            text +=
                "\(listed.names[index]),\(country.regions[area.region]),\(decimal(area.center.east)),"
                + "\(decimal(area.center.north)),\(decimal(area.radiusMeters)),\(decimal(area.population)),"
                + "\(decimal(listed.secondsToShelter[index]))\n"
        }
    }

    /// - Parameter truthEvery: only so many seconds apart the true way is written, and its last point.
    package static func lines(of raid: RaidRecord, name: String, truthEvery: Int) -> Lines {
        var lines = Lines()
        for object in raid.objects {
            for update in object.updates {
                lines.feed +=
                    "\(name),\(decimal(update.at)),\(object.number),\(object.objectClass.rawValue),"
                    + "\(pair(update.position)),\(pair(update.velocity))\n"
            }
            if let report = object.endReport {
                lines.ends += "\(name),\(decimal(report.at)),\(object.number),\(report.kind.rawValue)\n"
            }
            let last = object.path.points.count - 1
            for index in object.path.points.indices where index % truthEvery == 0 || index == last {
                lines.truth +=
                    "\(name),\(decimal(object.path.times[index])),\(object.number),\(pair(object.path.points[index]))\n"
            }
            guard object.end.kind != .left else { continue }
            lines.arrivals +=
                "\(name),\(decimal(object.end.at)),\(object.number),\(object.end.kind.rawValue),"
                + "\(pair(object.end.point))\n"
        }
        return lines
    }

    private static func pair(_ point: PlanePoint) -> String { "\(decimal(point.east)),\(decimal(point.north))" }

    /// To the hundredth: centimeters and centimeters per second.
    private static func decimal(_ value: Double) -> String {
        let hundredths = Int((value * 100).rounded())
        let (whole, rest) = abs(hundredths).quotientAndRemainder(dividingBy: 100)
        let sign = hundredths < 0 ? "-" : ""
        if rest == 0 { return "\(sign)\(whole)" }
        return "\(sign)\(whole).\(rest < 10 ? "0" : "")\(rest)"
    }
}
