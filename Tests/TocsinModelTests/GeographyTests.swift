import Testing
import TocsinModel

@Suite struct GeographyTests {
    private static let places = stride(from: -85.0, through: 85, by: 17).flatMap { latitude in
        stride(from: -179.0, through: 180, by: 35.9).map {
            GeoPoint(latitudeDegrees: latitude, longitudeDegrees: $0)
        }
    }

    @Test func earthFixedGoesThereAndBackToAMillimeter() {
        for place in Self.places {
            for height in [-400.0, 0, 12_000, 90_000] {
                let back = EarthFixed(place, height: GeometricHeight(meters: height)).geographic
                #expect(abs(back.point.latitudeDegrees - place.latitudeDegrees) < 1e-8)
                #expect(abs(back.point.longitudeDegrees - place.longitudeDegrees) < 1e-8)
                #expect(abs(back.height.meters - height) < 1e-3)
            }
        }
    }

    @Test func localPlaneGoesThereAndBackAndKeepsDistances() {
        for origin in Self.places {
            let plane = LocalPlane(origin: origin)
            for (east, north) in [(0.0, 0.0), (300, -700), (-45_000, 12_000), (180_000, 240_000)] {
                let point = plane.unproject(PlanePoint(east: east, north: north))
                let back = plane.project(point)
                #expect(abs(back.east - east) < 1e-3 && abs(back.north - north) < 1e-3)
                let length = (east * east + north * north).squareRoot()
                let distance = origin.greatCircleDistance(to: point).meters
                // The sphere of the mean radius and the ellipsoid differ by at most 0.6 %.
                #expect(abs(distance - length) <= 0.006 * length + 1e-6)
            }
        }
    }

    @Test func bearingsWrapAndTheirDifferenceIsTheShorterWay() {
        #expect(Bearing(degrees: -10).degrees == 350)
        #expect(Bearing(degrees: 720).degrees == 0)
        #expect(Bearing(degrees: 10).degrees(from: Bearing(degrees: 350)) == 20)
        #expect(Bearing(degrees: 350).degrees(from: Bearing(degrees: 10)) == -20)
        #expect(Bearing(degrees: 180).degrees(from: Bearing(degrees: 0)) == 180)
    }

    @Test func polygonContainsWhatIsInsideItsRing() {
        let ring = [(46.0, 7.0), (46.0, 8.0), (47.0, 8.0), (46.5, 7.5), (47.0, 7.0)].map {
            GeoPoint(latitudeDegrees: $0.0, longitudeDegrees: $0.1)
        }
        let polygon = GeoPolygon(vertices: ring)
        #expect(polygon.contains(GeoPoint(latitudeDegrees: 46.2, longitudeDegrees: 7.5)))
        #expect(!polygon.contains(GeoPoint(latitudeDegrees: 46.9, longitudeDegrees: 7.5)))
        #expect(!polygon.contains(GeoPoint(latitudeDegrees: 45.9, longitudeDegrees: 7.5)))
        #expect(!GeoPolygon(vertices: []).contains(GeoPoint(latitudeDegrees: 0, longitudeDegrees: 0)))
    }

    @Test func evidenceMovesClassesAndNeverRulesOneOut() throws {
        var classes = ClassProbabilities.uniform
        let evidence = try #require(ClassEvidence(likelihoods: [1, 0, 0, 0, 0, 0, 0]))
        for _ in 0..<20 { classes.update(with: evidence, doubt: 0.05) }
        #expect(classes.likeliest == .attackDrone && classes[.attackDrone] > 0.99)
        #expect(ObjectClass.allCases.allSatisfy { classes[$0] > 0 })
        #expect(abs(ObjectClass.allCases.reduce(0) { $0 + classes[$1] } - 1) < 1e-9)
        #expect(ClassEvidence(likelihoods: [0, 0, 0, 0, 0, 0, 0]) == nil)
        #expect(ClassEvidence(likelihoods: [1, .nan, 0, 0, 0, 0, 0]) == nil)
    }
}
