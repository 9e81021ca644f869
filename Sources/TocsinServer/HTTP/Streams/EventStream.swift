internal import NIOCore
internal import TocsinFormats

/// The parts of an event stream as they go to the socket.
enum EventStream {
    /// - Parameter json: On one line.
    static func event(_ name: String, id: UInt64?, json: [UInt8]) -> ByteBuffer {
        let line = json.last == UInt8(ascii: "\n") ? Array(json.dropLast()) : json
        return ByteBuffer(bytes: ServerSentEvent(name: name, id: id.map { String($0) }, content: line).bytes)
    }

    /// The head of the answer, and how long to wait before coming back. Ends with the connection, so the body
    /// needs no chunks and all subscribers share one buffer.
    static func head(for kind: StreamKind, followedBy beginning: ByteBuffer) -> ByteBuffer {
        var head = "HTTP/1.1 200 OK\r\nContent-Type: \(ServerSentEvent.mediaType)\r\nCache-Control: no-store\r\n"
        head += "Connection: close\r\nX-Accel-Buffering: no\r\n"
        if case .warnings = kind { head += "Access-Control-Allow-Origin: *\r\n" }
        for field in SecurityFields.all { head += "\(field.name): \(field.value)\r\n" }
        head += "\r\nretry: 2000\n\n"
        var text = ByteBuffer(string: head)
        text.writeImmutableBuffer(beginning)
        return text
    }
}
