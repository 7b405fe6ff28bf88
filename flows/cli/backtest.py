"""forewarn backtest: the stages in order, with progress, then the verdict and a short table."""

from __future__ import annotations

import json
import os
from datetime import date
from typing import Any

from rich.console import Console

from flows.backtest_stages import begin_backtest, stages
from flows.cli.progress import run_stages
from flows.cli.summary import say
from flows.notify import telling
from flows.run import Run
from flows.settings import Settings

COLUMNS = (
    ("precision", "precision", 100),
    ("recall", "recall", 100),
    ("onset_precision", "onset prec.", 100),
    ("average_precision", "avg. prec.", 100),
)


def run_backtest(settings: Settings, first: date, last: date) -> None:
    """Runs the backtest here, or, where PREFECT_API_URL names a server, as a Prefect flow that the server sees."""
    if os.environ.get("PREFECT_API_URL"):
        os.environ.setdefault("DO_NOT_TRACK", "1")
        from flows.backtest import backtest

        backtest(first, last, settings.landing, settings.home)
        return
    with telling(settings, "backtest", last), begin_backtest(first, last, settings) as run:
        run_stages(stages(first), run, Console(stderr=True))
        say_backtest(run, Console())


def say_backtest(run: Run, console: Console) -> None:
    """The verdict, each scorer's figures in percent with intervals, and where the report is."""
    content: dict[str, Any] = json.loads(run.made[-1].read_text(encoding="utf-8"))
    for sentence in ("", content["verdict"]["headline"], *content["verdict"]["sentences"], *content["then_links"]["sentences"], ""):
        say(console, sentence)
    say(console, f"{'':<34}" + "".join(f"{heading:>21}" for _, heading, _ in COLUMNS))
    for scorer, found in content["measures"].items():
        say(
            console, f"{content['about']['said'][scorer]:<34}" + "".join(f"{_figure(found[name], times):>21}" for name, _, times in COLUMNS)
        )
    for notice in run.notices:
        say(console, f"! {notice}")
    for made in run.made:
        say(console, f"  {made}")


def _figure(figure: dict[str, float | None], times: int) -> str:
    if figure["value"] is None or figure["low"] is None or figure["high"] is None:
        return "–"
    return f"{times * figure['value']:.1f} ({times * figure['low']:.1f}–{times * figure['high']:.1f})"
