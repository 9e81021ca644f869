/// Reads comma-separated values with a header and without quotes, line by line, in any order of columns; columns that
/// nobody asks for are passed over. Empty lines too.
struct CSVReader {
    let file: String
    private let bytes: [UInt8]
    private var position = 0
    private var header: [String] = []
    /// The present line, from 1.
    private(set) var line = 0
    /// Where the fields of the present line begin, and the end of the last one + 1.
    private var bounds: [Int] = []

    init(_ bytes: [UInt8], file: String) {
        self.bytes = bytes
        self.file = file
        // A mark of byte order that spreadsheets write.
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
        if advance() { header = bounds.indices.dropLast().map { text($0) } }
    }

    func column(_ name: String) throws(RaidFileError) -> Int {
        guard let column = header.firstIndex(of: name) else {
            throw RaidFileError(file: file, line: 1, problem: .columnMissing(name))
        }
        return column
    }

    func columns(_ names: [String]) throws(RaidFileError) -> [Int] {
        var columns: [Int] = []
        for name in names { columns.append(try column(name)) }
        return columns
    }

    /// - Returns: Whether there is another line; it has as many fields as the header.
    mutating func next() throws(RaidFileError) -> Bool {
        guard advance() else { return false }
        guard bounds.count - 1 == header.count else {
            throw problem(.fields(found: bounds.count - 1, expected: header.count))
        }
        return true
    }

    func problem(_ problem: RaidFileError.Problem) -> RaidFileError {
        RaidFileError(file: file, line: line, problem: problem)
    }

    func text(_ column: Int) -> String { String(decoding: field(column), as: UTF8.self) }

    func number(_ column: Int) throws(RaidFileError) -> Double {
        guard let value = DecimalNumber.value(of: field(column)) else {
            throw problem(.notANumber(column: header[column]))
        }
        return value
    }

    func number(_ column: Int, atLeast least: Double) throws(RaidFileError) -> Double {
        let value = try number(column)
        guard value >= least else { throw problem(.outOfRange(column: header[column])) }
        return value
    }

    private func field(_ column: Int) -> ArraySlice<UInt8> {
        var range = bounds[column]..<bounds[column + 1] - 1
        while let first = range.first, bytes[first] == 0x20 { range.removeFirst() }
        while let last = range.last, bytes[last] == 0x20 || bytes[last] == 0x0D { range.removeLast() }
        return bytes[range]
    }

    /// Goes to the next line that is not empty.
    private mutating func advance() -> Bool {
        while position < bytes.count {
            line += 1
            bounds.removeAll(keepingCapacity: true)
            bounds.append(position)
            while position < bytes.count, bytes[position] != 0x0A {
                if bytes[position] == 0x2C { bounds.append(position + 1) }
                position += 1
            }
            bounds.append(position + 1)
            position += 1
            if bounds.count > 2 || !field(0).isEmpty { return true }
        }
        return false
    }
}

extension Range<Int> {
    fileprivate mutating func removeFirst() { self = lowerBound + 1..<upperBound }
    fileprivate mutating func removeLast() { self = lowerBound..<upperBound - 1 }
}

/// Decimal numbers from bytes, many millions of them.
enum DecimalNumber {
    /// - Returns: `nil` for what is no finite number.
    static func value(of bytes: ArraySlice<UInt8>) -> Double? {
        exact(bytes) ?? Double(String(decoding: bytes, as: UTF8.self)).flatMap { $0.isFinite ? $0 : nil }
    }

    private static let powersOfTen = [1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12]

    /// A short number without exponent: digits below 2^53 and a power of ten are both exact, so that their quotient is
    /// rightly rounded (Clinger, "How to Read Floating Point Numbers Accurately", 1990). `nil` for others.
    private static func exact(_ bytes: ArraySlice<UInt8>) -> Double? {
        // Fifteen digits, a point and a sign.
        guard bytes.count <= 17 else { return nil }
        var digits = 0
        var count = 0
        var decimals: Int?
        for (offset, byte) in bytes.enumerated() {
            switch byte {
            case 0x30...0x39:
                digits = digits * 10 + Int(byte - 0x30)
                count += 1
                decimals = decimals.map { $0 + 1 }
            case 0x2E where decimals == nil: decimals = 0
            case 0x2D where offset == 0: break
            default: return nil
            }
        }
        guard (1...15).contains(count), decimals ?? 0 < powersOfTen.count else { return nil }
        let value = Double(digits) / powersOfTen[decimals ?? 0]
        return bytes.first == 0x2D ? -value : value
    }
}
