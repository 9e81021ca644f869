import Foundation

/// What this process has used so far.
struct ProcessCost {
    /// Seconds on a processor, whatever else the machine does.
    var processorSeconds: Double
    /// Seconds on the wall.
    var wallSeconds: Double

    static var now: ProcessCost {
        ProcessCost(processorSeconds: seconds(CLOCK_PROCESS_CPUTIME_ID), wallSeconds: seconds(CLOCK_MONOTONIC))
    }

    static func - (left: ProcessCost, right: ProcessCost) -> ProcessCost {
        ProcessCost(
            processorSeconds: left.processorSeconds - right.processorSeconds,
            wallSeconds: left.wallSeconds - right.wallSeconds)
    }

    /// The most memory it ever held, bytes (VmHWM).
    static var memoryPeakBytes: Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        let kibibytes = line?.split(separator: " ", omittingEmptySubsequences: true).dropFirst().first
        return kibibytes.flatMap { Int($0.filter(\.isNumber)) }.map { $0 * 1_024 } ?? 0
    }

    private static func seconds(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}

extension [Double] {
    var median: Double { isEmpty ? 0 : sorted()[count / 2] }
}
