package import TocsinModel

/// Why a recorded night cannot be reported or explained. One clear line each: what, where, and what to do.
package enum NightError: Error, Hashable, Sendable, CustomStringConvertible {
    /// There is a journal, and no input in it.
    case nothingRecorded(path: String)
    /// The journal has no such area; `nearest` may have been meant.
    case unknownArea(AreaID, nearest: String?)
    /// The journal does not reach the moment asked about; `damage` is what is wrong with it, if anything.
    case momentOutside(Instant, from: Instant, to: Instant, damage: String?)
    case truthUnreadable(path: String, cause: String)
    /// The truth's times are not those of the journal.
    case truthOfAnotherNight(path: String, truthFrom: Instant, journalFrom: Instant)
    case cannotWrite(path: String, cause: String)

    package var description: String {
        switch self {
        case .nothingRecorded(let path): "the journal \(path) holds no input yet: there is nothing to explain"
        case .unknownArea(let area, let nearest):
            "the journal has no area \(area)\(nearest.map { "; did you mean \($0)?" } ?? ""); "
                + "tocsin report JOURNAL --csv FILE lists areas with their ids"
        case .momentOutside(let moment, let from, let to, let damage):
            "the journal does not reach \(moment.iso8601): it runs from \(from.iso8601) to \(to.iso8601)"
                + (damage.map { " (\($0))" } ?? "")
        case .truthUnreadable(let path, let cause):
            "\(path) is no truth of a drill: \(cause); give the truth.json that tocsin drill --output writes"
        case .truthOfAnotherNight(let path, let truthFrom, let journalFrom):
            "\(path) is the truth of another night: it begins at \(truthFrom.iso8601), the journal at "
                + "\(journalFrom.iso8601), and no feed's shift brings them together"
        case .cannotWrite(let path, let cause): "cannot write \(path): \(cause)"
        }
    }
}
