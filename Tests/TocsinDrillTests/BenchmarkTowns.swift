import Foundation
import TocsinDrill
import TocsinModel
import TocsinTestKit

/// Towns for tests of the benchmark: a made-up country, and the real one where its list has been fetched.
enum BenchmarkTowns {
    /// `Tools/demo_data` makes it.
    static let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: ".cache/demo/towns-pl.csv")

    static var isFetched: Bool { FileManager.default.fileExists(atPath: file.path) }

    private static let madeUp = MadeUpTown.lattice.map {
        BenchmarkTown(point: $0.point, population: $0.population, region: $0.region)
    }

    static func country() throws -> BenchmarkCountry {
        guard let country = BenchmarkCountry(towns: madeUp) else { throw DrillCountryError.noRegion }
        return country
    }

    static func poland() throws -> BenchmarkCountry {
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst()
        let towns = try lines.map { line in
            let fields = line.split(separator: ",")
            guard fields.count == 5, let latitude = Double(fields[1]), let longitude = Double(fields[2]),
                let population = Int(fields[3])
            else { throw DrillCountryError.noRegion }
            return BenchmarkTown(
                point: GeoPoint(latitudeDegrees: latitude, longitudeDegrees: longitude), population: population,
                region: String(fields[4]))
        }
        guard let country = BenchmarkCountry(towns: towns) else { throw DrillCountryError.noRegion }
        return country
    }
}
