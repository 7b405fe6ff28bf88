"""What the order of a list rests on, on a county drawn by hand: a pair that is there by its weights, one by reports, one by school, one by youth."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, cast

import polars as pl
import pytest

from alerts.selection import eligible
from features.pair_week import measure
from models.held_weeks import hold
from models.monthly import Training
from models.rules import Rule
from models.sensitivity import VARIATIONS, as_markdown, sensitivity
from models.training import Trained
from tests.models.registered import CALIBRATION, figure

TONIGHT = date(2026, 5, 31)
LAST = datetime(2026, 5, 28)
TIME = pl.Datetime("us")
TYPES: dict[str, Any] = {
    "weapon": pl.String,
    "known_to": TIME,
    "occurred_at": TIME,
    "known_from": TIME,
    "pair_id": pl.String,
    "person_b": pl.String,
}
RECORDS = Rule("records", "harm, reports and school together", pl.col("record_harm_30d") + pl.col("report_harm_30d"))
YOUTH = Rule("youth", "harm, and youth", pl.col("record_harm_30d") + 5 * pl.col("years_under_26_higher"))


def happened(n: int, **changes: Any) -> dict[str, Any]:
    pair = f"P{n:02}a-P{n:02}b"
    a, b = pair.split("-")
    usual = {
        "pair_id": pair, "person_a": a, "person_b": b, "source": "incident", "record_id": f"I{n}", "kind": "assault", "stance": "adverse",
        "direction": "a_to_b", "severity": 30.0, "evidence": 1.0, "is_grave": False, "is_domestic": False, "weapon": None,
        "occurred_at": LAST - timedelta(days=n), "known_at": LAST, "known_from": LAST - timedelta(days=n), "known_to": None,
    }  # fmt: skip
    return usual | changes


def rows_of(events: list[dict[str, Any]], rule: Rule, people: pl.DataFrame, list_size: int = 3) -> dict[str, dict[str, Any]]:
    frame = pl.DataFrame(events, schema_overrides=TYPES, infer_schema_length=None)
    trained = Trained("conflict", TONIGHT, rule, CALIBRATION, pl.DataFrame([figure(rule.name, 0.2, 0.1)]), "drawn")
    training = Training(trained, cast(Any, None), cast(Any, None), {}, hold(measure(frame, [TONIGHT])), frame)
    return {str(row["name"]): row for row in sensitivity(training, list_size, eligible, people)}


NOBODY = pl.DataFrame(schema={"person_id": pl.String, "date_of_birth": pl.Date})


def replaced(rows: dict[str, dict[str, Any]]) -> dict[str, float]:
    return {name: round(row["replaced_list"]["mean"], 2) for name, row in rows.items() if name != "as_it_is"}


def test_a_source_taken_away_takes_those_off_whom_it_put_there() -> None:
    """Pair 1 by two reports, pair 2 by a suspension that adds to an incident, pairs 3 to 6 by incidents alone; three are listed."""
    events = [
        happened(1, source="intelligence", record_id="R1", severity=70.0),
        happened(1, source="intelligence", record_id="R2", severity=70.0),
        happened(2),
        happened(2, source="exclusion", record_id="E1", severity=500.0),
        *(happened(n) for n in range(3, 7)),
    ]
    found = replaced(rows_of(events, RECORDS, NOBODY))
    assert found["without_intelligence"] == pytest.approx(0.33)
    assert found["without_exclusions"] == 0.0  # the pair is fresh enough to stay by its incident
    assert found["without_age"] == 0.0
    rows = rows_of(
        [happened(9 + n) for n in range(4)] + [happened(20), happened(20, source="exclusion", record_id="E", severity=900.0)],
        RECORDS,
        NOBODY,
    )
    assert replaced(rows)["without_exclusions"] == pytest.approx(0.33)
    assert replaced(rows)["without_intelligence"] == 0.0


def test_weights_move_those_who_rank_by_weight_alone() -> None:
    """Old murders before fresh assaults: with one weight for all the fresh come first; one weight for the serious leaves these before the rest."""
    grave = [happened(n, severity=7000.0 + n, is_grave=True, record_id=f"G{n}") for n in (60, 61)] + [
        happened(62, severity=400.0, is_grave=True)
    ]
    fresh = [happened(n, severity=20.0) for n in range(3)]
    found = replaced(rows_of(grave + fresh, Rule("plain", "harm", pl.col("record_harm_60d")), NOBODY))
    assert found["all_alike"] == 1.0
    assert found["spread_halved"] >= found["spread_doubled"]
    assert found["serious_alike"] <= found["all_alike"]
    assert rows_of(fresh, RECORDS, NOBODY)["all_alike"]["replaced_list"] == {"mean": 0.0, "most": 0.0}


def test_the_share_of_children_is_told_with_and_without_age() -> None:
    """Six pairs of fifteen-year-olds and six of forty: the young are listed first by their age alone."""
    ages = {n: 15 if n % 2 else 40 for n in range(12)}
    born = {f"P{n:02}{side}": TONIGHT - timedelta(days=round(365.25 * years)) for n, years in ages.items() for side in "ab"}
    known = [
        happened(0, pair_id=None, person_a=person, person_b=None, source="person", record_id=person, kind="born", stance="own", severity=0.0,
                 occurred_at=datetime.combine(day, datetime.min.time()), known_from=datetime(2020, 1, 1))
        for person, day in born.items()
    ]  # fmt: skip
    people = pl.DataFrame(list(born.items()), schema=NOBODY.schema, orient="row")
    rows = rows_of([*(happened(n) for n in range(12)), *known], YOUTH, people, list_size=6)
    assert rows["as_it_is"]["under_18"] == 1.0
    assert rows["without_age"]["under_18"] == 0.5
    assert rows["without_age"]["replaced_list"]["mean"] == 0.5
    assert rows_of([happened(n) for n in range(4)], RECORDS, people)["as_it_is"]["under_18"] is None, "eight people are too few to tell of"


def test_the_passage_names_every_variation_and_the_choice_of_weights() -> None:
    rows = rows_of([happened(n) for n in range(12)], RECORDS, NOBODY)
    page = as_markdown(list(rows.values()), 3)
    assert [one.meaning for one in VARIATIONS if f"| {one.meaning} | 0% (most 0%) |" not in page and one.name != "spread_halved"] == []
    assert "a choice of policy" in page
    assert "Nothing was measured" in as_markdown([], 3)
