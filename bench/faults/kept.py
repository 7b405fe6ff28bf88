"""What pieces of one long bench share: the scenes and the outcomes so far, in a folder, so that a piece may end or be ended at any time."""

from __future__ import annotations

import fcntl
import json
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, fields
from datetime import date
from pathlib import Path
from typing import Any

from bench.faults.nights import Scene, make_scene
from bench.faults.trial import Outcome

PATHS = frozenset({"landing", "before", "backup"})


class OtherCode(Exception):
    """The folder holds outcomes of other code than this."""


class OtherPiece(Exception):
    """Another piece is at work in the folder: two would disturb each other's faults."""


@contextmanager
def only_piece(folder: Path) -> Iterator[None]:
    """Holds the folder. Raises OtherPiece."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise OtherPiece(f"another piece is at work in {folder}") from None
        yield


def scene_in(folder: Path, first: date, people: int, seed: int) -> Scene:
    """The scene kept in a folder, made when there is none. Raises OtherCode."""
    kept = folder / "scene.json"
    asked = {"commit": _commit(), "people": people, "seed": seed, "first": first.isoformat()}
    if kept.is_file():
        told = json.loads(kept.read_text(encoding="utf-8"))
        if told["asked"] != asked:
            raise OtherCode(f"{kept} is of {told['asked']}, and this is {asked}: give another folder")
        scene = told["scene"] | {name: Path(told["scene"][name]) for name in PATHS}
        return Scene(**scene | {"second": date.fromisoformat(scene["second"])})
    shutil.rmtree(folder, ignore_errors=True)  # half made by a piece that was ended
    folder.mkdir(parents=True)
    made = make_scene(folder, people, seed, first)
    told = {field.name: getattr(made, field.name) for field in fields(made)}
    kept.write_text(json.dumps({"asked": asked, "scene": told}, default=str), encoding="utf-8")
    return made


def _commit() -> str:
    found = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=Path(__file__).parent, capture_output=True, text=True, check=False)  # noqa: S607
    return found.stdout.strip() or "unknown"


def keep(folder: Path, outcome: Outcome) -> None:
    """Adds an outcome to those kept."""
    with (folder / "outcomes.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(outcome)) + "\n")


def kept_outcomes(folder: Path) -> list[Outcome]:
    """All outcomes so far."""
    file = folder / "outcomes.jsonl"
    return [Outcome(**json.loads(line)) for line in file.read_text(encoding="utf-8").splitlines()] if file.is_file() else []


def add_up(fault: str, outcomes: Iterable[Outcome]) -> dict[str, Any]:
    """The row of one kind of fault."""
    mine = [one for one in outcomes if one.fault == fault]
    return {
        "fault": fault,
        "injected": sum(one.injected for one in mine),
        "ended": dict(Counter(str(one.status) for one in mine)),
        "whole": sum(one.whole for one in mine),
        "as_undisturbed": sum(one.as_undisturbed for one in mine),
        "as_if_late": sum(one.as_if_late for one in mine),
        "said": dict(Counter(one.said for one in mine if one.said).most_common(9)),
        "unclear": dict(Counter(one.said for one in mine if not one.is_clear)),
        "wrong": [f"{one.n}: {one.wrong}" for one in mine if one.wrong],
    }
