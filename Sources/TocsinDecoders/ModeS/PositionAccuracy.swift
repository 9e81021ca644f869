internal import TocsinModel

/// How far off a reported position may be: one standard deviation per axis, from what the aircraft says of its
/// navigation (Docs/formats/mode-s.md shows the table).
enum PositionAccuracy {
    /// An airborne position is up to some tenths of a second old when sent, at 250 m/s or so; none is better.
    static let floorAirborne = Distance(meters: 30)
    static let floorSurface = Distance(meters: 10)
    /// For aircraft that say nothing. Our own judgement: such positions are mostly good to a few hundred meters,
    /// and those of inertial systems to a few kilometers.
    static let unknown = Distance(meters: 1_000)

    /// - Parameter category: The newest accuracy category (NACp); preferred where known.
    static func sigma(typeCode: Int, category: Int?) -> Distance {
        let floor = typeCode < 9 ? floorSurface : floorAirborne
        guard let sigma = category.flatMap(sigma(ofCategory:)) ?? sigma(ofTypeCode: typeCode) else { return unknown }
        return max(sigma, floor)
    }

    /// The estimated position uncertainty (DO-260B, table 2-71) is exceeded 5 % of the time: 2.45 deviations of
    /// a circular distribution. `nil`: unknown.
    private static func sigma(ofCategory category: Int) -> Distance? {
        let uncertaintyMeters: Double
        switch category {
        case 1: uncertaintyMeters = 18_520
        case 2: uncertaintyMeters = 7_408
        case 3: uncertaintyMeters = 3_704
        case 4: uncertaintyMeters = 1_852
        case 5: uncertaintyMeters = 926
        case 6: uncertaintyMeters = 555.6
        case 7: uncertaintyMeters = 185.2
        case 8: uncertaintyMeters = 92.6
        case 9: uncertaintyMeters = 30
        case 10: uncertaintyMeters = 10
        case 11: uncertaintyMeters = 3
        default: return nil
        }
        return Distance(meters: uncertaintyMeters / 2.45)
    }

    /// The containment radius that goes with a type code (DO-260B, table 2-14, without the supplements, so that
    /// the larger radius counts) is exceeded once in 100,000: 4.8 deviations. `nil`: unknown.
    private static func sigma(ofTypeCode typeCode: Int) -> Distance? {
        let radiusMeters: Double
        switch typeCode {
        case 5, 9, 20: radiusMeters = 7.5
        case 6, 10, 21: radiusMeters = 25
        case 7, 11: radiusMeters = 185.2
        case 12: radiusMeters = 370.4
        case 13: radiusMeters = 1_111.2
        case 14: radiusMeters = 1_852
        case 15: radiusMeters = 3_704
        case 16: radiusMeters = 14_816
        case 17: radiusMeters = 37_040
        default: return nil
        }
        return Distance(meters: radiusMeters / 4.8)
    }
}
