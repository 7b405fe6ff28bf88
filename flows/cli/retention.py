"""forewarn retention: review dates, legal holds, erasure by review or on order, and the proof of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from flows.cli.listing import Listed
from flows.cli.options import Home, a_day
from flows.cli.summary import say
from flows.settings import read_settings_of

if TYPE_CHECKING:
    from flows.erasure import Erasure
    from flows.run import Run
    from warehouse.retention.targets import Targets

app = typer.Typer(
    cls=Listed, help="Erase: review dates, legal holds, erasure by review or on order, and the proof of it.", no_args_is_help=True
)
By = Annotated[str, typer.Option(help="Who asks for it.")]
Why = Annotated[str, typer.Option(help="The order's number, or the reason.")]
AsOf = Annotated[date | None, a_day("As things stood on this day.  [default: today]")]
Source = Annotated[str, typer.Argument(metavar="SOURCE", help="incident, incident_party, intelligence, intelligence_subject or exclusion.")]
RecordId = Annotated[str, typer.Argument(metavar="RECORD", help="The record's key, its parts joined by /.")]


@app.command()
def due(home: Home = None, as_of: AsOf = None) -> None:
    """Says what is due for erasure by its review date; erases nothing."""
    from flows.clock import today
    from warehouse.retention import targets

    with _begun(home, as_of or today()) as run:
        without = _review_dates(run)
        found = targets.due(run.warehouse(), as_of or today())
        console = Console()
        say(console, f"{len(found.records)} records are due, with their parts:")
        for source in sorted({source for source, _ in found.records}):
            say(console, f"  {source:<22}{sum(one == source for one, _ in found.records):>10,}")
        if without:
            say(console, f"No rule fits {without:,} records: they are kept. See FOREWARN_RETENTION.")


@app.command()
def run(home: Home = None, as_of: AsOf = None) -> None:
    """Erases what is due and not held, with all that was made of it, and proves it; finishes an erasure that was cut off."""
    from flows.clock import today
    from flows.notify import telling
    from flows.retaining import erase_due

    with telling(read_settings_of(os.environ, home), "retention", as_of or today()), _begun(home, as_of or today()) as begun:
        done = erase_due(begun, as_of or today(), _tell)
    for one in done:
        _say_erased(one)
    say(Console(), "Nothing more is due." if done else "Nothing is due.")


@app.command("erase-person")
def erase_person(
    people: Annotated[list[str], typer.Argument(metavar="PERSON...", help="The ids of one or more people.")],
    by: By,
    why: Why,
    home: Home = None,
) -> None:
    """Erases all records of people, their names in texts that stay, and all that was made of them.

    \b
    forewarn retention erase-person P0123456789ab --by "D. Officer" --why "order 7"
    """
    from warehouse.retention import targets

    def found(begun: Run) -> Targets:
        each = [targets.of_person(begun.warehouse(), person) for person in people]
        words: dict[tuple[str, str], tuple[str, ...]] = {}
        for one in each:
            for record, names in one.words.items():
                words[record] = (*words.get(record, ()), *names)
        records, persons = (frozenset().union(*(getattr(one, name) for one in each)) for name in ("records", "persons"))
        return targets.Targets(records, persons, words)

    _erase(home, by, why, found)


@app.command("erase-record")
def erase_record(source: Source, record: RecordId, by: By, why: Why, home: Home = None) -> None:
    """Erases one record, with its parties or subjects, and all that was made of it.

    \b
    forewarn retention erase-record incident I00123 --by "D. Officer" --why "order 8"
    """
    from warehouse.retention import targets

    _erase(home, by, why, lambda begun: targets.of_record(begun.warehouse(), source, record))


@app.command()
def hold(source: Source, record: RecordId, by: By, why: Why, home: Home = None) -> None:
    """Holds a record: no review date and no order erases it until the hold is lifted.

    \b
    forewarn retention hold incident I00123 --by "A. Lawyer" --why "trial in October"
    """
    from flows.auditing import log
    from warehouse.audit.entry import Kind
    from warehouse.retention import holds, targets

    with _begun(home) as begun:
        found = targets.of_record(begun.warehouse(), source, record)
        number = holds.place(begun.warehouse(), sorted(found.records), by=by, why=why, at=begun.now)
        held = [] if source == "exclusion" else [record]  # its key holds the pupil's number, which stands in no log
        log(
            begun.settings,
            Kind.alteration,
            f"legal hold {number} on {len(found.records)} records",
            [f"hold:{number}", *held],
            who=by,
            why=why,
        )
    say(Console(), f"hold {number}: {len(found.records)} records")


@app.command()
def lift(
    number: Annotated[int, typer.Argument(metavar="HOLD", help="The hold's number, as `forewarn retention holds` shows it.")],
    by: By,
    why: Why,
    home: Home = None,
) -> None:
    """Lifts a hold: review dates and orders count again for its records.

    \b
    forewarn retention lift 1 --by "A. Lawyer" --why "trial over"
    """
    from flows.auditing import log
    from warehouse.audit.entry import Kind
    from warehouse.retention import holds

    with _begun(home) as begun:
        holds.lift(begun.warehouse(), number, by=by, why=why, at=begun.now)
        log(begun.settings, Kind.alteration, f"legal hold {number} was lifted", [f"hold:{number}"], who=by, why=why)
    say(Console(), f"hold {number} is lifted")


@app.command("holds")
def list_holds(home: Home = None) -> None:
    """Lists the holds that stand, with who asked for each and why."""
    from warehouse.retention import holds

    console = Console()
    with _begun(home) as begun:
        for one in holds.standing(begun.warehouse()):
            say(console, f"hold {one.hold_id}  {one.source} {one.record_id}  by {one.by} on {one.at:%Y-%m-%d}: {one.why}")


@contextmanager
def _begun(home: Path | None, as_of: date | None = None) -> Iterator[Run]:
    from flows.retaining import begun

    with begun(read_settings_of(os.environ, home), as_of) as run:
        yield run


def _review_dates(run: Run) -> int:
    from flows.retaining import set_dates

    return set_dates(run)


def _erase(home: Path | None, by: str, why: str, find: object) -> None:
    from flows.erasure import Order, erase_everywhere, finish, is_pending

    with _begun(home) as begun:
        if is_pending(begun.home):
            _say_erased(finish(begun, _tell))
        _say_erased(erase_everywhere(begun, find(begun), Order(by, why), _tell))  # type: ignore[operator]


def _tell(said: str) -> None:
    say(Console(stderr=True), f"  {said}")


def _say_erased(done: Erasure) -> None:
    console = Console()
    say(console, f"Erased: {done.records} records, {done.persons} persons.")
    say(
        console,
        f"Searched {done.proof.files} files, {done.proof.columns} columns of {done.proof.databases} databases for {done.proof.needles} "
        "keys, names and numbers: nothing found.",
    )
    if done.lists:
        say(
            console,
            f"Lists removed, as they showed what was erased or were too old: {', '.join(done.lists)}. Tell those who had them: forewarn audit told",
        )
    if done.exports:
        say(console, f"Exported files removed: {', '.join(done.exports)}.")
    if done.exports_elsewhere:
        say(
            console,
            f"Exported files that showed it and are no longer as exported; find and destroy them: {', '.join(done.exports_elsewhere)}.",
        )
    if done.models:
        say(console, f"Models that had learned from it: {', '.join(done.models)}. They hold sums, no records.")
    say(console, "Not searched, and so yours to see to: the agencies' files in the landing folder, and backups.")
