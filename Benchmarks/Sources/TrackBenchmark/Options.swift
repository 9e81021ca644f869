/// The words of the command line.
struct Options {
    var warmUp = 15
    var scans = 20
    var seed: UInt64 = 1
    /// Whether the tracker is given the scans; otherwise they are only made.
    var isTracking = true
    var folderToWrite: String?
    var folderToRead: String?
    /// What is no option: numbers of targets, or the file of tracks.
    var words: [String] = []

    var numbers: [Int] { words.compactMap { Int($0) }.filter { $0 > 0 } }

    /// `nil`: it makes no sense.
    init?(_ arguments: some Sequence<String>) {
        var rest = arguments.makeIterator()
        while let word = rest.next() {
            guard word.hasPrefix("--") else {
                words.append(word)
                continue
            }
            guard let value = rest.next(), take(word, value) else { return nil }
        }
        guard !words.isEmpty, folderToRead != nil || numbers.count == words.count else { return nil }
    }

    private mutating func take(_ name: String, _ value: String) -> Bool {
        switch name {
        case "--warm-up": if let number = Int(value) { warmUp = number } else { return false }
        case "--scans": if let number = Int(value), number > 0 { scans = number } else { return false }
        case "--seed": if let number = UInt64(value) { seed = number } else { return false }
        case "--tracker": if ["on", "off"].contains(value) { isTracking = value == "on" } else { return false }
        case "--write": folderToWrite = value
        case "--read": folderToRead = value
        default: return false
        }
        return true
    }
}
