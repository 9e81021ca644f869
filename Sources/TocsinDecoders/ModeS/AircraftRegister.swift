internal import OrderedCollections
internal import TocsinModel

/// The aircraft heard lately through one receiver.
struct AircraftRegister: Hashable, Sendable, Codable {
    private var aircraft: OrderedDictionary<AircraftAddress, AircraftMemory> = [:]
    /// A place within reach of the receiver: given, or the newest certain place of an airborne aircraft.
    private(set) var reference: GeoPoint?
    private var lastPrunedAt: Instant?

    /// Aircraft without a message for so long are forgotten; also how long an announced address is believed.
    static let memorySeconds = 60.0
    private static let pruneIntervalSeconds = 10.0

    /// Orders aircraft by who has been silent longest.
    private struct Silence: Comparable {
        var since: Instant
        var address: AircraftAddress
        static func < (left: Silence, right: Silence) -> Bool {
            left.since == right.since ? left.address < right.address : left.since < right.since
        }
    }

    init(reference: GeoPoint? = nil) { self.reference = reference }

    /// What a message meant in the light of those before it.
    struct Sighting {
        /// The address is announced, or was announced lately by the same aircraft.
        var isConfirmed: Bool
        var place: GeoPoint?
    }

    /// Takes a message sent at `time` and received at `receivedAt`.
    mutating func take(_ message: ModeSMessage, at time: Instant, receivedAt: Instant) -> Sighting {
        prune(at: receivedAt)
        guard message.addressIsAnnounced else {
            guard let index = aircraft.index(forKey: message.address),
                receivedAt.seconds(since: aircraft.values[index].lastAnnouncedAt) <= Self.memorySeconds
            else { return Sighting(isConfirmed: false, place: nil) }
            aircraft.values[index].lastHeardAt = receivedAt
            _ = aircraft.values[index].take(message, at: time, reference: reference)
            return Sighting(isConfirmed: true, place: nil)
        }
        let fresh = AircraftMemory(lastHeardAt: receivedAt, lastAnnouncedAt: receivedAt)
        let reference = reference
        let place = aircraft[message.address, default: fresh].announce(message, at: time, receivedAt, reference)
        if place != nil, message.isAirbornePosition { self.reference = place }
        return Sighting(isConfirmed: true, place: place)
    }

    subscript(address: AircraftAddress) -> AircraftMemory? { aircraft[address] }

    /// Forgets the silent, and at the limit the quarter that has been silent longest (by address where equal).
    private mutating func prune(at now: Instant) {
        let isDue = lastPrunedAt.map { now.seconds(since: $0) >= Self.pruneIntervalSeconds } ?? true
        guard isDue || aircraft.count >= Limits.tracks else { return }
        lastPrunedAt = now
        aircraft.removeAll { now.seconds(since: $0.value.lastHeardAt) > Self.memorySeconds }
        guard aircraft.count >= Limits.tracks else { return }
        let bySilence = aircraft.map { Silence(since: $0.value.lastHeardAt, address: $0.key) }.sorted()
        let last = bySilence[Limits.tracks / 4]
        aircraft.removeAll { Silence(since: $0.value.lastHeardAt, address: $0.key) < last }
    }
}

extension AircraftMemory {
    fileprivate mutating func announce(
        _ message: ModeSMessage, at time: Instant, _ receivedAt: Instant, _ reference: GeoPoint?
    ) -> GeoPoint? {
        lastHeardAt = receivedAt
        lastAnnouncedAt = receivedAt
        return take(message, at: time, reference: reference)
    }
}

extension ModeSMessage {
    fileprivate var isAirbornePosition: Bool {
        guard case .extendedSquitter(_, let squitter) = content, case .airbornePosition = squitter.content else {
            return false
        }
        return true
    }
}
