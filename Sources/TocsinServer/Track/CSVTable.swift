import Foundation

/// Why a scenario cannot be read.
package enum ScenarioError: Error, Hashable, Sendable, CustomStringConvertible {
    case unreadable(path: String)
    case columnMissing(path: String, column: String)
    /// `line` counts from 1, the header included.
    case badLine(path: String, line: Int, problem: String)

    package var description: String {
        switch self {
        case .unreadable(let path): "cannot read \(path)"
        case .columnMissing(let path, let column): "\(path): no column \"\(column)\" in the first line"
        case .badLine(let path, let line, let problem): "\(path), line \(line): \(problem)"
        }
    }
}

/// A small file of comma-separated values with a header and without quotes.
struct CSVTable {
    let path: String
    private let header: [Substring]
    let rows: [[Substring]]

    init(_ file: URL) throws(ScenarioError) {
        path = file.path
        guard let text = try? String(contentsOf: file, encoding: .utf8) else {
            throw ScenarioError.unreadable(path: file.path)
        }
        let lines = text.split(whereSeparator: \.isNewline)
        header = lines.first?.split(separator: ",", omittingEmptySubsequences: false) ?? []
        rows = lines.dropFirst().map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    }

    func has(_ name: String) -> Bool { header.contains { $0 == name } }

    func column(_ name: String) throws(ScenarioError) -> Int {
        guard let index = header.firstIndex(where: { $0 == name }) else {
            throw ScenarioError.columnMissing(path: path, column: name)
        }
        return index
    }

    func number(_ row: Int, _ column: Int) throws(ScenarioError) -> Double {
        guard column < rows[row].count, let value = Double(rows[row][column]), value.isFinite else {
            throw problem(row, "column \(header[column]) is not a number")
        }
        return value
    }

    func integer(_ row: Int, _ column: Int) throws(ScenarioError) -> Int {
        guard column < rows[row].count, let value = Int(rows[row][column]) else {
            throw problem(row, "column \(header[column]) is not a whole number")
        }
        return value
    }

    func problem(_ row: Int, _ text: String) -> ScenarioError {
        .badLine(path: path, line: row + 2, problem: text)
    }
}
