#!/usr/bin/env python3
"""Counts the instructions of the tracker's four kernels and refuses more than instructions.json allows.

    python3 Benchmarks/guard.py            # exit 1 if a kernel costs over 5 % more than is written down
    python3 Benchmarks/guard.py --record   # writes down what they cost now; say in the commit why

Instructions under callgrind are the same on a busy machine, so a change of 5 % is a change of the code (or of the
compiler: record anew with a new one). Each figure is the difference of two runs with different counts, so starting
up and making the picture are not in it. "update" is a whole look without its gate and association.
"""

import argparse
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
LIMITS = ROOT / "Benchmarks/instructions.json"
TOLERANCE = 0.05
# Passes over the picture in the two runs that are compared.
FEW, MANY = 2, 12


def build():
    """Builds the core alone, in release. Returns the path of the executable."""
    command = ["swift", "build", "-c", "release", "--product", "KernelBenchmark", "--scratch-path", ".build-core"]
    environment = {"TOCSIN_CORE_ONLY": "1"}
    for extra in ([], ["--show-bin-path"]):
        result = subprocess.run(
            ["env", *(f"{key}={value}" for key, value in environment.items()), *command, *extra],
            cwd=ROOT, capture_output=True, text=True)
        if result.returncode != 0:
            sys.exit(f"guard.py: KernelBenchmark does not build:\n{result.stdout}{result.stderr}")
    return pathlib.Path(result.stdout.strip()) / "KernelBenchmark"


def instructions(binary, kernel, passes):
    """All instructions of one run."""
    log = subprocess.run(
        ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", str(binary), kernel, str(passes)],
        check=True, capture_output=True, text=True).stderr
    return int(re.search(r"Collected : (\d+)", log).group(1))


def measure(binary):
    """Instructions per pass of each kernel."""
    passes = {
        kernel: (instructions(binary, kernel, MANY) - instructions(binary, kernel, FEW)) // (MANY - FEW)
        for kernel in ("predict", "gate", "associate", "look")}
    passes["update"] = passes.pop("look") - passes["gate"] - passes["associate"]
    return passes


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--record", action="store_true", help="write the present costs to instructions.json")
    arguments = parser.parse_args()
    binary = build()
    picture = json.loads(subprocess.run([str(binary), "look", "1"], check=True, capture_output=True, text=True).stdout)
    costs = measure(binary)
    if arguments.record:
        LIMITS.write_text(json.dumps(costs, indent=2) + "\n")
    limits = json.loads(LIMITS.read_text())
    print(f"instructions per pass over {picture['tracks']} tracks and {picture['pairs']} pairs of track and place:")
    excess = []
    for kernel, cost in costs.items():
        change = cost / limits[kernel] - 1
        print(f"  {kernel:9} {cost:12,}  {change:+7.1%} against {limits[kernel]:,}")
        if change > TOLERANCE:
            excess.append(f"{kernel} costs {change:.1%} more instructions")
        elif change < -TOLERANCE:
            print(f"  {kernel} became cheaper: write it down with guard.py --record")
    if excess:
        sys.exit(
            f"guard.py: {'; '.join(excess)}. At most {TOLERANCE:.0%} more is allowed: make it cheaper, or, if it is worth it, "
            "run Benchmarks/guard.py --record and say in the commit why.")


if __name__ == "__main__":
    main()
