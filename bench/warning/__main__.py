"""The warning on several counties, offline.

    python -m bench.warning make FOLDER --people 18000 --years 4 --seed 11 --world town
    python -m bench.warning take FOLDER --landing LANDING --truth TRUTH --as-of DATE
    python -m bench.warning judge FOLDER ... [--people 18000 ...] [--weeks 48] [--parts 2]

`make` makes a county and takes it in, `take` takes in one that is there; `judge` teaches each model anew twice in the last year (or
so often in so many weeks) on what was known then, and holds the weeks after against the truth, beside the best simple rule.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from bench.warning.county import load, prepare
from bench.warning.figures import Floats, Judge, gain, sizes_for
from bench.warning.trial import JUDGED_WEEKS, PARTS, Teach, quarters, scored
from models.learned import teach_challenger, teach_glass_box
from models.rules import RULES, Rule
from models.training import best_rule, rule_figures

LIST_SIZE = 50


def teach_rule(history: pl.DataFrame) -> Rule:
    """The simple rule that was best on history."""
    return best_rule(rule_figures(history, RULES, LIST_SIZE))


RULE = "best simple rule"
TEACHERS: dict[str, Teach] = {RULE: teach_rule, "glass box": teach_glass_box, "challenger": teach_challenger}


def make(folder: Path, people: int, years: int, seed: int, world: str) -> None:
    """A synthetic county, taken in."""
    from synth.county import make_county

    made = make_county(folder / "county", people, years, seed, world=world)
    prepare(folder / "county", folder / "county" / "truth", made.end, folder)


def judge(folders: list[Path], people: list[int], weeks: int = JUDGED_WEEKS, parts: int = PARTS) -> None:
    """Prints the figures of each county and the mean of their gains over the best simple rule."""
    every: list[Mapping[str, dict[str, Floats]]] = []
    for folder, size in zip(folders, people, strict=True):
        county = load(folder)
        table = scored(quarters(county, folder, weeks, parts), TEACHERS)
        judged = Judge(table, county.serious, sizes_for(size))
        print(f"{county.name}: lists of {judged.sizes.short} and {judged.sizes.long}, {int(table['hit'].sum())} pair-weeks came true")
        every.append({name: judged.measures(name) for name in TEACHERS})
        for name, found in every[-1].items():
            print(
                f"  {name:18}"
                + "".join(f"  {measure} {values[0]:.3f}{_over(values, every[-1][RULE][measure])}" for measure, values in found.items())
            )
    print("mean over counties")
    for name in TEACHERS:
        means = {measure: [np.mean([one[who][measure] for one in every], axis=0) for who in (name, RULE)] for measure in every[0][name]}
        print(f"  {name:18}" + "".join(f"  {measure} {own[0]:.3f}{_over(own, rule)}" for measure, (own, rule) in means.items()))


def _over(own: Floats, rule: Floats) -> str:
    return "" if own is rule or np.array_equal(own, rule) else " ({:+.3f}, {:+.3f} to {:+.3f})".format(*gain(own, rule))


def main() -> None:
    """Reads the arguments and does what they say."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.warning", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    calls = parser.add_subparsers(dest="call", required=True)
    one = calls.add_parser("make")
    one.add_argument("folder", type=Path)
    for name, value in (("people", 18_000), ("years", 4), ("seed", 1)):
        one.add_argument(f"--{name}", type=int, default=value)
    one.add_argument("--world", default="town")
    two = calls.add_parser("take")
    two.add_argument("folder", type=Path)
    two.add_argument("--landing", type=Path, required=True)
    two.add_argument("--truth", type=Path, required=True)
    two.add_argument("--as-of", type=date.fromisoformat, required=True)
    three = calls.add_parser("judge")
    three.add_argument("folders", type=Path, nargs="+")
    three.add_argument("--people", type=int, nargs="*", default=[])
    three.add_argument("--weeks", type=int, default=JUDGED_WEEKS)
    three.add_argument("--parts", type=int, default=PARTS)
    given = parser.parse_args()
    if given.call == "make":
        make(given.folder, given.people, given.years, given.seed, given.world)
    elif given.call == "take":
        prepare(given.landing, given.truth, given.as_of, given.folder)
    else:
        judge(given.folders, given.people or [18_000] * len(given.folders), given.weeks, given.parts)


if __name__ == "__main__":
    main()
