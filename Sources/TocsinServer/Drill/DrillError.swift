/// Why a drill cannot be held. One clear line each.
package enum DrillError: Error, Hashable, Sendable, CustomStringConvertible {
    case cannotRead(path: String, cause: String)
    case badAreas(path: String, problem: String)
    case badMotion(path: String, problem: String)
    case cannotWrite(path: String, cause: String)

    package var description: String {
        switch self {
        case .cannotRead(let path, let cause): "cannot read \(path): \(cause)"
        case .badAreas(let path, let problem): "\(path) is no list of areas: \(problem)"
        case .badMotion(let path, let problem):
            "\(path) does not say how threats move: \(problem); `tocsin drill --fit FILE` writes such a file"
        case .cannotWrite(let path, let cause): "cannot write \(path): \(cause)"
        }
    }
}
