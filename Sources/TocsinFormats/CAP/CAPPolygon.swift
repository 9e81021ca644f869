package import TocsinModel

/// Rings as CAP writes them (CAP 1.2, section 3.2.4).
package enum CAPPolygon {
    /// Five decimals of a degree are about a meter.
    private static let decimals = 5

    /// The outer ring: CAP knows no holes, and rather a lake too many is warned than a shore too few.
    ///
    /// - Returns: `nil` for a ring with fewer than three vertices or with one that is no place.
    package static func text(_ polygon: GeoPolygon) -> String? {
        let vertices = polygon.vertices
        guard vertices.count >= 3, vertices.allSatisfy(\.isValid), let first = vertices.first else { return nil }
        let closed = vertices.last == first ? vertices : vertices + [first]
        guard closed.count >= 4 else { return nil }
        return closed.map { point in
            "\(decimal(point.latitudeDegrees)),\(decimal(point.longitudeDegrees))"
        }.joined(separator: " ")
    }

    private static func decimal(_ degrees: Double) -> String {
        let scaled = Int((degrees * 1e5).rounded())
        let digits = String(abs(scaled) % 100_000)
        return (scaled < 0 ? "-" : "") + String(abs(scaled) / 100_000) + "."
            + String(repeating: "0", count: decimals - digits.count) + digits
    }

    /// - Returns: `nil` if any pair is no place on Earth, or is not a pair.
    static func points(_ text: String) -> [GeoPoint]? {
        var points: [GeoPoint] = []
        for pair in text.split(separator: " ", omittingEmptySubsequences: false) {
            let parts = pair.split(separator: ",", omittingEmptySubsequences: false)
            guard parts.count == 2, let latitude = Double(parts[0]), let longitude = Double(parts[1]) else {
                return nil
            }
            let point = GeoPoint(latitudeDegrees: latitude, longitudeDegrees: longitude)
            guard point.isValid else { return nil }
            points.append(point)
        }
        return points
    }
}
