internal import TocsinModel

/// `areas.csv`: area, region, x, y, radius, population, seconds to shelter.
package struct ListedAreas: Hashable, Sendable {
    package let country: BenchmarkCountry
    /// As listed, in the order of the country's areas.
    package let names: [String]
    package let secondsToShelter: [Double]

    package static let file = "areas.csv"
    package static let columns = ["area", "region", "x", "y", "radius", "population", "secondsToShelter"]
    /// Each one more is a lead more that is forecast for every area.
    static let shelterTimesMaximum = 16

    package init(country: BenchmarkCountry, names: [String], secondsToShelter: [Double]) {
        self.country = country
        self.names = names
        self.secondsToShelter = secondsToShelter
    }

    package init(_ bytes: [UInt8]) throws(RaidFileError) {
        var reader = CSVReader(bytes, file: Self.file)
        let columns = try reader.columns(Self.columns)
        var names: [String] = []
        var known: Set<String> = []
        var rows: [(area: BenchmarkArea, region: String)] = []
        var shelter: [Double] = []
        while try reader.next() {
            let name = reader.text(columns[0])
            guard known.insert(name).inserted else { throw reader.problem(.usedTwice(name)) }
            let population = try reader.number(columns[5], atLeast: 0)
            let area = BenchmarkArea(
                center: PlanePoint(east: try reader.number(columns[2]), north: try reader.number(columns[3])),
                radiusMeters: try reader.number(columns[4], atLeast: 1), population: population,
                townPopulation: population, region: 0)
            names.append(name)
            rows.append((area, reader.text(columns[1])))
            shelter.append(try reader.number(columns[6], atLeast: 0))
            guard Set(shelter).count <= Self.shelterTimesMaximum else {
                throw reader.problem(.tooManyShelterTimes(maximum: Self.shelterTimesMaximum))
            }
        }
        guard !rows.isEmpty else { throw RaidFileError(file: Self.file, line: 1, problem: .noRows) }
        self.names = names
        secondsToShelter = shelter
        country = Self.country(of: rows)
    }

    private static func country(of rows: [(area: BenchmarkArea, region: String)]) -> BenchmarkCountry {
        let regions = Set(rows.map(\.region)).sorted()
        let positions = Dictionary(uniqueKeysWithValues: regions.enumerated().map { ($1, $0) })
        let areas = rows.map { row in
            var area = row.area
            area.region = positions[row.region] ?? 0
            return area
        }
        return BenchmarkCountry(areas: areas, regions: regions)
    }

    /// The two runs of the benchmark, and one with the seconds as listed unless they are one of the two everywhere.
    package var runs: [ShelterRun] {
        let standard = ShelterRun.standard(areaCount: names.count)
        if standard.contains(where: { $0.secondsToShelter == secondsToShelter }) { return standard }
        return standard + [ShelterRun(name: "S as listed", secondsToShelter: secondsToShelter)]
    }
}
