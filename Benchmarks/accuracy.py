#!/usr/bin/env python3
"""Measures the accuracy of `tocsin track` on seeded scenarios whose truth is known.

    python3 Benchmarks/accuracy.py --binary .build/release/tocsin             # 8 seeds of each type
    python3 Benchmarks/accuracy.py --types A B --seeds 12 --first-seed 500    # others, to check against overfitting
    python3 Benchmarks/accuracy.py --lag 3                                    # the delayed output for records
    python3 Benchmarks/accuracy.py --scenarios ../shared/scenarios            # stored scenarios as well

A: 10 crossing objects in light clutter. B: 100 objects. D: like A, with dense clutter and many missed detections.
C: 20 objects, 6 of them fast, heard by 60 microphones that report directions only; sound arrives late.

The score is GOSPA (p = 2, alpha = 2): per scan the root of the squared errors of the matched pairs plus half the
squared cutoff for each missed object and each false track. Needs numpy and scipy.
"""

import argparse
import contextlib
import csv
import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment

FAST = 100.0  # m/s; an object above this counts as fast
PATH_STEP = 0.1  # s, spacing of the points that describe a flight


@dataclass(frozen=True)
class PlotType:
    """A scenario of plots: positions with noise, seen in scans of a square field."""

    objects: int
    scans: int
    side: float
    detection: float
    clutter: float
    births: tuple
    deaths: tuple
    aim: float
    ring: bool
    sigma: float = 50.0
    interval: float = 2.0
    cutoff: float = 300.0

    def arguments(self):
        """Options of `tocsin track` that say what a radar's operator knows."""
        return ["--pd", self.detection, "--sigma", self.sigma, "--extent", self.side]


@dataclass(frozen=True)
class SoundType:
    """A scenario of directions to sounds."""

    slow: int = 14
    fast: int = 6
    columns: int = 10
    rows: int = 6
    seconds: int = 120
    side: float = 30_000.0
    detection: float = 0.8
    clutter: float = 0.1
    sigma_degrees: float = 3.0
    hearing: float = 5_000.0
    sound: float = 340.0
    cutoff: float = 1_000.0

    def arguments(self):
        """Options of `tocsin track` that say what is known about the microphones."""
        return ["--bearing-sigma-deg", self.sigma_degrees, "--range", self.hearing, "--sound-speed", self.sound]


TYPES = {
    "A": PlotType(10, 100, 20_000.0, 0.9, 20.0, (0, 20), (80, 100), 3_000.0, ring=True),
    "B": PlotType(100, 50, 40_000.0, 0.9, 100.0, (0, 10), (40, 50), 12_000.0, ring=False),
    "C": SoundType(),
    "D": PlotType(10, 100, 20_000.0, 0.7, 200.0, (0, 20), (80, 100), 3_000.0, ring=True),
}


# Flights


def turn_rates(rng, seconds, limits):
    """Turn rate in rad/s at each step: straight legs of 20-60 s, then turns of 10-40 s, and so on."""
    rates = np.zeros(int(round(seconds / PATH_STEP)) + 1)
    at, turning = 0.0, False
    while at < seconds:
        length = rng.uniform(10, 40) if turning else rng.uniform(20, 60)
        rate = np.radians(rng.uniform(*limits)) * rng.choice((-1, 1)) if turning else 0.0
        rates[int(at / PATH_STEP) : int((at + length) / PATH_STEP)] = rate
        at, turning = at + length, not turning
    return rates


def flight(rng, start, goal, speed, seconds, limits=(1.0, 4.0)):
    """Rows of x, y, vx, vy, one per step, at constant speed, setting out towards the goal."""
    heading = np.arctan2(goal[1] - start[1], goal[0] - start[0])
    turned = np.cumsum(turn_rates(rng, seconds, limits)) * PATH_STEP
    headings = heading + np.concatenate(([0.0], turned[:-1]))
    velocity = speed * np.column_stack((np.cos(headings), np.sin(headings)))
    between = (velocity[1:] + velocity[:-1]) / 2 * PATH_STEP
    return np.hstack((start + np.vstack(([0.0, 0.0], np.cumsum(between, axis=0))), velocity))


def around(rng, radius):
    """A point on a circle about the middle of the field."""
    angle = rng.uniform(0, 2 * np.pi)
    return radius * np.array([np.cos(angle), np.sin(angle)])


# Scenarios of plots


def plot_truth(rng, kind):
    """Rows scan, time, object, x, y, vx, vy."""
    rows = []
    for number in range(kind.objects):
        birth, death = rng.integers(*kind.births, endpoint=True), rng.integers(*kind.deaths, endpoint=True)
        start = around(rng, 5_500.0) if kind.ring else rng.uniform(-0.4, 0.4, 2) * kind.side
        goal = rng.uniform(-kind.aim, kind.aim, 2)
        path = flight(rng, start, goal, rng.uniform(40, 70), (death - birth) * kind.interval)
        for scan in range(birth, death):
            rows.append((scan, scan * kind.interval, number, *path[round((scan - birth) * kind.interval / PATH_STEP)]))
    return sorted(rows, key=lambda row: row[:3])


def plot_detections(rng, kind, truth):
    """Rows scan, time, x, y: the detected objects and clutter, in random order within a scan."""
    rows = []
    for scan in range(kind.scans):
        places = np.array([row[3:5] for row in truth if row[0] == scan]).reshape(-1, 2)
        seen = places[rng.random(len(places)) < kind.detection]
        false = rng.uniform(-kind.side / 2, kind.side / 2, (rng.poisson(kind.clutter), 2))
        found = rng.permutation(np.vstack((seen + rng.normal(0, kind.sigma, seen.shape), false)))
        rows += [(scan, scan * kind.interval, *place) for place in found]
    return rows


def write_plots(rng, kind, folder):
    """Makes a scenario of plots in a folder."""
    truth = plot_truth(rng, kind)
    write_csv(folder / "truth.csv", "scan,time,target,x,y,vx,vy", truth)
    write_csv(folder / "detections.csv", "scan,time,x,y", plot_detections(rng, kind, truth))


# Scenarios of sounds


def microphones(rng, kind):
    """Positions on a grid, each up to a quarter of a cell off."""
    cell = np.array([kind.side / kind.columns, kind.side / kind.rows])
    grid = np.stack(np.meshgrid(np.arange(kind.columns), np.arange(kind.rows), indexing="ij"), axis=-1).reshape(-1, 2)
    return (grid + 0.5 + rng.uniform(-0.25, 0.25, grid.shape)) * cell - kind.side / 2


def sounding_path(rng, kind, fast):
    """A flight with its times, from early enough for its sound to have arrived when the scenario starts."""
    speed = rng.uniform(200, 240) if fast else rng.uniform(45, 55)
    start = around(rng, 10_000.0 if fast else 10_000.0 * np.sqrt(rng.random()))
    limits = (0.2, 0.8) if fast else (1.0, 3.0)
    path = flight(rng, start, rng.uniform(-3_000, 3_000, 2), speed, kind.seconds, limits)
    lead = np.arange(-200, 0)[:, None] * PATH_STEP
    before = np.hstack((start + lead * path[0, 2:], np.repeat(path[:1, 2:], len(lead), axis=0)))
    times = PATH_STEP * np.arange(-len(lead), len(path))
    return times, np.vstack((before, path))


def heard(rng, kind, path, number, sensor):
    """Rows second, sensor, azimuth of one object: where it was when it made the sound that arrives then."""
    times, states = path
    away = states[:, :2] - sensor
    arrival = times + np.hypot(*away.T) / kind.sound
    seconds = np.arange(kind.seconds)
    emitted = np.interp(seconds, arrival, times)
    dx, dy = (np.interp(emitted, times, away[:, axis]) for axis in (0, 1))
    audible = (np.hypot(dx, dy) <= kind.hearing) & (rng.random(kind.seconds) < kind.detection)
    azimuths = np.arctan2(dy, dx) + rng.normal(0, np.radians(kind.sigma_degrees), kind.seconds)
    return [(int(second), number, azimuths[second]) for second in seconds[audible]]


def sound_detections(rng, kind, paths, sensors):
    """Rows scan, time, sensor, azimuth: the sounds heard and false directions."""
    found = []
    for number, sensor in enumerate(sensors):
        for path in paths:
            found += heard(rng, kind, path, number, sensor)
        for second, count in enumerate(rng.poisson(kind.clutter, kind.seconds)):
            found += [(second, number, azimuth) for azimuth in rng.uniform(-np.pi, np.pi, count)]
    return [(second, float(second), number, wrapped(azimuth)) for second, number, azimuth in sorted(found)]


def wrapped(angle):
    """The angle within -pi to pi."""
    return (angle + np.pi) % (2 * np.pi) - np.pi


def sound_truth(kind, paths):
    """Rows scan, time, object, x, y, vx, vy of the objects above the field."""
    rows = []
    for second in range(kind.seconds):
        for number, (times, states) in enumerate(paths):
            state = states[np.searchsorted(times, second - PATH_STEP / 2)]
            if np.abs(state[:2]).max() <= kind.side / 2:
                rows.append((second, float(second), number, *state))
    return rows


def write_sounds(rng, kind, folder):
    """Makes a scenario of sounds in a folder."""
    sensors = microphones(rng, kind)
    paths = [sounding_path(rng, kind, number < kind.fast) for number in range(kind.fast + kind.slow)]
    write_csv(folder / "sensors.csv", "sensor,x,y", [(number, *place) for number, place in enumerate(sensors)])
    write_csv(folder / "truth.csv", "scan,time,target,x,y,vx,vy", sound_truth(kind, paths))
    write_csv(folder / "detections.csv", "scan,time,sensor,azimuth_rad", sound_detections(rng, kind, paths, sensors))


# Files


def write_csv(path, header, rows):
    """Writes rows of numbers; integers stay integers."""
    with open(path, "w") as file:
        file.write(header + "\n")
        for row in rows:
            file.write(",".join(f"{value:.5f}" if isinstance(value, float) else str(value) for value in row) + "\n")


def make_scenario(name, seed, parent):
    """Makes the scenario of one type and seed; the same seed gives the same files."""
    folder = parent / f"{name}_{seed}"
    folder.mkdir()
    rng = np.random.Generator(np.random.PCG64([ord(name), seed]))
    (write_sounds if name == "C" else write_plots)(rng, TYPES[name], folder)
    return folder


def positions_by_scan(lines, key):
    """A dictionary from scan to the identities and positions in it."""
    scans = defaultdict(lambda: ([], []))
    for row in csv.DictReader(lines):
        identities, places = scans[int(row["scan"])]
        identities.append(row[key])
        places.append((float(row["x"]), float(row["y"])))
    return {scan: (identities, np.array(places)) for scan, (identities, places) in scans.items()}


def fast_objects(lines):
    """The identities of the objects whose first velocity is above FAST."""
    speeds = {}
    for row in csv.DictReader(lines):
        speeds.setdefault(row["target"], np.hypot(float(row["vx"]), float(row["vy"])))
    return {identity for identity, speed in speeds.items() if speed > FAST}


# Score


@dataclass
class Score:
    """What one scenario's tracks are worth."""

    gospa: list = field(default_factory=list)
    missed: int = 0
    false: int = 0
    switches: int = 0
    errors: list = field(default_factory=list)  # (object, meters)
    appeared: dict = field(default_factory=dict)
    confirmed: dict = field(default_factory=dict)
    track_of: dict = field(default_factory=dict)

    def add(self, scan, objects, tracks, cutoff):
        """Takes one scan: identities and positions of the objects and of the tracks."""
        for identity in objects[0]:
            self.appeared.setdefault(identity, scan)
        pairs = matched(objects[1], tracks[1], cutoff)
        for row, column, distance in pairs:
            self.note_pair(scan, objects[0][row], tracks[0][column], distance)
        missed, false = len(objects[0]) - len(pairs), len(tracks[0]) - len(pairs)
        self.missed, self.false = self.missed + missed, self.false + false
        squares = sum(distance**2 for _, _, distance in pairs)
        self.gospa.append(np.sqrt(squares + cutoff**2 / 2 * (missed + false)))

    def note_pair(self, scan, identity, track, distance):
        """Keeps the error, the first match, and whether the object changed its track."""
        self.errors.append((identity, distance))
        self.confirmed.setdefault(identity, scan)
        self.switches += self.track_of.get(identity, track) != track
        self.track_of[identity] = track

    def figures(self, fast):
        """The figures of the scenario, by name; errors of slow and fast objects apart where there are fast ones."""
        distances = np.array([distance for _, distance in self.errors])
        delays = [scan - self.appeared[identity] for identity, scan in self.confirmed.items()]
        return {
            "gospa": float(np.mean(self.gospa)),
            "missed": self.missed / len(self.gospa),
            "false": self.false / len(self.gospa),
            "rmse": float(np.sqrt(np.mean(distances**2))) if len(distances) else None,
            "switches": self.switches,
            "confirmed": float(np.mean(delays)) if delays else None,
            "never": len(self.appeared) - len(self.confirmed),
            "slow": median([distance for identity, distance in self.errors if fast and identity not in fast]),
            "fast": median([distance for identity, distance in self.errors if identity in fast]),
        }


def median(values):
    """The median, or nothing of nothing."""
    return float(np.median(values)) if len(values) else None


def matched(objects, tracks, cutoff):
    """Triples of object, track and distance of the best assignment, within the cutoff."""
    if len(objects) == 0 or len(tracks) == 0:
        return []
    distances = np.linalg.norm(objects[:, None] - tracks[None], axis=2)
    rows, columns = linear_sum_assignment(np.minimum(distances, cutoff) ** 2)
    return [(r, c, distances[r, c]) for r, c in zip(rows, columns) if distances[r, c] < cutoff]


def score_folder(folder, kind, tracks):
    """The figures of one scenario; the tracks as the lines of a CSV file."""
    truth = (folder / "truth.csv").read_text().splitlines()
    objects, estimates = positions_by_scan(truth, "target"), positions_by_scan(tracks, "track")
    nothing, score = ([], np.empty((0, 2))), Score()
    for scan in range(max(objects) + 1):
        score.add(scan, objects.get(scan, nothing), estimates.get(scan, nothing), kind.cutoff)
    return score.figures(fast_objects(truth))


# Running


def track(binary, folder, kind, lag):
    """The lines that `tocsin track` prints for a folder."""
    command = [binary.resolve(), "track", folder, *kind.arguments(), *(["--lag", lag] if lag else [])]
    result = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    if result.returncode:
        sys.exit(f"{' '.join(map(str, command))}: {result.stderr.strip()}")
    return result.stdout.splitlines()


def listed(folder, names):
    """The stored scenarios of the wanted types: folders such as A_101 with a truth.csv."""
    return [path.parent for path in sorted(folder.glob("?_*/truth.csv")) if path.parent.name[0] in names]


def measure(options, folder):
    """One row of figures per scenario."""
    name = folder.name[0]
    lines = track(options.binary, folder, TYPES[name], options.lag)
    return {"scenario": folder.name, "type": name, **score_folder(folder, TYPES[name], lines)}


def collect(options):
    """Makes the scenarios in a temporary folder, or one to keep, and measures them all, with the stored ones."""
    with contextlib.ExitStack() as stack:
        scratch = options.keep or stack.enter_context(tempfile.TemporaryDirectory(prefix="tocsin-accuracy-"))
        Path(scratch).mkdir(parents=True, exist_ok=True)
        seeds = range(options.first_seed, options.first_seed + options.seeds)
        folders = [make_scenario(name, seed, Path(scratch)) for name in options.types for seed in seeds]
        if options.scenarios:
            folders += listed(options.scenarios, options.types)
        with ThreadPoolExecutor(options.jobs) as pool:
            return list(pool.map(lambda folder: measure(options, folder), folders))


COLUMNS = ("gospa", "missed", "false", "rmse", "switches", "confirmed", "never", "slow", "fast")
HEADINGS = ("GOSPA", "missed", "false", "RMSE m", "switches", "confirmed", "never", "slow m", "fast m")


def mean_of(rows, column):
    """The mean over the scenarios that have the figure."""
    values = [row[column] for row in rows if row[column] is not None]
    return float(np.mean(values)) if values else None


def summary(rows):
    """One row of means per type, with the standard error of the mean GOSPA."""
    result = []
    for name in sorted({row["type"] for row in rows}):
        own = [row for row in rows if row["type"] == name]
        spread = np.std([row["gospa"] for row in own], ddof=1) / np.sqrt(len(own)) if len(own) > 1 else None
        means = {column: mean_of(own, column) for column in COLUMNS}
        result.append({"type": name, "scenarios": len(own), **means, "gospa_error": spread})
    return result


def print_table(rows, label):
    """Prints rows of figures under their headings."""
    print(f"{label:<10}" + "".join(f"{heading:>11}" for heading in HEADINGS))
    for row in rows:
        title = row.get("scenario") or f"{row['type']} ({row['scenarios']})"
        cells = ("-" if row[column] is None else f"{row[column]:.2f}" for column in COLUMNS)
        print(f"{title:<10}" + "".join(f"{cell:>11}" for cell in cells))


def arguments():
    """The options of the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    binary = Path(__file__).resolve().parent.parent / ".build/release/tocsin"
    parser.add_argument("--binary", type=Path, default=binary, help="the release build of tocsin")
    parser.add_argument("--types", nargs="+", choices=sorted(TYPES), default=sorted(TYPES))
    parser.add_argument("--seeds", type=int, default=8, help="scenarios of each type")
    parser.add_argument("--first-seed", type=int, default=1)
    parser.add_argument("--lag", type=int, default=0, help="score the output delayed by so many scans")
    parser.add_argument("--scenarios", type=Path, help="a folder of stored scenarios to measure as well")
    parser.add_argument("--keep", type=Path, help="make the scenarios in this folder and keep them")
    parser.add_argument("--jobs", type=int, default=1, help="scenarios at a time")
    parser.add_argument("--each", action="store_true", help="print every scenario too")
    parser.add_argument("--json", type=Path, help="write all figures to this file")
    return parser.parse_args()


def main():
    """Measures and prints."""
    options = arguments()
    rows = collect(options)
    if not rows:
        sys.exit("no scenarios")
    if options.each:
        print_table(rows, "scenario")
        print()
    print_table(summary(rows), "type")
    if options.json:
        figures = {"lag": options.lag, "types": summary(rows), "scenarios": rows}
        options.json.write_text(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main()
