"""forewarn audit: the access and disclosure log, verified, summed up, searched for who was told, and written out for a regulator."""

from __future__ import annotations

import json
import os
from collections import Counter
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from flows.auditing import audit_key, log
from flows.cli.listing import Listed
from flows.cli.options import Home, a_day
from flows.cli.summary import say
from flows.settings import Settings, read_settings_of
from warehouse.audit.chain import Sealed, read, verify
from warehouse.audit.entry import Kind, as_text
from warehouse.private_files import write_privately

app = typer.Typer(
    cls=Listed,
    help="The access and disclosure log: verify it, sum it up, see who was told of whom, write it out for a regulator.",
    no_args_is_help=True,
)
From = Annotated[date | None, a_day("First day.  [default: all]", "--from")]
To = Annotated[date | None, a_day("Last day.  [default: all]", "--to")]


@app.command("verify")
def verify_log(
    home: Home = None,
    anchor: Annotated[str | None, typer.Option(help="A seal noted at an earlier time, which must be in the log.")] = None,
) -> None:
    """Reads the whole chain: exit 0 if nothing was changed, moved, cut off or written anew; 1, with where, if it was."""
    settings = read_settings_of(os.environ, home)
    head = verify(settings.home, audit_key(settings), anchor)
    console = Console()
    say(console, f"{head.entries} entries, none changed. The last seal: {head.seal}")
    say(console, "Note it elsewhere: `forewarn audit verify --anchor SEAL` then shows that the log was not written anew.")
    if settings.audit_key_file is None:
        say(console, "Sealed without a key: whoever may write the log could write it anew. Set FOREWARN_AUDIT_KEY_FILE.")


@app.command()
def report(home: Home = None, first: From = None, last: To = None) -> None:
    """Counts the entries by kind, by who and by recipient."""
    kept = _between(read_settings_of(os.environ, home), first, last)
    console = Console()
    say(console, f"{len(kept)} entries" + (f", {kept[0].entry.at:%d %B %Y} to {kept[-1].entry.at:%d %B %Y}" if kept else ""))
    for title, counted in (
        ("kind", Counter(one.entry.kind.value for one in kept)),
        ("by", Counter(one.entry.who for one in kept)),
        ("disclosed to", Counter(one.entry.recipient for one in kept if one.entry.recipient)),
    ):
        say(console, f"\n{title}")
        for name, count in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])):
            say(console, f"  {name:<40}{count:>8,}")


@app.command()
def told(
    subject: Annotated[str, typer.Argument(metavar="ID", help="The id of a person, pair, record or file.")],
    home: Home = None,
    first: From = None,
    last: To = None,
) -> None:
    """Says who was told of a person, pair or record, when: whom to tell of a correction.

    \b
    forewarn audit told P0123456789ab
    """
    kept = _between(read_settings_of(os.environ, home), first, last)
    found = [one for one in kept if one.entry.kind is Kind.disclosure and _shows(one, subject)]
    console = Console()
    say(console, f"{len(found)} disclosures showed {subject}")
    for one in found:
        say(
            console,
            f"  {one.entry.at:%Y-%m-%d %H:%M}  to {one.entry.recipient}, by {one.entry.who}: {one.entry.what}  (entry {one.number})",
        )


@app.command()
def export(  # noqa: PLR0917 - an option each
    file: Annotated[Path, typer.Argument(metavar="FILE", dir_okay=False, help="Where to write: one entry a line, as JSON with its seal.")],
    recipient: Annotated[str, typer.Option("--recipient", help="Who it is for.")],
    why: Annotated[str, typer.Option(help="On what request.")],
    home: Home = None,
    first: From = None,
    last: To = None,
) -> None:
    """Writes the log out for a regulator, and logs that.

    \b
    forewarn audit export log.jsonl --recipient "the Commissioner" --why "case 12"
    """
    settings = read_settings_of(os.environ, home)
    kept = _between(settings, first, last)
    log(settings, Kind.disclosure, f"access and disclosure log, {len(kept)} entries", recipient=recipient, why=why)
    lines = "".join(json.dumps({"number": one.number, "seal": one.seal, "entry": json.loads(as_text(one.entry))}) + "\n" for one in kept)
    write_privately(file, lines)
    say(Console(), f"{len(kept)} entries: {file.resolve()}")


@app.command()
def fairness(
    home: Home = None,
    day: Annotated[
        date | None,
        a_day("Judged by what was known then.  [default: today]", "--as-of"),
    ] = None,
    by: Annotated[str | None, typer.Option("--by", help="Who asks.  [default: the user of this machine]")] = None,
) -> None:
    """How the lists as they were published fell on groups of people: the last 13 whose outcomes were known; each quarter's training writes it too."""
    from flows.clock import today
    from flows.fairness_audit import audit_lists
    from flows.run import begin_run

    settings, day = read_settings_of(os.environ, home), day or today()
    with begin_run("audit", day, settings) as run:
        pages = audit_lists(run, day, day.isoformat())
    log(settings, Kind.consultation, f"fairness report as of {day}, {len(pages)} pages", who=by, why="fairness audit")
    for page in pages:
        say(Console(), str(page))
    if not pages:
        say(Console(), "Nothing new: it is written already, or no published list is old enough for its outcomes to be known.")


def _shows(one: Sealed, subject: str) -> bool:
    """Whether an entry names a subject, or a pair that they are one of."""
    return any(subject == told or subject in told.split("-") for told in one.entry.subjects)


def _between(settings: Settings, first: date | None, last: date | None) -> list[Sealed]:
    begin = datetime.combine(first, time.min) if first else datetime.min
    end = datetime.combine(last + timedelta(days=1), time.min) if last else datetime.max
    return [one for one in read(settings.home, audit_key(settings)) if begin <= one.entry.at < end]
