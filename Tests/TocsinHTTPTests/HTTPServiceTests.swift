import Foundation
import Testing
import TocsinModel
import TocsinServer

@Suite struct HTTPServiceTests {
    @Test func operatorPathsNeedTheOperatorsToken() async throws {
        try await HTTPTestServer.run { server in
            for path in ["/v1/tracks", "/v1/sensors", "/v1/operator/stream", "/v1/areas/ch-1/explanation"] {
                for token in [nil, "wrong", HTTPTestServer.reporterToken] {
                    let answer = try await server.get(path, token: token)
                    #expect(answer.status == 401)
                    #expect(answer.fields["www-authenticate"]?.hasPrefix("Bearer") == true)
                }
            }
            let tracks = try await server.get("/v1/tracks", token: HTTPTestServer.operatorToken)
            #expect(tracks.status == 200)
            let sensors = try await server.get("/v1/sensors", token: HTTPTestServer.operatorToken)
            #expect(sensors.body.contains("\"mic-secret-017\""))
            #expect(sensors.body.contains("\"uncoveredAreas\":[\"ch-1\"]"))
            #expect(sensors.fields["access-control-allow-origin"] == nil)
        }
    }

    @Test func operatorsAreToldWhyAnAreaIsNotWarned() async throws {
        try await HTTPTestServer.run { server in
            let token = HTTPTestServer.operatorToken
            let answer = try await server.get("/v1/areas/ch-1/explanation", token: token)
            #expect(answer.status == 200 && answer.fields["cache-control"] == "no-store")
            let words = answer.json["words"] as? [String] ?? []
            #expect(words.contains("not warned.") && words.contains { $0.hasPrefix("Why: no track may come here") })
            #expect(
                words.last == "Coverage: 0 of 1 sensors that reach this place are heard: NOT COVERED, a quiet sky "
                    + "means nothing.")
            #expect(!answer.body.contains("mic-secret-017"))
            let unknown = try await server.get("/v1/areas/ch-2/explanation", token: token)
            #expect(unknown.status == 404)
        }
    }

    @Test func reportsAreAcceptedAndRefusedByIndex() async throws {
        try await HTTPTestServer.run { server in
            let good = """
                {"sensor":"mic-secret-017","time":"2026-11-22T17:00:00.250Z","kind":"bearing","azimuthDegrees":123.4,\
                "azimuthSigmaDegrees":3,"propagation":"sound","maximumRangeMeters":5000}
                """
            let single = try await server.post("/v1/reports", good)
            #expect(single.status == 202)
            #expect(single.body == "{\"accepted\":1,\"rejected\":[]}")
            let unknown = good.replacing("mic-secret-017", with: "nobody")
            let wrong = good.replacing("azimuthDegrees\":123.4", with: "azimuthDegrees\":\"north\"")
            let batch = try await server.post("/v1/reports", "[\(good), \(unknown),\n \(wrong), \(good)]")
            #expect(batch.json["accepted"] as? Int == 2)
            let rejected = batch.json["rejected"] as? [[String: Any]] ?? []
            #expect(rejected.map { $0["index"] as? Int } == [1, 2])
            #expect(rejected.first?["reason"] as? String == "unknown-sensor")
            let answer1 = try await server.post("/v1/reports", good, token: "wrong").status
            #expect(answer1 == 401)
        }
    }

    @Test(arguments: ["", "7", "[1]", "{\"a\":", "[{}", "[{}]]", "{}{}"])
    func bodiesThatAreNoReportsNeverBecomeInputs(body: String) async throws {
        try await HTTPTestServer.run { server in
            let before = await server.conductor.snapshot().health.inputs
            let answer = try await server.post("/v1/reports", body)
            #expect(answer.status == 400)
            #expect(answer.fields["content-type"] == "application/problem+json")
            #expect(await server.conductor.snapshot().health.inputs == before)
        }
    }

    @Test func problemsSayWhatIsWrong() async throws {
        try await HTTPTestServer.run { server in
            let missing = try await server.get("/nowhere%0d%0aX-Forged:%201")
            #expect(missing.status == 404)
            #expect(missing.fields["content-type"] == "application/problem+json")
            #expect(Set(missing.json.keys) == ["type", "title", "status", "detail", "instance"])
            #expect(missing.fields["x-forged"] == nil)
            let method = try await server.ask("DELETE", "/v1/warnings")
            #expect(method.status == 405)
            #expect(method.fields["allow"] == "GET, HEAD")
            let type = try await server.ask(
                "POST", "/v1/reports", fields: ["Authorization": "Bearer \(HTTPTestServer.reporterToken)"],
                body: "{}")
            #expect(type.status == 415)
            let head = try await server.ask("HEAD", "/v1/status")
            #expect(head.status == 200)
            #expect(head.body.isEmpty)
            #expect(Int(head.fields["content-length"] ?? "") ?? 0 > 0)
        }
    }

    @Test func everyAnswerForbidsFramesAndForeignScripts() async throws {
        try await HTTPTestServer.run { server in
            for path in ["/", "/console", "/nowhere", "/v1/areas", "/healthz"] {
                let answer = try await server.get(path)
                #expect(answer.fields["content-security-policy"]?.contains("frame-ancestors 'none'") == true)
                #expect(answer.fields["x-content-type-options"] == "nosniff")
                #expect(answer.fields["referrer-policy"] == "no-referrer")
            }
        }
    }

    @Test func unchangedDocumentsAreNotSentAgain() async throws {
        try await HTTPTestServer.run(changes: [.sample(12)]) { server in
            for path in ["/", "/v1/areas", "/cap/feed.atom", "/cap/test.w12.1.xml"] {
                let first = try await server.get(path)
                #expect(first.status == 200)
                let tag = try #require(first.fields["etag"])
                let second = try await server.ask("GET", path, fields: ["If-None-Match": "\"other\", \(tag)"])
                #expect(second.status == 304)
                #expect(second.body.isEmpty)
            }
        }
    }

    @Test func pathsOutsideTheListAreNotServed() async throws {
        let assets = FileManager.default.temporaryDirectory.appending(path: "tocsin-assets-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: assets, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: assets) }
        try Data("map".utf8).write(to: assets.appending(path: "map.js"))
        try FileManager.default.createSymbolicLink(
            at: assets.appending(path: "passwd"), withDestinationURL: URL(filePath: "/etc/passwd"))
        try await HTTPTestServer.run(assets: assets) { server in
            let answer2 = try await server.get("/assets/map.js").body
            #expect(answer2 == "map")
            let answer3 = try await server.get("/static/console.js").fields["content-type"]?.hasPrefix(
                "text/javascript")
            #expect(answer3 == true)
            for path in [
                "/assets/passwd", "/assets/../Package.swift", "/static/..%2f..%2fPackage.swift", "/assets/", "/static/",
            ] {
                let answer4 = try await server.get(path).status
                #expect(answer4 == 404)
            }
        }
    }

    @Test func publicAnswersRevealNeitherSensorsNorTracks() async throws {
        try await HTTPTestServer.run(changes: [.sample(12)]) { server in
            for path in [
                "/", "/console", "/v1/status", "/v1/areas", "/v1/warnings", "/cap/feed.atom", "/cap/test.w12.1.xml",
                "/healthz", "/readyz", "/metrics", "/openapi.json",
            ] {
                let answer = try await server.get(path)
                #expect(answer.status == 200, "\(path)")
                for secret in ["mic-secret-017", "987654321"] { #expect(!answer.body.contains(secret), "\(path)") }
            }
        }
    }

    @Test func metricsAndHealthSayHowThingsStand() async throws {
        try await HTTPTestServer.run(changes: [.sample(12)]) { server in
            _ = try await server.get("/v1/warnings")
            let text = try await server.get("/metrics").body
            #expect(text.contains("# TYPE tocsin_http_requests_total counter"))
            #expect(text.contains("tocsin_http_requests_total{method=\"GET\",route=\"/v1/warnings\",status=\"200\"} 1"))
            #expect(text.contains("tocsin_warnings{stage=\"takeShelter\"} 1"))
            let ready = try await server.get("/readyz").json
            #expect(ready["status"] as? String == "ready")
            #expect(((ready["journal"] as? [String: Any])?["status"] as? String) == "healthy")
        }
    }

    @Test func endingAWarningThatIsNotInForceIsRefused() async throws {
        try await HTTPTestServer.run { server in
            let token = HTTPTestServer.operatorToken
            let answer5 = try await server.post("/v1/warnings/w99/end", "{\"operatorName\":\"\"}", token: token).status
            #expect(answer5 == 400)
            let answer6 = try await server.post("/v1/warnings/x/end", "{\"operatorName\":\"Eve\"}", token: token).status
            #expect(answer6 == 404)
            let answer7 = try await server.post("/v1/warnings/w99/end", "{\"operatorName\":\"Eve\"}", token: token)
                .status
            #expect(answer7 == 409)
            let answer8 = try await server.post("/v1/warnings/w99/end", "{\"operatorName\":\"Eve\"}").status
            #expect(answer8 == 401)
        }
    }
}
