internal import Foundation
internal import TocsinDecoders
internal import TocsinModel

/// The datagrams of a capture of radar data, with bounded memory.
///
/// Where the container keeps no times, a datagram is due at the time of day that its first report states.
struct CaptureRecording {
    private let handle: FileHandle
    private var reader: CaptureReader
    private var window: [UInt8] = []
    private var isLast = false
    private var decoders: DecoderTable
    private var latest: Instant?
    private(set) var skippedBytes = 0

    private static let chunkBytes = 1 << 18
    /// The longest piece that a reader may ask for: a record of the final format or a packet, with room.
    private static let windowMaximum = 1 << 22
    /// Noon of some day: the day is not in the data, and only differences count.
    private static let anyNoon = Instant(nanosecondsSinceEpoch: 43_200_000_000_000)

    init(path: String) throws {
        handle = try FileHandle(forReadingFrom: URL(filePath: path))
        let start = Array(try handle.read(upToCount: Self.chunkBytes) ?? Data())
        window = start
        reader = CaptureReader(CaptureContainer.sniff(start.span))
        decoders = DecoderTable(feeds: [
            FeedSettings(name: "", format: .asterix, exercise: false, timeShift: .zero, sensor: nil)
        ])
    }

    mutating func next() throws -> TimedFrame? {
        while true {
            let bytes = window
            switch reader.next(in: bytes.span, isLast: isLast) {
            case .payload(let payload):
                let frame = Array(bytes[payload.range])
                let time = payload.clock.flatMap { Instant(secondsSinceEpoch: $0.seconds) } ?? statedTime(frame)
                latest = [latest, time].compactMap { $0 }.max()
                if let latest { return TimedFrame(time: latest, bytes: frame) }
            case .rejected(let rejection): skippedBytes += rejection.sample.count
            case .needsMore: try fill()
            case .end: return nil
            }
        }
    }

    private mutating func statedTime(_ bytes: [UInt8]) -> Instant? {
        let frame = Frame(feed: FeedNumber(0), bytes: bytes)
        return decoders.decode(frame, receivedAt: latest ?? Self.anyNoon).reports.first?.measuredAt
    }

    private mutating func fill() throws {
        window.removeFirst(reader.discard())
        let chunk = window.count > Self.windowMaximum ? Data() : try handle.read(upToCount: Self.chunkBytes) ?? Data()
        isLast = chunk.isEmpty
        window.append(contentsOf: chunk)
    }
}
