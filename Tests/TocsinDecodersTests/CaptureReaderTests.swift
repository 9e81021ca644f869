import Testing
import TocsinDecoders

/// Captures made here, because no real one has these forms.
@Suite struct CaptureReaderTests {
    private struct Read: Equatable {
        var payloads: [[UInt8]] = []
        var clocks: [CaptureClock?] = []
        var errors: [CaptureError] = []
    }

    private func read(_ bytes: [UInt8], as container: CaptureContainer? = nil) -> Read {
        var reader = CaptureReader(container ?? CaptureContainer.sniff(bytes.span))
        var result = Read()
        while true {
            switch reader.next(in: bytes.span, isLast: true) {
            case .end, .needsMore: return result
            case .rejected(let rejection): result.errors.append(rejection.error)
            case .payload(let payload):
                #expect(payload.offset == payload.range.lowerBound)
                result.payloads.append(Array(bytes[payload.range]))
                result.clocks.append(payload.clock)
            }
        }
    }

    private let content: [UInt8] = [48, 0, 4, 1]

    private func udp(_ content: [UInt8]) -> [UInt8] {
        [0x20, 0x01, 0x20, 0x02, 0, UInt8(content.count + 8), 0, 0] + content
    }

    private func version4(_ content: [UInt8], fragment: UInt8 = 0, transport: UInt8 = 17) -> [UInt8] {
        let segment = udp(content)
        return [
            0x45, 0, 0, UInt8(segment.count + 20), 0, 0, fragment, 0, 9, transport, 0, 0, 10, 0, 0, 1, 239, 0, 0, 1,
        ]
            + segment
    }

    private func version6(_ content: [UInt8], extensions: [UInt8] = [], next: UInt8 = 17) -> [UInt8] {
        let rest = extensions + udp(content)
        return [0x60, 0, 0, 0, 0, UInt8(rest.count), next, 9] + [UInt8](repeating: 1, count: 32) + rest
    }

    private func ethernet(_ type: [UInt8], _ packet: [UInt8]) -> [UInt8] {
        [UInt8](repeating: 2, count: 12) + type + packet
    }

    private func long(_ value: UInt32, _ isBig: Bool) -> [UInt8] {
        let big = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> UInt32($0)) }
        return isBig ? big : big.reversed()
    }

    private func pcap(
        _ packets: [[UInt8]], link: UInt32 = 1, isBig: Bool = false, isNano: Bool = false
    ) -> [UInt8] {
        let version: [UInt8] = isBig ? [0, 2, 0, 4] : [2, 0, 4, 0]
        var bytes = long(isNano ? 0xA1B2_3C4D : 0xA1B2_C3D4, isBig) + version
        bytes += [UInt8](repeating: 0, count: 8) + long(65_535, isBig) + long(link, isBig)
        for packet in packets {
            bytes += long(1_000, isBig) + long(250, isBig)
            bytes += long(UInt32(packet.count), isBig) + long(UInt32(packet.count), isBig) + packet
        }
        return bytes
    }

    @Test(arguments: [(false, false), (false, true), (true, false), (true, true)])
    func pcapIsReadInBothByteOrdersAndBothResolutions(isBig: Bool, isNano: Bool) {
        let padded = ethernet([8, 0], version4(content)) + [0, 0, 0]
        let result = read(pcap([padded, padded], isBig: isBig, isNano: isNano))
        let clock = CaptureClock.utc(nanosecondsSinceEpoch: 1_000_000_000_000 + (isNano ? 250 : 250_000))
        #expect(result == Read(payloads: [content, content], clocks: [clock, clock], errors: []))
    }

    @Test func datagramsAreFoundBehindEveryLink() {
        let hop: [UInt8] = [17, 0, 0, 0, 0, 0, 0, 0]
        let cases: [(UInt32, [UInt8])] = [
            (1, ethernet([0x81, 0, 0, 5, 8, 0], version4(content))),
            (1, ethernet([0x88, 0xA8, 0, 5, 0x81, 0, 0, 6, 8, 0], version4(content))),
            (1, ethernet([0x86, 0xDD], version6(content))),
            (1, ethernet([0x86, 0xDD], version6(content, extensions: hop, next: 0))),
            (113, [UInt8](repeating: 0, count: 14) + [8, 0] + version4(content)),
            (276, [8, 0] + [UInt8](repeating: 0, count: 18) + version4(content)),
            (101, version4(content)), (228, version4(content)), (229, version6(content)),
            (0, [2, 0, 0, 0] + version4(content)),
        ]
        for (link, packet) in cases {
            #expect(read(pcap([packet], link: link)).payloads == [content], "link \(link)")
        }
    }

    @Test func packetsThatHoldNoDatagramAreRefusedAndTheNextIsRead() {
        let good = ethernet([8, 0], version4(content))
        let cases: [([UInt8], CaptureError)] = [
            (ethernet([8, 6], [1, 2, 3]), .unsupportedNetwork(0x0806)),
            (ethernet([8, 0], version4(content, transport: 6)), .unsupportedTransport(6)),
            (ethernet([8, 0], version4(content, fragment: 0x20)), .fragment),
            (ethernet([8, 0], Array(version4(content).dropLast(2))), .truncated(neededBytes: 32, availableBytes: 30)),
            (ethernet([8, 0], [0x55]), .badHeader),
            ([1, 2, 3], .truncated(neededBytes: 14, availableBytes: 3)),
        ]
        for (packet, error) in cases {
            let result = read(pcap([packet, good]))
            #expect(result.errors == [error])
            #expect(result.payloads == [content])
        }
        #expect(read(pcap([good], link: 147)).errors == [.unsupportedLinkType(147)])
    }

    private func block(_ type: UInt32, _ body: [UInt8], _ isBig: Bool) -> [UInt8] {
        let padded = body + [UInt8](repeating: 0, count: (4 - body.count % 4) % 4)
        let length = long(UInt32(padded.count + 12), isBig)
        return long(type, isBig) + length + padded + length
    }

    private func section(_ isBig: Bool) -> [UInt8] {
        let version: [UInt8] = isBig ? [0, 1, 0, 0] : [1, 0, 0, 0]
        return block(0x0A0D_0D0A, long(0x1A2B_3C4D, isBig) + version + [UInt8](repeating: 0xFF, count: 8), isBig)
    }

    private func interface(_ isBig: Bool, resolution: UInt8?, link: UInt8 = 1) -> [UInt8] {
        let type: [UInt8] = isBig ? [0, link, 0, 0] : [link, 0, 0, 0]
        let option: [UInt8] = resolution.map { (isBig ? [0, 9, 0, 1] : [9, 0, 1, 0]) + [$0, 0, 0, 0] } ?? []
        return block(1, type + long(0, isBig) + option + [0, 0, 0, 0], isBig)
    }

    private func enhanced(_ isBig: Bool, interface: UInt32, ticks: UInt64, _ packet: [UInt8]) -> [UInt8] {
        let time = long(UInt32(ticks >> 32), isBig) + long(UInt32(truncatingIfNeeded: ticks), isBig)
        let length = long(UInt32(packet.count), isBig)
        return block(6, long(interface, isBig) + time + length + length + packet, isBig)
    }

    @Test func pcapngIsReadInBothByteOrdersWithItsResolutions() {
        let packet = ethernet([8, 0], version4(content))
        var bytes: [UInt8] = []
        for isBig in [false, true] {
            bytes += section(isBig) + interface(isBig, resolution: nil) + interface(isBig, resolution: 9)
            bytes += interface(isBig, resolution: 0x80 | 10) + block(0xBAD, [1, 2, 3], isBig)
            bytes += enhanced(isBig, interface: 0, ticks: 1_700_000_000_250_000, packet)
            bytes += enhanced(isBig, interface: 1, ticks: 1_700_000_000_250_000_000, packet)
            bytes += enhanced(isBig, interface: 2, ticks: 1_700_000_000 << 10 | 256, packet)
            bytes += block(3, long(UInt32(packet.count), isBig) + packet, isBig)
        }
        let clock = CaptureClock.utc(nanosecondsSinceEpoch: 1_700_000_000_250_000_000)
        let clocks: [CaptureClock?] = [clock, clock, clock, nil]
        #expect(CaptureContainer.sniff(bytes.span) == .pcapng)
        #expect(
            read(bytes) == Read(payloads: [[UInt8]](repeating: content, count: 8), clocks: clocks + clocks, errors: []))
    }

    @Test func damagedPcapngIsRefused() {
        let packet = ethernet([8, 0], version4(content))
        let head = section(false) + interface(false, resolution: nil)
        let good = enhanced(false, interface: 0, ticks: 0, packet)
        #expect(read(head + enhanced(false, interface: 7, ticks: 0, packet) + good).errors == [.badHeader])
        #expect(read(head + Array(good.dropLast(4)) + [1, 2, 3, 4]).errors == [.badTrailer])
        #expect(
            read(head + [6, 0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 0]).errors == [
                .badLength(declaredBytes: 4_294_967_295)
            ])
    }

    private func final(_ content: [UInt8], day: UInt8 = 3) -> [UInt8] {
        [0, UInt8(content.count + 12), 0, 1, day, 0, 1, 0x2C] + content + [0xA5, 0xA5, 0xA5, 0xA5]
    }

    @Test func damagedFinalFormatGoesOnBehindTheNextMarks() {
        let good = final(content)
        var broken = good
        broken[1] = 200
        let bytes = good + broken + good + good
        let result = read(bytes)
        let clock = CaptureClock.recorderDay(3, centiseconds: 300)
        #expect(CaptureContainer.sniff(bytes.span) == .ioss)
        #expect(result.payloads == [content, content, content])
        #expect(result.clocks == [clock, clock, clock])
        #expect(result.errors.count == 1)
    }

    @Test func rawBlocksEndWhereALengthCannotBeTrue() {
        let result = read(content + content + [48, 0, 1] + content)
        #expect(result.payloads == [content, content])
        #expect(result.errors == [.badLength(declaredBytes: 1)])
        #expect(read(content + [48, 0]).errors == [.truncated(neededBytes: 3, availableBytes: 2)])
    }

    @Test func everyPrefixAndEveryFlippedBitOfACaptureIsSurvived() {
        let packet = ethernet([8, 0], version4(content))
        let captures: [([UInt8], CaptureContainer)] = [
            (pcap([packet, packet]), .pcap), (content + content, .raw), (final(content) + final(content), .ioss),
            (
                section(false) + interface(false, resolution: 6) + enhanced(false, interface: 0, ticks: 9, packet),
                .pcapng
            ),
            (pcap([ethernet([0x86, 0xDD], version6(content))]), .pcap),
        ]
        for (bytes, container) in captures {
            for end in 0...bytes.count { _ = read(Array(bytes[..<end]), as: container) }
            for index in bytes.indices {
                for bit in 0..<8 {
                    var flipped = bytes
                    flipped[index] ^= 1 << UInt8(bit)
                    _ = read(flipped, as: container)
                }
            }
        }
    }
}
