package import TocsinModel

/// What objects were taken for, a minute after the first track of each was confirmed: the confusion matrix.
package struct ClassScore: Hashable, Sendable, Codable {
    /// The objects of one true class.
    package struct Row: Hashable, Sendable, Codable {
        package var objectClass: ObjectClass
        /// By what they were taken for, in the order of `ObjectClass.allCases`.
        package var named: [Int]
        /// Never followed for a minute: not judged.
        package var unjudged: Int

        package var right: Int { named[objectClass.index] }
        package var judged: Int { named.reduce(0, +) }
    }

    /// The classes that flew, in the order of `ObjectClass.allCases`.
    package var rows: [Row]
    /// Of those judged; `nil` if none was.
    package var rightShare: Double?

    /// - Parameter names: By object, what it was taken for; `nil`: not judged.
    package init(of objects: [ObjectClass], names: [ObjectClass?]) {
        rows = ObjectClass.allCases.compactMap { objectClass in
            let own = zip(objects, names).filter { $0.0 == objectClass }.map(\.1)
            guard !own.isEmpty else { return nil }
            return Row(
                objectClass: objectClass, named: ObjectClass.allCases.map { name in own.count { $0 == name } },
                unjudged: own.count { $0 == nil })
        }
        let judged = rows.reduce(0) { $0 + $1.judged }
        rightShare = judged > 0 ? Double(rows.reduce(0) { $0 + $1.right }) / Double(judged) : nil
    }
}
