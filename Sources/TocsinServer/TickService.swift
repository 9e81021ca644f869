internal import ServiceLifecycle
internal import TocsinModel

/// Lets time pass for the pipeline: sleeps until the pipeline's next deadline and sends a tick.
struct TickService: Service {
    let conductor: Conductor

    func run() async throws {
        do {
            try await cancelWhenGracefulShutdown {
                while true {
                    if let deadline = await conductor.nextDeadline {
                        try await Task.sleep(for: conductor.wait(until: deadline))
                    }
                    try Task.checkCancellation()
                    await conductor.accept(.tick)
                }
            }
        } catch is CancellationError {
            // The server stops.
        }
    }
}
