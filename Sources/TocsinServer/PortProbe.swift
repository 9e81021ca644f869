internal import NIOCore
internal import NIOPosix

/// Finds out whether a port is free before anything else is begun, so that a start that cannot succeed leaves
/// nothing behind.
enum PortProbe {
    static func check(host: String, port: Int) async throws(ServerError) {
        do {
            let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .bind(host: host, port: port).get()
            try await channel.close()
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            throw .portTaken(host: host, port: port)
        } catch {
            throw .cannotListen(host: host, port: port, cause: "\(error)")
        }
    }
}
