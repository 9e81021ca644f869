internal import TocsinModel

/// The places of one scan in square cells on the plane that touches the earth at the first of them, about one to
/// a cell. Projecting brings points nearer together, never farther apart, so no neighbour is lost.
struct ScanGrid {
    private var frame = LocalFrame(at: SIMD4(EarthFixed.semiMajorAxisMeters, 0, 0, 0))
    private var origin = SIMD4<Double>.zero
    private var west = 0.0
    private var south = 0.0
    private var cellsPerMeter = 0.0
    private var columns = 0
    private var rows = 0
    /// A place, east and north, and its number.
    private struct Entry {
        var point: SIMD2<Double>
        var number: Int32
    }

    /// Per cell, where its places begin in `entries`; one more at the end.
    private var starts: [Int32] = []
    /// Cell by cell, row by row, so that what is near lies near in memory.
    private var entries: [Entry] = []
    /// In the order in which the places were given.
    private var points: [SIMD2<Double>] = []
    private var arranged: [SIMD4<Double>] = []

    mutating func fill(_ places: [SIMD4<Double>]) {
        points.removeAll(keepingCapacity: true)
        entries.removeAll(keepingCapacity: true)
        starts.removeAll(keepingCapacity: true)
        guard let first = places.first else { return }
        origin = first
        frame = LocalFrame(at: first)
        var least = SIMD2<Double>(repeating: .infinity)
        var greatest = SIMD2<Double>(repeating: -.infinity)
        for place in places {
            let point = project(place)
            points.append(point)
            least.replace(with: point, where: point .< least)
            greatest.replace(with: point, where: point .> greatest)
        }
        let extent = greatest - least
        let edge = max((extent.x * extent.y / Double(places.count)).squareRoot(), max(extent.x, extent.y) / 4_096, 100)
        (west, south, cellsPerMeter) = (least.x, least.y, 1 / edge)
        columns = Int(extent.x * cellsPerMeter) + 1
        rows = Int(extent.y * cellsPerMeter) + 1
        sort()
    }

    /// Counting sort by cell.
    private mutating func sort() {
        for _ in 0...(columns * rows) { starts.append(0) }
        for point in points { starts[cell(point) + 1] += 1 }
        for index in 1..<starts.count { starts[index] += starts[index - 1] }
        for _ in points { entries.append(Entry(point: .zero, number: 0)) }
        for index in points.indices.reversed() {
            let cell = cell(points[index])
            // Filled from the back; the starts are put right by the next loop.
            starts[cell + 1] -= 1
            entries[Int(starts[cell + 1])] = Entry(point: points[index], number: Int32(truncatingIfNeeded: index))
        }
        for index in 0..<(starts.count - 1) { starts[index] = starts[index + 1] }
        starts[starts.count - 1] = Int32(truncatingIfNeeded: points.count)
    }

    /// Puts the places, with which the grid was filled, in the order of its cells and numbers them anew.
    mutating func arrange(_ places: inout [SIMD4<Double>]) {
        arranged.removeAll(keepingCapacity: true)
        for index in entries.indices {
            arranged.append(places[Int(entries[index].number)])
            entries[index].number = Int32(truncatingIfNeeded: index)
        }
        swap(&places, &arranged)
    }

    /// Puts the numbers of the places within a square of half the side `radius` meters around `center` in
    /// `found`, cell by cell.
    func collect(around center: SIMD4<Double>, radius: Double, into found: inout [Int32]) {
        found.removeAll(keepingCapacity: true)
        guard !points.isEmpty else { return }
        let point = project(center)
        let first = (column(point.x - radius), row(point.y - radius))
        let last = (column(point.x + radius), row(point.y + radius))
        for row in first.1...last.1 {
            let begin = starts[row * columns + first.0]
            let end = starts[row * columns + last.0 + 1]
            for index in begin..<end {
                let entry = entries[Int(index)]
                let step = entry.point - point
                if abs(step.x) <= radius, abs(step.y) <= radius { found.append(entry.number) }
            }
        }
    }

    private func project(_ place: SIMD4<Double>) -> SIMD2<Double> {
        let step = place - origin
        return SIMD2(step.dot(frame.east), step.dot(frame.north))
    }

    private func cell(_ point: SIMD2<Double>) -> Int { row(point.y) * columns + column(point.x) }
    private func column(_ x: Double) -> Int { Int(max(0, min((x - west) * cellsPerMeter, Double(columns - 1)))) }
    private func row(_ y: Double) -> Int { Int(max(0, min((y - south) * cellsPerMeter, Double(rows - 1)))) }
}
