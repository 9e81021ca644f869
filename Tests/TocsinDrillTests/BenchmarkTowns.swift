import Foundation
import TocsinDrill
import TocsinModel

/// Towns for tests of the benchmark: a made-up country, and the real one where its list has been fetched.
enum BenchmarkTowns {
    /// `Tools/demo_data` makes it.
    static let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: ".cache/demo/towns-pl.csv")

    static var isFetched: Bool { FileManager.default.fileExists(atPath: file.path) }

    /// 12 x 8 towns 15 km apart in four regions; the sixth of each row is a city of 200,000.
    static let lattice: [BenchmarkTown] = (0..<96).map { index in
        let (column, row) = (index % 12, index / 12)
        return BenchmarkTown(
            point: GeoPoint(
                latitudeDegrees: 47 + 0.135 * Double(row), longitudeDegrees: 8 + 0.2 * Double(column)),
            population: column == 5 ? 200_000 : 4_000 + 400 * index, region: "R\(column / 6)\(row / 4)")
    }

    static func country() throws -> BenchmarkCountry {
        guard let country = BenchmarkCountry(towns: lattice) else { throw DrillCountryError.noRegion }
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
