import Foundation
@testable import TocsinDrill
@testable import TocsinForecast
import TocsinModel

func diagScan(_ count: Int) {
    let generator = RaidGenerator(over: poland(), settings: .standard)
    let raids = BenchmarkSeeds.fitting(count).map { generator.raid(seed: $0) }
    func run(_ name: String) {
        var text = ""
        for isDrone in [true, false] {
            var like = 0.0, n = 0.0, z2: [Double] = [], zt: [Double] = []
            for raid in raids { for object in raid.objects where object.updates.count > 1 && (object.objectClass == .attackDrone) == isDrone {
                let model = isDrone ? droneModel : missileModel
                let first = object.updates[0]
                var filter = CourseFilter(
                    settings: .init(positionSigma: 300, velocitySigma: 5, errorSeconds: 20, speed: isDrone ? 49.5 : 228, speedSigma: isDrone ? 3.2 : 14, headingNoise: model.headingNoise * .pi / 180, headingNoiseSeconds: 60, tuning: F.tuning),
                    at: first.at, position: SIMD2(first.position.east, first.position.north), velocity: SIMD2(first.velocity.east, first.velocity.north))
                let ts = turns(object.path)
                let t0 = object.path.times[0]
                for u in object.updates.dropFirst() {
                    filter.update(at: u.at, position: SIMD2(u.position.east, u.position.north), velocity: SIMD2(u.velocity.east, u.velocity.north))
                    guard Int(u.at) % 30 == 0 else { continue }
                    let s = filter.state
                    let h = isDrone ? 200.0 : 60.0
                    guard u.at + h < object.end.at else { continue }
                    if ts.contains(where: { $0.start + t0 < u.at + h && $0.end + t0 > u.at - 5 }) { continue }
                    let then = object.path.position(at: u.at + h)!
                    let dir = SIMD2(cos(s.course), sin(s.course))
                    let d = SIMD2(then.east, then.north) - s.position
                    let l = d.y * dir.x - d.x * dir.y
                    let nn = s.speed * model.headingNoise * .pi / 180
                    let w = nn * nn * 2 * 60 * (h - 60 * (1 - exp(-h / 60)))
                    let sl = sqrt(s.positionSigma * s.positionSigma + pow(s.courseSigma * s.speed * h, 2) + w)
                    let z = l / sl
                    // mixture 85 % sigma, 15 % 3 sigma
                    let narrow: Double = 0.85 * exp(-z * z / 2); let wide: Double = 0.05 * exp(-z * z / 18); like += log((narrow + wide) / sl + 1e-9)
                    n += 1
                    if s.phase == .steady { z2.append(abs(z)) } else { zt.append(abs(z)) }
                }
            } }
            z2.sort(); zt.sort()
            func q(_ a: [Double], _ p: Double) -> Double { a.isEmpty ? -1 : a[Int(p * Double(a.count - 1))] }
            text += String(format: "%@ ll %.4f steady %.2f %.2f %.2f turned(%d) %.2f %.2f %.2f | ", isDrone ? "D" : "M", like / n, q(z2, 0.68), q(z2, 0.95), q(z2, 0.99), zt.count, q(zt, 0.68), q(zt, 0.95), q(zt, 0.99))
        }
        print(name, text)
    }
    run("base")
    for d in [0.05, 0.08, 0.12] { F.tuning.drift = d; F.tuning.driftAfterTurn = d; run("drift \(d)") }
    F.tuning.drift = 0.05
    for d in [0.15, 0.3, 0.5] { for t in [60.0, 120, 200] { F.tuning.driftAfterTurn = d; F.tuning.driftSeconds = t; run("after \(d) \(t)") } }
    F.tuning.driftAfterTurn = 0.3; F.tuning.driftSeconds = 100
    for (a, b) in [(18.0, 30.0), (16, 27), (14, 24), (26, 42)] { F.tuning.surpriseOfOne = a; F.tuning.surpriseOfThree = b; run("surprise \(a) \(b)") }
}

func diag(_ count: Int) {
    let generator = RaidGenerator(over: poland(), settings: .standard)
    var rows: [String: [(Double, Double, Double)]] = [:]
    for seed in BenchmarkSeeds.fitting(count) {
        for object in generator.raid(seed: seed).objects where object.updates.count > 1 {
            let isDrone = object.objectClass == .attackDrone
            let model = isDrone ? droneModel : missileModel
            let first = object.updates[0]
            var filter = CourseFilter(
                settings: .init(positionSigma: 300, velocitySigma: 5, errorSeconds: 20, speed: isDrone ? 49.5 : 228, speedSigma: isDrone ? 3.2 : 14, headingNoise: model.headingNoise * .pi / 180, headingNoiseSeconds: 60, tuning: F.tuning),
                at: first.at, position: SIMD2(first.position.east, first.position.north), velocity: SIMD2(first.velocity.east, first.velocity.north))
            let ts = turns(object.path)
            let t0 = object.path.times[0]
            for u in object.updates.dropFirst() {
                filter.update(at: u.at, position: SIMD2(u.position.east, u.position.north), velocity: SIMD2(u.velocity.east, u.velocity.north))
                guard Int(u.at) % 30 == 0 else { continue }
                let s = filter.state
                let h = isDrone ? 200.0 : 60.0
                guard u.at + h < object.end.at else { continue }
                // no true turn within the next h
                let turning = ts.contains { $0.start + t0 < u.at + h && $0.end + t0 > u.at - 5 }
                let now = object.path.position(at: u.at)!, then = object.path.position(at: u.at + h)!
                let dir = SIMD2(cos(s.course), sin(s.course))
                func rel(_ p: PlanePoint) -> (Double, Double) { let d = SIMD2(p.east, p.north) - s.position; return (d.x * dir.x + d.y * dir.y, d.y * dir.x - d.x * dir.y) }
                let (a0, l0) = rel(now), (a1, l1) = rel(then)
                let n = s.speed * model.headingNoise * .pi / 180
                let w = n * n * 2 * 60 * (h - 60 * (1 - exp(-h / 60)))
                let sl = sqrt(s.positionSigma * s.positionSigma + pow(s.courseSigma * s.speed * h, 2) + w)
                let key = "\(isDrone ? "drone" : "missile") \(turning ? "turn " : "straight")"
                var ph = ""
                switch s.phase { case .steady: ph = "steady"; case .turned: ph = "turned"; case .turning: ph = "turning" }
                rows[key + " " + ph, default: []].append((l1 / sl, l1, sl))
                rows[key + " " + ph + " now lateral", default: []].append((l0 / s.positionSigma, l0, s.positionSigma))
                rows[key + " " + ph + " along then", default: []].append(((a1 - s.speed * h) / sqrt(pow(s.positionSigma, 2) + pow(s.speedSigma * h, 2)), a1 - s.speed * h, sqrt(pow(s.positionSigma, 2) + pow(s.speedSigma * h, 2))))
                _ = a0
            }
        }
    }
    for (k, v) in rows.sorted(by: { $0.key < $1.key }) {
        let z = v.map(\.0).sorted(), e = v.map { abs($0.1) }.sorted(), s = v.map(\.2).sorted()
        func q(_ a: [Double], _ p: Double) -> Double { a[Int(p * Double(a.count - 1))] }
        print(k, v.count, "z", [0.01, 0.05, 0.16, 0.5, 0.84, 0.95, 0.99].map { String(format: "%.2f", q(z, $0)) }, "abs", [0.5, 0.9, 0.99].map { String(format: "%.0f", q(e, $0)) }, "sigma", String(format: "%.0f", q(s, 0.5)))
    }
}

/// Calibration by phase, silence and class.
func strata(_ count: Int) {
    let country = poland()
    let generator = RaidGenerator(over: country, settings: .standard)
    let edges = [0, 1e-5, 1e-4, 1e-3, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9]
    var table: [String: [(n: Int, stated: Double, came: Double)]] = [:]
    for seed in BenchmarkSeeds.fitting(count) {
        let raid = generator.raid(seed: seed)
        var forecaster = TableForecaster(country)
        for (number, object) in raid.objects.enumerated() where !object.updates.isEmpty {
            let danger = BenchmarkRules.dangerRadius(object.objectClass)
            // first time inside of each area after now: brute force by points per second
            let near = country.areas.indices.filter { a in object.path.points.enumerated().contains { $0.offset % 20 == 0 && $0.element.far(country.areas[a].center) < 3000 + 40 * 240 } }
            var inside: [Int: [Double]] = [:]
            for a in near {
                let r = country.areas[a].radiusMeters + danger
                inside[a] = zip(object.path.times, object.path.points).filter { $0.1.far(country.areas[a].center) <= r }.map(\.0)
            }
            let end = object.endReport.map { min($0.at, object.updates.last!.at + 600) } ?? object.updates.last!.at + 600
            var now = (object.updates[0].at / 60).rounded(.up) * 60
            while now < end {
                let upTo = object.updates.prefix { $0.at <= now }
                let track = RaidTrack(object: number, objectClass: object.objectClass, updates: upTo, latest: upTo.last!)
                var f = RaidForecasts(leads: [100, 430, 550])
                forecaster.forecast(track, at: now, into: &f)
                let state = forecaster.filters[number]!.0.state
                let silence = track.silence(at: now)
                var phase = ""
                switch state.phase { case .steady: phase = "steady"; case .turned: phase = "turned"; case .turning: phase = "turning" }
                let key = (object.objectClass == .attackDrone ? "drone " : "missile ") + phase + (silence < 10 ? " heard" : silence < 60 ? " silent<60" : " silent")
                for lead in 0..<2 {
                    for (row, area) in f.areas.enumerated() {
                        let p = f.probability(row: row, lead: lead)
                        let horizon = [100.0, 430][lead]
                        let came = inside[area]?.contains { $0 >= now && $0 <= now + horizon } ?? false
                        let bin = edges.lastIndex { $0 <= p }!
                        table[key + " \(Int(horizon))", default: edges.map { _ in (0, 0, 0) }][bin].n += 1
                        table[key + " \(Int(horizon))"]![bin].stated += p
                        table[key + " \(Int(horizon))"]![bin].came += came ? 1 : 0
                    }
                }
                now += 60
            }
        }
    }
    for (k, v) in table.sorted(by: { $0.key < $1.key }) {
        print(k, zip(edges, v).filter { $0.1.n > 0 }.map { String(format: "%g: %d %.2f", $0.0, Int($0.1.came), $0.1.came / max(1e-9, $0.1.stated)) }.joined(separator: " | "))
    }
}

extension PlanePoint { func far(_ o: PlanePoint) -> Double { hypot(east - o.east, north - o.north) } }

func survival(_ count: Int) {
    let generator = RaidGenerator(over: poland(), settings: .standard)
    let edges: [Double] = [0, 6, 12, 18, 25, 35, 50, 75, 105, 150, 210, 300, 400, 500]
    for cls in [ObjectClass.attackDrone, .cruiseMissile] {
        var flying = edges.map { _ in 0.0 }, all = edges.map { _ in 0.0 }
        for seed in BenchmarkSeeds.fitting(count) {
            for object in generator.raid(seed: seed).objects where object.objectClass == cls && !object.updates.isEmpty {
                var t = object.updates[0].at, i = 0
                let until = min(object.endReport?.at ?? 1e9, object.updates.last!.at + 600)
                while t < until {
                    while i + 1 < object.updates.count, object.updates[i + 1].at <= t { i += 1 }
                    let b = edges.lastIndex { $0 <= t - object.updates[i].at }!
                    all[b] += 1
                    if t <= object.end.at { flying[b] += 1 }
                    t += 2
                }
            }
        }
        print(cls, zip(edges, zip(flying, all)).map { String(format: "%.0f: %.3f", $0.0, $0.1.0 / max(1, $0.1.1)) }.joined(separator: ", "))
    }
}

/// Where person-hours come from.
func costs(_ count: Int, _ threshold: Double) {
    let country = poland()
    let generator = RaidGenerator(over: country, settings: .standard)
    for lead in [110.0, 440.0] {
        var byKey: [String: Double] = [:], byDead: [String: Double] = [:]
        var total = 0.0
        for seed in BenchmarkSeeds.fitting(count) {
            let raid = generator.raid(seed: seed)
            var forecaster = TableForecaster(country)
            var picture = RaidPicture(of: raid)
            for now in stride(from: 0.0, to: raid.closesAt, by: 10) {
                picture.advance(to: now)
                for track in picture.tracks {
                    var f = RaidForecasts(leads: [lead])
                    forecaster.forecast(track, at: now, into: &f)
                    let state = forecaster.filters[track.object]!.0.state
                    let silence = track.silence(at: now)
                    var phase = ""
                    switch state.phase { case .steady: phase = "steady"; case .turned: phase = "turned"; case .turning: phase = "turning" }
                    let key = (track.objectClass == .attackDrone ? "drone " : "missile ") + phase + (silence < 10 ? " heard" : silence < 60 ? " silent<60" : " silent")
                    let dead = raid.objects[track.object].end.at < now ? " dead" : " alive"
                    for (row, area) in f.areas.enumerated() where f.probability(row: row, lead: 0) >= threshold {
                        let cost = country.areas[area].population * 10 / 3600
                        total += cost
                        byKey[key, default: 0] += cost
                        byDead[key + dead, default: 0] += cost
                    }
                }
            }
        }
        print("lead", lead, "total per raid", total / Double(count))
        for (k, v) in byDead.sorted(by: { $0.value > $1.value }) where v / total > 0.005 { print("   ", k, String(format: "%.1f %%", v / total * 100)) }
    }
}

/// The arrivals that were missed, one by one.
func misses(_ count: Int, _ threshold: Double, _ shelter: Double) {
    let country = poland()
    let generator = RaidGenerator(over: country, settings: .standard)
    let benchmark = Benchmark(country: country, policies: [.routesKnown], runs: ShelterRun.standard(areaCount: country.areas.count))
    var whole = 0.0, hit = 0.0
    let fresh = TableForecaster(country)
    for seed in BenchmarkSeeds.fitting(count) {
        let raid = generator.raid(seed: seed)
        let truth = RaidTrial(of: raid, in: benchmark).truth
        for (number, object) in raid.objects.enumerated() where object.end.kind != .left {
            guard let arrival = truth.arrivals.first(where: { $0.at == object.end.at && $0.firstSensedAt == object.firstSensedAt }), arrival.isWarnable(secondsToShelter: shelter) else { continue }
            var forecaster = fresh
            let exposed = arrival.exposures.reduce(0) { $0 + $1.people }
            var on: [Int: Double] = [:]   // since
            var lastNeed: [Int: Double] = [:]
            var log: [Int: [String]] = [:]
            let areas = Set(arrival.exposures.map(\.area))
            for now in stride(from: (object.updates[0].at / 10).rounded(.up) * 10, through: object.end.at, by: 10) {
                let upTo = object.updates.prefix { $0.at <= now }
                guard let last = upTo.last, now - last.at < 600 else { continue }
                let track = RaidTrack(object: number, objectClass: object.objectClass, updates: upTo, latest: last)
                var f = RaidForecasts(leads: [shelter + 20])
                forecaster.forecast(track, at: now, into: &f)
                let state = forecaster.filters[number]!.0.state
                var p: [Int: Double] = [:]
                for (row, area) in f.areas.enumerated() where areas.contains(area) { p[area] = f.probability(row: row, lead: 0) }
                for a in areas {
                    let v = p[a] ?? 0
                    if v >= threshold { if on[a] == nil { on[a] = now }; lastNeed[a] = now }
                    else if v >= threshold / 2, on[a] != nil { lastNeed[a] = now }
                    if on[a] != nil, now - lastNeed[a]! > 60 { on[a] = nil }
                    if object.end.at - now < shelter + 60, object.end.at - now > shelter - 40 {
                        let d = SIMD2(country.areas[a].center.east, country.areas[a].center.north) - state.position
                        let b = TocsinForecast.wrapped(atan2(d.y, d.x) - state.course) * 180 / .pi
                        var ph = "s"
                        switch state.phase { case .steady: ph = "s"; case .turned: ph = "T"; case .turning: ph = "!" }
                        log[a, default: []].append(String(format: "t-%.0f sil %.0f %@ d %.1f b %.0f P %.5f", object.end.at - now, now - last.at, ph, hypot(d.x, d.y) / 1000, b, v))
                    }
                }
            }
            for e in arrival.exposures {
                let ok = on[e.area].map { $0 <= object.end.at - shelter - 5 } ?? false
                whole += e.people / exposed
                if ok { hit += e.people / exposed }
                else if e.people / exposed > 0.3 { print(seed, number, object.objectClass, object.end.kind, String(format: "share %.2f flown %.0f", e.people / exposed, object.end.at - object.updates[0].at)); for l in (log[e.area] ?? []).prefix(12) { print("      ", l) } }
            }
        }
    }
    print("hits", hit / whole, "of", whole)
}

/// How often an area that has been passed is passed again, by the time since.
func returns(_ count: Int) {
    let country = poland()
    let generator = RaidGenerator(over: country, settings: .standard)
    let benchmark = Benchmark(country: country, policies: [.routesKnown], runs: ShelterRun.standard(areaCount: country.areas.count))
    let edges: [Double] = [0, 30, 60, 90, 120, 180, 240, 300, 400, 500, 600, 900]
    for cls in [ObjectClass.attackDrone, .cruiseMissile] {
        for (low, high) in [(0.0, 1e9), (0.0, 20_000.0), (20_000, 50_000), (50_000, 200_000), (200_000, 1e9)] {
            var exposure = edges.map { _ in 0.0 }, events = edges.map { _ in 0.0 }
            for seed in BenchmarkSeeds.fitting(count) {
                let raid = generator.raid(seed: seed)
                let truth = RaidTrial(of: raid, in: benchmark).truth
                for (number, object) in raid.objects.enumerated() where object.objectClass == cls {
                    var byArea: [Int: [RaidOutcome.Passage]] = [:]
                    for p in truth.passages[number] { byArea[p.area, default: []].append(p) }
                    for (a, list) in byArea where country.areas[a].townPopulation >= low && country.areas[a].townPopulation < high {
                        for (i, p) in list.enumerated() where p.to < object.end.at - 1 {
                            let again = i + 1 < list.count ? list[i + 1].from : nil
                            let until = (again ?? object.end.at) - p.to
                            for b in edges.indices {
                                let hi = b + 1 < edges.count ? edges[b + 1] : 1e9
                                exposure[b] += max(0, min(hi, until) - edges[b])
                                if let again, again - p.to >= edges[b], again - p.to < hi { events[b] += 1 }
                            }
                        }
                    }
                }
            }
            print(cls, Int(low), zip(edges, zip(events, exposure)).map { String(format: "%.0f: %.0f %.2f", $0.0, $0.1.0, $0.1.0 / max(1, $0.1.1) * 1e5) }.joined(separator: " | "))
        }
    }
}

/// How often an area that was passed at a distance is touched within 600 s after, by the lateral gap.
func passes(_ count: Int) {
    let country = poland()
    let generator = RaidGenerator(over: country, settings: .standard)
    for cls in [ObjectClass.attackDrone, .cruiseMissile] {
        let gaps: [Double] = cls == .attackDrone ? [-1e9, 0, 500, 1000, 2000, 3000, 4000, 6000, 8000, 12000] : [-1e9, 0, 1000, 2000, 4000, 6000, 8000, 12000, 16000, 24000]
        var n = gaps.map { _ in 0.0 }, k = gaps.map { _ in 0.0 }, times = gaps.map { _ in [Double]() }
        for seed in BenchmarkSeeds.fitting(count) {
            let raid = generator.raid(seed: seed)
            for object in raid.objects where object.objectClass == cls {
                let pts = object.path.points
                let danger = BenchmarkRules.dangerRadius(cls)
                for area in country.areas {
                    let r = area.radiusMeters + danger
                    // coarse
                    var last = Double.infinity, falling = false
                    let far = gaps.last! + r
                    var i = 0
                    var i0 = 0
                    while i < pts.count {
                        let d = pts[i].far(area.center)
                        if d > far + 3000 { i += max(10, Int((d - far) / 260)); last = .infinity; falling = false; continue }
                        if d < last { falling = true } else if falling, d > last {
                            falling = false
                            let gap = last - r
                            let b = gaps.lastIndex { $0 <= gap }!
                            n[b] += 1
                            // touched again after leaving
                            i0 = i
                            var j = i
                            while j < pts.count, pts[j].far(area.center) <= r { j += 1 }
                            let t0 = j
                            while j < min(pts.count, i0 + 700) { if pts[j].far(area.center) <= r { k[b] += 1; times[b].append(Double(j - t0)); break }; j += 1 }
                        }
                        last = d
                        i += 5
                    }
                }
            }
        }
        print(cls)
        for b in gaps.indices { let t = times[b].sorted(); func q(_ p: Double) -> Double { t.isEmpty ? -1 : t[Int(p * Double(t.count - 1))] }
            print(String(format: "  gap %.0f passes %.0f back %.0f share %.4f   after %.0f %.0f %.0f %.0f %.0f", gaps[b], n[b], k[b], k[b] / max(1, n[b]), q(0.05), q(0.25), q(0.5), q(0.75), q(0.95))) }
    }
}

/// Turns by deviation of the course from the bearing since the beginning.
func deviations(_ count: Int) {
    let generator = RaidGenerator(over: poland(), settings: .standard)
    let bins: [Double] = [0, 7, 15, 30, 60, 100]
    for cls in [ObjectClass.attackDrone, .cruiseMissile] {
        var exposure = bins.map { _ in 0.0 }, events = bins.map { _ in 0.0 }
        var angles = bins.map { _ in [Double](repeating: 0, count: 13) }
        for seed in BenchmarkSeeds.fitting(count) {
            for object in generator.raid(seed: seed).objects where object.objectClass == cls && object.path.points.count > 200 {
                let pts = object.path.points
                let ts = turns(object.path)
                func delta(_ i: Int) -> Double? {
                    guard i > 120, i + 10 < pts.count else { return nil }
                    let a = pts[i], b = pts[max(0, i - 20)], o = pts[0]
                    guard a.far(o) > 5000 else { return nil }
                    let course = atan2(a.north - b.north, a.east - b.east)
                    return remainder(course - atan2(a.north - o.north, a.east - o.east), 2 * .pi) * 180 / .pi
                }
                for i in stride(from: 120, to: pts.count, by: 10) {
                    if ts.contains(where: { $0.start < Double(i) && $0.end + 20 > Double(i) }) { continue }
                    if let d = delta(i) { exposure[bins.lastIndex { $0 <= abs(d) }!] += 10 }
                }
                for t in ts where t.start > 120 {
                    if let d = delta(Int(t.start)) {
                        let b = bins.lastIndex { $0 <= abs(d) }!
                        events[b] += 1
                        let signed = t.angle * (d > 0 ? 1 : -1)
                        angles[b][max(0, min(12, Int((signed + 195) / 30)))] += 1
                    }
                }
            }
        }
        print(cls)
        for b in bins.indices { print(String(format: "  dev %.0f share %.3f hazard %.2f/1000s", bins[b], exposure[b] / exposure.reduce(0, +), events[b] / exposure[b] * 1000), "angles", angles[b].enumerated().map { String(format: "%d:%.1f", $0 * 30 - 180, $1 / max(1, events[b]) * 100) }.joined(separator: " ")) }
    }
}
