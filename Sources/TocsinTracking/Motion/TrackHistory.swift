internal import RealModule
internal import TocsinModel

/// Where an object was at earlier times, as functions of where it is now.
///
/// Smoothing backwards (Rauch, Tung and Striebel 1965) makes the state at an earlier time an affine function of
/// the present one, y = offset + gain x, plus an error with covariance `residual` that nothing seen since can
/// lessen. A correction of x leaves the function as it is; a step of the prediction changes it once:
/// with J = cov(x, x') cov(x')^-1, gain' = gain J and residual' = residual + gain (P - J P' J^T) gain^T.
/// So the smoothed past is there at any time, and a report about the past is one about the present.
struct TrackHistory: Hashable, Sendable {
    struct Node: Hashable, Sendable {
        var at: Instant
        var offset: Vector6
        var gain: Matrix6
        var residual: Matrix6
        /// The probability then that the object exists, by what was known then.
        var existence: Double

        /// The smoothed state, given the present one.
        func state(given present: Gaussian) -> Gaussian {
            Gaussian(
                mean: offset + gain * present.mean,
                covariance: gain * Matrix6(covarianceOf: present) * gain.transposed + residual)
        }

        /// A measured number of the past as one of the present.
        func row(_ row: MeasuredRow) -> MeasuredRow {
            let gradient = Vector6(position: row.position, velocity: row.velocity)
            let present = gain.transposed * gradient
            return MeasuredRow(
                position: present.position, velocity: present.velocity, value: row.value - gradient.dot(offset),
                variance: row.variance + gradient.dot(residual * gradient))
        }
    }

    /// Oldest first.
    private(set) var nodes: [Node] = []
    /// Nodes nearer together than this are one, seconds.
    private static let spacing = 0.7

    /// Notes the step from `filtered` to `predicted`.
    /// - Parameters:
    ///   - cross: Their covariance, row: filtered, column: predicted.
    ///   - span: How far back the history goes, seconds.
    mutating func add(
        filtered: Gaussian, existence: Double, at instant: Instant, predicted: Gaussian, cross: Matrix6, span: Double
    ) {
        let step = cross * Matrix6(covarianceOf: predicted).inverseOfSymmetric
        let lost =
            Matrix6(covarianceOf: filtered) - step * Matrix6(covarianceOf: predicted) * step.transposed
        nodes.removeAll { instant.seconds(since: $0.at) > span }
        if nodes.last.map({ instant.seconds(since: $0.at) > Self.spacing }) ?? true {
            let identity = Matrix6(
                positionPosition: .identity, positionVelocity: .zero, velocityPosition: .zero,
                velocityVelocity: .identity)
            nodes.append(
                Node(
                    at: instant, offset: Vector6(position: .zero, velocity: .zero), gain: identity, residual: .zero,
                    existence: existence))
        }
        for index in nodes.indices {
            let node = nodes[index]
            let gain = node.gain * step
            nodes[index].residual = node.residual + node.gain * lost * node.gain.transposed
            nodes[index].offset = node.offset + node.gain * filtered.mean - gain * predicted.mean
            nodes[index].gain = gain
        }
    }

    /// The probability that the object existed at a node, by what is known now.
    ///
    /// An object does not come back: s_k = s_k+1 + (1 - s_k+1) r_k (1 - p) / (1 - p r_k), r being the
    /// probability by what was known then and p that of surviving the step.
    /// - Parameters:
    ///   - existence: By what is known now, at `instant`.
    ///   - lifetime: How long objects stay on average, seconds.
    func existence(at node: Node, given existence: Double, at instant: Instant, lifetime: Double) -> Double {
        var later = instant
        var result = existence
        for earlier in nodes.reversed() where earlier.at >= node.at {
            let survival = Double.exp(-later.seconds(since: earlier.at) / lifetime)
            result += (1 - result) * earlier.existence * (1 - survival) / (1 - survival * earlier.existence)
            later = earlier.at
        }
        return result
    }

    /// The node nearest to `instant`; `nil` without one within two seconds.
    func node(near instant: Instant) -> Node? {
        let nearest = nodes.min { abs($0.at.seconds(since: instant)) < abs($1.at.seconds(since: instant)) }
        return nearest.flatMap { abs($0.at.seconds(since: instant)) <= 2 ? $0 : nil }
    }
}

extension TrackHistory: Codable {
    init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        let count = try container.decode(Int.self)
        for _ in 0..<count {
            let at = try container.decode(Instant.self)
            let offset = Vector6(position: try container.vector(), velocity: try container.vector())
            nodes.append(
                Node(
                    at: at, offset: offset, gain: try container.matrix6(), residual: try container.matrix6(),
                    existence: try container.decode(Double.self)))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        try container.encode(nodes.count)
        for node in nodes {
            try container.encode(node.at)
            try container.encode(node.offset.position)
            try container.encode(node.offset.velocity)
            for matrix in [node.gain, node.residual] {
                for block in [
                    matrix.positionPosition, matrix.positionVelocity, matrix.velocityPosition, matrix.velocityVelocity,
                ] { try container.encode(block) }
            }
            try container.encode(node.existence)
        }
    }
}
