internal import TocsinDrill
package import TocsinModel

/// One area's night in one world, live or exercise.
package struct AreaNight: Hashable, Sendable {
    package var area: Area
    package var exercise: Bool
    /// In order.
    package var spans: [StageSpan]
    /// In order.
    package var passages: [NightPassage]
    /// What really came down near its people; `nil` where no truth is known.
    package var arrivals: [NightTruth.Arrival]?

    /// A time in which people were told to be in shelter: take shelter and clearing, without a break.
    package struct Alarm: Hashable, Sendable {
        package var from: Instant
        package var to: Instant

        package var seconds: Double { to.seconds(since: from) }
    }

    /// One threat that came, and how early people were told.
    package struct Coming: Hashable, Sendable {
        package var at: Instant
        /// From the alarm to the coming; negative where the alarm came later; `nil` where there was none.
        package var warnedSeconds: Double?
        /// The alarm came early enough: seconds to shelter and delivery before.
        package var isInTime: Bool
    }

    /// What the night was for the area's people. Flown over: alarmed, and what was near came down elsewhere.
    package enum Verdict: String, Hashable, Sendable, CaseIterable {
        case cameUnwarned, warnedLate, warnedInTime, flownOver, alarmedForNothing, watchedOnly
    }

    /// The drill's definition (Docs/drill.md): `watch` is no alarm.
    package var alarms: [Alarm] {
        var alarms: [Alarm] = []
        for span in spans where span.stage == .takeShelter || span.stage == .clearing {
            if let last = alarms.last, last.to >= span.from {
                alarms[alarms.count - 1].to = max(last.to, span.to)
            } else {
                alarms.append(Alarm(from: span.from, to: span.to))
            }
        }
        return alarms.filter { $0.from < $0.to }
    }

    package var personHours: Double {
        Double(area.population) * alarms.reduce(0) { $0 + $1.seconds } / 3_600
    }

    /// What came: by the truth where it is known, else what was followed.
    package var comings: [Coming] {
        if let arrivals { return arrivals.map { coming(from: $0.at, to: $0.at) } }
        return passages.map { coming(from: $0.from, to: $0.to) }
    }

    /// `nil`: nothing came.
    package var firstComing: Coming? { comings.min { $0.at < $1.at } }

    /// The worst that happened; `nil`: nothing was said, and nothing came.
    package var verdict: Verdict? {
        let comings = comings
        if comings.contains(where: { $0.warnedSeconds == nil }) { return .cameUnwarned }
        if comings.contains(where: { !$0.isInTime }) { return .warnedLate }
        if !comings.isEmpty { return .warnedInTime }
        if !alarms.isEmpty { return passages.isEmpty ? .alarmedForNothing : .flownOver }
        return spans.isEmpty ? nil : .watchedOnly
    }

    /// How long before a coming people must be told: to reach shelter, and delivery. Seconds.
    package var secondsNeeded: Double { area.secondsToShelter + ScoreRules.deliverySeconds }

    private func coming(from: Instant, to: Instant) -> Coming {
        if let alarm = alarms.first(where: { $0.from <= from && $0.to >= from }) {
            let seconds = from.seconds(since: alarm.from)
            return Coming(at: from, warnedSeconds: seconds, isInTime: seconds >= secondsNeeded)
        }
        let late = alarms.first { $0.from > from && $0.from <= to }
        return Coming(at: from, warnedSeconds: late.map { from.seconds(since: $0.from) }, isInTime: false)
    }
}
