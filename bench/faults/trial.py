"""One fault on a copy of the scene, and what held afterwards."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import duckdb

from bench.faults.injections import IN_PART, INJECTIONS, CannotMount, restore
from bench.faults.nights import Ended, NightFailed, Place, Scene, content, content_when_late, differing, place_of, undisturbed_night

OF_THE_LOADS = frozenset({"loads", "rejects", "data_quality of files"})
"""What came in part is in the ledger for good, beside the whole that came later, and in what is counted from it."""


@dataclass(frozen=True)
class Outcome:
    """Of the n-th of a kind of fault: how the disturbed run ended and what it said, whether that was a line of ours that says what to mend,
    whether the published database was whole after it, and whether the next night ended as undisturbed.

    `as_if_late`: it did not, but as undisturbed nights do to which the spoilt file came a night late. `wrong`: what did not hold.
    """

    fault: str
    n: int
    injected: bool = False
    status: int = 0
    said: str = ""
    is_clear: bool = True
    whole: bool = False
    as_undisturbed: bool = False
    as_if_late: bool = False
    wrong: str = ""


def try_fault(scene: Scene, folder: Path, name: str, n: int, seed: int) -> Outcome:
    """Injects a fault into a copy of the scene; the same one for the same numbers."""
    rng = Random(f"{name} {seed} {n}")  # noqa: S311 - to repeat it, not to keep a secret
    with place_of(scene, folder / "place") as place:
        outcome = Outcome(name, n)
        try:
            ended = INJECTIONS[name](scene, place, rng)
            outcome = _told(outcome, ended, place)
            outcome = _published(outcome, scene, place)
            return _after_the_next_night(outcome, scene, place, ended.file)
        except CannotMount as error:
            return replace(outcome, wrong=f"not tried: {error}")
        except (NightFailed, duckdb.Error, OSError) as error:
            return replace(outcome, wrong=f"{type(error).__name__}: {error}")


def _told(outcome: Outcome, ended: Ended, place: Place) -> Outcome:
    said = _without_places(ended.said, place) if ended.status else ""
    is_clear = not ended.status or outcome.fault == "kill -9" or (said.startswith("forewarn: ") and "unexpected" not in said)
    return replace(outcome, injected=True, status=ended.status, said=said, is_clear=is_clear)


def _published(outcome: Outcome, scene: Scene, place: Place) -> Outcome:
    now = content(place.home)
    whole = outcome.fault in IN_PART or not differing(now, scene.content_before) or not differing(now, scene.content_after)
    wrong = "" if whole else f"published is neither night: {', '.join(differing(now, scene.content_after))}"
    return replace(outcome, whole=whole, wrong=wrong)


def _after_the_next_night(outcome: Outcome, scene: Scene, place: Place, file: str) -> Outcome:
    is_part = outcome.fault in IN_PART
    _next_night(scene, place, outcome.fault)
    after = content(place.home)
    other = set(differing(after, scene.content_after)) - (OF_THE_LOADS if is_part else set())
    left = [path.name for path in (place.home / "published").iterdir() if path.suffix != ".duckdb"]
    if not other and not left:
        return replace(outcome, as_undisturbed=True)
    if is_part and not left:
        late = content_when_late(scene, file, place.home.parent.with_name("late"))
        unlike_late = set(differing(after, late)) - OF_THE_LOADS
        if not unlike_late:
            return replace(outcome, as_if_late=True, said=f"{outcome.said} {file}: {', '.join(sorted(other))}".strip())
    return replace(outcome, wrong=f"{outcome.wrong} {file} the next night differs in {', '.join(sorted(other))} {' '.join(left)}".strip())


def _next_night(scene: Scene, place: Place, name: str) -> None:
    """Damage that the first night did not meet may be met by the next; then the backup is put in place, and the night run again."""
    try:
        undisturbed_night(place)
    except NightFailed:
        if name != "warehouse damaged":
            raise
        restore(scene, place)
        undisturbed_night(place)


def _without_places(said: str, place: Place) -> str:
    """What was said, without the folder of this trial and the time in the name of a log."""
    return re.sub(r"\d{8}T\d{6}Z", "<run>", said.replace(str(place.home.parent), ""))[:260]
