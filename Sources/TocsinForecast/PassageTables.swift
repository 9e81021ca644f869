internal import RealModule
internal import Synchronization

/// The tables of one model of turns, by deviation; each is worked out when it is first asked for.
package final class PassageTables: Sendable {
    package let model: TurnModel
    /// Of turns without a deviation.
    let angles: TurnAngles
    private let tables: [Table]

    /// Made once: a table is a function of its model alone.
    private final class Table: Sendable {
        let made = Mutex<PassageTable?>(nil)
    }

    package init(_ model: TurnModel) {
        self.model = model
        angles = TurnAngles(model.habits[0].angles)
        tables = model.habits.map { _ in Table() }
    }

    /// The tables of the models that Tocsin comes with are shared by all forecasters of the process.
    static func shared(_ model: TurnModel) -> PassageTables {
        standard.first { $0.model == model } ?? PassageTables(model)
    }

    private static let standard = [TurnModel.attackDrone, .cruiseMissile, .ballisticMissile].map(PassageTables.init)

    func table(deviation: Double) -> PassageTable {
        let bin = model.bin(deviation: deviation)
        return tables[bin].made.withLock { made in
            if let made { return made }
            let table = PassageTable(model, deviation: Self.typical(bin) * .pi / 180)
            made = table
            return table
        }
    }

    /// The deviation that stands for a bin. Degrees.
    private static func typical(_ bin: Int) -> Double {
        let edges = TurnModel.deviationEdges
        guard bin > 0 else { return 0 }
        return bin + 1 < edges.count ? (edges[bin] + edges[bin + 1]) / 2 : edges[bin] + 25
    }
}
