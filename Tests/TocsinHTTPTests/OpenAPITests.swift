import Foundation
import Testing
import TocsinServer

@Suite struct OpenAPITests {
    /// `METHOD /path` of every operation of the document.
    private static func operations(of document: [String: Any]) -> [String] {
        let paths = document["paths"] as? [String: [String: Any]] ?? [:]
        return paths.flatMap { path, operations in operations.keys.map { "\($0.uppercased()) \(path)" } }.sorted()
    }

    @Test func documentDescribesWhatIsServedAndNothingElse() async throws {
        try await HTTPTestServer.run { server in
            let document = try await server.get("/openapi.json").json
            let served = try server.service.servedRoutes()
            #expect(Self.operations(of: document) == served)
        }
    }

    @Test func everyExampleOfAReportIsAccepted() async throws {
        try await HTTPTestServer.run { server in
            let document = try await server.get("/openapi.json").json
            let post = (document["paths"] as? [String: [String: Any]])?["/v1/reports"]?["post"] as? [String: Any]
            let content = (post?["requestBody"] as? [String: Any])?["content"] as? [String: [String: Any]]
            let examples = content?["application/json"]?["examples"] as? [String: [String: Any]] ?? [:]
            #expect(examples.count == 2)
            for example in examples.values {
                let body = try JSONSerialization.data(withJSONObject: try #require(example["value"]))
                let answer = try await server.post("/v1/reports", String(decoding: body, as: UTF8.self))
                #expect(answer.status == 202)
                #expect(answer.body.hasSuffix("\"rejected\":[]}"), "\(answer.body)")
            }
        }
    }

    @Test(.enabled(if: Python.hasValidator, "the Python package openapi-spec-validator is absent"))
    func documentIsValidAndItsExamplesFollowTheirSchemas() async throws {
        try await HTTPTestServer.run { server in
            let document = try await server.get("/openapi.json").body
            let result = try Python.run(Python.validation, input: document)
            #expect(result == "", "\(result)")
        }
    }

    @Test(.enabled(if: Python.hasValidator, "the Python package openapi-spec-validator is absent"))
    func answersFollowTheirSchemas() async throws {
        try await HTTPTestServer.run(changes: [.sample(12)]) { server in
            let document = try await server.get("/openapi.json").body
            var answers: [String: Any] = [:]
            for path in ["/v1/status", "/v1/areas", "/v1/warnings", "/healthz", "/readyz", "/v1/tracks", "/v1/sensors"]
            {
                answers[path] = try await server.get(path, token: HTTPTestServer.operatorToken).json
            }
            answers["/v1/areas/{id}/explanation"] =
                try await server.get("/v1/areas/ch-1/explanation", token: HTTPTestServer.operatorToken).json
            let input = try JSONSerialization.data(
                withJSONObject: [
                    "document": try JSONSerialization.jsonObject(with: Data(document.utf8)), "answers": answers,
                ])
            let result = try Python.run(Python.answerValidation, input: String(decoding: input, as: UTF8.self))
            #expect(result == "", "\(result)")
        }
    }
}

/// Independent judges of the document.
private enum Python {
    static let hasValidator = (try? run("import openapi_spec_validator, jsonschema", input: "")) == ""

    static let validation = """
        import json, sys
        import jsonschema, openapi_spec_validator
        document = json.load(sys.stdin)
        openapi_spec_validator.validate(document)
        def check(schema, example):
            whole = dict(schema, components=document["components"])
            jsonschema.Draft202012Validator(whole).validate(example)
        def walk(node):
            if isinstance(node, dict):
                if "schema" in node and "example" in node: check(node["schema"], node["example"])
                if "schema" in node:
                    for example in node.get("examples", {}).values(): check(node["schema"], example["value"])
                for child in node.values(): walk(child)
            elif isinstance(node, list):
                for child in node: walk(child)
        walk(document["paths"])
        """

    static let answerValidation = """
        import json, sys
        import jsonschema
        given = json.load(sys.stdin)
        document = given["document"]
        for path, answer in given["answers"].items():
            content = document["paths"][path]["get"]["responses"]["200"]["content"]
            schema = next(iter(content.values()))["schema"]
            jsonschema.Draft202012Validator(dict(schema, components=document["components"])).validate(answer)
        """

    /// - Returns: What the program printed, errors included; empty if it had nothing to say.
    static func run(_ program: String, input: String) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "-W", "ignore", "-c", program]
        let (standardInput, output) = (Pipe(), Pipe())
        process.standardInput = standardInput
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let writer = standardInput.fileHandleForWriting
        DispatchQueue.global().async {
            try? writer.write(contentsOf: Data(input.utf8))
            try? writer.close()
        }
        return String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    }
}
