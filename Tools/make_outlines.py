#!/usr/bin/env python3
"""Turns the outlines of countries (Natural Earth 1:110m, public domain, an ESRI shapefile) into GeoJSON for
the backdrop of the operator's map.

    python3 Tools/make_outlines.py --shapes countries.shp --output outlines.geojson --box -15 34 40 62

Only rings that touch the box (west south east north, degrees) are kept. Format: ESRI Shapefile Technical
Description (1998), shape type 5 (polygon).
"""

import argparse
import json
import struct


def rings(data: bytes):
    """Yields every ring of every polygon as [(longitude, latitude), ...]."""
    position = 100  # after the file header
    while position < len(data):
        (words,) = struct.unpack_from(">i", data, position + 4)
        start = position + 8
        position = start + 2 * words
        if struct.unpack_from("<i", data, start)[0] != 5:
            continue
        parts, points = struct.unpack_from("<ii", data, start + 36)
        firsts = [*struct.unpack_from(f"<{parts}i", data, start + 44), points]
        base = start + 44 + 4 * parts
        for first, last in zip(firsts, firsts[1:]):
            numbers = struct.unpack_from(f"<{2 * (last - first)}d", data, base + 16 * first)
            yield list(zip(numbers[::2], numbers[1::2]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shapes", required=True)
    parser.add_argument("--output", required=True)
    parser.add_argument("--box", nargs=4, type=float, default=[-15, 34, 40, 62])
    arguments = parser.parse_args()
    west, south, east, north = arguments.box
    with open(arguments.shapes, "rb") as file:
        data = file.read()
    kept = [
        ring for ring in rings(data)
        if any(west <= longitude <= east and south <= latitude <= north for longitude, latitude in ring)
    ]
    features = [
        {
            "type": "Feature",
            "properties": {},
            "geometry": {"type": "Polygon", "coordinates": [[[round(x, 4), round(y, 4)] for x, y in ring]]},
        }
        for ring in kept
    ]
    collection = {"type": "FeatureCollection", "attribution": "Outlines: Natural Earth", "features": features}
    with open(arguments.output, "w", encoding="utf-8") as file:
        json.dump(collection, file, separators=(",", ":"))


if __name__ == "__main__":
    main()
