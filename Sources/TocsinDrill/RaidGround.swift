package import TocsinModel

/// What a flight is planned over: the places that may be aimed at, and what is inside the border.
package struct RaidGround: Hashable, Sendable, Codable {
    package let targets: [Target]
    package let raster: RegionRaster

    /// A place as a disc of the same surface. Bare meters on the country's plane.
    package struct Target: Hashable, Sendable, Codable {
        package var center: PlanePoint
        package var radiusMeters: Double
        package var population: Int

        package init(center: PlanePoint, radiusMeters: Double, population: Int) {
            self.center = center
            self.radiusMeters = radiusMeters
            self.population = population
        }
    }

    package init(targets: [Target]) {
        self.targets = targets
        raster = RegionRaster(around: targets.map(\.center))
    }

    func isInside(_ point: PlanePoint) -> Bool { raster.owner(of: point) != nil }

    /// Where objects come into being: a number of bearings in a fan whose middle is anywhere, outside the border.
    func spawns(
        settings: RaidSettings, using generator: inout SeededGenerator
    ) -> [(point: PlanePoint, outward: Double)] {
        let middle = generator.uniform(in: 0...360)
        let count = Double(settings.directions)
        return (0..<settings.directions).map { index in
            // One direction in each equal part of the fan, so that two are never the same.
            let part = (Double(index) + generator.uniform()) / count - 0.5
            let bearing = Bearing(degrees: middle + part * settings.fanDegrees)
            let border = raster.border(toward: bearing)
            return (border.moved(by: settings.spawnDistance.meters, toward: bearing.radians), bearing.radians)
        }
    }
}
