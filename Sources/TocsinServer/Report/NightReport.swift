package import TocsinModel
internal import TocsinPipeline

/// A recorded night, told afterwards: what flew, who was warned when and how early, who was alarmed for nothing, and,
/// where the truth is known, what came unseen. For operators: it tells where tracks were.
package struct NightReport: Sendable {
    package var system: String
    /// The first and the last input; `nil` for a journal without inputs.
    package var span: (from: Instant, to: Instant)?
    package var inputs: UInt64
    /// Where the journal is damaged.
    package var damage: [String]
    /// The first input that this version decides otherwise than was recorded: from there on the report tells what
    /// this version would have said, not what people were told.
    package var firstDifference: UInt64?
    /// All areas of the journal, by ascending id.
    package var areas: [Area]
    /// By run and ascending number.
    package var threats: [FollowedThreat]
    /// Confirmed tracks that never were likelier a threat than not.
    package var otherTracks: Int
    /// The areas in which anything was, by ascending id, live before exercise.
    package var nights: [AreaNight]
    /// Why threats did not raise a warning, in the order of the decisions.
    package var withheld: [Withheld]
    /// What really came; `nil`: nobody knows.
    package var truth: NightTruth?

    /// A decision not to warn.
    package struct Withheld: Hashable, Sendable {
        package var at: Instant
        package var area: AreaID
        package var track: TrackNumber
        package var reason: NotWarnedReason
    }

    /// Where `point` is, in words: in an area, or how far from the nearest.
    package func place(of point: GeoPoint) -> String {
        let nearest = areas.map { (area: $0, distance: $0.polygon.distance(from: point)) }
            .min { $0.distance < $1.distance }
        guard let nearest else { return "at an unknown place" }
        if nearest.distance.meters == 0 { return "in \(nearest.area.name)" }
        return "\(PlainFigure.distance(nearest.distance)) from \(nearest.area.name)"
    }
}

/// A track that was a threat for some time, as it was followed.
package struct FollowedThreat: Hashable, Sendable {
    package var number: TrackNumber
    package var exercise: Bool
    /// What it was most likely taken for when it was last seen.
    package var objectClass: ObjectClass
    package var startedAt: Instant
    package var lastSeenAt: Instant
    /// `nil`: it was still followed at the end of the journal.
    package var end: TrackEndReason?
    /// Where it was, every five seconds at most; not while it was silent.
    package var sightings: [Sighting]

    package struct Sighting: Hashable, Sendable {
        package var at: Instant
        package var point: GeoPoint
    }
}

/// Which area, and in which of the two worlds.
package struct AreaWorld: Hashable, Sendable {
    package var area: AreaID
    package var exercise: Bool
}

/// A time that an area spent in one stage.
package struct StageSpan: Hashable, Sendable {
    package var stage: WarningStage
    package var warning: WarningNumber
    /// Of the change that began it.
    package var reason: WarningReason
    package var from: Instant
    /// The end of the journal if it was still on.
    package var to: Instant
}

/// A time in which a followed threat was within its danger radius of an area.
package struct NightPassage: Hashable, Sendable {
    package var track: TrackNumber
    package var objectClass: ObjectClass
    package var from: Instant
    package var to: Instant
}
