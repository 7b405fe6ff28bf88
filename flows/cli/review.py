"""forewarn review: what people decide about pairs, one by one or in bulk."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from flows.cli.listing import Listed
from flows.cli.options import Home, a_day
from flows.cli.summary import say
from flows.settings import Settings, read_settings_of

app = typer.Typer(
    cls=Listed,
    help="Decide about flagged pairs: agree, dismiss, managed, wrong-link, refer, nominate; each by a named person, kept for good, and able to be taken back.",
    no_args_is_help=True,
)
Pair = Annotated[str, typer.Argument(metavar="PAIR", help="The pair's id, or its place on the last list, such as conflict/3.")]
By = Annotated[str, typer.Option(help="Who decides.")]
Note = Annotated[str | None, typer.Option(help="In your words.")]
Until = Annotated[date | None, a_day("The last day that it holds.  [default: no end]")]


PLAIN = {
    "agree": "Agrees with the warning, after a look at the evidence: the pair stays on the list, marked so.",
    "managed": "Says that somebody is already working with the two: the pair stays on the list, marked so.",
    "wrong-link": "Says that the records are of other people: keeps the pair off the list. Part the records with `forewarn people different`.",
}
"""The decisions that need no more than who and, if they like, why and until when."""


def _plain(decision: str) -> Callable[..., None]:
    def decide(pair: Pair, by: By, note: Note = None, until: Until = None, home: Home = None) -> None:
        _decide(decision, pair, home, made_by=by, note=note, until=until)

    return decide


for word, said_of_it in PLAIN.items():
    example = f'\n\n\b\nforewarn review {word} conflict/3 --by "A. Reviewer"'
    app.command(word, help=said_of_it + example)(_plain(word.replace("-", "_")))


@app.command()
def dismiss(  # noqa: PLR0917 - an option each
    pair: Pair,
    by: By,
    reason: Annotated[str, typer.Option(help="One of the reasons that `forewarn review reasons` lists.")],
    note: Note = None,
    until: Until = None,
    home: Home = None,
) -> None:
    """Keeps the pair off the list until something new and worse happens, or the day named.

    \b
    forewarn review dismiss conflict/4 --by "A. Reviewer" --reason one_off --note "a quarrel over a parking place"
    """
    _decide("dismiss", pair, home, made_by=by, reason=reason, note=note, until=until)


@app.command()
def refer(  # noqa: PLR0917 - an option each
    pair: Pair,
    by: By,
    pathway: Annotated[str, typer.Option(help="One of the pathways that `forewarn review reasons` lists.")],
    note: Note = None,
    until: Until = None,
    home: Home = None,
) -> None:
    """Refers the pair to a pathway: it stays on the list, marked so.

    \b
    forewarn review refer conflict/5 --by "A. Reviewer" --pathway mediation --until 2026-12-31
    """
    from alerts.reviews.decision import ReviewRefused

    known = _pathways(read_settings_of(os.environ, home))
    if pathway not in known:
        raise ReviewRefused(f"{pathway}: no such pathway: one of {', '.join(sorted(known))}")
    _decide("refer", pair, home, made_by=by, pathway=pathway, note=note, until=until)


@app.command()
def nominate(  # noqa: PLR0917 - an option each
    one: Annotated[str, typer.Argument(metavar="PERSON", help="A person's id, as in analyst.people.")],
    other: Annotated[str, typer.Argument(metavar="PERSON", help="The other's.")],
    by: By,
    note: Annotated[str, typer.Option(help="Why.")],
    until: Annotated[date, a_day("The last day of the watch.")],
    home: Home = None,
) -> None:
    """Puts two people on watch until a day, whatever their score: they stand apart on each list until then.

    \b
    forewarn review nominate P0123456789ab Pba9876543210 --by "A. Reviewer" --note "seen together" --until 2026-12-31
    """
    from alerts.reviews.decision import Decision, Review
    from flows.clock import now_in_london
    from flows.databases import warehouse_open
    from flows.reviewing import find_people, keep

    settings = read_settings_of(os.environ, home)
    with warehouse_open(settings, "review") as con:
        pair = find_people(con, one, other)
        [number] = keep(settings, con, [Review(pair.pair_id, Decision.nominate, by, now_in_london(), note=note, until=until)])
    say(Console(), f"{number}: {pair.pair_id} is on watch until {until}, from the next night on (analyst.watched_pairs).")


@app.command()
def withdraw(
    review: Annotated[str, typer.Argument(metavar="REVIEW", help="The review's number.")],
    by: By,
    note: Annotated[str, typer.Option(help="Why.")],
    home: Home = None,
) -> None:
    """Takes a review back; both stay in the ledger.

    \b
    forewarn review withdraw R0123456789 --by "A. Reviewer" --note "another pair was meant"
    """
    from flows.databases import warehouse_open
    from flows.reviewing import keep, take_back

    settings = read_settings_of(os.environ, home)
    with warehouse_open(settings, "review") as con:
        keep(settings, con, [take_back(con, review, by, note)])
    say(Console(), f"{review} is taken back, from the next night on.")


@app.command()
def sheet(
    file: Annotated[Path, typer.Argument(metavar="FILE", dir_okay=False, help="Where to write it: .xlsx or .csv.")],
    by: By,
    why: Annotated[str, typer.Option(help="What for.")] = "review of the list",
    home: Home = None,
) -> None:
    """Writes the last list as a workbook or CSV file, with columns to fill in.

    \b
    forewarn review sheet list.xlsx --by "A. Reviewer"
    forewarn review bulk list.xlsx
    """
    from flows.auditing import log
    from flows.databases import warehouse_open
    from flows.review_sheet import write_review_sheet
    from warehouse.audit.entry import Kind

    settings = read_settings_of(os.environ, home)
    with warehouse_open(settings, "review") as con:
        pairs = [
            pair for (pair,) in con.execute("select pair_id from alerts.flag where as_of = (select max(as_of) from alerts.flag)").fetchall()
        ]
        log(settings, Kind.disclosure, f"sheet for review, {len(pairs)} pairs", pairs, who=by, recipient=by, why=why)
        rows = write_review_sheet(con, file)
    say(Console(), f"{rows} pairs: {file.resolve()}. Fill in decision and by, then: forewarn review bulk {file}")


@app.command()
def bulk(
    file: Annotated[Path, typer.Argument(metavar="FILE", dir_okay=False, help="A sheet that `forewarn review sheet` wrote, filled in.")],
    home: Home = None,
) -> None:
    """Takes in a filled-in sheet: every row with a decision, or, when one of them is wrong, none and which. Giving it again adds nothing.

    \b
    forewarn review bulk list.xlsx
    """
    from dataclasses import astuple

    from alerts.reviews.decision import ReviewRefused
    from flows.clock import now_in_london
    from flows.databases import warehouse_open
    from flows.review_sheet import read_review_sheet
    from flows.reviewing import find_pair, keep, not_said_yet

    settings = read_settings_of(os.environ, home)
    with warehouse_open(settings, "review") as con:
        read = read_review_sheet(file, lambda said: astuple(find_pair(con, said)), now_in_london(), frozenset(_pathways(settings)))
        if read.wrong:
            raise ReviewRefused(f"{file}: nothing was taken in, since {len(read.wrong)} rows are wrong:\n  " + "\n  ".join(read.wrong))
        new = not_said_yet(con, read.reviews)
        keep(settings, con, new)
    already = f"{len(read.reviews) - len(new)} taken in before, " if len(new) < len(read.reviews) else ""
    say(Console(), f"{len(new)} reviews taken in, {already}{read.empty} rows without a decision.")


@app.command()
def ledger(home: Home = None) -> None:
    """Lists every review, in the order made, with those taken back."""
    from alerts.reviews.ledger import create_ledger
    from flows.databases import warehouse_open

    with warehouse_open(read_settings_of(os.environ, home), "review") as con:
        create_ledger(con)
        rows = con.execute(
            "select review_id, made_at, made_by, decision, pair_id, coalesce(reason, pathway, withdraws, ''), until from alerts.review order by made_at, review_id"
        ).fetchall()
    console = Console()
    for number, at, by, decision, pair, detail, until in rows:
        say(console, f"{number}  {at:%Y-%m-%d %H:%M}  {decision:<10}  {pair}  {detail}  by {by}" + (f"  until {until}" if until else ""))
    say(console, f"{len(rows)} reviews")


@app.command()
def reasons(home: Home = None) -> None:
    """Lists the decisions, the reasons for a dismissal, and the pathways to refer to, with their meanings."""
    from alerts.reviews.decision import DISMISSALS, MEANINGS

    console = Console()
    for title, codes in (
        ("decisions", {code.value: meaning for code, meaning in MEANINGS.items()}),
        ("reasons of a dismissal", DISMISSALS),
        ("pathways", _pathways(read_settings_of(os.environ, home))),
    ):
        say(console, title)
        for code, meaning in codes.items():
            say(console, f"  {code:<18}{meaning}")


def _pathways(settings: Settings) -> dict[str, str]:
    from alerts.reviews.decision import read_pathways

    return {one.code: one.name for one in read_pathways(settings.pathways)} if settings.pathways else {}


def _decide(decision: str, said: str, home: Path | None, **given: object) -> None:
    from alerts.reviews.decision import STAYS_OFF, Decision, Review
    from flows.clock import now_in_london
    from flows.databases import warehouse_open
    from flows.reviewing import find_pair, keep

    settings = read_settings_of(os.environ, home)
    with warehouse_open(settings, "review") as con:
        pair = find_pair(con, said)
        review = Review(pair.pair_id, Decision(decision), made_at=now_in_london(), **given)  # type: ignore[arg-type]
        [number] = keep(settings, con, [replace(review, list_as_of=pair.list_as_of, score=pair.score)])
        [(seen,)] = con.execute("select evidence_seen from alerts.review where review_id = ?", [number]).fetchall()
    off = "It is off the list from the next night on, until something new and worse happens." if review.decision in STAYS_OFF else ""
    say(Console(), f"{number}: {pair.pair_id}, {decision.replace('_', ' ')}. {off}".rstrip())
    if not seen:
        say(Console(), f'No look at the evidence is logged for {review.made_by}: forewarn pair {pair.pair_id} --by "{review.made_by}"')
