import Foundation
import TocsinModel

/// Objects over a square field as one survey sensor sees them every two seconds: scenarios of type B for any number
/// of objects, 100 to every 40 x 40 km. Scans are made one at a time, so that only the present one is in memory.
///
/// Objects fly 40-70 m/s on straight legs of 20-60 s between turns of 1-4 deg/s for 10-40 s. The first are born
/// in scans 0 to 10. One lives 60 to 100 s and is then replaced by another somewhere else, as is one that leaves the
/// field: a steady state for as long as one likes.
struct SimulatedField {
    /// One object. Meters, seconds and radians in the plane of the field; the middle is the origin.
    struct Target {
        var number: Int
        var place: SIMD2<Double>
        var heading: Double
        var speed: Double
        /// Left positive; 0 on a straight leg.
        var turnRate = 0.0
        /// Scans left of this leg, and of the object's life.
        var legScans = 0
        var lifeScans: Int
        /// Scans until it is born.
        var waitScans = 0

        var velocity: SIMD2<Double> { SIMD2(cos(heading), sin(heading)) * speed }
    }

    /// A detection, and the number of the object behind it; -1: clutter.
    struct Detection {
        var place: SIMD2<Double>
        var origin: Int
    }

    static let secondsPerScan = 2.0
    static let detectionProbability = 0.9
    static let sigma = 50.0
    /// Type B has 6.25e-8 per m^2. A tenth more makes 200,000 detections of 100,000 objects.
    static let clutterDensity = 6.875e-8

    let edge: Double
    private(set) var targets: [Target] = []
    private var random: SplitMix
    private var lastNumber = -1

    init(targets count: Int, seed: UInt64) {
        edge = 40_000 * (Double(count) / 100).squareRoot()
        random = SplitMix(state: seed)
        for _ in 0..<count {
            var target = born()
            target.waitScans = random.count(in: 0...10)
            targets.append(target)
        }
    }

    var area: Double { edge * edge }

    /// The objects in the field now.
    var present: some Sequence<Target> { targets.lazy.filter { $0.waitScans == 0 } }

    /// Moves on by one scan and looks. In no order that would help a tracker.
    mutating func next(into detections: inout [Detection]) {
        for index in targets.indices { step(index) }
        detections.removeAll(keepingCapacity: true)
        for target in targets where target.waitScans == 0 && random.unit() < Self.detectionProbability {
            let error = SIMD2(random.normal(), random.normal()) * Self.sigma
            detections.append(Detection(place: target.place + error, origin: target.number))
        }
        let mean = Self.clutterDensity * area
        // Above a hundred a Poisson number is near enough to a normal one.
        let clutter = Int(max(0, mean + mean.squareRoot() * random.normal()).rounded())
        for _ in 0..<clutter { detections.append(Detection(place: anywhere(), origin: -1)) }
        for index in detections.indices.reversed() {
            detections.swapAt(index, random.count(in: 0...index))
        }
    }

    private mutating func step(_ index: Int) {
        var target = targets[index]
        if target.waitScans > 0 {
            target.waitScans -= 1
        } else {
            move(&target)
            target.lifeScans -= 1
            let reach = max(abs(target.place.x), abs(target.place.y))
            if target.lifeScans == 0 || reach > edge / 2 { target = born() }
        }
        targets[index] = target
    }

    private mutating func move(_ target: inout Target) {
        if target.legScans == 0 {
            let turns = target.turnRate == 0
            target.legScans = turns ? random.count(in: 5...20) : random.count(in: 10...30)
            let side = random.unit() < 0.5 ? -1.0 : 1.0
            target.turnRate = turns ? side * random.number(from: 1, to: 4) * .pi / 180 : 0
        }
        target.legScans -= 1
        let angle = target.turnRate * Self.secondsPerScan
        // The chord of the arc lies halfway between the old and the new heading.
        let chord = angle == 0 ? 1 : sin(angle / 2) / (angle / 2)
        target.heading += angle / 2
        target.place += target.velocity * (Self.secondsPerScan * chord)
        target.heading += angle / 2
    }

    private mutating func born() -> Target {
        lastNumber += 1
        return Target(
            number: lastNumber, place: anywhere(), heading: random.number(from: 0, to: 2 * .pi),
            speed: random.number(from: 40, to: 70), turnRate: 1, lifeScans: random.count(in: 30...50))
    }

    private mutating func anywhere() -> SIMD2<Double> {
        SIMD2(random.number(from: -edge / 2, to: edge / 2), random.number(from: -edge / 2, to: edge / 2))
    }
}

/// The SplitMix64 generator (Steele, Lea and Flood 2014): the same numbers on every machine.
struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// From 0 up to but not 1.
    mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

    mutating func number(from least: Double, to greatest: Double) -> Double { least + (greatest - least) * unit() }

    mutating func count(in range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(unit() * Double(range.count))
    }

    /// Box and Muller's transform; the second number is not used.
    mutating func normal() -> Double { (-2 * log(1 - unit())).squareRoot() * cos(2 * .pi * unit()) }
}
