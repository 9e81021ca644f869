internal import TocsinModel

/// A picture of a scenario and its tracks as one SVG file: what was detected as dots, each track as a line in a
/// color of its own with its number at the end.
package struct ScenarioPicture: Sendable {
    private var paths: [TrackNumber: [ScenarioFolder.Plot]] = [:]
    private let detections: [ScenarioFolder.Plot]
    private let sensors: [ScenarioFolder.Plot]

    /// The longer side of the picture, in units of its own.
    private static let size = 900.0
    private static let margin = 30.0
    /// Told apart by people who see colors differently (Okabe and Ito 2008).
    private static let colors = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"]

    package init(_ folder: ScenarioFolder) {
        switch folder.detections {
        case .plots(let scans): (detections, sensors) = (scans.flatMap { $0 }, [])
        case .directions(_, let places): (detections, sensors) = ([], places.keys.sorted().compactMap { places[$0] })
        }
    }

    /// Adds the tracks of one scan; scans come in order.
    package mutating func add(_ estimates: [ScenarioTracking.Estimate]) {
        for estimate in estimates {
            paths[estimate.track, default: []].append(ScenarioFolder.Plot(x: estimate.x, y: estimate.y))
        }
    }

    /// The whole file.
    package var svg: String {
        let all = detections + sensors + paths.values.flatMap { $0 }
        let frame = Frame(all)
        var text = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(number(frame.width)) \(number(frame.height))" \
            font-family="sans-serif" font-size="13">
            <rect width="100%" height="100%" fill="#ffffff"/>
            <g fill="#b8b8b8">\n
            """
        for place in detections { text += circle(frame.place(place), radius: 1.3) }
        text += "</g>\n<g fill=\"none\" stroke=\"#888888\">\n"
        for place in sensors { text += circle(frame.place(place), radius: 4) }
        text += "</g>\n"
        for (index, track) in paths.keys.sorted().enumerated() {
            text += line(track, (paths[track] ?? []).map(frame.place), color: Self.colors[index % Self.colors.count])
        }
        return text + scale(frame) + "</svg>\n"
    }

    private func circle(_ place: (x: Double, y: Double), radius: Double) -> String {
        "<circle cx=\"\(number(place.x))\" cy=\"\(number(place.y))\" r=\"\(number(radius))\"/>\n"
    }

    private func line(_ track: TrackNumber, _ places: [(x: Double, y: Double)], color: String) -> String {
        guard let last = places.last else { return "" }
        let points = places.map { "\(number($0.x)),\(number($0.y))" }.joined(separator: " ")
        return """
            <polyline points="\(points)" fill="none" stroke="\(color)" stroke-width="2"/>
            <text x="\(number(last.x + 5))" y="\(number(last.y - 5))" fill="\(color)">\(track.rawValue)</text>\n
            """
    }

    /// A bar of a round length.
    private func scale(_ frame: Frame) -> String {
        let meters = [100.0, 500, 1_000, 2_000, 5_000, 10_000, 50_000].last { $0 * frame.unitsPerMeter < 200 } ?? 100
        let (x, y) = (Self.margin, frame.height - 12)
        let end = x + meters * frame.unitsPerMeter
        let label = meters < 1_000 ? "\(Int(meters)) m" : "\(Int(meters / 1_000)) km"
        return """
            <path d="M\(number(x)),\(number(y)) H\(number(end))" stroke="#000000" stroke-width="2"/>
            <text x="\(number(end + 6))" y="\(number(y + 4))">\(label)</text>\n
            """
    }

    private func number(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }

    /// Where the field lies in the picture: x to the right, y upwards.
    private struct Frame {
        let west: Double
        let north: Double
        let unitsPerMeter: Double
        let width: Double
        let height: Double

        init(_ places: [ScenarioFolder.Plot]) {
            let (xs, ys) = (places.map(\.x), places.map(\.y))
            let (east, south) = (xs.max() ?? 1, ys.min() ?? 0)
            west = xs.min() ?? 0
            north = ys.max() ?? 1
            let extent = max(east - west, north - south, 1)
            unitsPerMeter = size / extent
            width = (east - west) * unitsPerMeter + 2 * margin
            height = (north - south) * unitsPerMeter + 2 * margin
        }

        func place(_ place: ScenarioFolder.Plot) -> (x: Double, y: Double) {
            (margin + (place.x - west) * unitsPerMeter, margin + (north - place.y) * unitsPerMeter)
        }
    }
}
