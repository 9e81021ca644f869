internal import OrderedCollections
internal import TocsinModel

/// The tracks by ascending number, findable by number, place and address.
struct TrackList: Hashable, Sendable, Codable {
    /// An address within the live or the exercise world, which never meet.
    struct AddressKey: Hashable, Sendable, Codable {
        var address: AircraftAddress
        var exercise: Bool
    }

    var states: [TrackState] = []
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

    /// Adds a track with a number that no other has. O(1) if it is the greatest.
    mutating func insert(_ state: TrackState) {
        var slot = states.count
        while slot > 0, states[slot - 1].number > state.number { slot -= 1 }
        states.insert(state, at: slot)
        register(slot: slot)
    }

    /// Makes a track findable by place.
    mutating func place(slot: Int) { relocate(slot: slot, to: states[slot].mixture.mean.position) }

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
        if let old = states[slot].cell { index.remove(states[slot].number, cell: old) }
        states[slot].cell = cell
        index.insert(states[slot].number, cell: cell)
    }

    /// Removes the tracks at these positions, ascending. O(n).
    mutating func remove(_ slots: [Int]) {
        guard !slots.isEmpty else { return }
        var kept = 0
        var next = 0
        for slot in states.indices {
            if next < slots.count, slots[next] == slot {
                forget(slot)
                next += 1
            } else {
                keep(slot, at: &kept)
            }
        }
        states.removeLast(states.count - kept)
    }

    private mutating func keep(_ slot: Int, at kept: inout Int) {
        if kept != slot { states.swapAt(kept, slot) }
        kept += 1
    }

    private mutating func forget(_ slot: Int) {
        if let cell = states[slot].cell { index.remove(states[slot].number, cell: cell) }
        guard let address = states[slot].identity.address else { return }
        let key = AddressKey(address: address, exercise: states[slot].exercise)
        if byAddress[key] == states[slot].number { byAddress.removeValue(forKey: key) }
    }
}
