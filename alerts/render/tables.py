"""What a recipient sees of a list as tables to ask and to export: of a `Seen` and of nothing else, so that a profile's columns hold here too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from alerts.render.content import EventLine, PersonLine
from alerts.render.seen import Seen
from alerts.render.wording import kind_words

TEXT, TEXTS = pl.String(), pl.List(pl.String())
PAIR = {"pair": pl.Int32(), "lane": TEXT, "as_of": pl.Date()}
OF_PAIR: Mapping[str, pl.DataType] = {
    "rank": pl.Int32(), "pair_id": TEXT, "district": TEXT, "partnership": TEXT, "status": TEXT, "first_flagged": pl.Date(), "chance": pl.Float64(),
    "story": TEXTS, "reasons": TEXTS, "against": TEXTS, "off_list": TEXTS, "feud": pl.Int32(),
}  # fmt: skip
OF_PERSON: Mapping[str, pl.DataType] = {
    "name": TEXT, "age": pl.Int32(), "sex": TEXT, "under_18": pl.Boolean(), "only_victim": pl.Boolean(), "roles": TEXT, "help": TEXTS,
}  # fmt: skip
OF_EVENT: Mapping[str, pl.DataType] = {
    "date": pl.Date(), "time": TEXT, "source": TEXT, "kind": TEXT, "weapon": TEXT, "severity": pl.Float64(), "direction": TEXT, "event_roles": TEXT,
    "summary": TEXT, "grade": TEXT, "record": TEXT,
}  # fmt: skip
ACTS: Mapping[tuple[str, ...], str] = {("a", "b"): "a to b", ("b", "a"): "b to a"}


def tables_seen(seen: Seen) -> dict[str, pl.DataFrame]:
    """flagged_pairs, flagged_people and pair_timeline as the recipient may see them; `pair` joins them and says nothing else."""
    pairs: list[dict[str, Any]] = []
    people: list[dict[str, Any]] = []
    events: list[dict[str, Any]] = []
    for number, pair in enumerate(seen.content.pairs, start=1):
        key = {"pair": number, "lane": pair.lane}
        said = {
            name: getattr(pair, name)
            for name in ("rank", "pair_id", "district", "partnership", "status", "first_flagged", "story", "against", "off_list", "feud")
        }
        pairs.append(key | {"as_of": seen.content.as_of} | said | {"chance": pair.score, "reasons": [one.text for one in pair.reasons]})
        people += [key | _person(one) for one in (pair.person_a, pair.person_b)]
        events += [key | _event(one) for one in pair.events]
    return {
        "flagged_pairs": _table(pairs, PAIR, OF_PAIR, seen),
        "flagged_people": _table(people, {**KEY, "side": TEXT}, OF_PERSON, seen),
        "pair_timeline": _table(events, {**KEY, "is_protected": pl.Boolean()}, OF_EVENT, seen),
    }


KEY: Mapping[str, pl.DataType] = {"pair": pl.Int32(), "lane": TEXT}


def _table(rows: list[dict[str, Any]], always: Mapping[str, pl.DataType], named: Mapping[str, pl.DataType], seen: Seen) -> pl.DataFrame:
    schema = dict(always) | {name: kind for name, kind in named.items() if name in seen.shows}
    plain = [{name: list(row[name]) if isinstance(row[name], tuple) else row[name] for name in schema} for row in rows]
    return pl.DataFrame(plain, schema=schema)


def _person(one: PersonLine) -> dict[str, Any]:
    return {
        "side": one.side, "name": one.name, "age": one.age, "sex": one.sex or None, "under_18": one.is_under_18, "only_victim": one.only_victim,
        "roles": ", ".join(filter(None, (one.roles_recorded, one.roles_reported))) or None, "help": one.help,
    }  # fmt: skip


def _event(one: EventLine) -> dict[str, Any]:
    roles = ", ".join(f"{side}: {role}" for side, role in (("a", one.role_a), ("b", one.role_b)) if role)
    return {
        "is_protected": one.is_protected, "date": one.occurred_on, "time": one.time or None, "source": one.source or None,
        "kind": kind_words(one.kinds) if one.kinds else None, "weapon": one.weapon or None, "severity": one.severity,
        "direction": ACTS.get(one.sides, "both, or not told") if not one.is_protected else None, "event_roles": roles or None,
        "summary": one.summary or None, "grade": one.grade or None, "record": one.record or None,
    }  # fmt: skip
