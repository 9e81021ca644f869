internal import OrderedCollections
internal import TocsinModel

/// Which areas the sensors that are heard reach, kept up to date as sensors fall silent and come back.
///
/// An area is covered if an instrument that is heard reaches its middle, as in ``SensorRegister/coverage(of:at:)``.
/// For operators only: where nobody looks must not be public.
struct CoverageLedger: Hashable, Sendable, Codable {
    private struct Place: Hashable, Sendable, Codable {
        var area: AreaID
        var middle: GeoPoint
        /// How many sensors that are heard reach it.
        var heard = 0
    }

    /// By ascending latitude of the middle, then by id.
    private var places: [Place]
    private(set) var heard: OrderedSet<SensorID> = []

    /// A degree of latitude on the sphere of ``GeoPoint/greatCircleDistance(to:)``.
    private static let metersPerDegree = 6_371_008.8 * Double.pi / 180

    /// Nothing is heard yet. Areas without vertices have no middle and are left out.
    init(areas: [Area]) {
        places = areas.compactMap { area in area.polygon.center.map { Place(area: area.id, middle: $0) } }
            .sorted { ($0.middle.latitudeDegrees, $0.area) < ($1.middle.latitudeDegrees, $1.area) }
    }

    /// The areas that no sensor reaches that is heard, by ascending id.
    var uncovered: [AreaID] { places.filter { $0.heard == 0 }.map(\.area).sorted() }

    /// Notes whether `sensor` is heard from now on.
    ///
    /// - Returns: How many areas it covers alone: so many are newly covered, or no longer.
    /// - Complexity: O(*a*), *a* being the number of areas as far north as the sensor reaches; O(1) without a change.
    mutating func note(_ sensor: SensorSettings, isHeard: Bool) -> Int {
        guard isHeard != heard.contains(sensor.id) else { return 0 }
        if isHeard { heard.append(sensor.id) } else { heard.remove(sensor.id) }
        let center = sensor.position.point
        // A little more, so that rounding leaves out nobody; the distance decides.
        let reach = sensor.range.meters / Self.metersPerDegree + 1e-6
        var alone = 0
        var index = firstIndex(from: center.latitudeDegrees - reach)
        while index < places.count, places[index].middle.latitudeDegrees <= center.latitudeDegrees + reach {
            if center.greatCircleDistance(to: places[index].middle) <= sensor.range {
                alone += places[index].heard == (isHeard ? 0 : 1) ? 1 : 0
                places[index].heard += isHeard ? 1 : -1
            }
            index += 1
        }
        return alone
    }

    private func firstIndex(from latitudeDegrees: Double) -> Int {
        var range = places.startIndex..<places.endIndex
        while !range.isEmpty {
            let middle = (range.lowerBound + range.upperBound) / 2
            if places[middle].middle.latitudeDegrees < latitudeDegrees {
                range = middle + 1..<range.upperBound
            } else {
                range = range.lowerBound..<middle
            }
        }
        return range.lowerBound
    }
}
