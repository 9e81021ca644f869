internal import OrderedCollections
internal import TocsinModel

/// The tracks by ascending number, findable by number, place and address.
struct TrackList: Hashable, Sendable, Codable {
    /// An address within the live or the exercise world, which never meet.
    struct AddressKey: Hashable, Sendable, Codable {
        var address: AircraftAddress
        var exercise: Bool
    }

    private(set) var states: [TrackState] = []
    private var index = TrackIndex()
    private var byAddress: OrderedDictionary<AddressKey, TrackNumber> = [:]

    /// The position of a track in ``states``. O(log n).
    func slot(of number: TrackNumber) -> Int? {
        var low = 0
        var high = states.count
        while low < high {
            let middle = (low + high) / 2
            if states[middle].number < number { low = middle + 1 } else { high = middle }
        }
        return low < states.count && states[low].number == number ? low : nil
    }

    func slot(of address: AircraftAddress, exercise: Bool) -> Int? {
        byAddress[AddressKey(address: address, exercise: exercise)].flatMap(slot(of:))
    }

    /// The tracks near a place, by ascending number.
    func slots(around center: SIMD4<Double>, radius: Double) -> [Int] {
        index.numbers(around: center, radius: radius).compactMap(slot(of:))
    }

    /// Adds a track whose number is the greatest so far.
    mutating func append(_ state: TrackState) {
        var state = state
        state.cell = TrackIndex.cell(of: state.mixture.mean.position)
        index.insert(state.number, cell: state.cell)
        states.append(state)
        register(slot: states.count - 1)
    }

    /// Changes a track in place; call ``relocate(slot:to:)`` if it may have moved far.
    mutating func change<Result>(_ slot: Int, _ body: (inout TrackState) -> Result) -> Result {
        body(&states[slot])
    }

    /// Makes the track findable by its address, if it has one that no other track holds.
    mutating func register(slot: Int) {
        guard let address = states[slot].identity.address else { return }
        let key = AddressKey(address: address, exercise: states[slot].exercise)
        if byAddress[key] == nil { byAddress[key] = states[slot].number }
    }

    /// Keeps the index right for a track that is at `position` now.
    mutating func relocate(slot: Int, to position: SIMD4<Double>) {
        let cell = TrackIndex.cell(of: position)
        guard cell != states[slot].cell else { return }
        index.remove(states[slot].number, cell: states[slot].cell)
        states[slot].cell = cell
        index.insert(states[slot].number, cell: cell)
    }

    /// Removes the tracks at these positions, ascending.
    mutating func remove(_ slots: [Int]) {
        for slot in slots.reversed() {
            let state = states.remove(at: slot)
            index.remove(state.number, cell: state.cell)
            guard let address = state.identity.address else { continue }
            let key = AddressKey(address: address, exercise: state.exercise)
            if byAddress[key] == state.number { byAddress.removeValue(forKey: key) }
        }
    }
}
