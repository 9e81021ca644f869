/// Guesses what somebody meant to write.
enum Spelling {
    /// The nearest of `words` if it is near enough to be meant.
    static func nearest(to word: String, of words: [String]) -> String? {
        let near = words.map { (word: $0, distance: distance(word.lowercased(), $0.lowercased())) }
            .min { $0.distance < $1.distance }
        guard let near, near.distance <= max(1, word.count / 3) else { return nil }
        return near.word
    }

    /// How many letters to insert, remove or replace (Levenshtein's distance).
    /// - Complexity: O(*n* *m*) in the numbers of letters.
    static func distance(_ left: String, _ right: String) -> Int {
        let right = Array(right)
        var row = Array(0...right.count)
        for (index, letter) in left.enumerated() {
            var previous = row[0]
            row[0] = index + 1
            for column in right.indices {
                let replaced = previous + (right[column] == letter ? 0 : 1)
                previous = row[column + 1]
                row[column + 1] = min(replaced, previous + 1, row[column] + 1)
            }
        }
        return row[right.count]
    }
}
