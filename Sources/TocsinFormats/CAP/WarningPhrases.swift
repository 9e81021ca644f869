internal import TocsinModel

/// What warnings say to people, in one language. In the texts, `{area}`, `{earliest}`, `{likely}`, `{latest}`,
/// `{minutes}` and `{zone}` stand for what the warning fills in.
struct WarningPhrases: Sendable {
    /// The primary tag of RFC 3066.
    var language: String
    var event: String
    /// Stands before the headline of an exercise.
    var exercise: String
    var exerciseNote: String
    var headline: Stages
    var description: Stages
    var instruction: Stages
    /// Follows the description where the threat most probably passes.
    var passing: String
    /// Follows the description where a time of arrival is known.
    var times: String
    /// Follows the times where the earliest lies ahead.
    var minutesLeft: String

    /// One text for each stage; `expired` where the warning ended without evidence that the danger is over.
    struct Stages: Sendable {
        var watch: String
        var takeShelter: String
        var clearing: String
        var quiet: String
        var expired: String

        func text(for stage: WarningStage, isExpired: Bool) -> String {
            switch stage {
            case .watch: watch
            case .takeShelter: takeShelter
            case .clearing: clearing
            case .quiet: isExpired ? expired : quiet
            }
        }
    }

    static let all = [english, german, french, italian]

    /// - Returns: The phrases for a tag such as `de` or `de-CH`; `nil` for languages that we do not write, and for
    ///   what is no language tag.
    static func phrases(for tag: String) -> WarningPhrases? {
        guard let match = tag.wholeMatch(of: /([a-z]{2})(-[A-Za-z0-9]{1,8})*/) else { return nil }
        return all.first { $0.language == match.1 }
    }

    /// Puts values for names in braces, in one pass, so that a value cannot bring in further names.
    static func fill(_ text: String, _ values: [String: String]) -> String {
        text.split(separator: "{", omittingEmptySubsequences: false).enumerated().map { index, part in
            guard index > 0, let end = part.firstIndex(of: "}") else { return String(part) }
            return (values[String(part[..<end])] ?? "") + part[part.index(after: end)...]
        }.joined()
    }
}
