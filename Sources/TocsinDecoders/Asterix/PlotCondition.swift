internal import TocsinModel

/// What the numbers of item 048/030 say about a plot.
enum PlotCondition {
    /// - Returns: `nil` for a number that `edition` does not define.
    static func text(_ number: UInt8, edition: AsterixEdition) -> String? {
        guard number > 0, number < texts.count, number <= highest(edition) else { return nil }
        return texts[Int(number)]
    }

    /// Each edition added numbers at the end.
    private static func highest(_ edition: AsterixEdition) -> UInt8 {
        if edition >= AsterixEdition(1, 32) { return 37 }
        if edition >= AsterixEdition(1, 31) { return 36 }
        return edition >= AsterixEdition(1, 28) ? 34 : 31
    }

    /// By number; 0 is never used.
    private static let texts = [
        "", "multipath reply", "reply to a side lobe", "split plot", "second time around reply", "angel",
        "slow target on a road", "fixed primary plot", "slow primary target", "low quality primary plot",
        "phantom secondary plot", "mode A code does not match", "altitude abnormal for the track",
        "target in clutter", "greatest response in the zero Doppler filter", "transponder anomaly",
        "duplicated or illegal address", "Mode S error corrected", "altitude code undecodable", "birds",
        "flock of birds", "mode 1 was present", "mode 2 was present", "possibly a wind turbine", "helicopter",
        "most re-interrogations reached (surveillance)", "most re-interrogations reached (registers)",
        "register overlay incoherent", "registers possibly swapped", "track updated in the zenith gap",
        "Mode S track acquired again", "duplicated mode 5 pair", "wrong downlink format in reply",
        "transponder anomaly (answers an A/C-only all-call)", "transponder anomaly (SI capability wrong)",
        "interrogator code conflict possible", "interrogator code conflict detectable, none found",
        "duplicated mode 5 PIN",
    ]
}
