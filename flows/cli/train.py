"""forewarn train: the stages in order, with progress, then what was trained and what happens to it."""

from __future__ import annotations

import json
import os
from datetime import date
from typing import Any

from rich.console import Console

from flows.cli.progress import run_stages
from flows.cli.summary import say
from flows.notify import telling
from flows.run import Run, begin_run
from flows.settings import Settings
from flows.train_stages import REPORT, TRAIN


def run_train(settings: Settings, as_of: date) -> None:
    """Trains here, or, where PREFECT_API_URL names a server, as a Prefect flow that the server sees."""
    if os.environ.get("PREFECT_API_URL"):
        os.environ.setdefault("DO_NOT_TRACK", "1")
        from flows.train import train

        train(settings.home, as_of)
        return
    with telling(settings, "train", as_of), begin_run("train", as_of, settings) as run:
        run_stages(TRAIN, run, Console(stderr=True))
        say_train(run, Console())


def say_train(run: Run, console: Console) -> None:
    """Each model: what it is, how it did on weeks not learned from, where to read more, and how it comes into use."""
    from models.registry import read_card

    for folder in run.made:
        card = read_card(folder.parent, folder.name)
        say(console, f"\n{card['id']}: {card['scorer']}, {card['meaning']}")
        say(console, f"  {card['note']}")
        say(console, f"  {card['calibration']['note']}")
        if (folder / REPORT).exists():
            content: dict[str, Any] = json.loads((folder / REPORT).read_text(encoding="utf-8"))
            for sentence in (content["verdict"]["headline"], *content["verdict"]["sentences"]):
                say(console, f"  {sentence}")
            say(console, f"  report: {folder / 'report.html'}")
            say(console, f"  how it falls on groups of people: {folder / 'fairness.md'}")
        say(console, f"  card:   {folder / 'card.md'}")
    say(console, "")
    for notice in run.notices:
        say(console, f"! {notice}")
    if run.settings.promotion == "automatic":
        say(
            console,
            "Nothing is published. The next night of this month uses them by rule, unless a person's choice stands (forewarn models list).",
        )
    else:
        say(console, "Nothing is published, and nothing is in use before a person says so: forewarn models promote ID --by NAME --why TEXT")
