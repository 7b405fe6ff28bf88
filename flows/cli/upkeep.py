"""Commands of whoever looks after an installation: rollback, backup, restore, deliveries, doctor, sql."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from flows.cli.options import Home
from flows.cli.summary import say
from flows.settings import read_settings_of


class Form(StrEnum):
    """The forms of flows/sql_session.py, named here so that help answers at once."""

    table = "table"
    csv = "csv"
    json = "json"


def register(app: typer.Typer) -> None:
    """Adds these commands to the forewarn command."""
    for command in (rollback, backup, restore, deliveries, doctor, sql):
        app.command()(command)


def rollback(
    home: Home = None,
    to: Annotated[str | None, typer.Option(metavar="RUN", help="The run to go back to.  [default: the one before]")] = None,
) -> None:
    """Publishes an earlier database again, of those that are kept; the next night publishes anew."""
    from flows.auditing import log_rollback
    from flows.clock import now_in_london
    from flows.home import prepare_home
    from flows.lock import only_run
    from warehouse.generations import generations, roll_back

    settings = read_settings_of(os.environ, home)
    place = prepare_home(settings.home)
    with only_run(place, "rollback", now_in_london()):
        chosen = roll_back(place, to)
        log_rollback(settings, chosen.run_id, str(chosen.as_of))
        console = Console()
        say(console, f"Published again: run {chosen.run_id}, as of {chosen.as_of}, made {chosen.published_at:%Y-%m-%d %H:%M}")
        for one in generations(place):
            say(console, f"  {'->' if one.is_published else '  '} {one.run_id}  as of {one.as_of}")


def backup(
    place: Annotated[Path, typer.Argument(metavar="DIR|FILE", help="A folder, or the file to write; not in HOME.")], home: Home = None
) -> None:
    """Writes everything that HOME keeps to one file, with hashes; waits for a run that is at work.

    \b
    forewarn backup /mnt/backups
    """
    from flows.auditing import log_backup
    from flows.backup import back_up

    settings = read_settings_of(os.environ, home)
    file = back_up(settings, place)
    log_backup(settings, file)
    console = Console()
    say(console, f"Backed up to {file} ({file.stat().st_size / 1e6:,.1f} MB). It holds everything received: keep it as safe as HOME.")
    say(console, f"Try it: forewarn restore {file} --home SOME_EMPTY_FOLDER")


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What forewarn backup wrote.")],
    home: Home = None,
    replace: Annotated[bool, typer.Option("--replace", help="HOME's present state is put aside and the backup takes its place.")] = False,
) -> None:
    """Makes HOME what it was at a backup, after checking every file's hash.

    \b
    forewarn restore /mnt/backups/FILE --home an_empty_folder
    """
    from flows.auditing import log_restore
    from flows.restore import restore as put_back

    settings = read_settings_of(os.environ, home)
    place = settings.home
    done = put_back(file, place, replace=replace)
    log_restore(settings, done.made_at, done.replaced)
    console = Console()
    say(console, f"{done.files} files as they were on {done.made_at.replace('T', ' at ')}; published: {done.published or 'nothing'}")
    if done.replaced is not None:
        say(console, f"What was there before is in {done.replaced}. It is erased by no run: delete it when it is not needed.")
    say(console, f"The configuration of then, to compare with yours: {place / 'restored_config'}")


def deliveries(home: Home = None) -> None:
    """Shows what was expected from whom, what came, and what waits in the landing folder."""
    from flows.cli.deliveries import say_deliveries

    say_deliveries(read_settings_of(os.environ, home))


def doctor(
    home: Home = None,
    tell: Annotated[bool, typer.Option("--notify", help="Tell whom the settings name when something is to be mended.")] = False,
) -> None:
    """Checks an installation and says how to mend what is wrong; exit status 1 when something is."""
    from flows.cli.doctor import run_doctor

    if not run_doctor(read_settings_of(os.environ, home), tell_somebody=tell):
        raise typer.Exit(1)


def sql(  # noqa: PLR0917 - an option each
    home: Home = None,
    query: Annotated[str | None, typer.Option("-c", "--command", metavar="QUERY", help="One query; without it, a prompt.")] = None,
    why: Annotated[str | None, typer.Option(help="Why you look; goes to the access log.")] = None,
    by: Annotated[str | None, typer.Option(help="Who looks, as in your reviews.  [default: the user of this machine]")] = None,
    form: Annotated[Form, typer.Option("--format", help="How answers are written.")] = Form.table,
    editor: Annotated[bool, typer.Option("--editor", help="Open harlequin, a full-screen editor, where it is installed.")] = False,
) -> None:
    """Asks the published database, in a session that can read it and nothing else.

    \b
    forewarn sql --why "weekly review"
    forewarn sql -c "select rank, score, reasons from flagged_pairs where lane = 'conflict'"
    """
    settings = read_settings_of(os.environ, home)
    if editor:
        from flows.sql_editor import open_editor

        raise typer.Exit(open_editor(settings, by=by, why=why))
    from flows import sql_session
    from flows.cli.sql import run_sql

    run_sql(settings, query, why, sql_session.Form(form.value), by)
