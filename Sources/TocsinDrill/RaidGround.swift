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

    /// Where objects come into being: outside the border in the direction of each bearing.
    func spawns(toward bearings: [Bearing], settings: RaidSettings) -> [(point: PlanePoint, outward: Double)] {
        bearings.map { bearing in
            let border = raster.border(toward: bearing)
            return (border.moved(by: settings.spawnDistance.meters, toward: bearing.radians), bearing.radians)
        }
    }
}

extension RaidSettings {
    /// Bearings in a fan whose middle is anywhere, one in each equal part of it, so that two are never the same.
    func evenBearings(using generator: inout SeededGenerator) -> [Bearing] {
        let middle = generator.uniform(in: 0...360)
        let count = Double(directions)
        return (0..<directions).map { index in
            let part = (Double(index) + generator.uniform()) / count - 0.5
            return Bearing(degrees: middle + part * fanDegrees)
        }
    }

    /// Bearings anywhere in such a fan.
    func bearings(using generator: inout SeededGenerator) -> [Bearing] {
        let middle = generator.uniform(in: 0...360)
        return (0..<directions).map { _ in Bearing(degrees: middle + (generator.uniform() - 0.5) * fanDegrees) }
    }
}
