package import TocsinModel

/// The country that a raid is drawn over: its areas on a plane, and a raster of what is inside.
package struct RaidRegion: Hashable, Sendable, Codable {
    package let areas: [Area]
    /// Around the mean of the centers, rounded to half a degree.
    package let plane: LocalPlane
    /// The center and the radius of a disc as large as the area; by the position in `areas`. Meters.
    package let discs: [Disc]
    /// The same areas by population, and the raster of what is inside.
    let ground: RaidGround

    package struct Disc: Hashable, Sendable, Codable {
        package var center: PlanePoint
        package var radiusMeters: Double
    }

    /// - Returns: `nil` if there is no area with at least three vertices.
    package init?(areas list: [Area]) {
        let sorted = list.filter { $0.polygon.vertices.count > 2 }.sorted { $0.id < $1.id }
        let centers = sorted.compactMap(\.polygon.center)
        guard !sorted.isEmpty, centers.count == sorted.count else { return nil }
        let count = Double(centers.count)
        let origin = GeoPoint(
            latitudeDegrees: (centers.reduce(0) { $0 + $1.latitudeDegrees } / count * 2).rounded() / 2,
            longitudeDegrees: (centers.reduce(0) { $0 + $1.longitudeDegrees } / count * 2).rounded() / 2)
        let plane = LocalPlane(origin: origin)
        let discs = zip(sorted, centers).map { area, center in
            let surface = PlanePolygon(area.polygon, on: plane).surface
            return Disc(center: plane.project(center), radiusMeters: (surface / .pi).squareRoot())
        }
        areas = sorted
        self.plane = plane
        self.discs = discs
        ground = RaidGround(
            targets: zip(sorted, discs).map { area, disc in
                RaidGround.Target(
                    center: disc.center, radiusMeters: disc.radiusMeters, population: area.population)
            })
    }

    /// The middles of all cells inside with the position of the area that they belong to; from the south-west.
    package var cells: [(middle: PlanePoint, owner: Int)] { ground.raster.cells }
}
