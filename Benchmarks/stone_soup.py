#!/usr/bin/env python3
"""Ours beside Stone Soup 1.9.1 on the same detections in the same run: speed and GOSPA.

    python3 Benchmarks/stone_soup.py [FOLDER ...]    # folders with detections.csv and truth.csv; else one is made

The peer is Stone Soup's documented multi-target tracker: a Kalman filter with near-constant velocity, global nearest
neighbour by 2-D assignment on the Mahalanobis distance among the detections that its k-d tree finds, its initiator of several measurements, and deletion after
scans without an update. Like ours it is told the detection noise, and never clutter, births or truth. With
SETTINGS it reaches what others reached with it on such scenarios (834 m); two points and less noise (1): 1,191 m. Speed is per second of one processor; making
the peer's detection objects is not counted. Stone Soup is installed into .cache/benchmarks.
"""

import collections
import csv
import datetime
import importlib.util
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
HERE = ROOT / "Benchmarks"
ENVIRONMENT = ROOT / ".cache/benchmarks"
PACKAGES = ["stonesoup==1.9.1"]

CUTOFF_METERS = 300.0
SECONDS_PER_SCAN = 2.0
SIGMA_METERS = 50.0
# Acceleration noise (m^2/s^3), gate (standard deviations), reach of the tree (m), points that make a track, scans it
# coasts.
SETTINGS = {"noise": 3.0, "gate": 4.0, "reach": 400.0, "points": 3, "coasting": 3}


def enter_environment():
    """Goes on in a Python that has Stone Soup; installs it once."""
    if importlib.util.find_spec("stonesoup"):
        return
    if not (ENVIRONMENT / "ready").exists():
        print("installing Stone Soup ...", file=sys.stderr, flush=True)
        subprocess.run([sys.executable, "-m", "venv", ENVIRONMENT], check=True)
        pip = [ENVIRONMENT / "bin/pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, *PACKAGES], check=True)
        (ENVIRONMENT / "ready").touch()
    # Several threads would count as several processors.
    os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
    python = str(ENVIRONMENT / "bin/python")
    os.execv(python, [python, *sys.argv])


def positions_by_scan(path):
    """Scan number -> list of (x, y), from any file with the columns scan, x and y."""
    scans = collections.defaultdict(list)
    with open(path, newline="") as lines:
        for row in csv.DictReader(lines):
            scans[int(row["scan"])].append((float(row["x"]), float(row["y"])))
    return scans


def gospa(truth, estimates):
    """Generalized optimal sub-pattern assignment (Rahmathullah et al. 2017), p = 2, alpha = 2, meters.

    The least sum of squared distances, a pair beyond the cutoff costing as much as one missed and one false object.
    """
    import numpy
    from scipy.optimize import linear_sum_assignment
    from scipy.spatial.distance import cdist
    half = CUTOFF_METERS ** 2 / 2
    if not truth or not estimates:
        return (half * (len(truth) + len(estimates))) ** 0.5
    costs = numpy.minimum(cdist(truth, estimates, "sqeuclidean"), 2 * half)
    pairs = linear_sum_assignment(costs)
    return float(costs[pairs].sum() + half * abs(len(truth) - len(estimates))) ** 0.5


def mean_gospa(truth, estimates):
    """The mean over all scans of the truth."""
    scans = range(max(truth) + 1)
    return sum(gospa(truth.get(scan, []), estimates.get(scan, [])) for scan in scans) / len(scans)


def stone_soup_tracker(detector):
    """The peer, set up as its tutorials do."""
    import numpy
    from stonesoup.dataassociator.tree import DetectionKDTreeGNN2D
    from stonesoup.deleter.time import UpdateTimeStepsDeleter
    from stonesoup.hypothesiser.distance import DistanceHypothesiser
    from stonesoup.initiator.simple import MultiMeasurementInitiator
    from stonesoup.measures import Mahalanobis
    from stonesoup.models.measurement.linear import LinearGaussian
    from stonesoup.models.transition.linear import CombinedLinearGaussianTransitionModel, ConstantVelocity
    from stonesoup.predictor.kalman import KalmanPredictor
    from stonesoup.tracker.simple import MultiTargetTracker
    from stonesoup.types.state import GaussianState
    from stonesoup.updater.kalman import KalmanUpdater
    noise = SETTINGS["noise"]
    motion = CombinedLinearGaussianTransitionModel([ConstantVelocity(noise), ConstantVelocity(noise)])
    measurement = LinearGaussian(4, (0, 2), numpy.diag([SIGMA_METERS ** 2] * 2))
    updater = KalmanUpdater(measurement)
    predictor = KalmanPredictor(motion)
    hypothesiser = DistanceHypothesiser(predictor, updater, measure=Mahalanobis(), missed_distance=SETTINGS["gate"])
    associator = DetectionKDTreeGNN2D(hypothesiser, predictor, updater, max_distance=SETTINGS["reach"])
    deleter = UpdateTimeStepsDeleter(SETTINGS["coasting"])
    prior = GaussianState([[0.0], [0.0], [0.0], [0.0]], numpy.diag([0.0, 40.0 ** 2, 0.0, 40.0 ** 2]))
    initiator = MultiMeasurementInitiator(
        prior_state=prior, measurement_model=measurement, deleter=UpdateTimeStepsDeleter(2),
        data_associator=associator, updater=updater, min_points=SETTINGS["points"])
    return MultiTargetTracker(
        initiator=initiator, deleter=deleter, detector=detector, data_associator=associator, updater=updater)


def run_stone_soup(places):
    """Estimates by scan, and the seconds on one processor."""
    from stonesoup.types.detection import Detection
    start = datetime.datetime(2026, 1, 1)
    times = {scan: start + datetime.timedelta(seconds=SECONDS_PER_SCAN * scan) for scan in range(max(places) + 1)}
    scans = [
        (at, {Detection([[x], [y]], timestamp=at) for x, y in places.get(scan, [])}) for scan, at in times.items()]
    estimates = {}
    before = time.process_time()
    for scan, (_, tracks) in enumerate(stone_soup_tracker(iter(scans))):
        estimates[scan] = [(float(track.state_vector[0]), float(track.state_vector[2])) for track in tracks]
    return estimates, time.process_time() - before


def build():
    """The path of TrackBenchmark, built in release with the core alone."""
    command = ["swift", "build", "-c", "release", "--product", "TrackBenchmark"]
    environment = {**os.environ, "TOCSIN_CORE_ONLY": "1"}
    subprocess.run(command, cwd=HERE, env=environment, check=True, capture_output=True)
    shown = subprocess.run(
        [*command, "--show-bin-path"], cwd=HERE, env=environment, check=True, capture_output=True, text=True)
    return pathlib.Path(shown.stdout.strip()) / "TrackBenchmark"


def run_ours(binary, folder):
    """Estimates by scan, and the seconds on one processor."""
    with tempfile.TemporaryDirectory() as scratch:
        path = pathlib.Path(scratch) / "tracks.csv"
        result = subprocess.run(
            [str(binary), "--read", str(folder), str(path)], check=True, capture_output=True, text=True)
        return positions_by_scan(path), json.loads(result.stdout)["seconds"]


def compare(binary, folder):
    """Prints one line: speed and GOSPA of both, and the ratio of the speeds."""
    places, truth = positions_by_scan(folder / "detections.csv"), positions_by_scan(folder / "truth.csv")
    detections = sum(map(len, places.values()))
    ours, our_seconds = run_ours(binary, folder)
    theirs, their_seconds = run_stone_soup(places)
    print(
        f"{folder.name:12} ours, 3 models: {detections / our_seconds:9,.0f} detections/s, GOSPA {mean_gospa(truth, ours):6.1f} m; "
        f"Stone Soup GNN: {detections / their_seconds:7,.0f}, {mean_gospa(truth, theirs):6.1f} m; "
        f"ratio {their_seconds / our_seconds:,.0f}", flush=True)


def main():
    enter_environment()
    binary = build()
    folders = [pathlib.Path(name).resolve() for name in sys.argv[1:]]
    with tempfile.TemporaryDirectory() as scratch:
        if not folders:
            folders = [pathlib.Path(scratch) / "B_made_1"]
            subprocess.run([binary, "--write", folders[0], "--scans", "50", "100"], check=True)
        for folder in folders:
            compare(binary, folder)


if __name__ == "__main__":
    main()
