/// Bounds on everything that outside data can make grow, each with its reason.
public enum Limits {
    /// The largest UDP payload over IPv4 (65,535 minus the headers); stream framings are cut to it too.
    public static let bytesPerFrame = 65_507
    /// A batch of `POST /v1/reports`; 1,000 reports of about 300 bytes are below it.
    public static let bytesPerReportBatch = 1 << 20
    /// Reports in one batch or frame: a full ASTERIX datagram holds about 5,000 records of the least size.
    public static let reportsPerFrame = 5_000
    /// A country's raid is a few hundred objects and its air traffic a thousand; beyond this the sky is a fault.
    public static let tracks = 20_000
    /// Israel, the country with the finest areas known, has about 1,700; France has 35,000 communes.
    public static let areas = 100_000
    /// Of all rings together. Oblasts of Ukraine have up to some thousands; municipal borders, some hundreds.
    public static let verticesPerArea = 10_000
    /// 100,000 areas of 100 vertices are about 400 MB.
    public static let bytesPerAreaFile = 500_000_000
    /// A city of 2,600 square kilometers, as Moscow, has about 330 parts; what has more is no city.
    public static let partsPerArea = 500
    /// A ring that crosses itself more often is no slip of the pen.
    public static let crossingsPerRing = 8
    /// Former ids of one area.
    public static let aliasesPerArea = 20
    /// Threats counted for one area at one time; with more, the least probable change nothing.
    public static let tracksPerArea = 64
    /// 15,000 microphones and 40 radars serve a country (DESIGN.md, Scale).
    public static let sensors = 50_000
    /// Reports of one person: so many at once, as after a gap of the network, and so many per second for long. Whoever
    /// hears something says so every few seconds.
    public static let personReportsAtOnce = 20.0
    public static let personReportsPerSecond = 0.5
    /// The bytes of a rejected input kept as a sample for the operator.
    public static let rejectionSampleBytes = 64
    /// Characters of any text from outside that is kept (names, callsigns, operators).
    public static let charactersPerText = 200
}
