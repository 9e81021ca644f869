/// Where the bytes of a feed come from.
package enum FeedSource: Hashable, Sendable {
    /// Datagrams to `port` of this machine. With a `group`, an address of it is joined, on the network device of
    /// that name, or the one that the system chooses.
    case udp(host: String, port: Int, group: String?, interface: String?)
    case tcpClient(host: String, port: Int)
    case tcpServer(host: String, port: Int)
    case file(path: String)

    /// It has a time of its own.
    package var isRecording: Bool {
        guard case .file = self else { return false }
        return true
    }
}
