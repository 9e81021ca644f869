#!/usr/bin/env python3
"""Runs the benchmarks and prints each figure beside a peer or a floor measured in the same run.

    make demo                      # once: fetches the recordings and builds in release
    python3 Benchmarks/run.py      # everything; needs valgrind, and the network once for the peers
    python3 Benchmarks/run.py --only track    # the tracker alone; needs no recordings

Machines differ and are shared: read the ratios. Peers (the Python packages asterix_decoder 0.7.11, a C++ decoder
behind Python objects, and rs1090 0.7.0, a Rust decoder behind Python objects) are installed into .cache/peers.
"""

import argparse
import json
import math
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
HERE = ROOT / "Benchmarks"
DEMO = ROOT / ".cache/demo"
SHARED = ROOT.parent / "shared"
PEERS = ROOT / ".cache/peers"

ASTERIX_PEER = """
import asterix, sys, time
data = open(sys.argv[1], 'rb').read()[:400000]
started = time.perf_counter(); records = len(asterix.parse(data)); print(records, time.perf_counter() - started)
"""
MODE_S_PEER = """
import json, rs1090, sys, time
frames = [json.loads(line)['frame'] for line in open(sys.argv[1])]
started = time.perf_counter(); records = len(rs1090.decode(frames)); print(records, time.perf_counter() - started)
"""


def run(*command, **options):
    return subprocess.run(
        [str(part) for part in command], check=True, capture_output=True, text=True, cwd=options.get("cwd", HERE),
        env={**os.environ, **options.get("env", {})}).stdout


def build(product, folder=HERE, **options):
    print(f"building {product} ...", file=sys.stderr, flush=True)
    command = ["swift", "build", "-c", "release", "--product", product]
    run(*command, cwd=folder, **options)
    return pathlib.Path(run(*command, "--show-bin-path", cwd=folder, **options).strip()) / product


def peer(program, path):
    if not (PEERS / "ready").exists():
        run(sys.executable, "-m", "venv", PEERS)
        run(PEERS / "bin/pip", "install", "--quiet", "asterix_decoder==0.7.11", "rs1090==0.7.0")
        (PEERS / "ready").touch()
    records, seconds = run(PEERS / "bin/python", "-c", program, path).split()
    return int(records) / float(seconds)


def decoding(binary, format_name, path, peer_program=None):
    figures = json.loads(run(binary, format_name, path))
    rate = figures["records"] / figures["seconds"]
    line = (
        f"decode {format_name:11} {figures['bytes'] / figures['seconds'] / 1e6:8.1f} MB/s {rate:12,.0f} records/s  "
        f"{figures['seconds'] / figures['floorSeconds']:5.1f} x the time of touching every byte")
    if peer_program:
        other = peer(peer_program, path)
        line += f"; peer {other:,.0f} records/s, ratio {rate / other:,.1f}"
    print(line, flush=True)
    return rate


def instructions(binary, count):
    log = run("valgrind", "--tool=none", "--version") and subprocess.run(
        ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", str(binary), str(count)],
        check=True, capture_output=True, text=True).stderr
    return int(re.search(r"Collected : (\d+)", log).group(1))


def updating(binary):
    few, many = 200, 1_200
    cost = (instructions(binary, many) - instructions(binary, few)) / (many - few)
    figures = json.loads(run(binary, 200_000))
    print(f"predict + update of one report, all motion models, gate and association: {cost:,.0f} instructions, "
          f"{figures['seconds'] / figures['reports'] * 1e9:,.0f} ns", flush=True)


def exponent(rows):
    """The slope of log time per scan over log targets, by least squares."""
    points = [(math.log(row["targets"]), math.log(row["secondsPerScan"])) for row in rows]
    across, up = (sum(values) / len(points) for values in zip(*points))
    return sum((x - across) * (y - up) for x, y in points) / sum((x - across) ** 2 for x, _ in points)


def allocations(binary, targets, tracker):
    """Allocations and detections of 40 scans in the steady state: the difference of two runs of different lengths."""
    counts = []
    for scans in (60, 100):
        log = subprocess.run(
            ["valgrind", "--tool=memcheck", "--leak-check=no", "--undef-value-errors=no", str(binary), "--warm-up", "0",
             "--scans", str(scans), "--tracker", tracker, str(targets)], check=True, capture_output=True, text=True)
        count = re.search(r"total heap usage: ([\d,]+) allocs", log.stderr).group(1)
        counts.append((int(count.replace(",", "")), json.loads(log.stdout)["detections"]))
    (few, few_detections), (many, many_detections) = counts
    return many - few, many_detections - few_detections


def tracking():
    """The tracker on whole scans: speed and memory by size, allocations, and Stone Soup on the same detections."""
    # The core alone: the edge takes minutes to build and is not measured here.
    binary = build("TrackBenchmark", env={"TOCSIN_CORE_ONLY": "1"})
    print("track, 3 motion models, one core, steady state; seconds of processor time, median per scan")
    print("  targets  detections/scan  tracks   s/scan   detections/s  wall s/scan  memory MiB")
    rows = [json.loads(run(binary, targets)) for targets in (100, 1_000, 10_000, 100_000)]
    for row in rows:
        per_scan = row["detections"] / row["scans"]
        print(
            f"  {row['targets']:7,} {per_scan:16,.0f} {row['tracks']:7,} {row['secondsPerScan']:8.5f} "
            f"{per_scan / row['secondsPerScan']:14,.0f} {row['wallSecondsPerScan']:12.5f} "
            f"{row['memoryPeakBytes'] / 2 ** 20:11,.0f}")
    print(f"  time per scan grows as targets to the power of {exponent(rows[1:]):.3f} from 1,000 to 100,000")
    both, detections = allocations(binary, 300, "on")
    own, _ = allocations(binary, 300, "off")
    print(f"  allocations of the tracker in the steady state: {(both - own) / detections:.4f} per detection, "
          f"{(both - own) / 40:.1f} per scan of 300 targets; the benchmark's own arrays: {own / 40:.1f} per scan")
    scenarios = sorted((SHARED / "scenarios").glob("B_*"))
    print(run(sys.executable, HERE / "stone_soup.py", *scenarios), end="", flush=True)


def pipeline(tocsin, floor_rate):
    """A recorded night, replayed through the whole pipeline, against decoding the drill's reports alone."""
    with tempfile.TemporaryDirectory() as folder:
        text = (ROOT / "Examples/demo/tocsin.yaml").read_text().replace("port: 8080", "port: 0")
        text = text.replace("rate: 10", "rate: 60").replace("../../run/demo", f"{folder}/journal").replace("../../", f"{ROOT}/")
        configuration = pathlib.Path(folder) / "tocsin.yaml"
        configuration.write_text(text)
        run(tocsin, "watch", configuration, "--seconds", "20")
        started = subprocess.run([str(tocsin), "replay", f"{folder}/journal"], check=True, capture_output=True, text=True)
        inputs, seconds = re.search(r"(\d+) inputs in ([\d.]+) s", started.stderr).groups()
    rate = int(inputs) / float(seconds)
    print(f"pipeline {rate:,.0f} inputs/s: {floor_rate / rate:,.1f} x the time of decoding a report alone", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=["decode", "update", "track", "pipeline", "latency"])
    only = parser.parse_args().only
    if only in (None, "track"):
        tracking()
    if only == "track":
        return
    if not (DEMO / "full_flight_short.jsonl").exists():
        sys.exit("run.py: the recordings are absent; run `make demo` once")
    decode = build("DecodeBenchmark")
    if only in (None, "decode"):
        capture = SHARED / "data/asterix/bcn_cat048_230502_60min.ast"
        if capture.exists():
            decoding(decode, "asterix", capture, ASTERIX_PEER)
        beast = SHARED / "data/modes-beast/bbb_ulss7_beast.bin"
        if beast.exists():
            decoding(decode, "beast", beast)
        decoding(decode, "modes-json", DEMO / "full_flight_short.jsonl", MODE_S_PEER)
    if only in (None, "update"):
        updating(build("UpdateBenchmark"))
    if only in (None, "pipeline"):
        pipeline(build("tocsin", ROOT), decoding(decode, "reports", DEMO / "drill/reports.jsonl"))
    if only in (None, "latency"):
        build("tocsin", ROOT)
        print(run(sys.executable, HERE / "latency.py"), end="")


if __name__ == "__main__":
    main()
