internal import OrderedCollections
package import TocsinModel

/// Finds areas by id or alias; a city's id finds all its parts.
package struct AreaDirectory: Hashable, Sendable {
    private var positions: OrderedDictionary<AreaID, [Int]>

    package init(_ areas: [Area]) {
        positions = OrderedDictionary(minimumCapacity: areas.count)
        for (position, area) in areas.enumerated() {
            for id in [area.id] + area.aliases { positions[id, default: []].append(position) }
        }
    }

    /// Positions in the list of areas, ascending; empty for an id that nobody has.
    package subscript(_ id: AreaID) -> [Int] { positions[id] ?? [] }
}
