"""The forewarn command: what can be asked, in words. The work is elsewhere, imported when asked for."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from flows.cli import access, audit, export, pair, people, person, retention, review, stopping, upkeep
from flows.cli.listing import TopLevel
from flows.cli.models import app as models
from flows.cli.options import Home, Landing, a_day
from flows.clock import today
from flows.failure import is_panic, tell
from flows.settings import Settings, read_settings_of


class World(StrEnum):
    """The worlds of synth/worlds.py, named here so that help answers at once."""

    town = "town"
    flat = "flat"
    gangs = "gangs"


app = typer.Typer(
    name="forewarn",
    cls=TopLevel,
    help="Early warning of escalating conflict between people: takes in extracts by night, lists the pairs to look at first by week.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

app.add_typer(audit.app, name="audit")
app.add_typer(review.app, name="review")
app.add_typer(people.app, name="people")
app.add_typer(retention.app, name="retention")
upkeep.register(app)
app.command()(pair.pair)
app.command()(person.person)
app.command()(export.export)
app.command()(access.access)
stopping.register(app)
app.add_typer(models, name="models")

AsOf = Annotated[
    date | None,
    a_day("Use only what was known by the end of this date.  [default: today]"),
]


@app.command()
def demo(
    home: Home = None,
    people: Annotated[int, typer.Option(min=200, help="How many people live there.")] = 20_000,
    years: Annotated[int, typer.Option(min=1, help="How many years of history.")] = 3,
) -> None:
    """Makes a synthetic county, runs nightly and weekly on it, and says where to look.

    \b
    forewarn demo --people 4000 --years 2
    """
    from flows.cli.demo import run_demo

    run_demo(read_settings_of(os.environ, home), people, years)


@app.command()
def nightly(
    landing: Landing = None,
    home: Home = None,
    as_of: AsOf = None,
    relink: Annotated[bool, typer.Option("--relink", help="Compare and group all records anew, not only what is new or changed.")] = False,
) -> None:
    """Takes in what is new in the landing folder, works out who is who and which pairs to look at, and publishes HOME/forewarn.duckdb.

    \b
    forewarn nightly --landing /srv/landing --home /srv/forewarn
    """
    from flows.cli.nightly import run_nightly

    settings = _settings_with_landing(home, landing)
    run_nightly(replace(settings, relink=relink or settings.relink), as_of or today())


@app.command()
def weekly(
    home: Home = None,
    as_of: AsOf = None,
    profile: Annotated[str, typer.Option(metavar="NAME", help="For whom, by config/profiles.toml.")] = "tactical_group",
    replay: Annotated[
        date | None,
        a_day("Make the list of this date again from its record, and say whether that is what was issued; nothing new is issued."),
    ] = None,
) -> None:
    """Writes the tactical group's list for the week under HOME/alerts/, from the published database; with --profile, also what another may see of it.

    \b
    forewarn weekly --home /srv/forewarn
    forewarn weekly --profile youth_justice
    """
    if replay:
        from flows.cli.replay import run_replay

        run_replay(read_settings_of(os.environ, home), replay)
        return
    from flows.cli.weekly import run_weekly

    run_weekly(read_settings_of(os.environ, home), as_of or today(), profile)


@app.command()
def train(home: Home = None, as_of: AsOf = None) -> None:
    """Trains, judges and registers the month's models on what the last night knew; publishes nothing."""
    from flows.cli.train import run_train

    run_train(read_settings_of(os.environ, home), as_of or today())


@app.command()
def backtest(
    landing: Landing = None,
    home: Home = None,
    first: Annotated[
        date,
        a_day("The first Sunday replayed is this day or the next one.", "--from"),
    ] = ...,  # type: ignore[assignment]
    last: Annotated[
        date,
        a_day("The last day replayed; outcomes are judged as known then.", "--to"),
    ] = ...,  # type: ignore[assignment]
) -> None:
    """Replays past weeks as they were known then, and reports how early and how well it would have warned.

    \b
    forewarn backtest --landing /srv/landing --from 2025-09-01 --to 2026-08-31
    """
    from flows.cli.backtest import run_backtest

    settings = _settings_with_landing(home, landing)
    if last < first:
        raise typer.BadParameter(f"{last} is before {first}", param_hint="--to")
    run_backtest(settings, first, last)


def _settings_with_landing(home: Path | None, landing: Path | None) -> Settings:
    settings = read_settings_of(os.environ, home)
    settings = replace(settings, landing=landing or settings.landing)
    if settings.landing is None or not settings.landing.is_dir():
        raise typer.BadParameter("give the folder with the extracts, as --landing DIR or FOREWARN_LANDING", param_hint="--landing")
    return settings


@app.command()
def synth(  # noqa: PLR0917 - an option each
    folder: Annotated[Path, typer.Argument(metavar="DIR", file_okay=False, help="Where to write the extracts, and the truth about them.")],
    people: Annotated[int, typer.Option(min=200, help="How many people live there.")] = 20_000,
    years: Annotated[int, typer.Option(min=1, help="How many years of history.")] = 3,
    seed: Annotated[int, typer.Option(help="The same seed makes the same county.")] = 1,
    weeks: Annotated[int, typer.Option(min=0, help="How many weekly deliveries to write after the history.")] = 0,
    world: Annotated[
        World, typer.Option(help="How conflict goes: flat is without escalation before violence, in gangs groups fight.")
    ] = World.town,
) -> None:
    """Writes a synthetic county's extracts, and the truth about it beside them.

    \b
    forewarn synth county --people 4000 --years 2 --seed 7
    """
    from flows.cli.synth import make

    make(folder, people, years, seed, weeks=weeks, world=world.value)


def main() -> None:
    """Runs the command; a failure is one clear message and exit status 1, a usage error 2."""
    os.umask(0o077)  # whatever any command writes is its user's alone
    try:
        app()
    except KeyboardInterrupt:
        _fail("Stopped. What was published last is untouched.")
    except BaseException as error:
        if not isinstance(error, Exception) and not is_panic(error):
            raise
        _fail(tell(error))


def _fail(message: str) -> None:
    sys.stderr.write(f"forewarn: {message}\n")
    sys.exit(1)
