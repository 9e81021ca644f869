import Foundation

/// A made-up country: wavy outlines of 20 to 30 vertices on a grid, the same every time.
enum NationalFile {
    static func text(count: Int) -> Data {
        var text = Data(#"{"type": "FeatureCollection", "features": ["#.utf8)
        let columns = Int(Double(count).squareRoot()) + 1
        for number in 0..<count {
            if number > 0 { text.append(contentsOf: ",\n".utf8) }
            text.append(contentsOf: feature(number, columns: columns).utf8)
        }
        text.append(contentsOf: "]}\n".utf8)
        return text
    }

    private static func feature(_ number: Int, columns: Int) -> String {
        let longitude = 20 + Double(number % columns) * 0.05
        let latitude = 40 + Double(number / columns) * 0.05
        let corners = 20 + number % 11
        var ring = (0..<corners).map { corner in
            let angle = 2 * Double.pi * Double(corner) / Double(corners)
            let radius = 0.02 * (0.8 + 0.2 * sin(5 * angle))
            return "[\(decimal(longitude + radius * cos(angle))), \(decimal(latitude + radius * sin(angle)))]"
        }
        ring.append(ring[0])
        // One in a thousand is a city of the size that is cut if it were large.
        let population = number % 1_000 == 0 ? 600_000 : 100 + number % 5_000
        return #"{"type": "Feature", "id": "xx-\#(number)", "properties": {"name": "Place \#(number)", "#
            + #""name:de": "Ort \#(number)", "population": \#(population), "secondsToShelterDay": 60, "#
            + #""secondsToShelterNight": 90, "utcOffset": "+02:00", "protects": ["homes"], "region": "R\#(number % 25)"}, "#
            + #""geometry": {"type": "Polygon", "coordinates": [[\#(ring.joined(separator: ", "))]]}}"#
    }

    /// Six digits after the point, about 0.1 m.
    private static func decimal(_ degrees: Double) -> String { String((degrees * 1e6).rounded() / 1e6) }
}
