internal import Crypto
internal import Foundation
internal import NIOCore

/// The files that the port serves, read once at the start: what is not in this list can't be asked for.
struct StaticFiles: Sendable {
    struct File: Sendable {
        let body: ByteBuffer
        let contentType: String
        let tag: String
    }

    private var files: [String: File] = [:]

    /// A map library has a few dozen files of at most a few megabytes.
    private static let filesMaximum = 1_000
    private static let bytesMaximum = 64 << 20

    /// Our own pages and documents, and the map library where it was set up.
    init(assets: URL?) {
        guard let pages = Bundle.module.url(forResource: "Web", withExtension: nil) else { return }
        add(pages, under: "/static/")
        files["/"] = files["/static/index.html"]
        files["/console"] = files["/static/console.html"]
        files["/openapi.json"] = files["/static/openapi.json"]
        for page in ["index.html", "console.html", "openapi.json"] { files["/static/" + page] = nil }
        if let assets { add(assets, under: "/assets/") }
    }

    subscript(path: String) -> File? { files[path] }

    private mutating func add(_ directory: URL, under prefix: String) {
        let root = directory.resolvingSymlinksInPath().path + "/"
        let list = FileManager.default.enumerator(at: directory, includingPropertiesForKeys: [.isRegularFileKey])
        var bytesLeft = Self.bytesMaximum
        while let file = list?.nextObject() as? URL, files.count < Self.filesMaximum {
            let real = file.resolvingSymlinksInPath().path
            guard real.hasPrefix(root), let contents = try? Data(contentsOf: URL(filePath: real)),
                contents.count <= bytesLeft
            else { continue }
            bytesLeft -= contents.count
            files[prefix + real.dropFirst(root.count)] = File(
                body: ByteBuffer(bytes: contents), contentType: Self.contentType(of: file.pathExtension),
                tag: Self.tag(of: contents))
        }
    }

    /// A strong entity tag of these bytes.
    static func tag(of contents: some Sequence<UInt8>) -> String {
        let digest = SHA256.hash(data: Array(contents)).prefix(12)
        return "\"" + digest.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() + "\""
    }

    private static func contentType(of pathExtension: String) -> String {
        switch pathExtension.lowercased() {
        case "html": "text/html; charset=utf-8"
        case "js", "mjs": "text/javascript; charset=utf-8"
        case "css": "text/css; charset=utf-8"
        case "json", "map": "application/json"
        case "geojson": "application/geo+json"
        case "webmanifest": "application/manifest+json"
        case "svg": "image/svg+xml"
        case "png": "image/png"
        case "jpg", "jpeg": "image/jpeg"
        case "gif": "image/gif"
        case "ico": "image/x-icon"
        case "woff2": "font/woff2"
        case "pbf": "application/x-protobuf"
        case "txt", "md", "": "text/plain; charset=utf-8"
        default: "application/octet-stream"
        }
    }
}
