#!/usr/bin/env python3
"""Makes Sources/TocsinForecast/TurnModel+Standard.swift from a fit.

    tocsin drill --fit motion.json
    python3 Tools/make_motion.py motion.json

Numbers are rounded to three significant digits, more than any fit can tell. The same input always gives the same
output, byte for byte.
"""

import argparse
import json
import pathlib
import sys

OUTPUT = pathlib.Path(__file__).resolve().parent.parent / "Sources/TocsinForecast/TurnModel+Standard.swift"
HEADER = """// Made by Tools/make_motion.py from a fit by `tocsin drill --fit`; not to be edited by hand.

extension TurnModel {{
    /// What the two models below were fitted to.
    static let standardProvenance =
        "{provenance}"
"""
BALLISTIC = """
    /// It does not turn.
    public static let ballisticMissile = TurnModel(
        habits: TurnModel.deviationEdges.map { _ in
            Habit(hazard: 0, circleShare: 0, angles: (0..<angleBins).map { _ in 1 / Double(angleBins) })
        }, turnRate: 1, circleSeconds: 60, circleRounds: 1, endRate: 0, returnRate: 0, returnSeconds: 0,
        returnWidthSeconds: 1, headingNoise: 0.1, headingNoiseSeconds: 60, survival: silenceEdges.map { _ in 1 })
"""


def number(value):
    return f"{value:.3g}" if "e" not in f"{value:.3g}" else f"{value:.8f}".rstrip("0")


def wrapped(values, indent):
    lines, line = [], ""
    for value in values:
        piece = number(value) + ", "
        if len(indent + line + piece) > 118:
            lines.append(line.rstrip())
            line = ""
        line += piece
    lines.append(line.rstrip(", "))
    return "\n".join(indent + line for line in lines)


def model(name, motion):
    turns = motion["turns"]
    text = f"\n    public static let {name} = TurnModel(\n        habits: [\n"
    for habit in turns["habits"]:
        text += f"            Habit(\n                hazard: {number(habit['hazard'])}, "
        text += f"circleShare: {number(habit['circleShare'])},\n                angles: [\n"
        text += wrapped(habit["angles"], " " * 20) + ",\n                ]),\n"
    text += "        ], "
    names = ["turnRate", "circleSeconds", "circleRounds", "endRate", "returnRate", "returnSeconds",
             "returnWidthSeconds", "headingNoise", "headingNoiseSeconds"]
    fields = [f"{field}: {number(turns[field])}" for field in names]
    text += ", ".join(fields[:4]) + ",\n        " + ", ".join(fields[4:7]) + ",\n        "
    text += ", ".join(fields[7:]) + ",\n        survival: [\n"
    return text + wrapped(turns["survival"], " " * 12) + ",\n        ])\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("fit", type=pathlib.Path, help="what `tocsin drill --fit` wrote")
    options = parser.parse_args()
    try:
        fit = json.loads(options.fit.read_text(encoding="utf-8"))
        text = HEADER.format(provenance=fit["provenance"])
        text += model("attackDrone", fit["attackDrone"]) + model("cruiseMissile", fit["cruiseMissile"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        print(f"make_motion: {options.fit}: {error!r}", file=sys.stderr)
        return 2
    OUTPUT.write_text(text + BALLISTIC + "}\n", encoding="utf-8")
    print(f"make_motion: wrote {OUTPUT.name}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
