/// What is wrong with a file of raids or towns, and where.
package struct RaidFileError: Error, Hashable, Sendable, CustomStringConvertible {
    package var file: String
    /// From 1, the header included.
    package var line: Int
    package var problem: Problem

    package enum Problem: Hashable, Sendable {
        case columnMissing(String)
        case noRows
        case fields(found: Int, expected: Int)
        case notANumber(column: String)
        /// Negative where nothing is, zero where something must be, or not a whole number.
        case outOfRange(column: String)
        case unknownClass(String)
        case unknownKind(String)
        case usedTwice(String)
        /// Two lines of one object have the same time.
        case sameTime(object: String)
        /// The object has no line in truth.csv.
        case unknownObject(String)
        /// An object changes its class.
        case otherClass(object: String)
        case tooManyShelterTimes(maximum: Int)
    }

    package init(file: String, line: Int, problem: Problem) {
        self.file = file
        self.line = line
        self.problem = problem
    }

    package var description: String { "\(file), line \(line): \(text)" }

    private var text: String {
        switch problem {
        case .columnMissing(let column): "no column \"\(column)\""
        case .noRows: "nothing follows the header"
        case .fields(let found, let expected): "\(found) fields where the header has \(expected)"
        case .notANumber(let column): "\(column) is not a number"
        case .outOfRange(let column): "\(column) can't be this number"
        case .unknownClass(let text): "\"\(text)\" is no class; known are attackDrone and cruiseMissile"
        case .unknownKind(let text): "\"\(text)\" is no kind of end; known are impact, fall and left"
        case .usedTwice(let text): "\"\(text)\" stands here a second time"
        case .sameTime(let object): "object \"\(object)\" has two lines for this time"
        case .unknownObject(let object): "object \"\(object)\" has no line in truth.csv"
        case .otherClass(let object): "object \"\(object)\" had another class before"
        case .tooManyShelterTimes(let maximum): "more than \(maximum) different seconds to shelter"
        }
    }
}
