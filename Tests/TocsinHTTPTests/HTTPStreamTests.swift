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

    /// A drone that flies at the town, one position a second.
    private static func approach(since start: Instant, at time: Instant) -> String {
        let longitude = 7.2 + time.seconds(since: start) * 55 / 76_000
        return """
            {"sensor":"mic-secret-017","time":"\(time.iso8601)","kind":"fix","sigmaMeters":30,\
            "position":{"latitude":46.93,"longitude":\(longitude),"heightMeters":900},\
            "speedMetersPerSecond":55,"trackDegrees":90,"classEvidence":{"attackDrone":1}}
            """
    }

    @Test func reportsLeadToWarningsThatEverySubscriberSeesOnceAndCanResume() async throws {
        try await HTTPTestServer.run(rate: 20) { server in
            let streams = try await (0..<20).asyncMap { _ in
                let stream = try await RawConnection.open(server.port)
                try await stream.send(Self.request("/v1/warnings/stream"))
                return stream
            }
            for stream in streams { _ = await stream.read { $0.contains("event: snapshot") } }
            let start = await server.conductor.readClock()
            for _ in 0..<240 where await server.conductor.snapshot().lastEvent < 3 {
                let time = await server.conductor.readClock()
                let answer = try await server.post("/v1/reports", Self.approach(since: start, at: time))
                #expect(answer.body.contains("\"accepted\":1"))
                try await Task.sleep(for: .milliseconds(45))
            }
            let last = await server.conductor.snapshot().lastEvent
            try #require(last >= 2)
            for stream in streams {
                let text = await stream.read { $0.contains("id: \(last)\n") }
                for event in 1...last {
                    #expect(text.components(separatedBy: "event: warning\nid: \(event)\n").count == 2)
                }
            }
            let resumed = try await RawConnection.open(server.port)
            try await resumed.send(Self.request("/v1/warnings/stream", fields: "Last-Event-ID: 1\r\n"))
            let text = await resumed.read { $0.contains("id: \(last)\n") }
            #expect(!text.contains("event: snapshot") && !text.contains("id: 1\n"))
            #expect(text.contains("event: warning\nid: 2\n"))
            let unknown = try await RawConnection.open(server.port)
            try await unknown.send(Self.request("/v1/warnings/stream", fields: "Last-Event-ID: 999999\r\n"))
            #expect(await unknown.read { $0.contains("event: ") }.contains("event: snapshot"))
            let id = try #require(text.firstMatch(of: /"cap":"([^"]+)"/)?.1)
            let message = try await server.get(String(id))
            #expect(message.body.contains("urn:oasis:names:tc:emergency:cap:1.2"))
        }
    }
}

extension Sequence {
    /// The same as `map`, one after the other.
    fileprivate func asyncMap<Value>(_ transform: (Element) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await transform(element)) }
        return values
    }
}
