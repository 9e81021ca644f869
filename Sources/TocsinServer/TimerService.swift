internal import ServiceLifecycle

/// Ends the server after some time.
struct TimerService: Service {
    let duration: Duration

    func run() async throws {
        try? await cancelWhenGracefulShutdown { try await Task.sleep(for: duration) }
    }
}
