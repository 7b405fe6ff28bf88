"""The fairness audit: beside each training, and each quarter on the lists as they were published. The one caller of what reads ethnicity."""

from __future__ import annotations

import json
import os
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from flows.run import Run

if TYPE_CHECKING:
    import polars as pl

    from models.backtest.replaying import Replay
    from models.monthly import Training

FAIRNESS, SENSITIVITY = "fairness.json", "sensitivity.json"
FOLDER = "fairness"
LANES = ("conflict", "domestic")
_FLAGS = "select as_of, pair_id, rank from alerts.flag where lane = $lane and as_of <= $day and dayofweek(as_of) = 0"
_IN_CONTACT = """
    select week.pair_id, week.as_of from scores.pair_week as week join pairs.pair as pair using (pair_id) where pair.lane = $lane"""


def audit_training(run: Run, training: Training, folder: Path, *, is_judged: bool) -> None:
    """How the lists of a training's judged weeks fell on groups of people, and what their order rests on, beside its card."""
    from alerts.selection import eligible
    from models.fairness import as_markdown, fairness
    from models.judging import judged_lists
    from models.sensitivity import as_markdown as on_what
    from models.sensitivity import sensitivity

    day, size = training.trained.as_of, run.settings.list_size
    people = _people(run, day)
    rests = sensitivity(training, size, eligible, people)
    rows = fairness(judged_lists(training, size, eligible), people) if is_judged else []
    (folder / SENSITIVITY).write_text(json.dumps(rests, indent=1), encoding="utf-8")
    (folder / FAIRNESS).write_text(json.dumps(rows, indent=1), encoding="utf-8")
    (folder / FAIRNESS).with_suffix(".md").write_text(as_markdown(rows, day) + on_what(rests, size), encoding="utf-8")


def audit_quarter(run: Run) -> list[Path]:
    """Writes the reports of the last full quarter under HOME/fairness, unless they are there; returns the new ones.

    None while too few lists were published: a quarter is judged by its 13 latest lists whose outcomes were known by its end.
    """
    from models.monthly import training_day

    name, day = quarter_of(training_day(run.as_of))
    return audit_lists(run, day, name)


def quarter_of(day: date) -> tuple[str, date]:
    """The last quarter that had ended by a day: its name, as 2026-Q2, and its last day."""
    first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    following = date(day.year + (day.month > 9), (first.month + 3 - 1) % 12 + 1, 1)
    last = following - timedelta(days=1) if following - timedelta(days=1) <= day else first - timedelta(days=1)
    return f"{last.year}-Q{(last.month - 1) // 3 + 1}", last


def audit_lists(run: Run, day: date, name: str) -> list[Path]:
    """Writes HOME/fairness/NAME-LANE.md and .json on the published lists that were settled by a day; returns the pages that are new."""
    from models.fairness import as_markdown, fairness

    written = []
    for lane in LANES:
        page = run.home / FOLDER / f"{name}-{lane}.md"
        lists = None if page.exists() else _published(run, lane, day)
        if lists is not None:
            rows = fairness(lists, _people(run, day))
            said = f"on the {len(lists.weeks)} lists in lane {lane} as published, {lists.weeks[0]} to {lists.weeks[-1]}"
            _write(page.with_suffix(".json"), json.dumps(rows, indent=1))
            _write(page, as_markdown(rows, day, said))
            written.append(page)
    return written


def _people(run: Run, day: date) -> pl.DataFrame:
    from warehouse.ethnicity import people_for_audit

    return people_for_audit(run.warehouse(), day)


def _published(run: Run, lane: str, day: date) -> Replay | None:
    """The Sunday nights' lists of the last quarter whose outcomes are known; None if there are none."""
    from features.pair_week import read_events
    from models.published import as_published
    from warehouse.timegate import known_by

    con = run.warehouse()
    if not con.execute("select 1 from duckdb_tables() where schema_name = 'alerts' and table_name = 'flag'").fetchall():
        return None
    flags = con.sql(_FLAGS, params={"lane": lane, "day": day}).pl()
    in_contact = con.sql(_IN_CONTACT, params={"lane": lane}).pl()
    return as_published(flags, in_contact, known_by(read_events(con), day), lane, day)


def _write(page: Path, text: str) -> None:
    page.parent.mkdir(mode=0o700, exist_ok=True)
    part = page.with_suffix(".part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
        out.write(text)
    part.replace(page)
