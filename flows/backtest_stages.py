"""A backtest as an ordered list of stages: the first of a night, on a warehouse of its own, then the replay and its report.

It works from nothing but the landing folder in HOME/backtest/<from>_<to>/, so that it neither needs nor disturbs what HOME holds.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path

from flows.backtest_links import link_last_month, link_months, linked_months, linked_today, take_over_erasures, take_over_judgements
from flows.clock import new_run_id, now_in_london
from flows.home import prepare_home
from flows.lock import only_run
from flows.memory import refuse_too_little_memory
from flows.run import Run
from flows.settings import Settings
from flows.stage import Counts, Stage
from flows.stages import NIGHTLY

SHARED = (("take in", "settle versions"), ("open the gate", "resolve people"), ("pair up",))
"""The stages that a night has too, with those of a backtest between them."""
WORKING = ("warehouse.duckdb", "warehouse.duckdb.wal")


def folder_of(home: Path, first: date, last: date) -> Path:
    """Where the report of a period is."""
    return home / "backtest" / f"{first}_{last}"


@contextmanager
def begin_backtest(first: date, last: date, settings: Settings) -> Iterator[Run]:
    """A run in the period's own folder, under the lock of HOME. Its warehouse is deleted when it ends. Raises HomeUnusable, RunInProgress,
    TooLittleMemory."""
    refuse_too_little_memory()
    home = prepare_home(settings.home)
    now = now_in_london()
    with only_run(home, "backtest", now):
        folder = folder_of(home, first, last)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _clear(folder)
        run = Run("backtest", folder, last, settings, now, new_run_id(), settings.landing and settings.landing.resolve())
        try:
            yield run
        finally:
            run.close()
            _clear(folder)


def stages(first: date) -> tuple[Stage, ...]:
    """The stages of a backtest that begins on `first`."""
    night = {stage.name: stage for stage in NIGHTLY}
    received, resolved, paired = (tuple(night[name] for name in names) for names in SHARED)
    return (
        Stage("take over erasures", "What was erased does not come back with the extracts", take_over_erasures),
        *received,
        Stage("take over judgements", "What people have judged of links counts from the day it was judged on", take_over_judgements),
        Stage("link as known then", "People are resolved as of the beginning of each month", partial(link_months, first)),
        *resolved,
        Stage(
            "link the last month",
            "What came since the last month began is put with people as they were then",
            partial(link_last_month, first),
        ),
        *paired,
        Stage(
            "replay", "Each past Sunday is replayed as known then, and the lists are held against what followed", partial(_replay, first)
        ),
        Stage("report", "The report is written, and checks for leaks must have passed", _report),
    )


def _replay(first: date, run: Run) -> Counts:
    from alerts.selection import eligible
    from features.pair_week import read_events
    from models.backtest.feuds import feud_figures
    from models.backtest.replaying import replay
    from models.backtest.report import report
    from models.backtest.then_figures import then_figures

    tell = run.tell
    [(last,)] = run.warehouse().execute("select as_of from known.as_of").fetchall()
    events = read_events(run.warehouse())
    replayed = replay(events, first, last, list_size=run.settings.list_size, eligible=eligible, tell=tell)
    content = {
        **report(replayed, eligible, tell),
        "feuds": feud_figures(replayed),
        "then_links": then_figures(replayed, linked_months(first, run), linked_today(run), eligible, tell),
    }
    (run.home / "report.json").write_text(json.dumps(content, indent=1), encoding="utf-8")
    return {"weeks replayed": len(replayed.weeks), "weeks judged": len(replayed.settled), "scorers trained": len(replayed.trained)}


def _report(run: Run) -> Counts:
    from models.backtest.canaries import raise_if_failed
    from models.backtest.page import render_page

    page = run.home / "report.html"
    content = json.loads((run.home / "report.json").read_text(encoding="utf-8"))
    page.write_text(render_page(content), encoding="utf-8")
    run.made += [page, page.with_suffix(".json")]
    raise_if_failed(content["canaries"], str(page))
    return {"checks for leaks passed": len(content["canaries"])}


def _clear(folder: Path) -> None:
    """Takes away the working files: they hold everything received."""
    for name in WORKING:
        (folder / name).unlink(missing_ok=True)
    shutil.rmtree(folder / "spill", ignore_errors=True)
