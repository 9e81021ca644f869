internal import RealModule
internal import TocsinModel

/// An object heard for a few seconds only: solved for anew each second, from all that was heard in the window.
struct YoungTrack: Hashable, Sendable, Codable {
    let key: Int
    /// `nil`: it was never shown.
    var number: TrackNumber?
    /// When it was first thought of, seconds.
    let bornAt: Double
    var state: SIMD4<Double>
    var covariance: PlaneMatrix
    var score: Double

    /// The score at which it is as likely as not.
    private static let evenScore = 9.0
    var existence: Double { 1 / (1 + Double.exp(Self.evenScore - score)) }

    /// From this age on it may join the filter, seconds.
    private static let grownSeconds = 7.5

    func isGrown(at now: Double) -> Bool { now - bornAt >= Self.grownSeconds && existence > 0.5 }
}

/// Which of the objects chosen now go on from which young tracks.
struct YoungMatching {
    /// Per chosen object, the position of a young track.
    private(set) var matches: [Int?]
    private var taken: [Bool]

    /// An object that says so itself goes on from a young track this near, meters; any other from the nearest.
    private static let ownDistance = 1_200.0
    private static let otherDistance = 1_500.0
    /// How much a difference of velocity counts, seconds.
    private static let velocityWeight = 3.0

    init(_ chosen: [HearingCandidate], _ young: [YoungTrack]) {
        matches = [Int?](repeating: nil, count: chosen.count)
        taken = [Bool](repeating: false, count: young.count)
        for object in chosen.indices.sorted(by: { chosen[$0].score > chosen[$1].score }) {
            guard let own = chosen[object].young, !taken[own],
                chosen[object].distance(to: young[own].state) < Self.ownDistance
            else { continue }
            match(object, own)
        }
        matchNearest(chosen, young)
    }

    private mutating func match(_ object: Int, _ young: Int) {
        matches[object] = young
        taken[young] = true
    }

    private mutating func matchNearest(_ chosen: [HearingCandidate], _ young: [YoungTrack]) {
        var pairs: [(distance: Double, object: Int, young: Int)] = []
        for object in chosen.indices where matches[object] == nil {
            for other in young.indices where !taken[other] {
                let distance = chosen[object].distance(to: young[other].state)
                guard distance < Self.otherDistance else { continue }
                let step = chosen[object].state - young[other].state
                let turn = (step.z * step.z + step.w * step.w).squareRoot()
                pairs.append((distance + Self.velocityWeight * turn, object, other))
            }
        }
        pairs.sort { $0 < $1 }
        for pair in pairs where matches[pair.object] == nil && !taken[pair.young] { match(pair.object, pair.young) }
    }
}
