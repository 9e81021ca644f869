import ArgumentParser
import Foundation
import TocsinDecoders
import TocsinModel
import TocsinServer

/// `tocsin decode`: a recording in, lines of JSON out.
struct Decode: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Turn a recording of radar or Mode S into lines of JSON.",
        discussion: """
            One line for each record or message goes to standard output, a summary to standard error: what was \
            decoded, what was rejected for which reason (with offset and first bytes of the first), and how fast.

            Examples:
              tocsin decode night.pcap
              tocsin decode radar.ast --edition 20/129:048=1.27
              tocsin decode --format beast recording.bin | head
              zcat night.pcap.gz | tocsin decode - > night.jsonl

            ASTERIX: categories \(Self.editions). A source is named by its system area and identification codes. \
            Exit codes: 0 decoded, 2 usage, 3 nothing could be decoded.
            """)

    @Argument(help: "The file; - or nothing: standard input.")
    var file: String?

    @Option(help: "What it holds: auto, asterix, beast, avr or modes-json.")
    var format: String = "auto"

    @Option(help: "What holds the ASTERIX: auto, raw, pcap, pcapng or ioss (IOSS final format).")
    var container: String = "auto"

    @Option(help: "SAC/SIC:CATEGORY=EDITION or CATEGORY=EDITION; may be given more than once.")
    var edition: [String] = []

    private static let editions = [UInt8(34), 48].map { category in
        let known = AsterixEditions.supported(category: category) ?? []
        return "0\(category) (editions \(known.map(\.description).joined(separator: ", ")))"
    }.joined(separator: " and ")

    mutating func run() throws {
        do {
            var run = DecodeRun(settings: try settings())
            guard try run.run() else { throw ExitCode(3) }
        } catch let failure as DecodeFailure {
            FileHandle.standardError.write(Data("tocsin decode: \(failure.message)\n".utf8))
            throw ExitCode(failure.code)
        } catch is OutputClosed {
            return
        }
    }

    private func settings() throws -> DecodeSettings {
        let formats: [WireFormat] = [.asterix, .beast, .avr, .modesJSON]
        let chosenFormat = formats.first { $0.rawValue == format }
        guard chosenFormat != nil || format == "auto" else {
            let names = formats.map(\.rawValue).joined(separator: ", ")
            throw DecodeFailure(message: "--format \(format): there are auto, \(names)", code: 2)
        }
        let chosenContainer = CaptureContainer(rawValue: container)
        guard chosenContainer != nil || container == "auto" else {
            let names = CaptureContainer.allCases.map(\.rawValue).joined(separator: ", ")
            throw DecodeFailure(message: "--container \(container): there are auto, \(names)", code: 2)
        }
        return DecodeSettings(
            path: file, format: chosenFormat, container: chosenContainer, editions: try edition.map(Self.pin))
    }

    private static func pin(_ text: String) throws -> AsterixEditionPin {
        guard let pin = AsterixEditionPin(text: text) else {
            let message = "--edition \(text): write SAC/SIC:CATEGORY=EDITION, for example 20/129:048=1.27"
            throw DecodeFailure(message: message, code: 2)
        }
        guard AsterixEditions.problem(of: pin) == nil else {
            throw DecodeFailure(message: "--edition \(text): there are categories \(editions)", code: 2)
        }
        return pin
    }
}
