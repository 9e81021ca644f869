internal import TocsinModel

/// A share as sums, so that raids add up.
package struct Share: Hashable, Sendable, Codable {
    package private(set) var part = 0.0
    package private(set) var whole = 0.0

    package init() {}

    /// `nil` of nothing.
    package var value: Double? { whole > 0 ? part / whole : nil }

    mutating func add(_ part: Double, of whole: Double) {
        self.part += part
        self.whole += whole
    }

    package static func += (sum: inout Share, other: Share) { sum.add(other.part, of: other.whole) }
}

/// How large the town is that an exposed area is a part of.
package enum TownSize: String, Hashable, Sendable, Codable, CaseIterable {
    case below10000 = "< 10,000"
    case to100000 = "10,000-100,000"
    case above100000 = "> 100,000"

    init(population: Double) {
        self = population < 10_000 ? .below10000 : population <= 100_000 ? .to100000 : .above100000
    }

    var position: Int {
        switch self {
        case .below10000: 0
        case .to100000: 1
        case .above100000: 2
        }
    }
}

/// What one policy reached in one raid and one run, and what it cost.
package struct RaidTally: Hashable, Sendable, Codable {
    /// Over warnable arrivals, each arrival weighing 1, spread over its exposed people: the headline.
    package private(set) var byArrival = Share()
    /// Over warnable arrivals, every exposed person weighing 1.
    package private(set) var byPeople = Share()
    /// The same over all arrivals.
    package private(set) var allByArrival = Share()
    package private(set) var allByPeople = Share()
    /// Over warnable arrivals, by arrival: attack drones, then the rest.
    package private(set) var byClass = [Share(), Share()]
    /// Over warnable arrivals, by arrival, in the order of ``TownSize``.
    package private(set) var bySize = TownSize.allCases.map { _ in Share() }
    package private(set) var personHours = 0.0
    /// Alarms times the people they reach.
    package private(set) var peopleAlarmed = 0.0
    /// How long before the arrival the alarm began, of every hit, with its weight. Seconds.
    package private(set) var leads: [Lead] = []

    package struct Lead: Hashable, Sendable, Codable {
        package var seconds: Double
        package var weight: Double
    }

    init(of alarms: [Alarm], truth: RaidTruth, areas: [BenchmarkArea], run: ShelterRun) {
        var byArea = [[Alarm]](repeating: [], count: areas.count)
        for alarm in alarms {
            byArea[alarm.area].append(alarm)
            personHours += areas[alarm.area].population * (alarm.to - alarm.from) / 3_600
            peopleAlarmed += areas[alarm.area].population
        }
        for arrival in truth.arrivals { count(arrival, byArea, areas: areas, run: run) }
    }

    private mutating func count(
        _ arrival: RaidTruth.Arrival, _ alarms: [[Alarm]], areas: [BenchmarkArea], run: ShelterRun
    ) {
        let exposed = arrival.exposures.reduce(0) { $0 + $1.people }
        for exposure in arrival.exposures {
            let shelter = run.secondsToShelter[exposure.area]
            let began = arrival.at - shelter - ScoreRules.deliverySeconds
            let alarm = alarms[exposure.area].first { $0.from <= began && $0.to >= arrival.at }
            let share = exposure.people / exposed
            allByArrival.add(alarm == nil ? 0 : share, of: share)
            allByPeople.add(alarm == nil ? 0 : exposure.people, of: exposure.people)
            guard arrival.isWarnable(secondsToShelter: shelter) else { continue }
            let hit = alarm == nil ? 0 : share
            byArrival.add(hit, of: share)
            byPeople.add(alarm == nil ? 0 : exposure.people, of: exposure.people)
            byClass[arrival.objectClass == .attackDrone ? 0 : 1].add(hit, of: share)
            bySize[TownSize(population: areas[exposure.area].townPopulation).position].add(hit, of: share)
            if let alarm { leads.append(Lead(seconds: arrival.at - alarm.from, weight: share)) }
        }
    }

    package static func += (sum: inout RaidTally, other: RaidTally) {
        sum.byArrival += other.byArrival
        sum.byPeople += other.byPeople
        sum.allByArrival += other.allByArrival
        sum.allByPeople += other.allByPeople
        for index in sum.byClass.indices { sum.byClass[index] += other.byClass[index] }
        for index in sum.bySize.indices { sum.bySize[index] += other.bySize[index] }
        sum.personHours += other.personHours
        sum.peopleAlarmed += other.peopleAlarmed
        sum.leads += other.leads
    }
}
