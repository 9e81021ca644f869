internal import TocsinModel

/// The list of a country's towns as Tools/make_towns.py writes it: latitude and longitude (degrees, WGS-84),
/// population, region.
package enum TownFile {
    package static func towns(in bytes: [UInt8], file: String) throws(RaidFileError) -> [BenchmarkTown] {
        var reader = CSVReader(bytes, file: file)
        let columns = try reader.columns(["latitude", "longitude", "population", "region"])
        var towns: [BenchmarkTown] = []
        while try reader.next() {
            let point = GeoPoint(
                latitudeDegrees: try reader.number(columns[0]), longitudeDegrees: try reader.number(columns[1]))
            guard point.isValid else { throw reader.problem(.outOfRange(column: "latitude or longitude")) }
            let population = try reader.number(columns[2], atLeast: 0)
            guard let people = Int(exactly: population) else {
                throw reader.problem(.outOfRange(column: "population"))
            }
            towns.append(BenchmarkTown(point: point, population: people, region: reader.text(columns[3])))
        }
        guard !towns.isEmpty else { throw RaidFileError(file: file, line: 1, problem: .noRows) }
        return towns
    }
}
