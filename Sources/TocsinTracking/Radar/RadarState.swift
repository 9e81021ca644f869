internal import OrderedCollections
public import TocsinModel

/// What the tracker keeps of one radar in one world (live or exercise).
struct RadarState: Hashable, Sendable, Codable {
    struct Key: Hashable, Sendable, Codable {
        var sensor: SensorID
        var exercise: Bool
    }

    var sweep: AntennaSweep
    var noise = PlotNoise()
    var rings = ClutterRings()
    var answering = AnsweringShare()
    /// The last turn of which a sector was taken.
    private var turn: Int?

    init(turnSeconds: Double, at instant: Instant) {
        sweep = AntennaSweep(turnSeconds: turnSeconds, at: instant)
    }

    /// Counts the turns; each that passes ends a count of clutter.
    mutating func pass(sector: Int) {
        let now = sector / AntennaSweep.sectors
        if let turn, now > turn { rings.endTurn() }
        turn = max(turn ?? now, now)
    }
}

/// How often a radar's plots of aircraft whose address is known say the address: a secondary radar that asks for it
/// hears it nearly always, a primary radar never.
struct AnsweringShare: Hashable, Sendable, Codable {
    private(set) var share = 0.5
    /// The weight of a plot: the first ones count fully, later ones for the last hundred.
    private var plots = 1.0
    private static let plotsAtMost = 100.0
    /// Transponders that have answered go on answering: all but 3 % (Barcelona radar).
    private static let greatest = 0.97

    mutating func learn(_ says: Bool) {
        plots = min(plots + 1, Self.plotsAtMost)
        share = min(share + ((says ? 1 : 0) - share) / plots, Self.greatest)
    }
}

/// The numbers of tracks of aircraft that were lost: the same address is the same aircraft, for an hour.
struct AddressBook: Hashable, Sendable, Codable {
    private struct Entry: Hashable, Codable {
        var number: TrackNumber
        var lastAt: Instant
    }

    private var entries: OrderedDictionary<TrackList.AddressKey, Entry> = [:]
    /// Barcelona radar: 3,600 s follow 169 of 171 aircraft, 1,800 s 168, none 163.
    private static let seconds = 3_600.0

    mutating func note(_ state: TrackState) {
        guard state.isConfirmed, let address = state.identity.address, entries.count < Limits.tracks else { return }
        let key = TrackList.AddressKey(address: address, exercise: state.exercise)
        entries[key] = Entry(number: state.number, lastAt: state.lastReportAt)
    }

    /// The number of a lost aircraft, which is then no longer in the book.
    mutating func take(_ address: AircraftAddress, exercise: Bool) -> TrackNumber? {
        entries.removeValue(forKey: TrackList.AddressKey(address: address, exercise: exercise))?.number
    }

    mutating func forget(before now: Instant) {
        guard entries.values.contains(where: { now.seconds(since: $0.lastAt) > Self.seconds }) else { return }
        entries.removeAll { now.seconds(since: $0.value.lastAt) > Self.seconds }
    }
}

/// Which track took a plot.
public struct PlotClaim: Hashable, Sendable {
    public var report: Report
    /// `nil`: none.
    public var track: TrackNumber?
    public var isConfirmed: Bool
}
