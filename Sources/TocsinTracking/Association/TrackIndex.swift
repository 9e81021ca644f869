internal import RealModule
internal import TocsinModel

/// Where the tracks are: a grid of 0.02 degrees, as a sorted list, so that neighbours are found without
/// visiting every track and always in the same order.
struct TrackIndex: Hashable, Sendable, Codable {
    private struct Entry: Hashable, Comparable, Codable {
        var cell: Int64
        var number: UInt64
        static func < (left: Entry, right: Entry) -> Bool {
            left.cell != right.cell ? left.cell < right.cell : left.number < right.number
        }
    }

    private var entries: [Entry] = []
    private static let cellDegrees = 0.02
    private static let metersPerDegree = 111_000.0
    /// A row of cells is 18,000 long; rows are a power of two apart.
    private static let rowStride: Int64 = 1 << 20

    /// The cell of a place.
    static func cell(of position: SIMD4<Double>) -> Int64 {
        let (latitude, longitude) = degrees(of: position)
        return row(latitude) * rowStride + column(longitude)
    }

    mutating func insert(_ number: TrackNumber, cell: Int64) {
        let entry = Entry(cell: cell, number: number.rawValue)
        entries.insert(entry, at: firstIndex(notBelow: entry))
    }

    mutating func remove(_ number: TrackNumber, cell: Int64) {
        let entry = Entry(cell: cell, number: number.rawValue)
        let index = firstIndex(notBelow: entry)
        if index < entries.count, entries[index] == entry { entries.remove(at: index) }
    }

    /// The numbers of the tracks in the cells around `center`, ascending; at least all within `radius` meters
    /// on the ground. Tracks on the far side of the 180th meridian are found too.
    func numbers(around center: SIMD4<Double>, radius: Double) -> [TrackNumber] {
        let (latitude, longitude) = Self.degrees(of: center)
        let halfHeight = radius / Self.metersPerDegree
        let shrink = max(Double.cos((abs(latitude) + halfHeight) * .pi / 180), 0.01)
        let halfWidth = min(halfHeight / shrink, 180)
        var found: [TrackNumber] = []
        for row in Self.row(latitude - halfHeight)...Self.row(latitude + halfHeight) {
            collect(row: row, from: longitude - halfWidth, to: longitude + halfWidth, into: &found)
            if longitude - halfWidth < -180 {
                collect(row: row, from: longitude - halfWidth + 360, to: 180, into: &found)
            }
            if longitude + halfWidth > 180 {
                collect(row: row, from: -180, to: longitude + halfWidth - 360, into: &found)
            }
        }
        if found.count > 1 { found.sort() }
        return found
    }

    private func collect(row: Int64, from west: Double, to east: Double, into found: inout [TrackNumber]) {
        let first = row * Self.rowStride + Self.column(west)
        let last = row * Self.rowStride + Self.column(east)
        var index = firstIndex(notBelow: Entry(cell: first, number: 0))
        while index < entries.count, entries[index].cell <= last {
            found.append(TrackNumber(entries[index].number))
            index += 1
        }
    }

    private func firstIndex(notBelow entry: Entry) -> Int {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle] < entry { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Geocentric latitude, which serves for a grid, and longitude.
    private static func degrees(of position: SIMD4<Double>) -> (latitude: Double, longitude: Double) {
        let horizontal = (position.x * position.x + position.y * position.y).squareRoot()
        return (
            Double.atan2(y: position.z, x: horizontal) * 180 / .pi,
            Double.atan2(y: position.y, x: position.x) * 180 / .pi
        )
    }

    private static func row(_ latitude: Double) -> Int64 { Int64((latitude / cellDegrees).rounded(.down)) }
    /// From 0 at 180 W minus a margin, so that neighbours of the edge stay in their row.
    private static func column(_ longitude: Double) -> Int64 {
        Int64(((longitude + 540) / cellDegrees).rounded(.down))
    }
}
