"""python -m bench.faults [--kills 100] [--others 10]: on a synthetic county of its own, in a folder that is removed.

The night that is killed trains the month's models; the night of other faults is an ordinary one.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.faults.injections import INJECTIONS
from bench.faults.nights import ORDINARY, TRAINING, make_scene
from bench.faults.trial import try_faults

KILLS = {"kill -9"}


def main() -> int:
    """Injects each kind of fault; the exit status is 1 when anything did not hold."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--kills", type=int, default=100)
    asked.add_argument("--others", type=int, default=10, help="of each other fault")
    asked.add_argument("--people", type=int, default=600)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    is_right = True
    for names, first, times in ((KILLS, TRAINING, given.kills), (INJECTIONS.keys() - KILLS, ORDINARY, given.others)):
        if times:
            with TemporaryDirectory() as folder:
                scene = make_scene(Path(folder), given.people, given.seed, first)
                for name in sorted(names):
                    tally = try_faults(scene, Path(folder), name, times, given.seed)
                    is_right &= not tally.wrong
                    sys.stdout.write(json.dumps({"fault": name} | tally.as_table()) + "\n")
                    sys.stdout.flush()
    return int(not is_right)


if __name__ == "__main__":
    sys.exit(main())
