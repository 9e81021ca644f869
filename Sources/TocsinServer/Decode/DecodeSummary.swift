internal import Foundation
internal import TocsinDecoders

/// What is said at the end, on standard error.
struct DecodeSummary {
    var name: String
    var file: DecodedFile
    var bytes: Int
    var elapsed: Duration

    func print() {
        FileHandle.standardError.write(Data(text.utf8))
    }

    var text: String {
        let seconds = max(Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18, 1e-9)
        let kinds = file.kinds.map { "\($0.name): \(Self.grouped($0.count))" }
        let frames = file.frames.map { ", \(Self.grouped($0)) frames" } ?? ""
        let refused = file.refusals.reduce(0) { $0 + $1.count }
        var lines = [
            "\(name): \(file.form), \(Self.grouped(bytes)) bytes\(frames)",
            "decoded:  \(Self.grouped(file.records))" + (kinds.isEmpty ? "" : " (\(kinds.joined(separator: ", ")))"),
            "rejected: \(Self.grouped(refused))",
        ]
        lines += file.refusals.map { refusal in
            let sample = refusal.sample.map { byte in
                (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }
            return "  \(refusal.reason): \(Self.grouped(refusal.count)), first at offset \(refusal.offset): "
                + sample.joined()
        }
        let rate = String(format: "%.1f", Double(bytes) / 1e6 / seconds)
        lines.append("time:     \(String(format: "%.2f", seconds)) s, \(rate) MB/s")
        return lines.joined(separator: "\n") + "\n"
    }

    /// `12,345`.
    static func grouped(_ number: Int) -> String {
        var text = ""
        for (index, digit) in String(number).reversed().enumerated() {
            if index > 0, index.isMultiple(of: 3) { text.append(",") }
            text.append(digit)
        }
        return String(text.reversed())
    }
}

/// One line on a terminal that is written over as the work goes on; nothing where nobody watches.
struct DecodeProgress {
    var totalBytes: Int?
    private let isWatched = isatty(2) == 1
    private var shownAt: ContinuousClock.Instant?

    mutating func show(bytes: Int, records: Int) {
        let now = ContinuousClock.now
        if !isWatched { return }
        if let shownAt, now - shownAt < .milliseconds(200) { return }
        shownAt = now
        var text = "\r\(bytes / 1_000_000) MB"
        if let totalBytes, totalBytes > 0 { text += " of \(totalBytes / 1_000_000) (\(bytes * 100 / totalBytes) %)" }
        text += ", \(DecodeSummary.grouped(records)) records"
        FileHandle.standardError.write(Data(text.utf8))
    }

    func clear() {
        guard isWatched, shownAt != nil else { return }
        FileHandle.standardError.write(Data("\r\u{1B}[K".utf8))
    }
}
