internal import RealModule
internal import TocsinModel

/// An object heard for a few seconds only: solved for anew each second, from all that was heard in the window.
struct YoungTrack: Hashable, Sendable, Codable {
    private(set) var key = 0
    /// `nil`: it was never shown.
    var number: TrackNumber?
    /// When it was first thought of, seconds.
    private(set) var bornAt: Double
    var state: SIMD4<Double>
    var covariance: PlaneMatrix
    var score: Double
    /// The bearings that it explains: their running numbers, ascending, and the probabilities that it caused them.
    let causes: [SIMD2<Double>]

    init(
        bornAt: Double, state: SIMD4<Double>, covariance: PlaneMatrix, score: Double, causes: [SIMD2<Double>]
    ) {
        self.bornAt = bornAt
        self.state = state
        self.covariance = covariance
        self.score = score
        self.causes = causes
    }

    /// Takes over the identity of a young track, or a new key.
    mutating func goOn(from before: YoungTrack?, or lastKey: inout Int) {
        guard let before else {
            lastKey += 1
            key = lastKey
            return
        }
        (key, number, bornAt) = (before.key, before.number, before.bornAt)
    }

    /// The score at which it is as likely as not.
    private static let evenScore = 9.0
    var existence: Double { 1 / (1 + Double.exp(Self.evenScore - score)) }

    /// From this age on it may join the filter, seconds.
    private static let grownSeconds = 7.5

    func isGrown(at now: Double) -> Bool { now - bornAt >= Self.grownSeconds && existence > 0.5 }
}

/// Which of the objects chosen now go on from which young tracks: an object that explains the bearings that a young
/// track explained a second ago is the same; what explains none of them goes on from the nearest.
struct YoungMatching {
    /// Per chosen object, the position of a young track.
    private(set) var matches: [Int?]

    /// So much of the smaller of both must be explained by the other too.
    private static let leastOverlap = 0.3
    /// Another object goes on from a young track this near, meters.
    private static let farthest = 1_500.0
    /// How much a difference of velocity counts, seconds.
    private static let velocityWeight = 3.0

    init(_ chosen: [YoungTrack], _ young: [YoungTrack]) {
        matches = [Int?](repeating: nil, count: chosen.count)
        var taken = [Bool](repeating: false, count: young.count)
        var pairs: [(cost: Double, object: Int, young: Int)] = []
        for (object, one) in chosen.enumerated() {
            for (other, two) in young.enumerated() {
                if let cost = Self.cost(one, two) { pairs.append((cost, object, other)) }
            }
        }
        pairs.sort { $0 < $1 }
        for pair in pairs where matches[pair.object] == nil && !taken[pair.young] {
            matches[pair.object] = pair.young
            taken[pair.young] = true
        }
    }

    /// Below zero: they explain the same. `nil`: they are two.
    private static func cost(_ one: YoungTrack, _ two: YoungTrack) -> Double? {
        let overlap = overlap(one.causes, two.causes)
        if overlap >= leastOverlap { return -overlap }
        let step = one.state - two.state
        let distance = (step.x * step.x + step.y * step.y).squareRoot()
        let turn = (step.z * step.z + step.w * step.w).squareRoot()
        return distance < farthest ? distance + velocityWeight * turn : nil
    }

    /// The share of the smaller that both explain.
    private static func overlap(_ one: [SIMD2<Double>], _ two: [SIMD2<Double>]) -> Double {
        var common = 0.0
        var second = 0
        for first in one {
            while second < two.count, two[second].x < first.x { second += 1 }
            if second < two.count, two[second].x == first.x { common += min(first.y, two[second].y) }
        }
        let least = min(one.reduce(0) { $0 + $1.y }, two.reduce(0) { $0 + $1.y })
        return least > 0 ? common / least : 0
    }
}
