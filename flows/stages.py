"""The nightly run as an ordered list: each stage has a name, a sentence, the call that does it and the tables that it leaves behind.

The rooms are imported when their stage runs, so that the command answers at once when asked for help.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from flows.run import Run
from flows.settings import Settings
from flows.stage import Counts, Stage, numbers

if TYPE_CHECKING:
    from models.scoring import Policy


def _take_in(run: Run) -> Counts:
    from flows.landing import still_files
    from warehouse.sources.delivery import take_in
    from warehouse.sources.mapping import load_mapping

    assert run.landing is not None, "a nightly run has a landing folder"
    still = still_files(run.landing, run.settings.still_seconds)
    intake = take_in(run.warehouse(), run.landing, load_mapping(run.settings.mapping), run.now, run.progress, still=still)
    run.notices.extend(f"refused: {why}" for _, why in intake.refused)  # the reason begins with the file's name
    run.notices.extend(f"postponed: {why}" for _, why in intake.postponed)
    run.notices.extend(f"cut off: {why}" for _, why in intake.cut_off)
    return numbers(intake)


def _settle_versions(run: Run) -> Counts:
    from warehouse.retention.tombstones import turn_away
    from warehouse.versions import settle_anew, settle_versions

    settle_versions(run.warehouse())
    turned_away = turn_away(run.warehouse(), run.settings.home)
    if turned_away:
        settle_anew(run.warehouse())
    return {"rows turned away that had been erased": turned_away} if turned_away else {}


def _open_gate(run: Run) -> Counts:
    from warehouse.timegate import open_gate

    open_gate(run.warehouse(), run.as_of)
    return {}


def _resolve_people(run: Run) -> Counts:
    from flows.engine import scorer
    from warehouse.people.resolve import resolve_people

    with scorer(run) as score:
        found = resolve_people(run.warehouse(), relink=run.settings.relink, score=score)
    return {
        "records compared": found.records_scored,
        "people named in texts": found.mentions,
        "pairs of people in review": found.in_review,
        "people merged": found.merged,
        "people split": found.split,
    }


def _pair_up(run: Run) -> Counts:
    from warehouse.build import build
    from warehouse.code_lists import load_code_lists
    from warehouse.reports.claims import read_claims

    load_code_lists(run.warehouse(), run.settings.severity_weights)
    claims = read_claims(run.warehouse())
    build(run.warehouse(), "pairs")
    return {"claims read in reports": claims}


def _measure(run: Run) -> Counts:
    from features.groups import build_feuds
    from features.kept_weeks import build_features
    from flows.engine import measurer

    with measurer(run) as measured:
        build_features(run.warehouse(), run.settings.history_weeks, measured, anew=run.settings.relink)
    return {"feuds": build_feuds(run.warehouse())}


def _score(run: Run) -> Counts:
    from flows.fairness_audit import audit_training
    from models.feuds import score_feuds
    from models.scoring import score

    models, policy = run.home / "models", policy_of(run.settings)
    scored = score(run.warehouse(), run.settings.list_size, models, run.now, policy=policy, audit=partial(audit_training, run))
    run.notices.extend(scored.notices)
    score_feuds(run.warehouse(), run.settings.list_size)
    return {"models trained": scored.trained}


def policy_of(settings: Settings) -> Policy:
    """How this installation brings models into use, and when drift and age are said. Raises ThresholdsUnreadable."""
    from models.scoring import Policy
    from models.standing import Promotion
    from models.thresholds import read_thresholds

    return Policy(Promotion(settings.promotion), read_thresholds(settings.drift))


def _select(run: Run) -> Counts:
    from alerts.feud_warnings import rank_feuds
    from alerts.selection import select_flags

    flagged = select_flags(run.warehouse(), run.settings.list_size)
    warned = rank_feuds(run.warehouse(), run.settings.list_size)
    return {"pairs flagged in conflict": flagged.conflict, "pairs flagged as domestic": flagged.domestic, "feuds warned of": warned}


def _check_deliveries(run: Run) -> Counts:
    from warehouse.sources.expected import load_expectations
    from warehouse.sources.punctuality import check_deliveries

    found = check_deliveries(run.warehouse(), load_expectations(run.settings.deliveries), run.as_of)
    run.notices.extend(said for one in found for said in one.said)
    return {"extracts expected": len(found), "not as expected": sum(bool(one.states) for one in found)}


def _set_review_dates(run: Run) -> None:
    from warehouse.retention.schedule import Schedule, read_schedule, set_review_dates

    set_review_dates(run.warehouse(), read_schedule(run.settings.retention) if run.settings.retention else Schedule((), 0))


def _publish(run: Run) -> Counts:
    from flows.auditing import log_night
    from flows.stop_switch import SWITCHED, refuse_if_stopped
    from warehouse import publish

    if run.name in SWITCHED:  # somebody may have stopped while the run was at work
        refuse_if_stopped(run.home)
    about = publish.Run(run.run_id, run.now, run.settings.list_size, tuple(run.notices))
    _set_review_dates(run)
    log_night(run.settings, run.warehouse(), run.run_id)
    rows = publish.publish(run.warehouse(), run.home, about).rows
    return {"tables": len(rows), "rows": sum(rows.values())}


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
    Stage("select", "The pairs to look at first are listed, each with its reasons", _select),
    Stage("check deliveries", "What was expected from whom is held against what came", _check_deliveries),
    Stage("publish", "The analysts' database is written anew and put in place of the last one", _publish),
)


def _write_list(run: Run) -> Counts:
    from alerts.cadence import off_week_since
    from alerts.freshness import refuse_without_deliveries
    from alerts.profiles import TACTICAL_GROUP
    from alerts.weekly_list import write_weekly_list
    from flows.auditing import log_list
    from flows.recipients import formats_here, profile_of, write_for

    profile, own = profile_of(run.settings, run.profile), profile_of(run.settings, TACTICAL_GROUP)
    if last := off_week_since(run.home, run.as_of, run.settings.cadence):
        run.notices.append(f"Off week: the last list is of {last}, and FOREWARN_CADENCE is fortnightly. No list was written.")
        return {"pairs": 0, "new": 0, "left": 0}
    refuse_without_deliveries(run.home)
    formats, missing = formats_here(run.settings)
    issued = write_weekly_list(
        run.home, run.as_of, run.now, partnerships=run.settings.partnerships, pathways=run.settings.pathways, profile=own, formats=formats
    )
    run.made.append(issued.html)
    others = f"the same as {' and '.join(formats[1:])}, " if formats[1:] else ""
    beside = f"In the same folder: {others}each partnership's part, and domestic pairs in files of their own."
    run.notices += filter(None, (issued.said, beside, missing))
    if issued.is_new:
        log_list(run.settings, issued.record, f"weekly list of {issued.as_of}, revision {issued.revision}: {issued.pairs} pairs")
    if profile.name != TACTICAL_GROUP:
        run.made.append(write_for(run.settings, profile, issued, formats))
    return {"pairs": issued.pairs, "new": issued.new, "left": issued.left, "revision": issued.revision}


WEEKLY = (Stage("write the list", "The tactical group's list is written from the published database", _write_list),)
