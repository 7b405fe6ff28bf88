"""forewarn people: links in doubt, what people decide of them, and why two records were joined or not."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from flows.cli.listing import Listed
from flows.cli.options import Home, a_day
from flows.cli.summary import say
from flows.settings import Settings, read_settings_of

if TYPE_CHECKING:
    from flows.judging import Judged

app = typer.Typer(
    cls=Listed,
    help="Who is who: links in doubt, judgements that two records or people are the same, different or unsure, and why records were joined.",
    no_args_is_help=True,
)
One = Annotated[str, typer.Argument(metavar="A", help="A person's id, or a record: its key, or SOURCE:KEY where several sources have it.")]
Other = Annotated[str, typer.Argument(metavar="B", help="The other.")]
By = Annotated[str, typer.Option(help="Who judges.")]
Why = Annotated[str, typer.Option(help="The reason, so that others understand it later.")]
AsOf = Annotated[
    date | None,
    a_day("The day from which it counts, not before the last night's: for a county of the past.  [default: now]"),
]


@app.command()
def review(
    home: Home = None,
    csv: Annotated[Path | None, typer.Option("--csv", dir_okay=False, help="Write all of it to this .csv or .xlsx, to fill in.")] = None,
    unsure: Annotated[bool, typer.Option("--unsure", help="Also those of whom somebody said that it cannot be told.")] = False,
    most: Annotated[int, typer.Option(min=1, help="How many to show.")] = 20,
) -> None:
    """Lists the pairs of people that the linkage was not sure about, likeliest first."""
    from flows.people_review import export_doubts, look_at_doubts

    settings = read_settings_of(os.environ, home)
    console = Console()
    if csv is not None:
        rows = export_doubts(settings, csv, with_unsure=unsure)
        say(console, f"{rows} pairs of people: {csv.resolve()}. It names people: keep it as safe as HOME.")
        say(console, f"Fill in judgement (same, different, unsure), by and why, then: forewarn people judge {csv}")
        return
    lines, total = look_at_doubts(settings, most, with_unsure=unsure)
    say(console, f"{total} pairs of people in doubt, as last published" + (f"; the first {most}:" if total > most else ":"))
    for line in lines:
        say(console, line)
    say(console, "Decide: forewarn people same|different|unsure A B --by NAME --why TEXT, or in bulk with --csv FILE.")


@app.command()
def same(one: One, other: Other, by: By, why: Why, as_of: AsOf = None, home: Home = None) -> None:  # noqa: PLR0917
    """Judges that two people or records are one person.

    \b
    forewarn people same I00123/1 I00456/2 --by "A. Analyst" --why "same tattoo, same flat"
    """
    _judge("same", (one, other), read_settings_of(os.environ, home), (by, why), as_of)


@app.command()
def different(one: One, other: Other, by: By, why: Why, as_of: AsOf = None, home: Home = None) -> None:  # noqa: PLR0917
    """Judges that they are two people: holds apart the records of the two as they stand.

    \b
    forewarn people different P0123456789ab Pba9876543210 --by "A. Analyst" --why "father and son"
    """
    _judge("different", (one, other), read_settings_of(os.environ, home), (by, why), as_of)


@app.command()
def unsure(one: One, other: Other, by: By, why: Why, as_of: AsOf = None, home: Home = None) -> None:  # noqa: PLR0917
    """Notes that it cannot be told: the pair stays in review, with that note.

    \b
    forewarn people unsure P0123456789ab Pba9876543210 --by "A. Analyst" --why "twins, perhaps"
    """
    _judge("unsure", (one, other), read_settings_of(os.environ, home), (by, why), as_of)


@app.command()
def judge(
    file: Annotated[Path, typer.Argument(metavar="FILE", dir_okay=False, help="What `forewarn people review --csv` wrote, filled in.")],
    as_of: AsOf = None,
    home: Home = None,
) -> None:
    """Takes in a filled-in sheet; giving it again changes nothing. Exit status 1 if a row could not be taken.

    \b
    forewarn people review --csv doubts.xlsx
    forewarn people judge doubts.xlsx
    """
    from flows.databases import warehouse_open
    from flows.judging_sheet import take_in_sheet

    settings = read_settings_of(os.environ, home)
    with warehouse_open(settings, "people") as con:
        account = take_in_sheet(settings, con, file, as_of)
    console = Console()
    say(
        console,
        f"{account.rows} rows: {len(account.judged)} judged, {account.already} judged so already, {account.empty} left empty, "
        f"{len(account.wrong)} wrong",
    )
    if account.replaced:
        say(console, f"Earlier judgements that they take the place of: {', '.join(map(str, sorted(set(account.replaced))))}")
    for warning in account.warnings:
        say(console, f"! {warning}")
    for wrong in account.wrong:
        say(console, f"  {wrong}")
    if account.wrong:
        say(console, "Mend these rows and give the file again: those that were taken are not taken twice.")
        raise typer.Exit(1)


@app.command()
def withdraw(
    number: Annotated[int, typer.Argument(metavar="JUDGEMENT_ID", help="The judgement's number.")],
    by: By,
    why: Why,
    as_of: AsOf = None,
    home: Home = None,
) -> None:
    """Takes a judgement back; both rows stay in the ledger.

    \b
    forewarn people withdraw 12 --by "A. Analyst" --why "another pair was meant"
    """
    from flows.databases import warehouse_open
    from flows.judging import moment, take_back

    settings = read_settings_of(os.environ, home)
    with warehouse_open(settings, "people") as con:
        said = replace(moment(con, as_of), judged_by=by, why=why)
        noted = take_back(settings, con, number, said)
    console = Console()
    say(console, f"Judgement {number} is withdrawn, for nights as of {said.judged_at:%d %B %Y} or later.")
    if noted.restored:
        say(console, f"What it had taken the place of holds again: {', '.join(map(str, noted.restored))}")


@app.command()
def judgements(home: Home = None) -> None:
    """Shows the ledger of judgements."""
    from flows.people_review import ledger

    lines, note = ledger(read_settings_of(os.environ, home))
    console = Console()
    for line in [*lines, *note]:
        say(console, line)


@app.command("why")
def tell_why(
    one: Annotated[str, typer.Argument(metavar="RECORD", help="A record's key, or SOURCE:KEY.")],
    other: Annotated[str, typer.Argument(metavar="RECORD", help="The other's.")],
    picture: Annotated[Path | None, typer.Option(dir_okay=False, help="Draw it to this .svg or .html file.")] = None,
    home: Home = None,
) -> None:
    """Says why two records are one person's or not, comparison by comparison, with the weight of each.

    \b
    forewarn people why I00123/1 I00456/2 --picture why.svg
    """
    from flows.people_why import draw, explain

    if picture is not None and picture.suffix.lower() not in (".svg", ".html"):
        raise typer.BadParameter("give a file that ends in .svg or .html", param_hint="--picture")
    found, lines = explain(read_settings_of(os.environ, home), one, other)
    console = Console()
    for line in lines:
        say(console, line)
    if picture is not None:
        draw(found, picture)
        say(console, f"Drawn: {picture.resolve()}")


def _judge(word: str, sides: tuple[str, str], settings: Settings, said: tuple[str, str], as_of: date | None) -> None:
    from flows.databases import warehouse_open
    from flows.judging import find_sides, judge, last_night, moment

    with warehouse_open(settings, "people") as con:
        spoken = replace(moment(con, as_of), judged_by=said[0], why=said[1])
        judged = judge(settings, con, word, find_sides(con, *sides), spoken)
        last = last_night(con)
    _say_judged(word, judged, last)


def _say_judged(word: str, judged: Judged, last: date | None) -> None:
    console = Console()
    noted = judged.noted
    if not noted.is_new:
        say(console, f"Judgement {noted.judgement_id} says so already: nothing to add.")
        return
    say(console, f"Judgement {noted.judgement_id}: {judged.people[0]} and {judged.people[1]}, {word}. It counts in nights as of "
        f"{judged.counts_from:%d %B %Y} or later.")  # fmt: skip
    if noted.replaced:
        say(console, f"It takes the place of judgement {', '.join(map(str, noted.replaced))}.")
    for warning in judged.warnings:
        say(console, f"! {warning}")
    if last is not None and (judged.counts_from - last).days > 7:
        say(
            console,
            f"! The last night here was as of {last:%d %B %Y}: one as of a day before {judged.counts_from:%d %B %Y} will not know of it.",
        )
    say(console, f"Take it back: forewarn people withdraw {noted.judgement_id} --by NAME --why TEXT")
