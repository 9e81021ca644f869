package import Foundation

/// A folder of recorded or made-up detections on a flat field: `detections.csv`, and `sensors.csv` if they are
/// bearings. Only the columns named here are read; truth columns such as `origin` never are.
package struct ScenarioFolder: Sendable {
    /// One line of `detections.csv` with `scan,time,x,y`. Meters.
    package struct Plot: Hashable, Sendable {
        package var x: Double
        package var y: Double
    }

    /// One line of `detections.csv` with `scan,time,sensor,azimuth_rad`. Radians, counter-clockwise from x.
    package struct Direction: Hashable, Sendable {
        package var sensor: Int
        package var azimuth: Double
    }

    package enum Detections: Sendable {
        case plots([[Plot]])
        case directions([[Direction]], sensors: [Int: Plot])
    }

    /// The time of each scan, seconds; scan numbers are the indices.
    package private(set) var times: [Double]
    package private(set) var detections: Detections

    /// Scans, and detections in all, beyond which a file is refused.
    private static let scansAtMost = 1_000_000

    package init(_ folder: URL) throws(ScenarioError) {
        let table = try CSVTable(folder.appending(path: "detections.csv"))
        let scan = try table.column("scan")
        let time = try table.column("time")
        var timeOfScan: [Int: Double] = [:]
        var last = -1
        for row in table.rows.indices {
            let number = try table.integer(row, scan)
            guard (0..<Self.scansAtMost).contains(number) else { throw table.problem(row, "scan out of range") }
            timeOfScan[number] = try table.number(row, time)
            last = max(last, number)
        }
        times = Self.times(of: timeOfScan, count: last + 1)
        if table.has("azimuth_rad") {
            let sensors = try Self.sensors(folder.appending(path: "sensors.csv"))
            detections = .directions(try Self.directions(table, scans: last + 1, sensors: sensors), sensors: sensors)
        } else {
            detections = .plots(try Self.plots(table, scans: last + 1))
        }
    }

    private static func plots(_ table: CSVTable, scans: Int) throws(ScenarioError) -> [[Plot]] {
        let (scan, x, y) = (try table.column("scan"), try table.column("x"), try table.column("y"))
        var result = [[Plot]](repeating: [], count: scans)
        for row in table.rows.indices {
            let plot = Plot(x: try table.number(row, x), y: try table.number(row, y))
            result[try table.integer(row, scan)].append(plot)
        }
        return result
    }

    private static func directions(
        _ table: CSVTable, scans: Int, sensors: [Int: Plot]
    ) throws(ScenarioError) -> [[Direction]] {
        let (scan, sensor) = (try table.column("scan"), try table.column("sensor"))
        let azimuth = try table.column("azimuth_rad")
        var result = [[Direction]](repeating: [], count: scans)
        for row in table.rows.indices {
            let direction = Direction(
                sensor: try table.integer(row, sensor), azimuth: try table.number(row, azimuth))
            guard sensors[direction.sensor] != nil else { throw table.problem(row, "sensor not in sensors.csv") }
            result[try table.integer(row, scan)].append(direction)
        }
        return result
    }

    private static func sensors(_ file: URL) throws(ScenarioError) -> [Int: Plot] {
        let table = try CSVTable(file)
        let (sensor, x, y) = (try table.column("sensor"), try table.column("x"), try table.column("y"))
        var result: [Int: Plot] = [:]
        for row in table.rows.indices {
            result[try table.integer(row, sensor)] = Plot(x: try table.number(row, x), y: try table.number(row, y))
        }
        return result
    }

    /// Scans without a detection have no line and so no time: they lie evenly between their neighbours.
    private static func times(of known: [Int: Double], count: Int) -> [Double] {
        var result: [Double] = []
        var before: (scan: Int, time: Double)?
        for scan in 0..<count {
            guard let time = known[scan] else { continue }
            let start = before ?? (scan: -1, time: time - Double(scan + 1))
            for missing in (start.scan + 1)..<(scan + 1) {
                let part = Double(missing - start.scan) / Double(scan - start.scan)
                result.append(start.time + part * (time - start.time))
            }
            before = (scan, time)
        }
        return result
    }
}
