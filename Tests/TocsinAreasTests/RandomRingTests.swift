import Testing
import TocsinAreas
import TocsinModel

@Suite struct RandomRingTests {
    /// Rings on a small grid meet themselves in every way there is: they cross, touch, run back over themselves. What is
    /// mended holds the points that the ring goes around an odd number of times, whatever was done to it.
    @Test func mendedRingsHoldWhatTheRingGoesAround() {
        var generator = Seeded(state: 11)
        var mended = 0
        for number in 0..<5_000 {
            let corners = 3 + number % 7
            var ring = (0..<corners).map { _ in
                (Double(Int.random(in: 0..<6, using: &generator)), Double(Int.random(in: 0..<6, using: &generator)))
            }
            ring.append(ring[0])
            let file = AreaDocument.read(AreaDocument.feature(polygon: "[\(AreaDocument.ring(ring))]"))
            #expect(file.areas.count + file.refusals.count == 1)
            guard let area = file.areas.first else { continue }
            if !file.notices.isEmpty { mended += 1 }
            let plain = GeoPolygon(vertices: ring.map { GeoPoint(latitudeDegrees: $0.1, longitudeDegrees: $0.0) })
            for _ in 0..<40 {
                let point = GeoPoint(
                    latitudeDegrees: .random(in: -0.5...5.5, using: &generator),
                    longitudeDegrees: .random(in: -0.5...5.5, using: &generator))
                #expect(area.contains(point) == plain.contains(point), "\(ring) at \(point): \(area.polygons)")
                #expect(area.polygon.contains(point) == plain.contains(point), "\(ring) at \(point)")
            }
        }
        #expect(mended > 1_000)
    }
}
