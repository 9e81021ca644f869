/// Why a drill cannot be held. One clear line each.
package enum DrillError: Error, Hashable, Sendable, CustomStringConvertible {
    case cannotRead(path: String, cause: String)
    case badAreas(path: String, problem: String)
    case badMotion(path: String, problem: String)
    case cannotWrite(path: String, cause: String)
    /// `problem` names the path.
    case noJournal(problem: String)
    /// No threat was followed for long enough to fit anything to it.
    case nothingFollowed(journals: Int)

    package var description: String {
        switch self {
        case .cannotRead(let path, let cause): "cannot read \(path): \(cause)"
        case .badAreas(let path, let problem): "\(path) is no list of areas: \(problem)"
        case .badMotion(let path, let problem):
            "\(path) does not say how threats move: \(problem); `tocsin drill --fit FILE` writes such a file"
        case .cannotWrite(let path, let cause): "cannot write \(path): \(cause)"
        case .noJournal(let problem):
            "give --journal the directory that `tocsin watch` or `tocsin drill` recorded to: \(problem)"
        case .nothingFollowed(let journals):
            "in \(journals == 1 ? "this journal" : "these \(journals) journals") no attack drone and no cruise missile was "
                + "followed for two minutes: give more nights, or leave out --journal to fit to drawn raids"
        }
    }
}
