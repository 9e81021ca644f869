import Foundation
import Testing
import TocsinDrill
import TocsinModel
import TocsinTestKit
import TocsinTracking

/// Objects of known class through simple noisy kinematics: a sample every 4 s, as from a radar's track.
@Suite struct ObjectClassifierTests {
    /// What the track of a radar knows: the velocity to 6 m/s per axis after a rough start, the turn rate to half a
    /// degree per second, the height to 60 m.
    struct Sensing {
        var random: SeededGenerator
        var heightIsMeasured = true
        /// Of the settled velocity, per axis.
        var speedSigma = 6.0

        mutating func sample(_ flown: Flown, seconds: Double) -> FlightSample {
            let sigma = seconds < 8 ? 25.0 : speedSigma
            let east = flown.east + sigma * random.normal()
            let north = flown.north + sigma * random.normal()
            let turnSigma = 0.5 * Double.pi / 180
            return FlightSample(
                at: flown.at, speed: (east * east + north * north).squareRoot(), speedVariance: sigma * sigma,
                turnRate: seconds < 8 ? nil : flown.turnRate + turnSigma * random.normal(),
                turnRateVariance: turnSigma * turnSigma,
                height: heightIsMeasured ? flown.height + 60 * random.normal() : nil,
                climbRate: heightIsMeasured && seconds >= 8 ? flown.climbRate + 3 * random.normal() : nil)
        }
    }

    /// What is true at one time; m/s, radians per second, meters.
    struct Flown {
        var at: Instant
        var east: Double
        var north: Double
        var turnRate: Double
        var height: Double
        var climbRate: Double
    }

    struct Confusion {
        var counts: [ObjectClass: [ObjectClass: Int]] = [:]

        mutating func note(_ truth: ObjectClass, as named: ObjectClass) {
            counts[truth, default: [:]][named, default: 0] += 1
        }

        func rate(_ truth: ObjectClass) -> Double {
            let row = counts[truth] ?? [:]
            return Double(row[truth] ?? 0) / Double(max(1, row.values.reduce(0, +)))
        }

        func table(_ title: String) -> String {
            var lines = ["classes, \(title): truth, named as"]
            for truth in ObjectClass.allCases {
                guard let row = counts[truth] else { continue }
                let cells = ObjectClass.allCases.compactMap { named in row[named].map { "\(named) \($0)" } }
                let share = String(format: "%.1f %%", 100 * rate(truth))
                lines.append("  \(truth): \(cells.joined(separator: ", ")) | right \(share)")
            }
            return lines.joined(separator: "\n")
        }
    }

    /// The class named a minute after the first sample.
    static func named(_ flown: [Flown], as identification: Identification, sensing: inout Sensing) -> ObjectClass {
        var classifier = ObjectClassifier()
        classifier.identify(identification)
        guard let first = flown.first?.at else { return classifier.probabilities.likeliest }
        for moment in flown {
            let seconds = moment.at.seconds(since: first)
            guard seconds <= 60 else { break }
            classifier.observe(sensing.sample(moment, seconds: seconds))
        }
        return classifier.probabilities.likeliest
    }

    @Test func raidersAndAirlinersAreNamedWithinAMinute() throws {
        for (heightIsMeasured, speedSigma) in [(true, 6.0), (false, 6.0), (true, 15.0), (false, 15.0)] {
            var sensing = Sensing(
                random: SeededGenerator(seed: 5), heightIsMeasured: heightIsMeasured, speedSigma: speedSigma)
            let confusion = try Self.confusion(using: &sensing)
            let height = heightIsMeasured ? "measured" : "unknown"
            print(confusion.table("height \(height), speed to \(speedSigma) m/s, aircraft identified"))
            for truth in [ObjectClass.attackDrone, .cruiseMissile, .aircraft] {
                #expect(confusion.rate(truth) >= 0.95)
            }
        }
    }

    /// Twelve raids and 400 airliners; and for the picture, what else flies, none of it identified.
    private static func confusion(using sensing: inout Sensing) throws -> Confusion {
        var confusion = Confusion()
        for seed in 1...12 {
            for object in try RaidObjects.raid(seed: UInt64(seed)) {
                confusion.note(object.objectClass, as: named(object.flown, as: .absent, sensing: &sensing))
            }
        }
        for _ in 0..<400 {
            let flown = airliner(using: &sensing.random)
            confusion.note(.aircraft, as: named(flown, as: .believed, sensing: &sensing))
        }
        for _ in 0..<100 {
            let bird = straight(speed: sensing.random.uniform(in: 8...22), height: 800)
            confusion.note(.bird, as: named(bird, as: .absent, sensing: &sensing))
            let helicopter = straight(speed: sensing.random.uniform(in: 30...70), height: 900)
            confusion.note(.helicopter, as: named(helicopter, as: .believed, sensing: &sensing))
            let ballistic = straight(speed: sensing.random.uniform(in: 700...2_000), height: 30_000)
            confusion.note(.ballisticMissile, as: named(ballistic, as: .absent, sensing: &sensing))
        }
        return confusion
    }

    @Test func darkAirlinerIsNamedByItsHeight() {
        var sensing = Sensing(random: SeededGenerator(seed: 6))
        var high = Confusion()
        var all = Confusion()
        for _ in 0..<400 {
            let flown = Self.airliner(using: &sensing.random)
            let named = Self.named(flown, as: .absent, sensing: &sensing)
            all.note(.aircraft, as: named)
            if (flown.first?.height ?? 0) >= 6_000 { high.note(.aircraft, as: named) }
        }
        print(all.table("airliners without transponder, 3 to 11 km"))
        print(high.table("airliners without transponder, above 6 km"))
        #expect(high.rate(.aircraft) >= 0.99)
        // Fast and low without a name is warned of.
        let low = Self.straight(speed: 240, height: 700)
        #expect(Self.named(low, as: .absent, sensing: &sensing) == .cruiseMissile)
        #expect(Self.named(low, as: .believed, sensing: &sensing) == .aircraft)
        #expect(Self.named(Self.straight(speed: 240, height: 9_000), as: .absent, sensing: &sensing) == .aircraft)
    }

    /// A hundred seconds or a thousand of the same flight, and one sensor's opinion over and over, are hardly more
    /// than once.
    @Test func theSameEvidenceIsNotCountedAgain() throws {
        var classifier = ObjectClassifier()
        var anew = 0
        for second in 0..<100 where classifier.observe(Self.sample(at: second, speed: 60)) { anew += 1 }
        #expect(anew <= 21)
        let before = classifier.probabilities[.attackDrone]
        for second in 100..<1_000 { classifier.observe(Self.sample(at: second, speed: 60)) }
        #expect(abs(classifier.probabilities[.attackDrone] - before) < 0.02)

        let heard = try #require(ClassEvidence(likelihoods: [1, 1, 1, 1, 3, 1, 1]))
        var odds: [Double] = []
        for second in 1_000..<2_000 {
            let at = Flight.epoch.advanced(bySeconds: Double(second))
            classifier.observe(heard, from: SensorID("mic"), at: at)
            odds.append(classifier.probabilities[.helicopter] / classifier.probabilities[.attackDrone])
        }
        let last = try #require(odds.last)
        #expect(last / odds[0] < 3 * 3 + 0.01)
        #expect(odds[20] == last || abs(odds[20] - last) < 1e-9)
    }

    /// What identifies itself and behaves so is never a threat, however it flies: real flights with parabolas,
    /// refuelling and carrier landings, judged at each claim. The spoofed airliner, no longer believed, is none
    /// either: its height speaks for it.
    @Test(
        TransponderTrustTests.present,
        arguments: ["inflight_refuelling", "aircraft_carrier", "zero_gravity", "noisy_time_issue", "noisy_spoofing"])
    func realAircraftNeverBecomeThreats(name: String) throws {
        var trust = TransponderTrust()
        var classifier = ObjectClassifier()
        var greatest = (believed: 0.0, doubted: 0.0)
        for claim in try TransponderRecording.claims(name) {
            let verdict = trust.observe(claim)
            classifier.identify(trust.identification)
            if verdict.contradiction == nil, let velocity = claim.velocity {
                classifier.observe(
                    FlightSample(
                        at: claim.at, speed: velocity.speed.metersPerSecond, speedVariance: 25, turnRate: nil,
                        turnRateVariance: 0, height: claim.altitude, climbRate: nil))
            }
            let threat = classifier.probabilities.threat
            if trust.isTrusted {
                greatest.believed = max(greatest.believed, threat)
            } else {
                greatest.doubted = max(greatest.doubted, threat)
            }
        }
        print("classes", name, "greatest threat while believed", greatest.believed, "while doubted", greatest.doubted)
        #expect(greatest.believed < 0.2)
        #expect(greatest.doubted < 0.5)
    }

    // MARK: Made-up flights

    private static func sample(at second: Int, speed: Double) -> FlightSample {
        FlightSample(
            at: Flight.epoch.advanced(bySeconds: Double(second)), speed: speed, speedVariance: 36, turnRate: 0,
            turnRateVariance: 1e-4, height: nil, climbRate: nil)
    }

    static func straight(speed: Double, height: Double) -> [Flown] {
        stride(from: 0, through: 60, by: 4).map { second in
            Flown(
                at: Flight.epoch.advanced(bySeconds: Double(second)), east: speed, north: 0, turnRate: 0,
                height: height, climbRate: 0)
        }
    }

    /// 200 to 260 m/s, the slower the lower, 3 to 11 km; one in four climbs or sinks and one in four turns at up to
    /// 25 degrees of bank.
    static func airliner(using random: inout SeededGenerator) -> [Flown] {
        var height = random.uniform(in: 3_000...11_000)
        let speed = min(260, 200 + (height - 3_000) / 8_000 * 50 + 10 * abs(random.normal()))
        let climb = random.happens(withProbability: 0.25) ? random.uniform(in: -12...12) : 0
        let bank = random.happens(withProbability: 0.25) ? random.uniform(in: -25...25) : 0
        let turnRate = 9.81 * tan(bank * .pi / 180) / speed
        var heading = random.uniform(in: 0...6.28)
        return stride(from: 0, through: 60, by: 4).map { second in
            heading += 4 * turnRate
            height += 4 * climb
            return Flown(
                at: Flight.epoch.advanced(bySeconds: Double(second)), east: speed * sin(heading),
                north: speed * cos(heading), turnRate: turnRate, height: height, climbRate: climb)
        }
    }
}

/// The objects of a drill as they fly from when they are first seen: anywhere on their way.
enum RaidObjects {
    struct Seen {
        var objectClass: ObjectClass
        var flown: [ObjectClassifierTests.Flown]
    }

    static func raid(seed: UInt64) throws -> [Seen] {
        let areas = (0..<40).map { index in
            square(
                "x-\(100 + index)", latitude: 46.5 + 0.13 * Double(index / 8),
                longitude: 7.0 + 0.2 * Double(index % 8), population: 5_000 + 1_500 * index)
        }
        let region = try #require(RaidRegion(areas: areas))
        let settings = RaidSettings(drones: 24, missiles: 12, durationSeconds: 2_400, directions: 2)
        let raid = Raid(over: region, settings: settings, startsAt: Flight.epoch, seed: seed)
        var random = SeededGenerator(seed: seed, stream: 999)
        return raid.objects.compactMap { object in
            guard object.samples.count > 80 else { return nil }
            let first = random.index(below: object.samples.count - 64)
            let flown = stride(from: first, through: first + 60, by: 4).map { second in
                moment(object.samples[second], next: object.samples[second + 1])
            }
            return Seen(objectClass: object.objectClass, flown: flown)
        }
    }

    private static func moment(_ sample: TruthSample, next: TruthSample) -> ObjectClassifierTests.Flown {
        let before = atan2(sample.velocity.east, sample.velocity.north)
        let after = atan2(next.velocity.east, next.velocity.north)
        return ObjectClassifierTests.Flown(
            at: sample.at, east: sample.velocity.east, north: sample.velocity.north,
            turnRate: (after - before).remainder(dividingBy: 2 * .pi), height: sample.height.meters,
            climbRate: next.height.meters - sample.height.meters)
    }

    private static func square(_ id: String, latitude: Double, longitude: Double, population: Int) -> Area {
        let corners = [(-0.009, -0.013), (-0.009, 0.013), (0.009, 0.013), (0.009, -0.013)]
        return Area(
            id: AreaID(id), names: [LocalizedName(language: "en", text: id)], population: population,
            polygon: GeoPolygon(
                vertices: corners.map {
                    GeoPoint(latitudeDegrees: latitude + $0.0, longitudeDegrees: longitude + $0.1)
                }), secondsToShelter: 90, protects: [.homes])
    }
}
