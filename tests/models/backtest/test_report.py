"""Two counties alike but for one thing: in one, serious violence follows a run of lesser events; in the other it comes out of the blue."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import polars as pl
import pytest

from alerts.selection import eligible
from models.backtest.ablations import ABLATIONS, flags_without
from models.backtest.replaying import Replay, replay
from models.backtest.report import _comparable, report
from models.backtest.then_figures import then_figures
from models.backtest.then_links import LinkedThen

BEGAN = datetime(2025, 4, 1)
LAST = date(2025, 12, 28)
FIRST = LAST - timedelta(days=7 * 16)
DAYS = (LAST - BEGAN.date()).days
PAIRS = 250


def tell(_what: str, _n: int, _total: int) -> None:
    """Nobody is watching."""


def county(seed: int, *, escalates: bool) -> pl.DataFrame:
    """Quiet trouble between all pairs; bursts of it now and then; as many serious events as bursts, after them or anywhere."""
    draw = np.random.default_rng(seed)
    quiet = [(int(p), float(t), False) for p, t in zip(draw.integers(0, PAIRS, 900), draw.uniform(0, DAYS, 900), strict=True)]
    bursts = list(zip(draw.integers(0, PAIRS, 150), draw.uniform(0, DAYS - 60, 150), strict=True))
    loud = [(int(p), float(t + dt), False) for p, t in bursts for dt in draw.uniform(0, 21, 5)]
    after = [(int(p), float(t + 21 + draw.uniform(1, 25)), True) for p, t in bursts]
    anywhere = [(int(p), float(t), True) for p, t in zip(draw.integers(0, PAIRS, 150), draw.uniform(0, DAYS, 150), strict=True)]
    rows = [*quiet, *loud, *(after if escalates else anywhere)]
    happened = [BEGAN + timedelta(days=t) for _, t, _ in rows]
    known = [moment + timedelta(days=float(d)) for moment, d in zip(happened, draw.exponential(2.0, len(rows)), strict=True)]
    grave = [is_grave for *_, is_grave in rows]
    return pl.DataFrame(
        {
            "pair_id": [f"P{p:03}-Q{p:03}" for p, *_ in rows],
            "person_a": [f"P{p:03}" for p, *_ in rows],
            "person_b": [f"Q{p:03}" for p, *_ in rows],
            "source": ["incident" if g or n % 3 else "intelligence" for n, g in enumerate(grave)],
            "record_id": [f"R{n}" for n in range(len(rows))],
            "kind": "assault",
            "stance": "adverse",
            "direction": "a_to_b",
            "severity": [2000.0 if g else 20.0 for g in grave],
            "evidence": 1.0,
            "is_grave": grave,
            "is_domestic": False,
            "weapon": "NONE",
            "occurred_at": happened,
            "known_at": known,
            "known_from": known,
            "known_to": pl.Series([None] * len(rows), dtype=pl.Datetime("us")),
        }
    ).filter(pl.col("known_from") < LAST + timedelta(days=1))


def replayed(events: pl.DataFrame) -> Replay:
    return replay(events, FIRST, LAST, list_size=10, eligible=eligible, tell=tell)


@pytest.fixture(scope="module")
def escalating() -> Replay:
    return replayed(county(1, escalates=True))


@pytest.fixture(scope="module")
def content(escalating: Replay) -> dict[str, Any]:
    return report(escalating, eligible, tell)


def test_where_violence_is_announced_the_warning_works(content: dict[str, Any]) -> None:
    assert content["verdict"]["works"] is True, content["verdict"]
    assert content["gains"]["base_rate"]["low"] > 0.05
    assert content["measures"]["forewarn"]["recall"]["value"] > content["measures"]["most_recent"]["recall"]["value"]


def test_where_it_comes_out_of_the_blue_the_report_says_that_it_does_not() -> None:
    verdict = report(replayed(county(2, escalates=False)), eligible, tell)["verdict"]
    assert isinstance(verdict, dict)
    assert verdict["works"] is False, verdict
    assert "not shown to be better than" in verdict["headline"]


def test_every_check_for_leaks_passes(content: dict[str, Any]) -> None:
    assert [canary for canary in content["canaries"] if not canary["passed"]] == []
    assert len(content["canaries"]) == 4


def test_the_future_changes_no_list(escalating: Replay) -> None:
    """The same period replayed with only what was known four weeks earlier: the lists of the weeks in common are the same."""
    cut = LAST - timedelta(days=28)
    known = escalating.events.filter(pl.col("known_from") < cut + timedelta(days=1))
    earlier = replay(known, FIRST, cut, list_size=10, eligible=eligible, tell=tell)
    figures = ["pair_id", "as_of", "forewarn", "score", "decayed_harm", "is_eligible"]
    common = escalating.scored.filter(pl.col("as_of").is_in(earlier.weeks))
    assert earlier.scored.select(figures).equals(common.select(figures))


def test_a_scorer_is_trained_for_each_month(escalating: Replay) -> None:
    assert [one.as_of for one in escalating.trained] == sorted({week.replace(day=1) - timedelta(days=1) for week in escalating.weeks})


def test_without_a_source_nothing_of_it_is_left(escalating: Replay) -> None:
    """Where only intelligence names a pair, the pair is not listed without it."""
    only = escalating.events.filter(pl.col("source") == "intelligence")["pair_id"].unique().to_list()
    also = escalating.events.filter(pl.col("source") == "incident")["pair_id"].unique().to_list()
    listed = flags_without(escalating, ABLATIONS[0], 10, eligible, tell)
    assert set(listed["pair_id"]) & (set(only) - set(also)) == set()
    assert listed.height > 0
    everything = flags_without(escalating, ABLATIONS[1], 10, eligible, tell)
    assert everything.height == 10 * len(escalating.weeks)


def test_months_list_sizes_and_leads_add_up(content: dict[str, Any]) -> None:
    about = content["about"]
    assert sum(month["listed"] for month in content["months"]) == 10 * about["settled_weeks"]
    assert sum(content["lead_days"].values()) == about["serious_events"]
    by_size = {row["size"]: row for row in content["curves"]["forewarn"]}
    assert by_size[10]["precision"] == pytest.approx(content["measures"]["forewarn"]["precision"]["value"])
    assert [row["recall"] for row in by_size.values()] == sorted(row["recall"] for row in by_size.values())


def test_with_the_same_links_then_as_now_the_lists_are_the_same(escalating: Replay) -> None:
    people = pl.concat([escalating.events["person_a"], escalating.events["person_b"]]).unique().sort()
    whose = pl.DataFrame({"source": "incident_party", "record_id": people, "person_id": people})
    months = [LinkedThen(one.as_of, escalating.events, whose) for one in escalating.trained]
    found: Any = then_figures(escalating, months, whose, eligible, tell)
    gained = {measure["gained"]["value"] for measure in found["measures"].values()}
    assert gained - {None} == {0.0}  # none where nobody without serious violence before is listed
    assert found["measures"]["precision"]["then"] == found["measures"]["precision"]["today"]
    assert found["listed_alike"]["value"] == 1.0
    assert {(month["joined"], month["parted"]) for month in found["months"]} == {(0, 0)}


def test_months_with_scorers_of_different_scale_are_ranked_by_probability() -> None:
    rows = pl.DataFrame(
        {
            "as_of": [FIRST, FIRST, LAST, LAST, LAST],
            "pair_id": list("ABCDE"),
            "forewarn": [50.0, 900.0, 0.2, 0.3, 0.3],  # harm points in one month, odds in the other
            "score": [0.01, 0.2, 0.2, 0.3, 0.3],
        }
    )
    assert dict(_comparable(rows).select("pair_id", "forewarn").iter_rows()) == {"A": 0.0, "C": 1.0, "B": 2.0, "D": 3.0, "E": 3.0}
