#!/usr/bin/env python3
"""Runs the benchmarks and prints each figure beside a peer or a floor measured in the same run.

    make demo                      # once: fetches the recordings and builds in release
    python3 Benchmarks/run.py      # everything; needs valgrind, and the network once for the peers

Machines differ and are shared: read the ratios. Peers (the Python packages asterix_decoder 0.7.11, a C++ decoder
behind Python objects, and rs1090 0.7.0, a Rust decoder behind Python objects) are installed into .cache/peers.
"""

import argparse
import json
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
        [str(part) for part in command], check=True, capture_output=True, text=True, cwd=options.get("cwd", HERE)).stdout


def build(product, folder=HERE):
    print(f"building {product} ...", file=sys.stderr, flush=True)
    run("swift", "build", "-c", "release", "--product", product, cwd=folder)
    return pathlib.Path(run("swift", "build", "-c", "release", "--product", product, "--show-bin-path", cwd=folder).strip()) / product


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
    parser.add_argument("--only", choices=["decode", "update", "pipeline", "latency"])
    only = parser.parse_args().only
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
