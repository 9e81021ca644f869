import Foundation
import Testing
import TocsinModel
import TocsinServer

@Suite struct HTTPLimitTests {
    @Test func slowAndHalfRequestsAreCut() async throws {
        var limits = HTTPLimits.standard
        limits.headTime = .milliseconds(800)
        limits.bodyTime = .milliseconds(800)
        limits.keepAliveTime = .milliseconds(800)
        try await HTTPTestServer.run(limits: limits) { server in
            let halfHead = try await RawConnection.open(server.port)
            try await halfHead.send("GET / HTTP/1.1\r\nHost: te")
            #expect(TestAnswer(await halfHead.read()).status == 408)
            let silent = try await RawConnection.open(server.port)
            #expect(TestAnswer(await silent.read()).status == 408)
            let halfBody = try await RawConnection.open(server.port)
            try await halfBody.send(
                "POST /v1/reports HTTP/1.1\r\nHost: t\r\nAuthorization: Bearer \(HTTPTestServer.reporterToken)\r\n"
                    + "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{")
            #expect(TestAnswer(await halfBody.read()).status == 408)
            let secondHead = try await RawConnection.open(server.port)
            try await secondHead.send("GET /healthz HTTP/1.1\r\nHost: t\r\n\r\n")
            _ = await secondHead.read { $0.contains("alive") }
            try await secondHead.send("GET /heal")
            #expect(await secondHead.read().contains("HTTP/1.1 408"))
            let idle = try await RawConnection.open(server.port)
            try await idle.send("GET /healthz HTTP/1.1\r\nHost: t\r\n\r\n")
            #expect(!(await idle.read()).contains("HTTP/1.1 408"))
        }
    }

    @Test func tooLargeHeadsAndBodiesAreRefused() async throws {
        try await HTTPTestServer.run { server in
            for field in ["X: \(String(repeating: "a", count: 9_000))\r\n", String(repeating: "X: a\r\n", count: 200)] {
                let connection = try await RawConnection.open(server.port)
                try await connection.send("GET / HTTP/1.1\r\nHost: t\r\n\(field)\r\n")
                #expect(TestAnswer(await connection.read()).status == 431)
            }
            let noHTTP = try await RawConnection.open(server.port)
            try await noHTTP.send("\u{16}\u{03}\u{01} this is no HTTP\r\n\r\n")
            #expect(TestAnswer(await noHTTP.read()).status == 400)
            let declared = try await RawConnection.open(server.port)
            let head =
                "POST /v1/reports HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\n"
                + "Authorization: Bearer \(HTTPTestServer.reporterToken)\r\n"
            try await declared.send(head + "Content-Length: 2000000\r\n\r\n")
            #expect(TestAnswer(await declared.read()).status == 413)
            let chunked = try await RawConnection.open(server.port)
            try await chunked.send(head + "Transfer-Encoding: chunked\r\n\r\n")
            let piece = String(repeating: " ", count: 65_536)
            for _ in 0..<17 { try? await chunked.send("10000\r\n\(piece)\r\n") }
            #expect(TestAnswer(await chunked.read()).status == 413)
        }
    }

    @Test func whoPostsTooOftenIsToldToWait() async throws {
        var limits = HTTPLimits.standard
        limits.postsPerSecond = 0.01
        limits.postsAtOnce = 2
        try await HTTPTestServer.run(limits: limits) { server in
            var statuses: [Int] = []
            for _ in 0..<3 { statuses.append(try await server.post("/v1/reports", "[]").status) }
            #expect(statuses == [202, 202, 429])
            let last = try await server.post("/v1/reports", "[]")
            #expect((Int(last.fields["retry-after"] ?? "") ?? 0) >= 1)
            let answer1 = try await server.get("/healthz").status
            #expect(answer1 == 200)
        }
    }

    @Test func readerOfALargeDocumentThatStopsReadingIsCut() async throws {
        var limits = HTTPLimits.standard
        limits.stallTime = .milliseconds(400)
        let assets = FileManager.default.temporaryDirectory.appending(path: "tocsin-assets-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: assets, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: assets) }
        try Data(count: 32 << 20).write(to: assets.appending(path: "large"))
        try await HTTPTestServer.run(limits: limits, assets: assets) { server in
            let stalled = try await RawConnection.open(server.port, reads: false, receiveBufferBytes: 16_384)
            try await stalled.send("GET /assets/large HTTP/1.1\r\nHost: t\r\n\r\n")
            var cut = false
            for _ in 0..<100 where !cut {
                cut = try await server.get("/metrics").body.contains("tocsin_http_readers_cut_total 1")
                if !cut { try await Task.sleep(for: .milliseconds(100)) }
            }
            #expect(cut)
        }
    }
}
