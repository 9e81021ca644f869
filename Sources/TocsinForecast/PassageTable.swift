// Numeric kernel: bare seconds of flight (ways divided by the speed) and radians, x along the heading, y to its left.
internal import RealModule

/// How likely an object that turns at least once first touches a disc, by when: for discs all around, worked out once
/// for a model of turns.
///
/// Flights are drawn up to each of their turns. From there nothing is drawn: the share of turn angles that lead into
/// the disc is taken as it is (next-event estimation, Coveyou, Cain and Yost 1967), so that small probabilities have no
/// noise of counting. A turn is an arc of the turn rate, then the tangent.
struct PassageTable: Sendable {
    /// By edge, bearing and radius (``row(_:_:_:)``): the probabilities of a first touch by edge + each of ``slacks``.
    private var rows: [SIMD16<Float>]

    /// From the object to the nearest point of the disc.
    static let edges: [Double] = [
        0, 8, 16, 28, 45, 65, 90, 120, 160, 210, 270, 340, 420, 520, 650, 800, 1_000, 1_200,
    ]
    static let bearings = 30
    static let radii: [Double] = [4, 10, 22, 45, 120]
    /// Beyond the time that the straight way to the nearest point takes.
    static let slacks: [Double] = [0, 8, 20, 35, 55, 80, 110, 150, 200, 270, 360, 480, 600, 750, 950, 1_200]
    /// By whole seconds: the entry of ``slacks`` at or below.
    private static let entries: [UInt8] = (0...1_200).map { second in
        UInt8(slacks.lastIndex { $0 <= Double(second) } ?? 0)
    }
    static let horizon = 1_200.0
    /// A turn that began so shortly ago is not noticed yet.
    static let unnoticedSeconds = 20.0

    /// - Parameter deviation: of the course now. Radians, positive to the left; without one, both sides are alike.
    init(_ model: TurnModel, deviation: Double) {
        let flights = FlightsToTurns(model, deviation: deviation)
        let isSymmetric = deviation == 0
        rows = Array(repeating: .zero, count: Self.edges.count * Self.bearings * Self.radii.count)
        var density = [Double](repeating: 0, count: Self.slacks.count)
        for (e, edge) in Self.edges.enumerated() {
            for b in 0..<Self.bearings {
                let bearing = (Double(b) - Double(Self.bearings / 2)) * 2 * .pi / Double(Self.bearings)
                if isSymmetric, bearing < -1e-9, b > 0 {
                    continue
                }
                for (r, radius) in Self.radii.enumerated() {
                    for slack in density.indices { density[slack] = 0 }
                    let distance = edge + radius
                    let disc = SIMD2(distance * Double.cos(bearing), distance * Double.sin(bearing))
                    flights.addPassages(into: disc, radius: radius, edge: edge, density: &density)
                    var sum = 0.0
                    for slack in density.indices {
                        sum += density[slack]
                        rows[Self.row(e, b, r)][slack] = Float(sum)
                    }
                }
            }
        }
        if isSymmetric { mirror() }
    }

    /// Both sides are alike.
    private mutating func mirror() {
        for e in Self.edges.indices {
            for b in 1..<Self.bearings / 2 {
                for r in Self.radii.indices {
                    rows[Self.row(e, b, r)] = rows[Self.row(e, Self.bearings - b, r)]
                }
            }
        }
    }

    private static func row(_ edge: Int, _ bearing: Int, _ radius: Int) -> Int {
        (edge * bearings + bearing) * radii.count + radius
    }

    /// The probabilities of a first touch by `edge` + each of ``slacks``, between the nearest entries.
    func passages(edge: Double, bearing: Double, radius: Double) -> SIMD16<Float> {
        let (e, eShare) = Self.place(edge, in: Self.edges)
        let (r, rShare) = Self.place(radius, in: Self.radii)
        let turn = (bearing / (2 * .pi) * Double(Self.bearings) + Double(Self.bearings / 2))
        let b = turn.rounded(.down)
        let bShare = turn - b
        let low = (Int(b) % Self.bearings + Self.bearings) % Self.bearings
        let high = (low + 1) % Self.bearings
        var mixed = SIMD16<Float>.zero
        for edge in 0...1 where edge == 0 || eShare > 0 {
            let edgeWeight = edge == 0 ? 1 - eShare : eShare
            for bearing in 0...1 {
                let weight = edgeWeight * (bearing == 0 ? 1 - bShare : bShare)
                let first = Self.row(e + edge, bearing == 0 ? low : high, r)
                mixed += rows[first] * Float(weight * (1 - rShare))
                if rShare > 0 { mixed += rows[first + 1] * Float(weight * rShare) }
            }
        }
        return mixed
    }

    /// The entry of ``slacks`` at or below `slack` and the share of the way to the next.
    @inline(__always)
    static func place(slack: Double) -> (Int, Double) {
        guard slack < horizon else { return (slacks.count - 1, 0) }
        let low = Int(entries[Int(max(0, slack))])
        return (low, max(0, slack - slacks[low]) / (slacks[low + 1] - slacks[low]))
    }

    /// The entry at or below `value` and the share of the way to the next; the ends beyond them.
    @inline(__always)
    static func place(_ value: Double, in list: [Double]) -> (Int, Double) {
        guard value > list[0] else { return (0, 0) }
        guard value < list[list.count - 1] else { return (list.count - 1, 0) }
        var low = 0
        var high = list.count - 1
        while high - low > 1 {
            let middle = (low + high) / 2
            if list[middle] <= value { low = middle } else { high = middle }
        }
        return (low, (value - list[low]) / (list[high] - list[low]))
    }
}
