// Numeric kernel: bare seconds of flight and radians, x along the heading, y to its left.
internal import RealModule

/// The turns from one place to one side that lead into a disc.
struct Arc {
    let side: Double
    let radius: Double
    /// How far the disc's middle is from the middle of the turn.
    private let distance: Double
    private let discRadius: Double
    /// Where it lies, as the angle that has been turned when it is abeam of the inner side.
    private let bearing: Double

    /// - Parameter direction: of the heading, with the length 1.
    init(direction: SIMD2<Double>, toDisc: SIMD2<Double>, discRadius: Double, side: Double, radius: Double) {
        self.side = side
        self.radius = radius
        self.discRadius = discRadius
        // In the frame of the heading, mirrored so that the turn leads to the left.
        let along = toDisc.x * direction.x + toDisc.y * direction.y
        let left = (toDisc.y * direction.x - toDisc.x * direction.y) * side
        let up = left - radius
        distance = (along * along + up * up).squareRoot()
        bearing = Double.atan2(y: up, x: along)
    }

    /// The disc reaches into the circle of the turn itself.
    var isDiscOnArc: Bool { abs(distance - radius) <= discRadius }

    /// From the least to the greatest angle after which the tangent, or the arc on the way to it, touches the disc.
    /// 0 ... 2 pi or more; `nil` if none does.
    var angles: ClosedRange<Double>? {
        // The tangent after an angle a passes the middle of the disc at distance x sin(bearing - a) + radius to its
        // right; it touches where that is at most the disc's radius.
        let near = (discRadius - radius) / max(distance, 1e-9)
        let far = (discRadius + radius) / max(distance, 1e-9)
        guard near > -1 else { return nil }
        let low = bearing - Double.asin(max(-1, min(1, near)))
        var first = low
        if first < 0 { first += 2 * .pi }
        if far >= 1 { return first...max(first, 2 * .pi) }
        var width = Double.asin(min(1, far)) + Double.asin(max(-1, min(1, near)))
        if width < 0 { width = 0 }
        // A disc ahead is touched by turns of less than nothing on one side: what is left of it counts.
        if low < 0, low + width > 0 { return 0...(low + width) }
        return first...(first + width)
    }

    /// ``angles`` in three pieces.
    func pieces(_ body: (_ from: Double, _ to: Double) -> Void) {
        guard let angles else { return }
        let third = (angles.upperBound - angles.lowerBound) / 3
        for piece in 0..<3 {
            body(angles.lowerBound + Double(piece) * third, angles.lowerBound + Double(piece + 1) * third)
        }
    }

    /// The way from the beginning of the turn to the first touch, if it turns by `angle`.
    func touch(after angle: Double) -> Double {
        let offset = distance * Double.sin(bearing - angle) + radius
        let along = distance * Double.cos(bearing - angle)
        let half = max(0, discRadius * discRadius - offset * offset).squareRoot()
        return max(0, angle) * radius + max(0, along - half)
    }
}

/// The distribution of turn angles, even within bins.
struct TurnAngles {
    private let shares: [Double]
    private let sums: [Double]
    private let width: Double

    init(_ shares: [Double]) {
        self.shares = shares
        width = 2 * .pi / Double(shares.count)
        var sums = [0.0]
        for share in shares { sums.append(sums[sums.count - 1] + share) }
        self.sums = sums
    }

    private func sum(_ angle: Double) -> Double {
        let place = (angle + .pi) / width
        guard place > 0 else { return 0 }
        guard place < Double(shares.count) else { return sums[shares.count] }
        let bin = Int(place)
        return sums[bin] + (place - Double(bin)) * shares[bin]
    }

    /// The share of turns between two angles, positive to the side of the last turn.
    func share(_ low: Double, _ high: Double) -> Double { max(0, sum(high) - sum(low)) }

    func quantile(_ share: Double) -> Double {
        let wanted = share * sums[shares.count]
        var bin = 0
        while bin + 1 < shares.count, sums[bin + 1] < wanted { bin += 1 }
        let within = shares[bin] > 0 ? (wanted - sums[bin]) / shares[bin] : 0.5
        return (Double(bin) + max(0, min(1, within))) * width - .pi
    }
}
