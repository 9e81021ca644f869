internal import TocsinModel

/// Whether stated probabilities come true: guards 3 and 4 of the benchmark. Sums only, so that raids add up.
package struct Calibration: Hashable, Sendable, Codable {
    /// By horizon: ``horizons``.
    package private(set) var tables = Self.horizons.map { _ in Table() }
    /// Statements whose true passage lies at most 100 s ahead, 430 s, or the whole horizon.
    package private(set) var earliest = Self.spans.map { _ in Earliest() }

    /// Seconds ahead for which pairs are chosen by geometry.
    package static let horizons = [100.0, 430.0]
    /// Earliest times are judged among statements with at least this probability within 430 s.
    package static let leastStated = 0.02
    /// How far ahead first passages are forecast. Seconds.
    package static let horizonSeconds = 550.0
    package static let spans = [100.0, 430.0, horizonSeconds]
    /// Pairs are sampled this often. Seconds.
    static let sampleSeconds = 60.0
    /// The lower edges of the bins of stated probability.
    package static let edges = [
        0, 1e-5, 1e-4, 3e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9,
    ]

    /// All pairs of object and area with distance <= class speed x horizon + radius + danger radius.
    package struct Table: Hashable, Sendable, Codable {
        package fileprivate(set) var bins = Calibration.edges.map { _ in Bin() }
        /// Sum of (stated - came)^2.
        fileprivate var squares = 0.0

        package var pairs: Int { bins.reduce(0) { $0 + $1.pairs } }
        package var came: Int { bins.reduce(0) { $0 + $1.came } }

        /// 1 - Brier score / that of always stating the set's base rate; `nil` where that is 0.
        package var skill: Double? {
            let rate = Double(came) / Double(max(1, pairs))
            let base = rate * (1 - rate) * Double(pairs)
            return base > 0 ? 1 - squares / base : nil
        }

        fileprivate mutating func add(_ stated: Double, came: Bool) {
            let bin = Calibration.edges.lastIndex { $0 <= stated } ?? 0
            bins[bin].pairs += 1
            bins[bin].came += came ? 1 : 0
            bins[bin].stated += stated
            squares += (stated - (came ? 1 : 0)) * (stated - (came ? 1 : 0))
        }
    }

    package struct Bin: Hashable, Sendable, Codable {
        package fileprivate(set) var pairs = 0
        package fileprivate(set) var came = 0
        /// The sum of the stated probabilities.
        package fileprivate(set) var stated = 0.0
    }

    package struct Earliest: Hashable, Sendable, Codable {
        package fileprivate(set) var count = 0
        package fileprivate(set) var before = 0
        /// True first passage - stated earliest, summed. Seconds.
        package fileprivate(set) var gapSeconds = 0.0

        package var share: Double? { count > 0 ? Double(before) / Double(count) : nil }
        package var meanGapSeconds: Double? { count > 0 ? gapSeconds / Double(count) : nil }
    }

    package init() {}

    /// Judges a statement about every area that geometry chooses, also those of which the forecast says nothing.
    mutating func judge(_ forecasts: RaidForecasts, of track: RaidTrack, at now: Double, in trial: RaidTrial) {
        var rows = [Int?](repeating: nil, count: trial.areas.count)
        for (row, area) in forecasts.areas.enumerated() { rows[area] = row }
        let danger = BenchmarkRules.dangerRadius(track.objectClass)
        for (index, horizon) in Self.horizons.enumerated() {
            let way = BenchmarkRules.classSpeed(track.objectClass) * horizon + danger
            let lead = trial.position(ofLead: horizon)
            trial.grid.visit(within: way + trial.grid.largestRadius, of: track.latest.position) { area, distance in
                guard distance <= way + trial.areas[area].radiusMeters else { return }
                let stated = rows[area].map { forecasts.probability(row: $0, lead: lead) } ?? 0
                let passage = trial.truth.passage(object: track.object, area: area, from: now)
                tables[index].add(stated, came: passage.map { $0.from <= now + horizon } ?? false)
            }
        }
        judgeEarliest(forecasts, of: track, at: now, in: trial)
    }

    /// Objects that are inside already are left out: "now" is always right for them.
    private mutating func judgeEarliest(
        _ forecasts: RaidForecasts, of track: RaidTrack, at now: Double, in trial: RaidTrial
    ) {
        let lead = trial.position(ofLead: 430)
        for (row, area) in forecasts.areas.enumerated()
        where forecasts.probability(row: row, lead: lead) >= Self.leastStated {
            guard let passage = trial.truth.passage(object: track.object, area: area, from: now), passage.from > now
            else { continue }
            let ahead = passage.from - now
            let gap = ahead - forecasts.earliest[row]
            for (index, span) in Self.spans.enumerated() where ahead <= span {
                earliest[index].count += 1
                earliest[index].before += gap >= 0 ? 1 : 0
                earliest[index].gapSeconds += gap
            }
        }
    }

    package static func += (sum: inout Calibration, other: Calibration) {
        for index in sum.tables.indices {
            sum.tables[index].squares += other.tables[index].squares
            for bin in sum.tables[index].bins.indices {
                sum.tables[index].bins[bin].pairs += other.tables[index].bins[bin].pairs
                sum.tables[index].bins[bin].came += other.tables[index].bins[bin].came
                sum.tables[index].bins[bin].stated += other.tables[index].bins[bin].stated
            }
        }
        for index in sum.earliest.indices {
            sum.earliest[index].count += other.earliest[index].count
            sum.earliest[index].before += other.earliest[index].before
            sum.earliest[index].gapSeconds += other.earliest[index].gapSeconds
        }
    }
}
