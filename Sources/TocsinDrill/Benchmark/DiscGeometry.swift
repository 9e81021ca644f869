// Numeric kernel: bare meters on a plane.
internal import RealModule
internal import TocsinModel

package enum DiscGeometry {
    /// The share of a disc that lies within `reach` of a point `distance` away from its center. 0 ... 1.
    ///
    /// The lens of two circles: the sum of two circular segments (Weisstein, "Circle-Circle Intersection", MathWorld,
    /// equation 14).
    package static func share(ofDisc radius: Double, within reach: Double, distance: Double) -> Double {
        if distance >= radius + reach { return 0 }
        if distance <= abs(radius - reach) { return min(1, reach * reach / (radius * radius)) }
        let first = (distance * distance + radius * radius - reach * reach) / (2 * distance)
        let lens = segment(radius: radius, at: first) + segment(radius: reach, at: distance - first)
        return max(0, min(1, lens / (.pi * radius * radius)))
    }

    /// What a chord at `offset` from the center cuts off a circle, beyond the chord; most of it for a negative one.
    private static func segment(radius: Double, at offset: Double) -> Double {
        let cosine = max(-1, min(1, offset / radius))
        return radius * radius * Double.acos(cosine) - offset * max(0, radius * radius - offset * offset).squareRoot()
    }

    /// The shares 0 ... 1 of the way from `start` to `end` between which it is inside a circle; `nil` if it never is.
    static func inside(
        from start: PlanePoint, to end: PlanePoint, circle center: PlanePoint, radius: Double
    ) -> ClosedRange<Double>? {
        let way = PlanePoint(east: end.east - start.east, north: end.north - start.north)
        let away = PlanePoint(east: start.east - center.east, north: start.north - center.north)
        let outside = away.east * away.east + away.north * away.north - radius * radius
        let square = way.east * way.east + way.north * way.north
        guard square > 0 else { return outside <= 0 ? 0...1 : nil }
        let half = way.east * away.east + way.north * away.north
        let discriminant = half * half - square * outside
        guard discriminant >= 0 else { return nil }
        let root = discriminant.squareRoot()
        let first = max(0, (-half - root) / square)
        let last = min(1, (-half + root) / square)
        return first <= last ? first...last : nil
    }
}
