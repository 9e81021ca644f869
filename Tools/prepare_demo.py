#!/usr/bin/env python3
"""Turns the busiest hour of a recording of real flights into Tocsin's own reports, one JSON object a line.

    python3 Tools/prepare_demo.py --input switzerland.json.gz --output flights.jsonl

The input is a sample of the Python package "traffic": a JSON array of state vectors (ADS-B, resampled to 10 s)
with timestamp (milliseconds since 1970), icao24, callsign, latitude, longitude, altitude (feet, by barometer),
groundspeed (knots), track (degrees) and vertical_rate (feet per minute). What a vector does not have is left out.

The busiest hour is the one that begins at a whole minute and holds the most state vectors; of equals, the first.
The same input always gives the same output, byte for byte.
"""

import argparse
import datetime
import gzip
import json
import math
import pathlib
import sys

SENSOR = "adsb-network"
# One standard deviation of an ADS-B position with usual integrity (NACp 8: 93 m at 95 %), rounded up.
SIGMA_METERS = 50
HOUR_MILLISECONDS = 3_600_000
MINUTE_MILLISECONDS = 60_000
METERS_PER_FOOT = 0.3048
METERS_PER_SECOND_PER_KNOT = 1_852 / 3_600


def number(vector: dict, name: str):
    """The value as a finite number, or None."""
    value = vector.get(name)
    if isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value):
        return value
    return None


def busiest_hour(times: list[int]) -> int:
    """The beginning in milliseconds; `times` ascending."""
    best, best_count = times[0] // MINUTE_MILLISECONDS * MINUTE_MILLISECONDS, 0
    first = last = 0
    for start in range(best, times[-1] + 1, MINUTE_MILLISECONDS):
        while first < len(times) and times[first] < start:
            first += 1
        while last < len(times) and times[last] < start + HOUR_MILLISECONDS:
            last += 1
        if last - first > best_count:
            best, best_count = start, last - first
    return best


def iso(milliseconds: int) -> str:
    moment = datetime.datetime.fromtimestamp(milliseconds // 1_000, datetime.timezone.utc)
    return moment.strftime("%Y-%m-%dT%H:%M:%S") + f".{milliseconds % 1_000:03d}Z"


def report(vector: dict) -> dict:
    line = {
        "sensor": SENSOR,
        "time": iso(int(vector["timestamp"])),
        "kind": "fix",
        "position": {"latitude": round(vector["latitude"], 6), "longitude": round(vector["longitude"], 6)},
        "sigmaMeters": SIGMA_METERS,
        "address": vector["icao24"],
        "cooperative": True,
    }
    callsign = (vector.get("callsign") or "").strip()
    if callsign:
        line["callsign"] = callsign[:8]
    altitude = number(vector, "altitude")
    if altitude is not None:
        line["pressureAltitudeMeters"] = round(altitude * METERS_PER_FOOT, 1)
    speed, track = number(vector, "groundspeed"), number(vector, "track")
    if speed is not None and track is not None:
        line["speedMetersPerSecond"] = round(speed * METERS_PER_SECOND_PER_KNOT, 2)
        line["trackDegrees"] = round(track % 360, 2) % 360
    rate = number(vector, "vertical_rate")
    if rate is not None:
        line["verticalRateMetersPerSecond"] = round(rate * METERS_PER_FOOT / 60, 2)
    return line


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--input", required=True, type=pathlib.Path)
    parser.add_argument("--output", required=True, type=pathlib.Path)
    options = parser.parse_args()
    try:
        with gzip.open(options.input, "rt", encoding="utf-8") as file:
            vectors = json.load(file)
    except (OSError, ValueError) as error:
        print(f"prepare_demo: {options.input}: {error}", file=sys.stderr)
        return 2
    needed = ("timestamp", "latitude", "longitude")
    whole = [v for v in vectors if v.get("icao24") and all(number(v, name) is not None for name in needed)]
    if not whole:
        print(f"prepare_demo: no state vector with time, place and address in {options.input}", file=sys.stderr)
        return 2
    whole.sort(key=lambda v: (v["timestamp"], v["icao24"]))
    start = busiest_hour([int(v["timestamp"]) for v in whole])
    hour = [v for v in whole if start <= v["timestamp"] < start + HOUR_MILLISECONDS]
    with options.output.open("w", encoding="utf-8") as file:
        for vector in hour:
            file.write(json.dumps(report(vector), separators=(",", ":")) + "\n")
    aircraft = len({v["icao24"] for v in hour})
    print(
        f"prepare_demo: {len(hour):,} of {len(vectors):,} state vectors, {aircraft} aircraft, from {iso(start)}",
        file=sys.stderr,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
