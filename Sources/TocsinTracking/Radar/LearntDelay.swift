/// How late the plots of a radar come, stragglers left out: the greatest delay lately of those that are not much later
/// than most.
struct LearntDelay: Hashable, Sendable, Codable {
    /// Seconds.
    private var greatest: Double
    /// Beyond it a plot is a straggler, seconds; `nil`: too few have come.
    private var limit: Double?
    private let least: Double
    /// The latest, oldest first.
    private var latest: [Double] = []

    /// The greatest is forgotten by this part with each plot.
    private static let forgetting = 0.0005
    /// The plots of one aircraft in four minutes; what they speak for is worked out with every eighth.
    private static let latestAtMost = 64
    private static let block = 8
    /// Delays are even over some span or fall off beyond the middle one: so many times what that lies above the
    /// least. And three quarters of the plots, with as much again as these lie above the middle, are no stragglers.
    private static let tail = 2.0

    /// - Parameter least: No plot that is less late is a straggler, seconds.
    init(least: Double) { (greatest, self.least) = (least, least) }

    /// What is to be waited for.
    var seconds: Double { min(greatest, limit ?? greatest) }

    mutating func note(_ delay: Double, atMost most: Double) {
        latest.append(delay)
        if latest.count > Self.latestAtMost { latest.removeFirst(Self.block) }
        if latest.count % Self.block == 0 {
            let sorted = latest.sorted()
            let (middle, upper) = (sorted[sorted.count / 2], sorted[sorted.count * 3 / 4])
            limit = max(middle + Self.tail * (middle - sorted[0]), upper + (upper - middle), least)
        }
        greatest = min(max(greatest * (1 - Self.forgetting), delay <= limit ?? delay ? delay : 0), most)
    }
}
