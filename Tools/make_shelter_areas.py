#!/usr/bin/env python3
"""Makes warning areas of published outlines and seconds to shelter: GeoJSON as Tocsin reads it.

    python3 Tools/make_shelter_areas.py --outlines area_to_polygon.json.zip --times areas.csv --output areas.geojson

The outlines are a JSON object, zipped or not, of rings of [latitude, longitude] by name. The times are a CSV with the
columns `area` (the name), `district`, `segment` (a number) and `time_to_shelter_s`. Nothing is mended here. Areas in
only one of the two files are left out and counted. Neither file tells how many people live there: each area gets
--population.
"""

import argparse
import csv
import json
import pathlib
import sys
import zipfile


def read_outlines(path: pathlib.Path) -> dict:
    if path.suffix != ".zip":
        return json.loads(path.read_text(encoding="utf-8"))
    with zipfile.ZipFile(path) as archive:
        return json.loads(archive.read(archive.namelist()[0]))


def feature(row: dict, ring: list, options: argparse.Namespace) -> dict:
    return {
        "type": "Feature",
        "id": f"{options.prefix}-{row['segment']}",
        "properties": {
            "name": row["area"],
            "names": {options.language: row["area"]},
            "population": options.population,
            "secondsToShelter": int(row["time_to_shelter_s"]),
            "protects": ["homes"],
            "region": row["district"],
        },
        "geometry": {"type": "Polygon", "coordinates": [[[longitude, latitude] for latitude, longitude in ring]]},
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--outlines", required=True, type=pathlib.Path)
    parser.add_argument("--times", required=True, type=pathlib.Path)
    parser.add_argument("--prefix", default="il", help="before the number in each id")
    parser.add_argument("--language", default="he", help="of the names")
    parser.add_argument("--population", type=int, default=1_000, help="of each area")
    parser.add_argument("--output", required=True, type=pathlib.Path)
    options = parser.parse_args()
    try:
        outlines = read_outlines(options.outlines)
        with options.times.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        features = [feature(row, outlines[row["area"]], options) for row in rows if row["area"] in outlines]
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        print(f"make_shelter_areas: {type(error).__name__}: {error}", file=sys.stderr)
        return 2
    collection = {"type": "FeatureCollection", "features": features}
    options.output.write_text(json.dumps(collection, ensure_ascii=False) + "\n", encoding="utf-8")
    missing = len(rows) + len(outlines) - 2 * len(features)
    print(f"make_shelter_areas: {len(features)} areas in {options.output}, {missing} left out", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
