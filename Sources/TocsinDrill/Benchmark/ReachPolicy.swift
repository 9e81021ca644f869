// Numeric kernel: bare meters, seconds and radians on the country's plane.
internal import RealModule
internal import TocsinModel

/// P2: an area's alarm is on while its disc plus danger radius comes within a half angle of the estimated heading and
/// can be reached within seconds to shelter + 5 s + margin at the estimated speed; off after 60 s without. A half angle
/// of 180 degrees is the pure reach set. A silent track goes on reaching farther from where it was last.
struct ReachPolicy {
    private let halfAngle: Double
    /// By area: the time within which it must be told. Seconds.
    private let leads: [Double]
    private var book: AlarmBook

    static let holdSeconds = 60.0

    init(halfAngleDegrees: Double, leads: [Double]) {
        halfAngle = halfAngleDegrees * .pi / 180
        self.leads = leads
        book = AlarmBook(count: leads.count, holdSeconds: Self.holdSeconds)
    }

    /// An area that a track can reach, and how.
    struct Approach {
        var area: Int
        /// Seconds from now at the least.
        var seconds: Double
        /// How far off the heading the nearest edge lies. Radians, 0 on the way.
        var angle: Double
    }

    /// Every area that any track can reach within `lead`.
    static func approaches(
        of tracks: [RaidTrack], at now: Double, within lead: Double, over areas: [BenchmarkArea], grid: DiscGrid
    ) -> [Approach] {
        var approaches: [Approach] = []
        for track in tracks {
            let velocity = track.latest.velocity
            let speed = (velocity.east * velocity.east + velocity.north * velocity.north).squareRoot()
            let silence = track.silence(at: now)
            let way = speed * (lead + silence)
            let danger = BenchmarkRules.dangerRadius(track.objectClass)
            grid.visit(within: way + danger + grid.largestRadius, of: track.latest.position) { area, distance in
                let edge = areas[area].radiusMeters + danger
                guard distance - edge <= way else { return }
                let seconds = max(0, distance - edge) / max(speed, 1) - silence
                let angle = angle(to: areas[area].center, edge: edge, distance: distance, from: track.latest)
                approaches.append(Approach(area: area, seconds: seconds, angle: angle))
            }
        }
        return approaches
    }

    private static func angle(
        to center: PlanePoint, edge: Double, distance: Double, from update: FeedUpdate
    ) -> Double {
        guard distance > edge else { return 0 }
        let east = center.east - update.position.east
        let north = center.north - update.position.north
        let cross = update.velocity.east * north - update.velocity.north * east
        let dot = update.velocity.east * east + update.velocity.north * north
        return max(0, abs(Double.atan2(y: cross, x: dot)) - Double.asin(edge / distance))
    }

    mutating func decide(on approaches: [Approach], at now: Double) {
        for approach in approaches where approach.angle <= halfAngle && approach.seconds <= leads[approach.area] {
            book.need(approach.area, at: now)
        }
        book.clear(at: now)
    }

    mutating func finish(at end: Double) -> [Alarm] {
        book.finish(at: end)
        return book.alarms
    }
}
