import Foundation
import TocsinDrill
import TocsinModel
import TocsinTracking

/// Runs a mixed world through the tracker and looks at all confirmed tracks once a second.
struct MixedDrill {
    let world: MixedWorld
    private(set) var tracker: Tracker
    private(set) var sensorEvents: [SensorEvent] = []
    private(set) var trustEvents: [TrackEvent] = []
    private var next = 0

    init(_ world: MixedWorld, settings: TrackingSettings = .standard) {
        self.world = world
        tracker = Tracker(settings: settings, sensors: world.sensors)
    }

    /// A confirmed track as predicted for the time of a look.
    struct Sight {
        var track: Track
        /// Meters from the place of each living object, by its number.
        var distances: [(object: Int, meters: Double)]

        func distance(to object: Int) -> Double { distances.first { $0.object == object }?.meters ?? .infinity }
        var nearest: (object: Int, meters: Double)? { distances.min { $0.meters < $1.meters } }
    }

    /// Goes on to a second of the drill.
    mutating func advance(to second: Int) -> [Sight] {
        let now = world.truth.startsAt.advanced(bySeconds: Double(second))
        while next < world.messages.count, world.messages[next].arrivesAt <= now {
            let message = world.messages[next]
            next += 1
            switch message.content {
            case .alive(let sensor, _): tracker.hear([sensor], at: message.arrivesAt)
            case .report(let report):
                let observed = tracker.observe([report], at: message.arrivesAt)
                sensorEvents += observed.sensorEvents
                trustEvents += observed.events.filter { if case .trust = $0 { true } else { false } }
            }
        }
        _ = tracker.advance(to: now)
        return look(at: now)
    }

    private func look(at now: Instant) -> [Sight] {
        let places = world.truth.objects.compactMap { object in
            object.sample(at: now).map { (object: object.number, point: $0.point) }
        }
        return tracker.tracks.filter(\.isConfirmed).compactMap { track in
            guard let present = tracker.track(track.number, at: now) else { return nil }
            let plane = LocalPlane(origin: present.point)
            return Sight(
                track: present,
                distances: places.map { place in
                    let step = plane.project(place.point)
                    return (place.object, (step.east * step.east + step.north * step.north).squareRoot())
                })
        }
    }
}
