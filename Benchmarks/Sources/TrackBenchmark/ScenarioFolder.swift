import Foundation
import TocsinModel

/// A scenario as files: detections.csv (scan, time, x, y, origin) and truth.csv (scan, time, target, x, y, vx, vy).
struct ScenarioFolder {
    let path: String

    /// Makes a scenario; nothing of it is kept in memory but the text.
    func write(targets: Int, scans: Int, seed: UInt64) throws {
        var field = SimulatedField(targets: targets, seed: seed)
        var detections: [SimulatedField.Detection] = []
        var seen = "scan,time,x,y,origin\n"
        var truth = "scan,time,target,x,y,vx,vy\n"
        for scan in 0..<scans {
            field.next(into: &detections)
            let time = Double(scan) * SimulatedField.secondsPerScan
            for detection in detections {
                seen += "\(scan),\(time),\(millimeters(detection.place)),\(detection.origin)\n"
            }
            for target in field.present {
                truth += "\(scan),\(time),\(target.number),"
                truth += "\(millimeters(target.place)),\(millimeters(target.velocity))\n"
            }
        }
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try seen.write(toFile: path + "/detections.csv", atomically: true, encoding: .utf8)
        try truth.write(toFile: path + "/truth.csv", atomically: true, encoding: .utf8)
    }

    /// The places detected, scan by scan.
    func read() throws -> [[SIMD2<Double>]] {
        let text = try String(contentsOfFile: path + "/detections.csv", encoding: .utf8)
        var scans: [[SIMD2<Double>]] = []
        for line in text.split(whereSeparator: \.isNewline).dropFirst() {
            let fields = line.split(separator: ",")
            guard fields.count >= 4, let scan = Int(fields[0]), let x = Double(fields[2]), let y = Double(fields[3])
            else { throw CocoaError(.fileReadCorruptFile) }
            while scans.count <= scan { scans.append([]) }
            scans[scan].append(SIMD2(x, y))
        }
        return scans
    }

    private func millimeters(_ pair: SIMD2<Double>) -> String { String(format: "%.3f,%.3f", pair.x, pair.y) }
}
