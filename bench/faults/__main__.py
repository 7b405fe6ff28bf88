"""python -m bench.faults [--kills 100] [--others 10] [--folder DIR --minutes 20]: on a synthetic county of its own.

The night that is killed trains the month's models; the night of other faults is an ordinary one. With a folder it can be run in pieces: each
goes on where the last one ended, at any time, and prints what all have found so far. Without one, its folder is removed at the end.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from bench.faults.injections import INJECTIONS
from bench.faults.kept import OtherCode, OtherPiece, add_up, keep, kept_outcomes, only_piece, scene_in
from bench.faults.nights import ORDINARY, TRAINING, Scene
from bench.faults.trial import try_fault

KILL = "kill -9"


def main() -> int:
    """Injects what is still to be injected; the exit status is 1 when anything did not hold."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--kills", type=int, default=100)
    asked.add_argument("--others", type=int, default=10, help="of each other fault")
    asked.add_argument("--only", nargs="*", default=sorted(INJECTIONS), choices=sorted(INJECTIONS), metavar="FAULT")
    asked.add_argument("--people", type=int, default=600)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--folder", type=Path, help="keeps scenes and outcomes, so that this can be run in pieces")
    asked.add_argument("--minutes", type=float, default=float("inf"), help="no new fault is begun after so many")
    given = asked.parse_args()
    with TemporaryDirectory() as removed:
        folder = (given.folder or Path(removed)).resolve()
        try:
            with only_piece(folder):
                return _piece(given, folder)
        except (OtherCode, OtherPiece) as error:
            sys.stderr.write(f"{error}\n")
            return 2


def _piece(given: argparse.Namespace, folder: Path) -> int:
    until = monotonic() + 60 * given.minutes
    done = {(one.fault, one.n) for one in kept_outcomes(folder)}
    scenes: dict[date, Scene] = {}
    for n in range(max(given.kills, given.others)):  # in turn, so that a piece has some of each
        for name in given.only:
            first, times = (TRAINING, given.kills) if name == KILL else (ORDINARY, given.others)
            if n < times and (name, n) not in done and monotonic() < until:
                if first not in scenes:
                    scenes[first] = scene_in(folder / first.isoformat(), first, given.people, given.seed)
                keep(folder, try_fault(scenes[first], folder, name, n, given.seed))
    outcomes = kept_outcomes(folder)
    for name in given.only:
        sys.stdout.write(json.dumps(add_up(name, outcomes)) + "\n")
    return int(any(one.wrong for one in outcomes))


if __name__ == "__main__":
    sys.exit(main())
