package import TocsinModel

/// A warning as the public interface shows it: no tracks and no sensors. Times are ISO 8601 in UTC.
package struct WarningJSON: Hashable, Sendable, Codable {
    /// `w` and the warning's number.
    package var id: String
    package var revision: UInt32
    package var kind: WarningChange.Kind
    package var area: String
    package var areaName: String
    package var exercise: Bool
    package var stage: WarningStage
    package var previousStage: WarningStage
    package var reason: WarningReason
    package var reasonText: String
    package var action: Action
    package var issuedAt: String
    package var changedAt: String
    package var expiresAt: String
    /// Written as `null` while nothing is forecast to arrive.
    package var arrival: Arrival?
    /// Whether the threat rather comes or rather passes; written as `null` where `arrival` is.
    package var course: ThreatCourse?
    /// Two decimals.
    package var probability: Double
    /// The path of the CAP message.
    package var cap: String

    /// What people do now.
    package enum Action: String, Hashable, Sendable, Codable, CaseIterable {
        case prepare, takeShelterNow, stayInShelter, allClear
    }

    /// When the first of the threats may arrive.
    package struct Arrival: Hashable, Sendable, Codable {
        package var earliest: String
        package var likely: String
        package var latest: String
    }

    /// - Parameter capIdentifier: The identifier of the CAP message of this revision.
    package init(_ change: WarningChange, areaName: String, capIdentifier: String) {
        let warning = change.warning
        id = "w\(warning.number.rawValue)"
        revision = warning.revision
        kind = change.kind
        area = warning.area.rawValue
        self.areaName = areaName
        exercise = warning.exercise
        stage = warning.stage
        previousStage = change.previousStage
        reason = warning.reason
        reasonText = warning.reason.text
        action = Action(warning.stage)
        issuedAt = warning.issuedAt.iso8601
        changedAt = warning.changedAt.iso8601
        expiresAt = warning.expiresAt.iso8601
        arrival = warning.arrival.map {
            Arrival(earliest: $0.earliest.iso8601, likely: $0.likely.iso8601, latest: $0.latest.iso8601)
        }
        course = warning.course
        probability = (warning.probability * 100).rounded() / 100
        cap = "/cap/\(capIdentifier).xml"
    }

    /// As synthesized, but with `null` for an absent arrival and course.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(revision, forKey: .revision)
        try container.encode(kind, forKey: .kind)
        try container.encode(area, forKey: .area)
        try container.encode(areaName, forKey: .areaName)
        try container.encode(exercise, forKey: .exercise)
        try container.encode(stage, forKey: .stage)
        try container.encode(previousStage, forKey: .previousStage)
        try container.encode(reason, forKey: .reason)
        try container.encode(reasonText, forKey: .reasonText)
        try container.encode(action, forKey: .action)
        try container.encode(issuedAt, forKey: .issuedAt)
        try container.encode(changedAt, forKey: .changedAt)
        try container.encode(expiresAt, forKey: .expiresAt)
        try container.encode(arrival, forKey: .arrival)
        try container.encode(course, forKey: .course)
        try container.encode(probability, forKey: .probability)
        try container.encode(cap, forKey: .cap)
    }
}

extension WarningJSON.Action {
    /// What people do in that stage.
    package init(_ stage: WarningStage) {
        switch stage {
        case .watch: self = .prepare
        case .takeShelter: self = .takeShelterNow
        case .clearing: self = .stayInShelter
        case .quiet: self = .allClear
        }
    }
}

extension WarningReason {
    /// The reason in English, for people.
    package var text: String {
        switch self {
        case .threatApproaching: "A threat may arrive."
        case .threatWithinLead: "A threat may arrive within the time needed to reach shelter."
        case .timesChanged: "The expected times have changed."
        case .courseChanged: "What seemed to come now rather passes, or the other way round."
        case .threatSilent: "The threat is no longer sensed; it may still come."
        case .threatPassed: "The threat has flown past."
        case .threatEnded: "The threat has come down."
        case .threatExplained: "What was taken for a threat is none."
        case .holdElapsed: "All evidence has been quiet long enough."
        case .endedByOperator: "An operator ended the warning."
        case .expired: "The stated time has run out."
        }
    }
}
