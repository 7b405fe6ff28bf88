"""The monthly training as an ordered list of stages: it works on the warehouse as the last night left it, and publishes nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from flows.databases import refuse_without_warehouse
from flows.run import Run
from flows.stage import Counts, Stage

if TYPE_CHECKING:
    from models.monthly import Training

REPORT = "report.json"


class NothingToTrainOn(Exception):
    """No night has come to its end in this HOME, or none that knows what the training must know."""


def _look(run: Run) -> Counts:
    from models.monthly import training_day

    day = training_day(run.as_of)
    refuse_without_warehouse(run.home)
    con = run.warehouse()
    made = con.execute(
        "select count(*) from duckdb_tables() where (schema_name, table_name) in (('known', 'as_of'), ('pairs', 'event'), ('pairs', 'pair'))"
    ).fetchall()[0][0]
    if made < 3:
        raise NothingToTrainOn(f"no night has come to its end in {run.home}: run `forewarn nightly` first")
    [(known,)] = con.execute("select as_of from known.as_of").fetchall()
    if known < day:
        raise NothingToTrainOn(
            f"the training of this month rests on what was known by {day}, and the last night is of {known}: run `forewarn nightly --as-of {day}` first"
        )
    [(events,)] = con.execute("select count(*) from pairs.event").fetchall()
    return {"events": events}


def _train(run: Run) -> Counts:
    from models.monthly import LANES, train_lanes, training_day

    models, day = run.home / "models", training_day(run.as_of)
    outcomes = 0
    for n, training in enumerate(train_lanes(run.warehouse(), list(LANES), day, run.settings.list_size)):
        run.tell(f"judging {training.trained.lane}", n + 1, len(LANES))
        run.made.append(_register(run, models, training))
        outcomes += training.period.outcomes
    _log(run, day.isoformat())
    return {"models registered": len(run.made), "outcomes learned from": outcomes}


def _log(run: Run, day: str) -> None:
    from flows.auditing import log
    from warehouse.audit.entry import Kind

    names = [f"model:{folder.name}" for folder in run.made]
    log(run.settings, Kind.combination, f"{len(names)} models taught from all that was known by {day}", names)


def _register(run: Run, models: Path, training: Training) -> Path:
    """The folder of the training, with its report beside the card."""
    from alerts.selection import eligible
    from flows.fairness_audit import audit_in_full
    from models.judging import judge_training
    from models.registry import save

    judged = judge_training(training, run.settings.list_size, eligible, lambda *_: None)
    folder = save(models, training.trained, training.about(run.settings.list_size))
    if judged is not None:
        (folder / REPORT).write_text(json.dumps(judged, indent=1), encoding="utf-8")
    audit_in_full(run, training, folder)
    return folder


def _report(run: Run) -> Counts:
    from models.backtest.page import render_page
    from models.card import write_card
    from models.transparency import write_record

    pages = 0
    for folder in run.made:
        report = folder / REPORT
        if report.exists():
            report.with_suffix(".html").write_text(render_page(json.loads(report.read_text(encoding="utf-8"))), encoding="utf-8")
            pages += 1
        write_card(folder.parent, folder.name)
        write_record(folder.parent, folder.name)
    return {"cards": len(run.made), "reports": pages}


def _audit_quarter(run: Run) -> Counts:
    from flows.fairness_audit import audit_quarter

    written = audit_quarter(run)
    run.notices.extend(f"How the lists of the quarter fell on groups of people: {page}" for page in written)
    return {"pages": len(written)}


TRAIN = (
    Stage("look", "The warehouse of the last night must know what the training rests on", _look),
    Stage(
        "train", "Both lanes are trained as known at the end of the last month, judged on weeks not learned from, and registered", _train
    ),
    Stage("report", "Cards and reports are written", _report),
    Stage("audit the quarter", "Once a quarter, how the lists as published fell on groups of people", _audit_quarter),
)
