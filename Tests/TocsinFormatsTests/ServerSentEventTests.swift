import Testing
import TocsinFormats

@Suite struct ServerSentEventTests {
    private func text(_ event: ServerSentEvent) -> String { String(decoding: event.bytes, as: UTF8.self) }

    @Test func eventHasItsFieldsAndABlankLine() {
        let event = ServerSentEvent(name: "warning", id: "7", content: Array("{}".utf8), retryMilliseconds: 2_000)
        #expect(text(event) == "event: warning\nid: 7\nretry: 2000\ndata: {}\n\n")
        #expect(text(ServerSentEvent(name: nil, id: nil, content: [])) == "data: \n\n")
    }

    @Test func contentCannotBeginAnotherFieldOrEvent() {
        let event = ServerSentEvent(name: "a\nid: 9", id: "1\u{0}\r\n2", content: Array("x\n\ny\r\nid: 3\rz\n".utf8))
        #expect(
            text(event) == "event: aid: 9\nid: 12\ndata: x\ndata: \ndata: y\ndata: id: 3\ndata: z\ndata: \n\n")
    }

    @Test func commentIsOneLine() {
        #expect(String(decoding: ServerSentEvent.comment("beat\ndata: x"), as: UTF8.self) == ": beatdata: x\n\n")
    }
}
