/// The generalized optimal sub-pattern assignment distance between sets of points (Rahmathullah, García-Fernández
/// and Svensson 2017), p = 2, alpha = 2: the root of the matched squared distances plus half the squared cut-off
/// for each missed and each false point.
package enum GOSPA {
    package struct Place: Hashable, Sendable {
        package var x: Double
        package var y: Double
        package init(x: Double, y: Double) {
            self.x = x
            self.y = y
        }
    }

    package static func distance(truth: [Place], estimates: [Place], cutoff: Double) -> Double {
        let square = cutoff * cutoff
        let size = max(truth.count, estimates.count)
        guard size > 0 else { return 0 }
        // A dummy partner costs half the square, and so does the point left over: together one full square.
        let costs = (0..<size).map { row in
            (0..<size).map { column -> Double in
                guard row < truth.count, column < estimates.count else { return square / 2 }
                let (x, y) = (truth[row].x - estimates[column].x, truth[row].y - estimates[column].y)
                return min(x * x + y * y, square)
            }
        }
        return leastCost(costs).squareRoot()
    }

    /// The least total cost of giving each row its own column: the Hungarian method with potentials, O(n^3).
    static func leastCost(_ costs: [[Double]]) -> Double {
        let size = costs.count
        var rowPotential = [Double](repeating: 0, count: size + 1)
        var columnPotential = [Double](repeating: 0, count: size + 1)
        var rowOfColumn = [Int](repeating: 0, count: size + 1)
        for row in 1...size {
            var way = [Int](repeating: 0, count: size + 1)
            var slack = [Double](repeating: .infinity, count: size + 1)
            var used = [Bool](repeating: false, count: size + 1)
            rowOfColumn[0] = row
            var column = 0
            while rowOfColumn[column] != 0 {
                used[column] = true
                let current = rowOfColumn[column]
                var (step, next) = (Double.infinity, 0)
                for other in 1...size where !used[other] {
                    let reduced = costs[current - 1][other - 1] - rowPotential[current] - columnPotential[other]
                    if reduced < slack[other] { (slack[other], way[other]) = (reduced, column) }
                    if slack[other] < step { (step, next) = (slack[other], other) }
                }
                for other in 0...size {
                    if used[other] {
                        rowPotential[rowOfColumn[other]] += step
                        columnPotential[other] -= step
                    } else {
                        slack[other] -= step
                    }
                }
                column = next
            }
            while column != 0 {
                rowOfColumn[column] = rowOfColumn[way[column]]
                column = way[column]
            }
        }
        return (1...size).reduce(0) { $0 + costs[rowOfColumn[$1] - 1][$1 - 1] }
    }
}
