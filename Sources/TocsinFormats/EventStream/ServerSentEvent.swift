/// One event of a `text/event-stream` (HTML Living Standard, section 9.2).
package struct ServerSentEvent: Hashable, Sendable {
    /// `nil`: the stream's default, `message`.
    package var name: String?
    /// What the client sends back as `Last-Event-ID`; `nil`: unchanged.
    package var id: String?
    /// One line or several. Bytes of UTF-8.
    package var content: [UInt8]
    /// How long the client waits before it connects again; `nil`: unchanged.
    package var retryMilliseconds: Int?

    /// HTML Living Standard, section 9.2.
    package static let mediaType = "text/event-stream"

    /// An event with these fields; line ends in `name` and `id` are left out when it is written.
    package init(name: String?, id: String?, content: [UInt8], retryMilliseconds: Int? = nil) {
        self.name = name
        self.id = id
        self.content = content
        self.retryMilliseconds = retryMilliseconds
    }

    /// The event with the blank line that ends it.
    package var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(content.count + 64)
        if let name { Self.append("event", Self.oneLine(name), to: &bytes) }
        if let id { Self.append("id", Self.oneLine(id), to: &bytes) }
        if let retryMilliseconds { Self.append("retry", Array("\(retryMilliseconds)".utf8), to: &bytes) }
        for line in Self.lines(content) { Self.append("data", line, to: &bytes) }
        bytes.append(UInt8(ascii: "\n"))
        return bytes
    }

    /// A line that clients pass over; it only shows that the connection lives.
    package static func comment(_ text: String) -> [UInt8] {
        Array(": ".utf8) + oneLine(text) + Array("\n\n".utf8)
    }

    private static func append(_ field: String, _ value: some Sequence<UInt8>, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: field.utf8)
        bytes.append(contentsOf: ": ".utf8)
        bytes.append(contentsOf: value)
        bytes.append(UInt8(ascii: "\n"))
    }

    /// Line ends would begin another field, and an id with NUL is ignored.
    private static func oneLine(_ text: String) -> [UInt8] {
        text.utf8.filter { $0 != 0x0A && $0 != 0x0D && $0 != 0 }
    }

    /// The parts between LF, CR and CR LF.
    private static func lines(_ content: [UInt8]) -> [ArraySlice<UInt8>] {
        guard content.contains(where: { $0 == 0x0A || $0 == 0x0D }) else { return [content[...]] }
        var lines: [ArraySlice<UInt8>] = []
        var start = 0
        for (index, byte) in content.enumerated() where byte == 0x0A || byte == 0x0D {
            let isSecondHalf = byte == 0x0A && index > 0 && content[index - 1] == 0x0D
            if !isSecondHalf { lines.append(content[start..<index]) }
            start = index + 1
        }
        return lines + [content[start...]]
    }
}
