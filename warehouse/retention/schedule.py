"""When each record is due for review, by the rules of a schedule: ops.review_date, made anew each night."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warehouse.retention.holds import create_holds

if TYPE_CHECKING:
    import duckdb

SOURCES = ("incident", "intelligence", "exclusion")
COUNTED_FROM = ("recorded", "last_contact")


class ScheduleUnreadable(Exception):
    """The retention schedule cannot be used; the message says what to mend in it."""


@dataclass(frozen=True)
class Rule:
    """For how many years records of a kind are kept, and from when that is counted."""

    source: str
    keep_years: int
    counted_from: str
    is_serious: bool | None = None

    def __str__(self) -> str:
        kind = {None: "", True: " of serious violence", False: " not of serious violence"}[self.is_serious]
        return f"{self.source}{kind}: {self.keep_years} years from {self.counted_from.replace('_', ' ')}"


@dataclass(frozen=True)
class Schedule:
    """The rules in order, the first that fits counts; and for how many years lists are kept."""

    rules: tuple[Rule, ...]
    list_years: int


def read_schedule(path: Path) -> Schedule:
    """The schedule of a TOML file. Raises ScheduleUnreadable."""
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
        rules = tuple(_rule(path, number, one) for number, one in enumerate(said["rule"], start=1))
        years = int(said["lists"]["keep_years"])
    except OSError as error:
        raise ScheduleUnreadable(f"{path}: cannot be read ({error.strerror}); give the path of a retention schedule") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ScheduleUnreadable(f"{path}: not valid TOML ({error}); mend that line") from error
    except (KeyError, TypeError, ValueError) as error:
        raise ScheduleUnreadable(
            f"{path}: needs [[rule]] with source, keep_years and counted_from, and [lists] with keep_years (missing or wrong: {error})"
        ) from error
    return Schedule(rules, years)


def _rule(path: Path, number: int, said: dict[str, Any]) -> Rule:
    rule = Rule(said["source"], int(said["keep_years"]), said["counted_from"], said.get("is_serious"))
    for value, known, name in ((rule.source, SOURCES, "source"), (rule.counted_from, COUNTED_FROM, "counted_from")):
        if value not in known:
            raise ScheduleUnreadable(f"{path}: rule {number}: {name} {value!r} is not one of {', '.join(known)}")
    if rule.keep_years < 1:
        raise ScheduleUnreadable(f"{path}: rule {number}: keep_years must be 1 or more")
    return rule


# Every record, when it was recorded, whether it is of serious violence, and the newest record of anyone concerned in it.
_RECORDS = """
with concerned as (
    select case found.source when 'incident_party' then 'incident' when 'exclusion' then 'exclusion' else 'intelligence' end as source,
        case found.source when 'exclusion' then found.record_id else regexp_replace(found.record_id, '/[^/]*$', '') end as record_id, found.person_id
    from people.person_record as found
),
recorded as (
    select 'incident' as source, incident_id as record_id, min(recorded_at)::date as recorded_on from core.incident group by incident_id
    union all
    select 'incident', incident_id, min(recorded_at)::date from core.incident_party
    where incident_id not in (select incident_id from core.incident) group by incident_id
    union all
    select 'intelligence', report_id, min(recorded_at)::date from core.intelligence group by report_id
    union all
    select 'exclusion', record_id, min(recorded_at)::date from core.exclusion group by record_id
),
active as (
    select person_id, max(recorded_on) as last_on from concerned join recorded using (source, record_id) group by person_id
),
newest as (
    select source, record_id, max(last_on) as last_on from concerned join active using (person_id) group by source, record_id
)
select recorded.source, recorded.record_id, recorded.recorded_on, coalesce(newest.last_on, recorded.recorded_on) as last_contact_on,
    recorded.source = 'incident' and recorded.record_id in (select record_id from pairs.event where source = 'incident' and is_serious) as is_serious
from recorded left join newest using (source, record_id)
"""


def set_review_dates(con: duckdb.DuckDBPyConnection, schedule: Schedule) -> int:
    """Writes ops.review_date (source, record_id, review_on, rule), null where no rule fits; returns how many have none."""
    create_holds(con)
    branches: list[str] = []
    values: dict[str, object] = {}
    for number, rule in enumerate(schedule.rules):
        values |= {
            f"source_{number}": rule.source,
            f"serious_{number}": rule.is_serious,
            f"years_{number}": rule.keep_years,
            f"rule_{number}": str(rule),
        }
        values[f"from_{number}"] = rule.counted_from
        branches.append(
            f"when source = $source_{number} and coalesce($serious_{number} = is_serious, true) then {{'rule': $rule_{number}, 'review_on': "
            f"((case $from_{number} when 'recorded' then recorded_on else last_contact_on end) + to_years($years_{number}::integer))::date}}"
        )
    chosen = f"case {' '.join(branches)} end" if branches else "null::struct(rule varchar, review_on date)"
    con.execute(
        f"""create or replace table ops.review_date as
            select source, record_id, chosen.review_on as review_on, chosen.rule as rule from (select *, {chosen} as chosen from ({_RECORDS}))
            order by source, record_id""",
        values,
    )
    [(without,)] = con.execute("select count(*) from ops.review_date where review_on is null").fetchall()
    return int(without)
