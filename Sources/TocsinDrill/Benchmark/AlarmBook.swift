/// Which areas (or regions) are in alarm under one policy, and which alarms there have been.
struct AlarmBook {
    private let holdSeconds: Double
    private var since: [Double?]
    private var lastNeeded: [Double]
    private var open: [Int] = []
    private(set) var alarms: [Alarm] = []

    /// - Parameter holdSeconds: an alarm ends when nothing has needed it for so long.
    init(count: Int, holdSeconds: Double) {
        self.holdSeconds = holdSeconds
        since = Array(repeating: nil, count: count)
        lastNeeded = Array(repeating: 0, count: count)
    }

    /// Raises the alarm, or keeps it up.
    mutating func need(_ area: Int, at now: Double) {
        if since[area] == nil {
            since[area] = now
            open.append(area)
        }
        lastNeeded[area] = now
    }

    /// Keeps an alarm up that is on.
    mutating func keep(_ area: Int, at now: Double) {
        if since[area] != nil { lastNeeded[area] = now }
    }

    /// Ends the alarms that have not been needed for the hold.
    mutating func clear(at now: Double) {
        var kept: [Int] = []
        for area in open {
            if now - lastNeeded[area] >= holdSeconds { close(area, at: now) } else { kept.append(area) }
        }
        open = kept
    }

    /// Ends the account.
    mutating func finish(at end: Double) {
        for area in open { close(area, at: end) }
        open = []
    }

    private mutating func close(_ area: Int, at end: Double) {
        if let from = since[area], from < end { alarms.append(Alarm(area: area, from: from, to: end)) }
        since[area] = nil
    }
}
