import Foundation
import Testing
import TocsinDrill
import TocsinModel
import TocsinTracking

/// The block arithmetic against plain 6 x 6 matrices written out here.
@Suite struct KalmanKernelTests {
    typealias Matrix = [[Double]]

    private static func random(_ generator: inout SeededGenerator) -> (mean: [Double], covariance: Matrix) {
        let root: Matrix = (0..<6).map { row in
            (0..<6).map { _ in generator.normal() * (row < 3 ? 50 : 5) }
        }
        let mean =
            [4_300_000 + 1_000 * generator.normal(), 560_000, 4_600_000] + (0..<3).map { _ in 80 * generator.normal() }
        return (mean, multiply(root, transpose(root)))
    }

    static func multiply(_ left: Matrix, _ right: Matrix) -> Matrix {
        left.map { row in
            right[0].indices.map { column in row.indices.reduce(0) { $0 + row[$1] * right[$1][column] } }
        }
    }

    static func transpose(_ matrix: Matrix) -> Matrix {
        matrix[0].indices.map { column in matrix.map { $0[column] } }
    }

    static func expectEqual(_ one: Matrix, _ other: Matrix, within tolerance: Double) {
        let scale = one.joined().map(abs).max() ?? 1
        for (first, second) in zip(one.joined(), other.joined()) {
            #expect(abs(first - second) <= tolerance * scale)
        }
    }

    /// x + P h (z - h x) / S and P - P h h^T P / S.
    @Test func correctionEqualsTheTextbook() {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<50 {
            let (mean, covariance) = Self.random(&generator)
            let gradient = (0..<6).map { _ in generator.normal() }
            let expected = zip(gradient, mean).reduce(0) { $0 + $1.0 * $1.1 }
            let value = expected + 30 * generator.normal()
            let gain = Self.multiply(covariance, gradient.map { [$0] })
            let variance = zip(gradient, gain).reduce(0) { $0 + $1.0 * $1.1[0] } + 400
            var probe = FilterProbe(mean: mean, covariance: covariance)
            let logLikelihood = probe.correct(gradient: gradient, value: value, variance: 400)
            let residual = value - expected
            #expect(abs(logLikelihood + 0.5 * (residual * residual / variance + log(2 * .pi * variance))) < 1e-6)
            let plain = (0..<6).map { row in
                (0..<6).map { covariance[row][$0] - gain[row][0] * gain[$0][0] / variance }
            }
            Self.expectEqual(probe.covariance, plain, within: 1e-9)
            for index in 0..<6 {
                #expect(abs(probe.mean[index] - mean[index] - gain[index][0] * residual / variance) < 1e-6)
            }
        }
    }

    /// F P F^T + Q with F = [[I, drift], [0, turn]], built from Rodrigues' formula entry by entry.
    @Test(arguments: [0, 0.03, -0.056]) func predictionEqualsTheTextbook(rate: Double) {
        var generator = SeededGenerator(seed: 12)
        let model = MotionModel(turnRate: rate, lateralNoise: 0.5, longitudinalNoise: 0.5, verticalNoise: 0.1, share: 1)
        for seconds in [0.5, 2, 10] {
            let (mean, covariance) = Self.random(&generator)
            let up = Self.up(mean)
            let step = Self.transition(rate: rate, seconds: seconds, up: up)
            var probe = FilterProbe(mean: mean, covariance: covariance)
            probe.predict(by: seconds, model: model)
            var plain = Self.multiply(Self.multiply(step, covariance), Self.transpose(step))
            for row in 0..<3 {
                for column in 0..<3 {
                    let density = (row == column ? 0.5 : 0) - 0.4 * up[row] * up[column]
                    plain[row][column] += density * seconds * seconds * seconds / 3
                    plain[row][column + 3] += density * seconds * seconds / 2
                    plain[row + 3][column] += density * seconds * seconds / 2
                    plain[row + 3][column + 3] += density * seconds
                }
            }
            Self.expectEqual(probe.covariance, plain, within: 1e-9)
            let moved = Self.multiply(step, mean.map { [$0] }).map { $0[0] }
            // The centripetal term is at most v^2 t^2 / 2R.
            let fall = (mean[3] * mean[3] + mean[4] * mean[4] + mean[5] * mean[5]) / 6_371_008.8
            for index in 0..<3 { #expect(abs(probe.mean[index] - moved[index]) < fall * seconds * seconds + 1e-6) }
            for index in 3..<6 { #expect(abs(probe.mean[index] - moved[index]) < 2 * fall * seconds + 1e-9) }
        }
    }

    private static func up(_ mean: [Double]) -> [Double] {
        let minor = 6_378_137.0 * (1 - 1 / 298.257_223_563)
        let gradient = [
            mean[0] / (6_378_137.0 * 6_378_137.0), mean[1] / (6_378_137.0 * 6_378_137.0), mean[2] / (minor * minor),
        ]
        let length = gradient.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return gradient.map { $0 / length }
    }

    private static func transition(rate: Double, seconds: Double, up: [Double]) -> Matrix {
        let cross: Matrix = [[0, -up[2], up[1]], [up[2], 0, -up[0]], [-up[1], up[0], 0]]
        let angle = rate * seconds
        let (sine, cosine) = (sin(angle), cos(angle))
        let driftSine = rate == 0 ? seconds : sine / rate
        let driftCosine = rate == 0 ? 0 : (1 - cosine) / rate
        return (0..<6).map { row in
            (0..<6).map { column in
                let (r, c) = (row % 3, column % 3)
                let unit = r == c ? 1.0 : 0
                if row < 3, column < 3 { return unit }
                if row >= 3, column < 3 { return 0 }
                if row < 3 {
                    return driftSine * unit + driftCosine * cross[r][c] + (seconds - driftSine) * up[r] * up[c]
                }
                return cosine * unit + sine * cross[r][c] + (1 - cosine) * up[r] * up[c]
            }
        }
    }
}
