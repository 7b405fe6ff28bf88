"""The nightly run as an ordered list: each stage has a name, a sentence, the call that does it and the tables that it leaves behind.

The rooms are imported when their stage runs, so that the command answers at once when asked for help.
"""

from __future__ import annotations

from flows.run import Run
from flows.stage import Counts, Stage


def _take_in(run: Run) -> Counts:
    from warehouse.sources.delivery import take_in
    from warehouse.sources.mapping import load_mapping

    assert run.landing is not None, "a nightly run has a landing folder"
    intake = take_in(run.warehouse(), run.landing, load_mapping(run.settings.mapping), run.now, run.progress)
    run.notices.extend(f"refused: {file}: {why}" for file, why in intake.refused)
    return {
        "files new": intake.files_new,
        "files refused": intake.files_refused,
        "files seen before": intake.files_seen,
        "rows read": intake.rows_read,
        "rows accepted": intake.rows_accepted,
        "rows rejected": intake.rows_rejected,
    }


def _settle_versions(run: Run) -> Counts:
    from warehouse.build import build
    from warehouse.code_lists import load_code_lists

    load_code_lists(run.warehouse(), run.settings.severity_weights)
    build(run.warehouse(), "core")
    return {}


def _open_gate(run: Run) -> Counts:
    from warehouse.timegate import open_gate

    open_gate(run.warehouse(), run.as_of)
    return {}


def _resolve_people(run: Run) -> Counts:
    from warehouse.people.resolve import resolve_people

    resolve_people(run.warehouse())
    return {}


def _pair_up(run: Run) -> Counts:
    from warehouse.build import build
    from warehouse.reports.claims import read_claims

    read_claims(run.warehouse())
    build(run.warehouse(), "pairs")
    return {}


def _measure(run: Run) -> Counts:
    from features.pair_week import build_features

    build_features(run.warehouse(), run.settings.history_weeks)
    return {}


def _score(run: Run) -> Counts:
    from models.scoring import score

    score(run.warehouse(), run.settings.list_size)
    return {}


def _select(run: Run) -> Counts:
    from alerts.selection import select_flags

    select_flags(run.warehouse(), run.settings.list_size)
    return {}


def _publish(run: Run) -> Counts:
    from warehouse import publish

    about = publish.Run(run.run_id, run.now, run.settings.list_size, tuple(run.notices))
    return publish.publish(run.warehouse(), run.home, about).rows


NIGHTLY = (
    Stage("take in", "Files new in the landing folder become accepted and rejected rows", _take_in),
    Stage(
        "settle versions",
        "Every record gets its versions, each with the time from which it was known",
        _settle_versions,
        ("core.incident",),
    ),
    Stage(
        "open the gate",
        "Only what was known by the end of the as-of date goes on",
        _open_gate,
        ("known.incident", "known.intelligence", "known.exclusion"),
    ),
    Stage(
        "resolve people",
        "Records of one person are brought together, and people named in reports are found",
        _resolve_people,
        ("people.person",),
    ),
    Stage("pair up", "What passed between two people becomes events of their pair", _pair_up, ("pairs.pair", "pairs.event")),
    Stage("measure", "Each pair is measured week by week", _measure, ("features.pair_week",)),
    Stage("score", "Each pair gets its probability of serious violence within 28 days", _score, ("scores.pair_week",)),
    Stage("select", "The pairs to look at first are listed, each with its reasons", _select, ("alerts.flag",)),
    Stage("publish", "The analysts' database is written anew and put in place of the last one", _publish),
)


def _write_list(run: Run) -> Counts:
    from alerts.weekly_list import write_weekly_list

    issued = write_weekly_list(run.home, run.as_of, run.now, partnerships=run.settings.partnerships)
    run.made.append(issued.html)
    run.notices.append(issued.said)
    return {"pairs": issued.pairs, "new": issued.new, "left": issued.left, "revision": issued.revision}


WEEKLY = (Stage("write the list", "The tactical group's list is written from the published database", _write_list),)
