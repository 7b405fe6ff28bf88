"""One fault at a time on a copy of the scene, and what held afterwards."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import duckdb

from bench.faults.injections import IN_PART, INJECTIONS, CannotMount, restore
from bench.faults.nights import NightFailed, Place, Scene, content, content_when_late, differing, place_of, undisturbed_night

OF_THE_LOADS = frozenset({"loads", "rejects"})
"""What came in part is in the ledger for good, beside the whole that came later."""


@dataclass
class Tally:
    """Of one kind of fault: how many, how the disturbed runs ended, after how many the published database was whole, and the next night as undisturbed.

    `as_if_late`: of these last, those that ended as undisturbed nights do to which the spoilt file came a night late.
    `unclear`: what was said where a run failed by itself and did not say in a line of ours what to mend.
    """

    injected: int = 0
    whole: int = 0
    next_as_undisturbed: int = 0
    as_if_late: int = 0
    ended: Counter[str] = field(default_factory=Counter)
    said: Counter[str] = field(default_factory=Counter)
    unclear: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def as_table(self) -> dict[str, Any]:
        return {**asdict(self), "ended": dict(self.ended), "said": dict(self.said.most_common(9)), "unclear": dict(self.unclear)}


def try_faults(scene: Scene, folder: Path, name: str, times: int, seed: int) -> Tally:
    """Injects one kind of fault so many times, each into a copy of the scene."""
    tally = Tally()
    for n in range(times):
        rng = Random(f"{name} {seed} {n}")  # noqa: S311 - to repeat it, not to keep a secret
        with place_of(scene, folder / "place") as place:
            try:
                _try(scene, place, name, rng, tally)
            except CannotMount as error:
                tally.wrong.append(f"not tried: {error}")
                return tally
            except (NightFailed, duckdb.Error, OSError) as error:
                tally.wrong.append(f"{n}: {type(error).__name__}: {error}")
    return tally


def _try(scene: Scene, place: Place, name: str, rng: Random, tally: Tally) -> None:
    ended = INJECTIONS[name](scene, place, rng)
    tally.injected += 1
    tally.ended[str(ended.status)] += 1
    if ended.status:
        tally.said[_without_places(ended.said, place)] += 1
    if ended.status and name != "kill -9" and not _is_clear(ended.said):
        tally.unclear[_without_places(ended.said, place)] += 1
    now = content(place.home)
    if name in IN_PART or not differing(now, scene.content_before) or not differing(now, scene.content_after):
        tally.whole += 1
    else:
        tally.wrong.append(f"published is neither night: {', '.join(differing(now, scene.content_after))}")
    _next_night(scene, place, name)
    after = content(place.home)
    other = set(differing(after, scene.content_after)) - (OF_THE_LOADS if name in IN_PART else set())
    if other and name in IN_PART:
        late = content_when_late(scene, ended.file, place.home.parent.with_name("late"))
        other = set(differing(after, late)) - OF_THE_LOADS
        tally.as_if_late += not other
    left = [path.name for path in (place.home / "published").iterdir() if path.suffix != ".duckdb"]
    if other or left:
        tally.wrong.append(f"the next night differs in {', '.join(sorted(other))} {' '.join(left)}")
    else:
        tally.next_as_undisturbed += 1


def _next_night(scene: Scene, place: Place, name: str) -> None:
    """Damage that the first night did not meet may be met by the next; then the backup is put in place, and the night run again."""
    try:
        undisturbed_night(place)
    except NightFailed:
        if name != "warehouse damaged":
            raise
        restore(scene, place)
        undisturbed_night(place)


def _is_clear(said: str) -> bool:
    return said.startswith("forewarn: ") and "unexpected" not in said


def _without_places(said: str, place: Place) -> str:
    """What was said, without the folder of this trial and the time in the name of a log."""
    return re.sub(r"\d{8}T\d{6}Z", "<run>", said.replace(str(place.home.parent), ""))[:260]
