/// Storage kept between looks, so that a steady stream of them allocates nothing. It holds nothing that matters:
/// two of them are always equal, and it is not recorded.
struct Workspace: Hashable, Sendable, Codable {
    var update = ScanUpdate()
    var grid = ScanGrid()
    var places = PlaceList(places: [], variance: 1)
    /// The sightings near one track.
    var near: [Int32] = []

    init() {}
    init(from decoder: any Decoder) throws {}
    func encode(to encoder: any Encoder) throws {}
    static func == (left: Workspace, right: Workspace) -> Bool { true }
    func hash(into hasher: inout Hasher) {}
}
