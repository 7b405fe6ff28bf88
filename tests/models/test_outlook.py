"""What a score would come to: days pass, and nothing else changes."""

from __future__ import annotations

from datetime import timedelta

import polars as pl
import pytest

from features.pair_week import measure
from models.calibration import PRIOR
from models.outlook import DAYS, PEACE, PEACE_EVIDENCE, QUIET, outlook
from models.rules import RULES
from models.training import Trained
from tests.features.test_pair_week import START, TYPES, event
from warehouse.code_lists import read_code_list

TONIGHT = (START + timedelta(days=10)).date()
RULE = next(rule for rule in RULES if rule.name == "decayed_harm_14d_1")
KNOWN = [event(3), event(10), event(5, "Ash-Cedar"), event(6, "Cedar-Dale")]
LATER = event(12)  # happens after tonight


def looked_ahead(events: list[dict[str, object]]) -> pl.DataFrame:
    table = pl.DataFrame(events, schema_overrides=TYPES)
    pairs = measure(table, [TONIGHT]).filter(pl.col("pair_id") == "Ash-Birch")
    pairs = pairs.with_columns(pl.Series("raw", RULE.raw(pairs)))
    return outlook(Trained("conflict", TONIGHT, RULE, PRIOR, pl.DataFrame(), ""), table, pairs, TONIGHT)


def figure(found: pl.DataFrame, scenario: str, days: int) -> float:
    return float(found.filter((pl.col("scenario") == scenario) & (pl.col("days") == days))["raw"].item())


def test_with_nothing_more_the_score_halves_with_each_half_life() -> None:
    found = looked_ahead(KNOWN)
    assert figure(found, QUIET, 14) == pytest.approx(figure(found, QUIET, 0) / 2)
    assert {scenario: tuple(found.filter(pl.col("scenario") == scenario)["days"]) for scenario in DAYS} == DAYS


def test_a_report_of_peace_lowers_it_as_the_rule_says() -> None:
    found = looked_ahead(KNOWN)
    fresh = PEACE_EVIDENCE * 0.5 ** (1 / 30)  # by the end of the day it is a day old
    assert figure(found, PEACE, 0) == pytest.approx(figure(found, QUIET, 0) * 0.5**fresh)


def test_what_happens_after_tonight_is_not_looked_at() -> None:
    assert looked_ahead(KNOWN).equals(looked_ahead([*KNOWN, LATER]))


def test_no_pair_no_outlook() -> None:
    trained = Trained("conflict", TONIGHT, RULE, PRIOR, pl.DataFrame(), "")
    table = pl.DataFrame(KNOWN, schema_overrides=TYPES)
    assert outlook(trained, table, measure(table, [TONIGHT]).clear(), TONIGHT).is_empty()


def test_the_weight_of_a_report_of_peace_is_that_of_the_code_lists() -> None:
    kinds = dict(read_code_list("event_kind").select("kind", "evidence").iter_rows())
    grades = {
        (part, code): float(weight)
        for part, code, weight in read_code_list("intelligence_grade").select("part", "code", "evidence").iter_rows()
    }
    assert float(kinds["reconciled"]) * grades["source", "1"] * grades["assessment", "B"] == pytest.approx(PEACE_EVIDENCE)
