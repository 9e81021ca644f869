internal import TocsinFeeds
internal import TocsinModel

/// Opens the feeds of the configuration and leads their frames to the conductor.
struct FeedBuilder {
    let conductor: Conductor
    /// As recovered: recordings go on behind the frames that it has taken.
    let situation: Situation
    let settings: [FeedSettings]

    func open(_ feeds: [Configuration.Feed], intakes: [FeedIntake]) async throws(FeedError) -> [any FeedService] {
        var services: [any FeedService] = []
        for (index, (feed, intake)) in zip(feeds, intakes).enumerated() {
            services.append(try await open(feed, number: FeedNumber(UInt16(index)), intake: intake))
        }
        return services
    }

    private func open(
        _ feed: Configuration.Feed, number: FeedNumber, intake: FeedIntake
    ) async throws(FeedError) -> any FeedService {
        let conductor = conductor
        let take: FrameTaker = { bytes in
            await conductor.accept(.frame(Frame(feed: number, bytes: bytes)))
        }
        switch feed.source {
        case .udp(let host, let port, let group, let interface):
            return try await UDPFeed.open(
                intake: intake, host: host, port: port, group: group, interface: interface, take: take)
        case .tcpClient(let host, let port):
            return TCPClientFeed(intake: intake, format: feed.format, host: host, port: port, take: take)
        case .tcpServer(let host, let port):
            return try await TCPServerFeed.open(
                intake: intake, format: feed.format, host: host, port: port, take: take)
        case .file(let path):
            return FileFeed(
                intake: intake, path: path, format: feed.format,
                timeShift: settings[Int(number.rawValue)].timeShift,
                framesTaken: situation.frameCount(of: number), pace: pace, take: take)
        }
    }

    private var pace: FileFeed.Pace {
        let conductor = conductor
        return { due in
            let wait = await conductor.wait(until: due)
            if wait > .zero { try await Task.sleep(for: wait) }
        }
    }
}
