import TocsinDrill
import TocsinModel

/// A made-up country of square towns on a lattice, for tests that must not read a file.
enum DrillCountry {
    static func areas(columns: Int = 8, rows: Int = 5) -> [Area] {
        (0..<columns * rows).map { index in
            let latitude = 46.5 + 0.13 * Double(index / columns)
            let longitude = 7.0 + 0.2 * Double(index % columns)
            return square(
                id: "x-\(100 + index)", latitude: latitude, longitude: longitude, population: 5_000 + 1_500 * index)
        }
    }

    /// About 2 km by 2 km.
    static func square(
        id: String, latitude: Double, longitude: Double, population: Int, secondsToShelter: Double = 90
    ) -> Area {
        let corners = [(-0.009, -0.013), (-0.009, 0.013), (0.009, 0.013), (0.009, -0.013)]
        return Area(
            id: AreaID(id), names: [LocalizedName(language: "en", text: id)], population: population,
            polygon: GeoPolygon(
                vertices: corners.map {
                    GeoPoint(latitudeDegrees: latitude + $0.0, longitudeDegrees: longitude + $0.1)
                }), secondsToShelter: secondsToShelter, protects: [.homes])
    }

    static let start = Instant(nanosecondsSinceEpoch: 1_767_225_600_000_000_000)

    static func region() throws -> RaidRegion {
        guard let region = RaidRegion(areas: areas()) else { throw DrillCountryError.noRegion }
        return region
    }

    static func raid(seed: UInt64, drones: Int = 12, missiles: Int = 4) throws -> Raid {
        let settings = RaidSettings(drones: drones, missiles: missiles, durationSeconds: 2_400, directions: 2)
        return Raid(over: try region(), settings: settings, startsAt: start, seed: seed)
    }
}

enum DrillCountryError: Error { case noRegion }
