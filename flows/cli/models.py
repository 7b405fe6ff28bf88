"""forewarn models: which there are, their cards, a person's choice among them, and a sample of labels to read."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from flows.cli.listing import Listed
from flows.cli.options import Home
from flows.cli.summary import say
from flows.settings import read_settings_of

app = typer.Typer(
    cls=Listed, help="The models: list them, read their cards, promote one or go back, and draw labels to check.", no_args_is_help=True
)


class Lane(StrEnum):
    """The two lists."""

    conflict = "conflict"
    domestic = "domestic"


ModelId = Annotated[str, typer.Argument(metavar="ID", help="As `forewarn models list` names it.")]
By = Annotated[str, typer.Option(metavar="NAME", help="Who decides.")]
Why = Annotated[str, typer.Option(metavar="TEXT", help="Why; kept with the model.")]
Out = Annotated[Path | None, typer.Option(metavar="FILE", help="Write it there instead.", dir_okay=False)]
OfLane = Annotated[Lane, typer.Option(help="Which list.")]
FROM_THE_NEXT_NIGHT = "What is published stays as it is; the next night scores so."


@app.command("list")
def list_models(home: Home = None) -> None:
    """Every model with its state: candidate, in use or retired."""
    from flows.registered_models import registered

    settings = read_settings_of(os.environ, home)
    console, found = Console(), registered(settings.home)
    if not found:
        say(console, f"No model is registered in {settings.home}: forewarn nightly and forewarn train make them.")
    for one in found:
        precision = "" if one.precision is None else f"precision at the list's size {one.precision:.3f}"
        by = f", by {one.by}" if one.by else ""
        say(console, f"{one.model_id:<24}{one.state:<11}{one.scorer:<24}{precision}{by}")
        if one.why_unusable:
            say(console, f"{'':<24}cannot score: {one.why_unusable}")
    if settings.promotion == "by_hand":
        say(console, "By hand: a candidate waits until a person promotes it.")
    for lane in Lane:
        mine = [one for one in found if one.lane == lane]
        used = [at for at, one in enumerate(mine) if one.state == "in use"]
        if used and used[-1] < len(mine) - 1:
            say(console, f"{mine[-1].model_id} is later than {mine[used[-1]].model_id}, which is in use.")


@app.command()
def show(
    model: ModelId,
    home: Home = None,
    out: Out = None,
) -> None:
    """A model's card in Markdown: what it rests on, how it did, who put it in use, and what has been seen of it since.

    \b
    forewarn models show conflict-2026-08-31 --out card.md
    """
    from models.card import card_text

    _give(card_text(read_settings_of(os.environ, home).home / "models", model), out, f"The card of {model}")


@app.command()
def transparency(
    model: ModelId,
    home: Home = None,
    out: Out = None,
) -> None:
    """A draft transparency record (Algorithmic Transparency Recording Standard v3) from the model that it describes.

    \b
    forewarn models transparency conflict-2026-08-31 --out record.md
    """
    from models.transparency import record_text

    _give(record_text(read_settings_of(os.environ, home).home / "models", model), out, f"The draft record of {model}")


def _give(text: str, out: Path | None, what: str) -> None:
    """Shows a text, or writes it."""
    if out is None:
        typer.echo(text)
    else:
        out.write_text(text, encoding="utf-8")
        say(Console(), f"{what}: {out}")


@app.command()
def promote(model: ModelId, by: By, why: Why, home: Home = None) -> None:
    """Puts a model in use: it stays so, whatever the gate says later, until another decision or a release.

    \b
    forewarn models promote conflict-2026-08-31 --by "A. Chief" --why "won at the gate, looked at by the group"
    """
    from flows.registered_models import promote as put_in_use

    before = put_in_use(read_settings_of(os.environ, home), model, by, why)
    say(Console(), f"{model} is in use, in place of {before}. {FROM_THE_NEXT_NIGHT}")


@app.command()
def back(by: By, why: Why, lane: OfLane = Lane.conflict, home: Home = None) -> None:
    """Puts the model before the one in use in use again.

    \b
    forewarn models back --by "A. Chief" --why "scores drifted"
    """
    from flows.registered_models import back as go_back

    model, before = go_back(read_settings_of(os.environ, home), lane.value, by, why)
    say(Console(), f"{model} is in use again, in place of {before}. {FROM_THE_NEXT_NIGHT}")


@app.command()
def release(by: By, why: Why, lane: OfLane = Lane.conflict, home: Home = None) -> None:
    """Takes a person's choice back: where promotion is automatic, the gate decides again; by hand, the model stays in use.

    \b
    forewarn models release --by "A. Chief" --why "trial over"
    """
    from flows.registered_models import release as let_go

    model = let_go(read_settings_of(os.environ, home), lane.value, by, why)
    say(Console(), f"The choice of {model} no longer stands. {FROM_THE_NEXT_NIGHT}")


@app.command("sample-labels")
def sample_labels(
    out: Annotated[Path, typer.Option(metavar="FILE", help="A .csv or .xlsx file to write.", dir_okay=False)],
    n: Annotated[int, typer.Option("--n", min=3, help="How many pair-weeks.")] = 45,
    seed: Annotated[int, typer.Option(help="Another seed draws others.")] = 1,
    lane: OfLane = Lane.conflict,
    home: Home = None,
) -> None:
    """Draws labelled pair-weeks for people to read: serious ones, near misses and none of either, with the events behind each.

    \b
    forewarn models sample-labels --out labels.xlsx
    """
    from flows.label_sheet import write_sample
    from flows.registered_models import draw_labels

    sample, definition = draw_labels(read_settings_of(os.environ, home), n, seed, lane.value)
    write_sample(sample, definition, out)
    counts = ", ".join(f"{stratum} {count}" for stratum, count in sample["stratum"].value_counts(sort=True).iter_rows())
    say(Console(), f"{sample.height} labels to read ({counts}): {out}")
    say(Console(), definition)
