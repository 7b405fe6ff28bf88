"""The fairness audit: beside each training, and each quarter on the lists as they were published. The one caller of what reads ethnicity."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from flows.run import Run
from warehouse.private_files import write_privately

if TYPE_CHECKING:
    import polars as pl

    from models.backtest.replaying import Replay
    from models.monthly import Training

FAIRNESS, SENSITIVITY, PAGE = "fairness.json", "sensitivity.json", "fairness.md"
FOLDER = "fairness"
LANES = ("conflict", "domestic")
_FLAGS = "select as_of, pair_id, rank from alerts.flag where lane = $lane and as_of <= $day and dayofweek(as_of) = 0"
_IN_CONTACT = """
    select week.pair_id, week.as_of from scores.pair_week as week join pairs.pair as pair using (pair_id) where pair.lane = $lane"""


def audit_training(run: Run, training: Training) -> dict[str, str]:
    """How the lists of a training's judged weeks fell on groups of people: the texts that stand beside its card, by their file's name."""
    from models.fairness import as_markdown

    rows = _fairness(run, training)
    return {FAIRNESS: json.dumps(rows, indent=1), PAGE: as_markdown(rows, training.trained.as_of)}


def audit_in_full(run: Run, training: Training, folder: Path) -> None:
    """The same, and what the order of the lists rests on, in the training's folder."""
    from alerts.selection import eligible
    from models.sensitivity import as_markdown, sensitivity

    size = run.settings.list_size
    rests = sensitivity(training, size, eligible, _people(run, training.trained.as_of))
    texts = audit_training(run, training)
    texts = texts | {SENSITIVITY: json.dumps(rests, indent=1), PAGE: texts[PAGE] + as_markdown(rests, size)}
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")


def _fairness(run: Run, training: Training) -> list[dict[str, object]]:
    from alerts.selection import eligible
    from models.fairness import fairness
    from models.judging import judged_lists

    if not training.trained.judged.height:
        return []
    return fairness(judged_lists(training, run.settings.list_size, eligible), _people(run, training.trained.as_of))


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
            page.parent.mkdir(mode=0o700, exist_ok=True)
            write_privately(page.with_suffix(".json"), json.dumps(rows, indent=1))
            write_privately(page, as_markdown(rows, day, said))
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
