"""forewarn stop and forewarn go: no nights, trainings or lists until somebody says so."""

from __future__ import annotations

import os
from typing import Annotated

import typer
from rich.console import Console

from flows.cli.options import Home
from flows.cli.summary import say
from flows.settings import read_settings_of

By = Annotated[str, typer.Option(help="Who decides it.")]
Why = Annotated[str, typer.Option(help="For what reason; shown to whoever starts a run.")]


def stop(by: By, why: Why, home: Home = None) -> None:
    """Stops: no night, training or weekly list begins until `forewarn go`, and none at work is published. What is published stays.

    \b
    forewarn stop --by "A. Chief" --why "review of the linkage"
    """
    from flows.stop_switch import stop as put_on

    one = put_on(read_settings_of(os.environ, home), by, why)
    say(Console(), f"S{str(one)[1:]}. Nights, trainings and lists end with exit status 1 until `forewarn go`.")


def go(by: By, why: Why, home: Home = None) -> None:
    """Lets nights, trainings and lists begin again.

    \b
    forewarn go --by "A. Chief" --why "review done"
    """
    from flows.stop_switch import go as take_off

    take_off(read_settings_of(os.environ, home), by, why)
    say(Console(), "Runs may begin again; the next night takes in all that came meanwhile.")


def register(app: typer.Typer) -> None:
    """Adds these commands to the forewarn command."""
    for command in (stop, go):
        app.command()(command)
