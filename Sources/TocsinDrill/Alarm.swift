package import TocsinModel

/// A time in which an area's alarm is on: from the decision to the all-clear, hold and clearing included.
/// Seconds from the start of the raid.
package struct Alarm: Hashable, Sendable {
    package var area: Int
    package var from: Double
    package var to: Double

    package init(area: Int, from: Double, to: Double) {
        self.area = area
        self.from = from
        self.to = to
    }

    /// The alarms of exercise warnings, by area and beginning. Stages take shelter and clearing are alarm; watch
    /// is not. Alarms still on run to the closing of the account.
    package static func alarms(of changes: [WarningChange], in outcome: RaidOutcome) -> [Alarm] {
        let ids = outcome.areas.map(\.id)
        var onSince = [Double?](repeating: nil, count: ids.count)
        var alarms: [Alarm] = []
        for change in changes where change.warning.exercise {
            guard let area = position(of: change.warning.area, in: ids) else { continue }
            let at = max(0, change.warning.changedAt.seconds(since: outcome.startsAt))
            switch change.warning.stage {
            case .takeShelter, .clearing:
                onSince[area] = onSince[area] ?? at
            case .quiet, .watch:
                if let since = onSince[area] { alarms.append(Alarm(area: area, from: since, to: at)) }
                onSince[area] = nil
            }
        }
        for (area, since) in onSince.enumerated() {
            if let since { alarms.append(Alarm(area: area, from: since, to: outcome.closesAt)) }
        }
        return merged(alarms, until: outcome.closesAt)
    }

    /// The areas are sorted by id.
    private static func position(of id: AreaID, in ids: [AreaID]) -> Int? {
        var low = 0
        var high = ids.count
        while low < high {
            let middle = (low + high) / 2
            if ids[middle] < id { low = middle + 1 } else { high = middle }
        }
        return low < ids.count && ids[low] == id ? low : nil
    }

    /// Sorted by area and beginning; alarms that touch become one, nothing lasts beyond `end`.
    static func merged(_ alarms: [Alarm], until end: Double) -> [Alarm] {
        var merged: [Alarm] = []
        for alarm in alarms.sorted(by: { ($0.area, $0.from, $0.to) < ($1.area, $1.from, $1.to) }) {
            let to = min(alarm.to, end)
            guard alarm.from < to else { continue }
            if let last = merged.last, last.area == alarm.area, alarm.from <= last.to {
                merged[merged.count - 1].to = max(last.to, to)
            } else {
                merged.append(Alarm(area: alarm.area, from: alarm.from, to: to))
            }
        }
        return merged
    }
}
