internal import Foundation
internal import TocsinModel
internal import TocsinPipeline
internal import TocsinDrill

/// The maps of a night's report, in SVG: outlines of areas, and tracks as coarse as they may be shown.
struct NightMap {
    private let report: NightReport
    private let plane: LocalPlane
    private let low: PlanePoint
    private let high: PlanePoint
    private let scale: Double

    private static let width = 960.0
    private static let heightMaximum = 900.0
    /// Of a letter of the labels, about.
    private static let letterWidth = 7.0

    /// - Returns: `nil` without areas.
    init?(_ report: NightReport) {
        let vertices = report.areas.flatMap(\.polygon.vertices)
        guard let origin = GeoPolygon(vertices: vertices).center else { return nil }
        let plane = LocalPlane(origin: origin)
        let places = vertices.map(plane.project)
        func bounds(_ values: [Double]) -> (low: Double, high: Double) {
            let (least, greatest) = (values.min() ?? 0, values.max() ?? 0)
            // A little of what surrounds the areas, and never nothing.
            let margin = max(2_000, 0.06 * (greatest - least))
            return (least - margin, greatest + margin)
        }
        let (west, east) = bounds(places.map(\.east))
        let (south, north) = bounds(places.map(\.north))
        self.report = report
        self.plane = plane
        low = PlanePoint(east: west, north: south)
        high = PlanePoint(east: east, north: north)
        scale = min(Self.width / (east - west), Self.heightMaximum / (north - south))
    }

    // MARK: Keys

    static let classKey = ObjectClass.allCases.filter(\.isThreat)
        .map { "<span class=\"key\" style=\"background:\(color($0))\"></span>\(PlainFigure.words($0.rawValue))" }
        .joined()

    static let verdictKey = AreaNight.Verdict.allCases
        .map { "<span class=\"key\" style=\"background:\(color($0))\"></span>\($0.words)" }.joined()

    private static func color(_ objectClass: ObjectClass) -> String {
        switch objectClass {
        case .attackDrone: "#c2410c"
        case .cruiseMissile: "#1d4ed8"
        case .ballisticMissile: "#7e22ce"
        case .aircraft, .helicopter, .bird, .smallDrone: "#6b7280"
        }
    }

    private static func color(_ verdict: AreaNight.Verdict?) -> String {
        switch verdict {
        case .cameUnwarned: "#b3161a"
        case .warnedLate: "#f08c00"
        case .warnedInTime: "#2a7f4f"
        case .flownOver: "#7fa8d9"
        case .alarmedForNothing: "#8a6fd1"
        case .watchedOnly: "#e3c341"
        case nil: "#e8ebee"
        }
    }

    // MARK: Maps

    /// Where threats were followed, and where they came down by the truth.
    var flights: String {
        let areas = report.areas.map { outline($0, fill: "#e8ebee", title: $0.name) }
        let paths = report.threats.map { threat in
            let points = threat.coarsePath.map(place).joined(separator: " ")
            let title = "#\(threat.number.rawValue) \(PlainFigure.words(threat.objectClass.rawValue))"
            return "<polyline points=\"\(points)\" fill=\"none\" stroke=\"\(Self.color(threat.objectClass))\" "
                + "stroke-width=\"1.5\"><title>\(title)</title></polyline>"
        }
        return svg("Where threats were followed", areas + paths + (report.truth?.ends ?? []).map(mark))
    }

    /// What the night was for every area.
    var verdicts: String {
        let nights = Dictionary(
            report.nights.map { ($0.area.id, $0) },
            uniquingKeysWith: { first, second in first.verdict == nil ? second : first })
        let areas = report.areas.map { area in
            let verdict = nights[area.id]?.verdict
            return outline(area, fill: Self.color(verdict), title: "\(area.name): \(verdict?.words ?? "not warned")")
        }
        return svg("Areas by what the night was for them", areas + labels)
    }

    /// The names of the areas where something came, the largest first; one that would cover another is left out.
    private var labels: [String] {
        var taken: [(x: Double, y: Double, width: Double)] = []
        let nights = report.nights.filter { $0.firstComing != nil }
            .sorted { ($1.area.population, $0.area.id) < ($0.area.population, $1.area.id) }
        return nights.compactMap { night in
            guard let center = night.area.polygon.center else { return nil }
            let (x, y) = pixel(center)
            let width = Double(night.area.name.count) * Self.letterWidth
            let isFree = taken.allSatisfy { abs($0.y - y) > 14 || abs($0.x - x) > ($0.width + width) / 2 }
            guard isFree else { return nil }
            taken.append((x, y, width))
            return "<text x=\"\(x)\" y=\"\(y - 12)\" text-anchor=\"middle\">\(night.area.name.escapedForHTML)</text>"
        }
    }

    private func mark(_ object: NightTruth.Object) -> String {
        let (x, y) = pixel(object.end.point)
        let cross = "M\(x - 4) \(y - 4)L\(x + 4) \(y + 4)M\(x + 4) \(y - 4)L\(x - 4) \(y + 4)"
        let title =
            "\(PlainFigure.words(object.objectClass.rawValue)) \(object.number) at \(PlainFigure.clock(object.end.at)): "
            + object.sight.words
        let ring =
            object.sight == .followed
            ? "" : "<circle cx=\"\(x)\" cy=\"\(y)\" r=\"9\" fill=\"none\" stroke=\"#b3161a\" stroke-width=\"2.5\"/>"
        return "<g><title>\(title)</title><path d=\"\(cross)\" stroke=\"#111\" stroke-width=\"2\"/>\(ring)</g>"
    }

    private func outline(_ area: Area, fill: String, title: String) -> String {
        let rings = area.polygons.flatMap { [$0.vertices] + $0.holes }.map { ring in
            var points: [String] = []
            for vertex in ring {
                let point = place(vertex)
                if point != points.last { points.append(point) }
            }
            return "M" + points.joined(separator: "L") + "Z"
        }
        return "<path d=\"\(rings.joined())\" fill=\"\(fill)\" fill-rule=\"evenodd\" stroke=\"#9aa5b1\" "
            + "stroke-width=\"0.5\"><title>\(title.escapedForHTML)</title></path>"
    }

    private func svg(_ label: String, _ shapes: [String]) -> String {
        let width = Int((high.east - low.east) * scale)
        let height = Int((high.north - low.north) * scale)
        return "<svg viewBox=\"0 0 \(width) \(height)\" width=\"\(width)\" role=\"img\" aria-label=\"\(label)\" "
            + "style=\"background:#f7f9fa\">\(shapes.joined())</svg>"
    }

    private func pixel(_ point: GeoPoint) -> (x: Double, y: Double) {
        let place = plane.project(point)
        func tenth(_ value: Double) -> Double { (value * 10).rounded() / 10 }
        return (tenth((place.east - low.east) * scale), tenth((high.north - place.north) * scale))
    }

    private func place(_ point: GeoPoint) -> String {
        let (x, y) = pixel(point)
        return "\(x),\(y)"
    }
}

extension FollowedThreat {
    /// A point a minute and the last, to a hundredth of a degree: enough to see what flew where, too little to tell how
    /// exactly it was seen.
    var coarsePath: [GeoPoint] {
        var kept: [Sighting] = []
        for sighting in sightings where kept.last.map({ sighting.at.seconds(since: $0.at) >= 60 }) ?? true {
            kept.append(sighting)
        }
        if let last = sightings.last, kept.last != last { kept.append(last) }
        func rounded(_ degrees: Double) -> Double { (degrees * 100).rounded() / 100 }
        return kept.map { sighting in
            GeoPoint(
                latitudeDegrees: rounded(sighting.point.latitudeDegrees),
                longitudeDegrees: rounded(sighting.point.longitudeDegrees))
        }
    }
}
