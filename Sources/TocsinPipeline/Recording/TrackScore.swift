internal import OrderedCollections
internal import TocsinModel

/// How well track numbers follow the objects of a recording. The objects are told by a key that the tracker need
/// not know: their address or, where there are none, their Mode A code.
package struct TrackScore: Hashable, Sendable {
    /// Objects with at least ten plots.
    package private(set) var objects = 0
    /// Of them, those of which one track has at least 90 % of the plots.
    package private(set) var followed = 0
    /// How often two successive numbered plots of such an object carry different numbers.
    package private(set) var switches = 0
    /// The share of the plots of each track that are its main object's, over all plots of objects that have a number.
    package private(set) var purity = 1.0
    package private(set) var tracks = 0
    /// Tracks of more than five plots without a plot of an object.
    package private(set) var tracksWithoutObject = 0

    /// Fewer plots say nothing of following; fewer plots are no track to speak of.
    private static let leastPlots = 10
    private static let leastTrackPlots = 6
    private static let followedShare = 0.9

    /// By time, one element for each plot.
    /// - Parameters:
    ///   - objects: The object of each plot; `nil`: not known.
    ///   - numbers: The track of each plot; `nil`: none.
    package init(objects keys: [UInt32?], numbers: [UInt64?]) {
        var plotsOfObject: OrderedDictionary<UInt32, [UInt64?]> = [:]
        var objectsOfTrack: OrderedDictionary<UInt64, OrderedDictionary<UInt32, Int>> = [:]
        var plotsOfTrack: OrderedDictionary<UInt64, Int> = [:]
        for (key, number) in zip(keys, numbers) {
            if let key { plotsOfObject[key, default: []].append(number) }
            guard let number else { continue }
            plotsOfTrack[number, default: 0] += 1
            if let key { objectsOfTrack[number, default: [:]][key, default: 0] += 1 }
        }
        for plots in plotsOfObject.values where plots.count >= Self.leastPlots { count(plots) }
        let counts = objectsOfTrack.values.map(\.values)
        let all = counts.reduce(0) { $0 + $1.reduce(0, +) }
        let own = counts.reduce(0) { $0 + ($1.max() ?? 0) }
        purity = all == 0 ? 1 : Double(own) / Double(all)
        tracks = plotsOfTrack.count
        tracksWithoutObject = plotsOfTrack.count { $0.value >= Self.leastTrackPlots && objectsOfTrack[$0.key] == nil }
    }

    private mutating func count(_ plots: [UInt64?]) {
        objects += 1
        var counts: OrderedDictionary<UInt64, Int> = [:]
        var last: UInt64?
        for number in plots {
            guard let number else { continue }
            counts[number, default: 0] += 1
            if let last, last != number { switches += 1 }
            last = number
        }
        let most = counts.values.max() ?? 0
        if Double(most) >= Self.followedShare * Double(plots.count) { followed += 1 }
    }
}

extension RadarRecording {
    /// What tells the objects of a recording apart.
    package enum ObjectKey: String, Hashable, Sendable { case address, modeA }

    /// The address if any plot has one.
    package var objectKey: ObjectKey { plots.contains { $0.report.identity.address != nil } ? .address : .modeA }

    /// - Parameter numbers: One for each plot, in the order of the recording.
    package func score(_ numbers: [UInt64?]) -> TrackScore {
        let key = objectKey
        let order = plots.indices.sorted {
            (plots[$0].report.measuredAt, $0) < (plots[$1].report.measuredAt, $1)
        }
        return TrackScore(
            objects: order.map { index in
                let identity = plots[index].report.identity
                return key == .address ? identity.address?.rawValue : identity.modeA.map(UInt32.init)
            }, numbers: order.map { numbers[$0] })
    }

    /// The score of the radar's own track numbers.
    package var ownScore: TrackScore { score(plots.map { $0.radarTrack.map(UInt64.init) }) }
}
