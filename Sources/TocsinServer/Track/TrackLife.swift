internal import TocsinModel
internal import TocsinTracking

/// The life of one track in words: what started it, what it took, what it missed, why it was shown and dropped.
package struct TrackLife: Sendable {
    private let notes: [TrackNote]
    private let epoch: Instant

    init(notes: [TrackNote], epoch: Instant) {
        self.notes = notes
        self.epoch = epoch
    }

    /// No report ever concerned such a track.
    package var isEmpty: Bool { notes.isEmpty }

    /// One line per event, with the time in seconds and the probability that the object exists.
    package var lines: [String] {
        notes.map { note in
            let time = String(tenths: note.at.seconds(since: epoch))
            return "\(time) s  existence \(String(thousandths: note.existence))  \(Self.words(note))"
        }
    }

    /// The same as JSON, one object per line.
    package var jsonLines: [String] {
        notes.map { note in
            var line = JSONLine()
            line.field("timeSeconds", note.at.seconds(since: epoch))
            line.field("existence", note.existence)
            line.field("sensor", note.sensor?.rawValue)
            line.field("event", Self.name(note.event))
            line.field("words", Self.words(note))
            return String(decoding: line.finish().dropLast(), as: UTF8.self)
        }
    }

    private static func name(_ event: TrackNote.Event) -> String {
        switch event {
        case .started: "started"
        case .took: "took"
        case .missed: "missed"
        case .confirmed: "confirmed"
        case .trust: "trust"
        case .joined: "joined"
        case .absorbed: "absorbed"
        case .ended: "ended"
        }
    }

    private static func words(_ note: TrackNote) -> String {
        let source = note.sensor.map { " of \($0.rawValue)" } ?? ""
        switch note.event {
        case .started(let unexplained):
            return "started by a report\(source) that no track explained (\(percent(unexplained)))"
        case .took(let probability, let distance):
            let chance = probability.map { ", its own with \(percent($0))" } ?? ""
            return "took a report\(source) \(Int(distance.rounded())) m from where it was expected\(chance)"
        case .missed: return "not seen\(note.sensor.map { " by \($0.rawValue)" } ?? "")"
        case .confirmed: return "confirmed: likelier there than not, and shown from now on"
        case .trust(.lost(let reason)): return "what it says of itself is no longer believed: \(reason.rawValue)"
        case .trust(.regained): return "believed again"
        case .joined(let other): return "the same object as track \(other.rawValue), which goes on"
        case .absorbed(let other): return "track \(other.rawValue) was the same object"
        case .ended(let reason): return "dropped: \(why(reason))"
        }
    }

    private static func why(_ reason: TrackEndReason) -> String {
        switch reason {
        case .lost: "no report for too long"
        case .improbable: "expected reports did not come, so it is improbable that it exists"
        case .merged: "the same object as an older track"
        case .landed: "it came down"
        }
    }

    private static func percent(_ probability: Double) -> String { "\(Int((probability * 100).rounded())) %" }
}

extension String {
    fileprivate init(tenths value: Double) { self = "\((value * 10).rounded() / 10)" }
    fileprivate init(thousandths value: Double) { self = "\((value * 1_000).rounded() / 1_000)" }
}
