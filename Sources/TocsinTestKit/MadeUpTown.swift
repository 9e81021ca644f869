package import TocsinModel

/// A town of a country that does not exist.
package struct MadeUpTown: Sendable {
    package let point: GeoPoint
    package let population: Int
    package let region: String

    /// 12 x 8 towns 15 km apart in four regions; the sixth of each row is a city of 200,000.
    package static let lattice: [MadeUpTown] = (0..<96).map { index in
        let (column, row) = (index % 12, index / 12)
        return MadeUpTown(
            point: GeoPoint(latitudeDegrees: 47 + 0.135 * Double(row), longitudeDegrees: 8 + 0.2 * Double(column)),
            population: column == 5 ? 200_000 : 4_000 + 400 * index, region: "R\(column / 6)\(row / 4)")
    }
}
