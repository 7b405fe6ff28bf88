"""What the weekly list reads of the published database: rows of schema `analyst`, typed, nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb

from alerts.render.partnerships import District
from alerts.render.reviewed import PairReview, read_reviews, read_watched
from alerts.render.rows import rows

PROTECTED_KIND = "protected_intelligence"


class NotPublishedError(Exception):
    """There is no published database to make a list of, or it lacks a table that the list needs."""


@dataclass(frozen=True)
class Run:
    """The nightly run that published the file."""

    run_id: str
    as_of: date
    scorer: str | None
    scorer_note: str | None
    calibration_note: str | None
    list_size: int | None
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class Flag:
    """A pair on the list: its place, its score and why."""

    lane: str
    rank: int
    pair_id: str
    score: float
    status: str
    district: str | None
    first_flagged: date | None
    reasons: tuple[str, ...]
    first_contact: date | None


@dataclass(frozen=True)
class FlagReason:
    """A reason of a pair on the list, and the score that it would have without it."""

    lane: str
    pair_id: str
    reason: str
    score_without: float | None


@dataclass(frozen=True)
class Feud:
    """A feud that is warned of, or that two listed pairs or more belong to."""

    rank: int
    feud_id: str
    score: float
    is_warning: bool
    district: str | None
    founded_on: date | None
    people: int
    pairs: int
    reasons: tuple[str, ...]
    track_record: str


@dataclass(frozen=True)
class FeudMember:
    """One of the people of such a feud; `listed` are the ranks of the listed pairs that they are in."""

    feud_id: str
    person_id: str
    side: str | None
    display_name: str | None
    age: int | None
    only_victim: bool
    listed: tuple[int, ...]


@dataclass(frozen=True)
class FeudPair:
    """Two people of such a feud in live conflict; `rank` is their place on the list."""

    feud_id: str
    person_a: str
    person_b: str
    is_across: bool
    rank: int | None


@dataclass(frozen=True)
class FlaggedPerson:
    """One of the two people of a flagged pair; `only_victim` when every record knows them as a victim only."""

    lane: str
    pair_id: str
    person_id: str
    side: str
    display_name: str | None
    age: int | None
    is_under_18: bool | None
    sex: str | None
    roles: str | None
    only_victim: bool


@dataclass(frozen=True)
class PairEvent:
    """An event between the two. A protected report is stripped here to date, severity and grade, whatever was published."""

    pair_id: str
    occurred_at: datetime
    known_at: datetime | None
    source: str
    record_id: str | None
    kind: str
    stance: str | None
    direction: str | None
    severity: float
    serious: bool
    summary: str | None
    weapon: str | None
    grade: str | None
    is_protected: bool
    role_a: str | None
    role_b: str | None


@dataclass(frozen=True)
class PairNow:
    """Where a pair stands that is no longer on the list; `is_known` is false when no record joins the two any more."""

    is_known: bool
    score: float | None
    last_event: date | None
    new_events: int


@dataclass(frozen=True)
class Published:
    """The published list with all that its pages show."""

    run: Run
    flags: tuple[Flag, ...]
    people: tuple[FlaggedPerson, ...]
    events: tuple[PairEvent, ...]
    districts: dict[str, District]
    reasons: tuple[FlagReason, ...]
    feuds: tuple[Feud, ...]
    feud_members: tuple[FeudMember, ...]
    feud_pairs: tuple[FeudPair, ...]
    reviews: tuple[PairReview, ...]
    watched: tuple[dict[str, Any], ...]


def open_published(home: Path) -> duckdb.DuckDBPyConnection:
    """A locked-down, read-only session on HOME/forewarn.duckdb: it can read that file and nothing else."""
    path = home / "forewarn.duckdb"
    if not path.exists():
        raise NotPublishedError(f"no published database at {path}: run `forewarn nightly` first, or give the right --home")
    try:
        return duckdb.connect(str(path), read_only=True, config={"enable_external_access": "false", "lock_configuration": "true"})
    except duckdb.Error as error:
        raise NotPublishedError(f"{path} cannot be opened ({type(error).__name__}): run `forewarn nightly` to publish it anew") from error


def read_published(con: duckdb.DuckDBPyConnection) -> Published:
    """The list and the events of its pairs up to the list's date. Raises NotPublishedError when a table or column is missing."""
    try:
        run = _run(con)
        return Published(
            run=run,
            flags=tuple(Flag(**{**row, "reasons": tuple(row["reasons"] or ())}) for row in rows(con, _FLAGS)),
            people=tuple(FlaggedPerson(**row) for row in rows(con, _PEOPLE)),
            events=tuple(shown_event(row) for row in rows(con, _EVENTS, [run.as_of])),
            districts=_districts(con),
            reasons=tuple(FlagReason(**row) for row in rows(con, _REASONS)),
            feuds=tuple(Feud(**{**row, "reasons": tuple(row["reasons"] or ())}) for row in rows(con, _FEUDS)),
            feud_members=tuple(FeudMember(**{**row, "listed": tuple(row["listed"] or ())}) for row in rows(con, _FEUD_MEMBERS)),
            feud_pairs=tuple(FeudPair(**row) for row in rows(con, _FEUD_PAIRS)),
            reviews=read_reviews(con),
            watched=read_watched(con),
        )
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        raise lacking(error) from error


def lacking(error: duckdb.Error) -> NotPublishedError:
    """The published database has not what was asked of it: an earlier version of the software published it."""
    what = f"the published database lacks something that the list needs ({str(error).splitlines()[0]})"
    return NotPublishedError(f"{what}: publish it again with `forewarn nightly`")


def pairs_now(con: duckdb.DuckDBPyConnection, pair_ids: Sequence[str], since: date) -> dict[str, PairNow]:
    """For pairs of an earlier list: do records still join them, the newest score, the last event, and how many became known after `since`."""
    found = rows(con, _PAIRS_NOW, [list(pair_ids), since])
    return {row.pop("pair_id"): PairNow(**row) for row in found}


def merged_people(con: duckdb.DuckDBPyConnection, since: date) -> dict[str, str]:
    """person_id that has gone -> person_id that it became part of, in runs after `since`."""
    return {row["gone"]: row["kept"] for row in rows(con, _MERGED, [since])}


def _run(con: duckdb.DuckDBPyConnection) -> Run:
    found = rows(con, _RUN)
    if not found:
        raise NotPublishedError("the published database names no run (table analyst.run is empty): run `forewarn nightly` again")
    return Run(**{**found[0], "run_id": str(found[0]["run_id"]), "warnings": tuple(found[0]["warnings"] or ())})


def _districts(con: duckdb.DuckDBPyConnection) -> dict[str, District]:
    """Names and partnerships, when the file has them: a force may keep them in its partnerships file alone."""
    if not rows(con, "select 1 from duckdb_tables() where schema_name = 'analyst' and table_name = 'districts'"):
        return {}
    return {row["code"]: District(**row) for row in rows(con, _DISTRICTS)}


def shown_event(row: dict[str, Any]) -> PairEvent:
    """A row of the timeline as a page may have it: the one way to a PairEvent."""
    event = PairEvent(**row)
    if not event.is_protected:
        return event
    return PairEvent(
        pair_id=event.pair_id, occurred_at=event.occurred_at, known_at=None, source="intelligence", record_id=None, kind=PROTECTED_KIND,
        stance=None, direction=None, severity=event.severity, serious=False, summary=None, weapon=None, grade=event.grade, is_protected=True,
        role_a=None, role_b=None,
    )  # fmt: skip


_RUN = """
    select run_id, as_of, scorer, scorer_note, calibration_note, list_size, warnings
    from analyst.run order by as_of desc limit 1
"""
_FLAGS = """
    select lane, rank, pair_id, score, status, district, first_flagged, reasons, cast(first_contact as date) as first_contact
    from analyst.flagged_pairs left join (select pair_id, first_contact from analyst.pairs) using (pair_id)
    order by lane, rank
"""
_PEOPLE = """
    select lane, pair_id, person_id, side, display_name, age, is_under_18, sex, roles, coalesce(only_victim, false) as only_victim
    from analyst.flagged_people order by lane, pair_id, side
"""
_EVENTS = """
    select pair_id, cast(occurred_at as timestamp) as occurred_at, cast(known_at as timestamp) as known_at, source, record_id, kind,
        stance, direction, coalesce(severity, 0) as severity, coalesce(serious or serious_domestic, false) as serious, summary,
        nullif(weapon, 'NONE') as weapon, grade, coalesce(is_protected, false) as is_protected, role_a, role_b
    from analyst.pair_timeline
    where pair_id in (select pair_id from analyst.flagged_pairs) and cast(occurred_at as date) <= ?
    order by all
"""
_DISTRICTS = """
    select district as code, coalesce(name, district) as name, coalesce(partnership, district) as partnership
    from analyst.districts
"""
_REASONS = """
    select lane, pair_id, reason, score_without from analyst.flag_reasons
    where direction = 'raises' order by lane, pair_id, ordinal
"""
_FEUDS = """
    select rank, feud_id, score, is_warning, district, founded_on, people, pairs, reasons, track_record
    from analyst.feuds where is_warning or listed_pairs > 1 order by rank
"""
_FEUD_MEMBERS = """
    select member.feud_id, member.person_id, member.side, member.display_name, member.age, member.only_victim,
        list(flag.rank order by flag.rank) filter (flag.rank is not null) as listed
    from analyst.feud_people as member
    join analyst.feuds as feud on feud.feud_id = member.feud_id and (feud.is_warning or feud.listed_pairs > 1)
    left join analyst.flagged_pairs as flag on flag.lane = 'conflict' and member.person_id in (flag.person_a, flag.person_b)
        and exists (
            select 1 from analyst.feud_people as other
            where other.feud_id = member.feud_id and other.person_id <> member.person_id and other.person_id in (flag.person_a, flag.person_b)
        )
    group by all
    order by member.feud_id, member.side nulls last, member.display_name, member.person_id
"""
_FEUD_PAIRS = """
    select pair.feud_id, pair.person_a, pair.person_b, pair.is_across, pair.list_rank as rank
    from analyst.feud_pairs as pair
    join analyst.feuds as feud on feud.feud_id = pair.feud_id and (feud.is_warning or feud.listed_pairs > 1)
    order by pair.feud_id, pair.person_a, pair.person_b
"""
_PAIRS_NOW = """
    select pair_id, pair_id in (select pair_id from analyst.pairs) as is_known,
        (select arg_max(score, week) from analyst.pair_weeks as w where w.pair_id = asked.pair_id) as score,
        (select max(cast(occurred_at as date)) from analyst.pair_timeline as t where t.pair_id = asked.pair_id) as last_event,
        (
            select count(distinct (source, record_id, occurred_at, direction)) from analyst.pair_timeline as t
            where t.pair_id = asked.pair_id and cast(t.known_at as date) > $2
        ) as new_events
    from (select unnest($1) as pair_id) as asked
"""
_MERGED = """
    select other_person_id as gone, person_id as kept
    from analyst.person_changes where change = 'merged' and as_of > ? order by as_of
"""
