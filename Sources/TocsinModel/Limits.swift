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
    /// Israel, the country with the finest areas known, has about 1,700.
    public static let areas = 20_000
    /// Detailed municipal borders simplified for warning have at most a few hundred.
    public static let verticesPerArea = 2_000
    /// Threats counted for one area at one time; with more, the least probable change nothing.
    public static let tracksPerArea = 64
    /// 15,000 microphones and 40 radars serve a country (DESIGN.md, Scale).
    public static let sensors = 50_000
    /// The bytes of a rejected input kept as a sample for the operator.
    public static let rejectionSampleBytes = 64
    /// Characters of any text from outside that is kept (names, callsigns, operators).
    public static let charactersPerText = 200
}
