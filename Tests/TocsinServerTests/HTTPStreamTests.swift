import Foundation
import ServiceLifecycle
import Testing
import TocsinModel
import TocsinServer

@Suite struct HTTPStreamTests {
    private static func request(_ path: String, fields: String = "") -> String {
        "GET \(path) HTTP/1.1\r\nHost: test\r\nAccept: text/event-stream\r\n\(fields)\r\n"
    }

    @Test func newSubscriberGetsSnapshotThenHeartbeats() async throws {
        var limits = HTTPLimits.standard
        limits.heartbeatTime = .milliseconds(50)
        try await HTTPTestServer.run(limits: limits, changes: [.sample(12), .sample(13)]) { server in
            let stream = try await RawConnection.open(server.port)
            try await stream.send(Self.request("/v1/warnings/stream"))
            let text = await stream.read { $0.components(separatedBy: "event: heartbeat").count > 3 }
            let answer = TestAnswer(text)
            #expect(answer.status == 200)
            #expect(answer.fields["content-type"] == "text/event-stream")
            #expect(answer.fields["access-control-allow-origin"] == "*")
            #expect(answer.body.hasPrefix("retry: 2000\n\nevent: snapshot\nid: 2\ndata: {\"at\":"))
            #expect(answer.body.contains("\"id\":\"w12\"") && answer.body.contains("\"id\":\"w13\""))
            #expect(answer.body.contains("\"covered\":false"))
            try await stream.close()
        }
    }

    @Test func operatorSeesTracksEverySecond() async throws {
        try await HTTPTestServer.run { server in
            let stream = try await RawConnection.open(server.port)
            try await stream.send(
                Self.request(
                    "/v1/operator/stream", fields: "Authorization: Bearer \(HTTPTestServer.operatorToken)\r\n"))
            let text = await stream.read { $0.contains("event: tracks") }
            #expect(text.contains("event: tracks\ndata: {\"at\":"))
            #expect(TestAnswer(text).fields["access-control-allow-origin"] == nil)
            try await stream.close()
        }
    }

    @Test func subscribersThatLeaveAreForgotten() async throws {
        try await HTTPTestServer.run { server in
            for _ in 0..<20 {
                let stream = try await RawConnection.open(server.port)
                try await stream.send(Self.request("/v1/warnings/stream"))
                _ = await stream.read { $0.contains("event: snapshot") }
                try await stream.close()
            }
            var left = false
            for _ in 0..<50 where !left {
                left = try await server.get("/metrics").body.contains("tocsin_stream_subscribers 0\n")
                if !left { try await Task.sleep(for: .milliseconds(100)) }
            }
            #expect(left)
        }
    }

    @Test func shutdownEndsOpenStreamsWithinTwoSeconds() async throws {
        try await HTTPTestServer.run { server in
            var streams: [RawConnection] = []
            for _ in 0..<50 {
                let stream = try await RawConnection.open(server.port)
                try await stream.send(Self.request("/v1/warnings/stream"))
                streams.append(stream)
            }
            let half = try await RawConnection.open(server.port)
            try await half.send("POST /v1/reports HTTP/1.1\r\nHost: t\r\nContent-Length: 9\r\n\r\n")
            let start = ContinuousClock.now
            await server.group.triggerGracefulShutdown()
            for stream in streams { _ = await stream.read() }
            _ = await half.read()
            #expect(ContinuousClock.now - start < .seconds(2))
        }
    }
}
