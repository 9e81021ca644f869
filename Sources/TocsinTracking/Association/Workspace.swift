internal import TocsinModel

/// Storage kept between looks, so that a steady stream of them allocates nothing. It holds nothing that matters:
/// two of them are always equal, and it is not recorded.
struct Workspace: Hashable, Sendable, Codable {
    var update = ScanUpdate()
    var grid = ScanGrid()
    var places = PlaceList(places: [], variance: 1)
    /// The modes of a survey's tracks after the scan, and those of two tracks that become one.
    var modes: [MotionMixture.Mode] = []
    var pooled: [MotionMixture.Mode] = []
    /// The tracks' own places, and the grid of them.
    var means: [SIMD4<Double>] = []
    var trackGrid = ScanGrid()
    /// The sightings or tracks near one track.
    var near: [Int32] = []

    var radar = RadarUpdate()
    /// Which track took each radar plot of the last call.
    struct Claim {
        var report: Report
        var track: TrackNumber?
    }
    var claims: [Claim] = []

    init() {}
    init(from decoder: any Decoder) throws {}
    func encode(to encoder: any Encoder) throws {}
    static func == (left: Workspace, right: Workspace) -> Bool { true }
    func hash(into hasher: inout Hasher) {}
}
