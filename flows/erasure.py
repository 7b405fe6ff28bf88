"""An erasure from end to end: the warehouse, all that is made of it, lists, older databases and copies; then the proof, and the log.

What is to go is noted in HOME/erasure.json until it is done: an erasure that was cut off is finished by the next command of retention.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb

from alerts.issued_erasure import forget_lists
from flows.auditing import audit_key, log
from flows.exported import forget_exports
from flows.home import not_of_the_state
from flows.run import Run
from flows.sql_prompt import HISTORY
from flows.stage import carry_out
from flows.stages import NIGHTLY
from warehouse.audit.entry import Kind
from warehouse.connection import FILE
from warehouse.generations import FOLDER, published_file
from warehouse.private_files import WRITING, write_privately
from warehouse.retention.erasing import erase, rewrite
from warehouse.retention.proof import NOT_SEARCHED, Proof, search
from warehouse.retention.schedule import read_schedule
from warehouse.retention.targets import Targets, known_from, needles, only_theirs
from warehouse.upgrading import COPIES

PENDING = "erasure.json"
PUT_ASIDE = ("replaced-*", "restored_config")
REBUILT = tuple(stage for stage in NIGHTLY if stage.name != "take in")


class ErasureNotProven(Exception):
    """Something of what was erased was found in a file of HOME."""


@dataclass(frozen=True)
class Erasure:
    """What was erased, what went with it, and the proof. `models` learned while the records were held.

    `exports` showed it and were removed; `exports_elsewhere` showed it, and are no longer where or what they were when exported.
    """

    records: int
    persons: int
    lists: tuple[str, ...]
    models: tuple[str, ...]
    proof: Proof
    exports: tuple[str, ...] = ()
    exports_elsewhere: tuple[str, ...] = ()


@dataclass(frozen=True)
class Order:
    """Who asked for an erasure and why: an order's number, or the review."""

    by: str
    why: str


def erase_everywhere(run: Run, targets: Targets, order: Order, tell: Callable[[str], None]) -> Erasure:
    """Erases, makes the derived tables anew, publishes, removes older copies, searches for traces, logs. Raises ErasureNotProven."""
    pending = run.home / PENDING
    con = run.warehouse()
    theirs = only_theirs(con, targets)
    noted: dict[str, Any] = {
        "needles": needles(targets, theirs),
        "known_from": known_from(con, targets),
        "records": len(targets.records),
        "persons": sorted(targets.persons),
        "by": order.by,
        "why": order.why,
        "as_of": run.as_of.isoformat(),
        "pairs": [],
        "is_erased": False,
    }
    write_privately(pending, json.dumps(noted))
    noted |= {"pairs": sorted(erase(con, run.home, targets, theirs)), "is_erased": True}
    write_privately(pending, json.dumps(noted))
    return finish(run, tell)


def finish(run: Run, tell: Callable[[str], None]) -> Erasure:
    """The rest of an erasure whose rows are gone, from its note; may be done again from any point."""
    pending = run.home / PENDING
    noted = json.loads(pending.read_text(encoding="utf-8"))
    for stage in REBUILT:
        tell(stage.name)
        carry_out(stage, run)
    run.close()
    tell("remove copies")
    _rewrite_warehouse(run.home)
    _remove_copies(run.home, not_of_the_state(run.home, run.landing))
    years = read_schedule(run.settings.retention).list_years if run.settings.retention else 100
    ids = {*noted["pairs"], *noted["persons"]}
    lists = forget_lists(run.home, ids, noted["needles"], years_before(run.now.date(), years), run.now)
    models = _note_models(run.home, noted["known_from"], noted["records"], run.now)
    exports, elsewhere = forget_exports(run.home, ids, noted["needles"], audit_key(run.settings))
    for one in elsewhere:  # told at once: should the proof fail, the next try no longer knows of them
        tell(f"no longer as exported; find and destroy it: {one}")
    tell("search for traces")
    proof = search_home(run.home, noted["needles"], run.landing)
    if proof.found:
        places = "; ".join(f"{one.file}: {one.where}" for one in proof.found[:5])
        raise ErasureNotProven(
            f"erased, but traces were found in {len(proof.found)} places ({places}): remove them, then `forewarn retention run` again"
        )
    what = f"{noted['records']} records and {len(noted['persons'])} persons; {proof.files} files searched, nothing found"
    log(run.settings, Kind.erasure, what, noted["persons"], who=noted["by"], why=noted["why"])
    pending.unlink()
    return Erasure(noted["records"], len(noted["persons"]), tuple(lists), tuple(models), proof, tuple(exports), tuple(elsewhere))


def is_pending(home: Path) -> bool:
    """Whether an erasure was cut off after its rows were gone."""
    pending = home / PENDING
    if not pending.exists():
        return False
    is_erased: bool = json.loads(pending.read_text(encoding="utf-8"))["is_erased"]
    return is_erased


def pending_as_of(home: Path) -> date:
    """As of when the derived tables are to be made anew, by the note of an erasure that was cut off."""
    return date.fromisoformat(json.loads((home / PENDING).read_text(encoding="utf-8"))["as_of"])


def search_home(home: Path, words: list[str], landing: Path | None) -> Proof:
    """The proof over HOME. The note of what is searched for is not a trace of it; what agencies sent is theirs to erase, wherever it lies."""
    return search(home, words, skip=(*NOT_SEARCHED, PENDING, *not_of_the_state(home, landing)))


def _rewrite_warehouse(home: Path) -> None:
    with duckdb.connect() as con:
        con.execute("set enable_progress_bar = false")
        rewrite(con, home / FILE)
    (home / f"{FILE}.wal").unlink(missing_ok=True)


def _remove_copies(home: Path, others: tuple[str, ...]) -> None:
    """Every database but the one just published; copies before upgrades; what a restore put aside; what spilled to disk; what a killed run
    had begun to write; queries typed."""
    current = published_file(home)
    (home / HISTORY).unlink(missing_ok=True)
    for file in home.rglob(f"{WRITING}*"):
        if not file.relative_to(home).as_posix().startswith(others):
            file.unlink()
    put_aside = [folder for pattern in PUT_ASIDE for folder in home.glob(pattern)]
    for folder in (home / FOLDER, home / COPIES, home / "spill", *put_aside):
        for file in folder.glob("**/*"):
            if file.is_file() and file != current:
                file.unlink()


def _note_models(home: Path, first_known: str | None, records: int, now: datetime) -> list[str]:
    """Says beside each model that learned while the records were held, how many it saw that are erased since; returns the models."""
    seen = []
    for card in sorted((home / "models").rglob("card.json")):
        trained = json.loads(card.read_text(encoding="utf-8"))
        if first_known and str(trained.get("as_of", "")) >= first_known:
            with (card.parent / "erased_since.jsonl").open("a", encoding="utf-8") as file:
                file.write(json.dumps({"erased_at": f"{now:%Y-%m-%dT%H:%M:%S}", "records": records}) + "\n")
            seen.append(str(card.parent.relative_to(home / "models")))
    return seen


def years_before(day: date, years: int) -> date:
    """The same day so many years before; of 29 February the 28th."""
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - years, day=28 if is_leap_day else day.day)
