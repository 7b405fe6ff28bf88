"""How conflicts behave in each world."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from synth.chance import stream
from synth.conflicts import ESCALATE, Conflicts, make_conflicts
from synth.county import DEFAULT_END, Simulated, simulate, truth_tables
from synth.dynamics import State, fresh, one_day, run
from synth.oracle import serious_counts
from synth.period import Period
from synth.setting import Setting, make_setting
from synth.worlds import FLAT, GANGS, TOWN, World


def setting_of(world: World, people: int = 3000) -> Setting:
    return make_setting(4, world, people, Period(DEFAULT_END, 2))


def one_conflict(world: World, **state: float) -> State:
    """A running conflict, on its way up."""
    setting = setting_of(world, 400)
    conflicts: Conflicts = make_conflicts(setting)
    first = fresh(conflicts, np.array([0]))
    return replace(first, **{name: np.array([value]) for name, value in state.items()})


def rising(setting: Setting, *, escalating: bool) -> float:
    """How much worse the later half of a conflict's events is than the first half, in rungs."""
    course = run(setting, make_conflicts(setting))
    flares = pl.DataFrame({"number": course.flares.number, "severity": course.flares.severity})
    flares = flares.filter(pl.Series((course.turned[course.flares.number] >= 0) == escalating))
    placed = flares.with_columns((pl.int_range(pl.len()) / pl.len()).over("number").alias("place"), pl.len().over("number").alias("events"))
    halves = placed.filter(pl.col("events") >= 6).group_by(pl.col("place") >= 0.5).agg(pl.col("severity").mean()).sort("place")
    return float(halves["severity"][1] - halves["severity"][0])


def test_in_a_town_conflicts_on_an_escalating_course_get_worse() -> None:
    assert rising(setting_of(TOWN), escalating=True) > 0.8
    assert rising(setting_of(TOWN), escalating=False) < 0.5


def test_in_a_flat_world_nothing_gets_worse() -> None:
    setting = setting_of(FLAT)
    assert (run(setting, make_conflicts(setting)).turned < 0).all()
    assert abs(rising(setting, escalating=False)) < 0.15


@pytest.mark.parametrize(("world", "share"), [(TOWN, (0.3, 1.0)), (FLAT, (0.0, 0.0)), (GANGS, (0.3, 1.0))])
def test_where_serious_violence_comes_from(world: World, share: tuple[float, float]) -> None:
    done: Simulated = simulate(setting_of(world), lambda *_: None)
    serious = done.events.happened.filter((pl.col("severity") >= 4) & pl.col("kind").is_in(["feud", "blue"]))
    of_feuds = serious.select((pl.col("kind") == "feud").mean()).item()
    assert share[0] <= of_feuds <= share[1]


def test_in_a_flat_world_the_hazard_is_the_same_for_all_who_were_ever_in_conflict() -> None:
    setting = setting_of(FLAT, 1500)
    oracle = truth_tables(setting, simulate(setting, lambda *_: None))["oracle"]
    hazards = oracle.filter((pl.col("lane") == "conflict") & (pl.col("p_any") > 1e-4))["p_any"]
    assert 0 < hazards.max() < 0.02  # type: ignore[operator]
    assert hazards.round(5).n_unique() <= 3


def test_gangs_have_more_group_conflicts_than_a_town() -> None:
    count = {world.name: int((make_conflicts(setting_of(world, 6000)).kind == 1).sum()) for world in (TOWN, GANGS)}
    assert count["gangs"] > 2 * count["town"]


def test_each_event_makes_the_next_likelier_and_worse() -> None:
    state = one_conflict(TOWN, heat=0.0, rung=1.0, base=50.0, climb=0.5, course=ESCALATE, ceiling=5.0, floor=1.0)
    heat, rung = [0.0], [1.0]
    for _ in range(5):
        happens, _, _ = one_day(state, TOWN, stream(1, "a day"))
        assert happens.all()
        heat, rung = [*heat, float(state.heat[0])], [*rung, float(state.rung[0])]
    assert heat == sorted(heat)
    assert rung == sorted(rung) and rung[-1] > 2


def test_quiet_conflicts_cool_down() -> None:
    state = one_conflict(TOWN, heat=3.0, rung=4.0, base=0.0, excitation=0.0, floor=1.0)
    for day in range(60):
        one_day(state, TOWN, stream(1, f"day {day}"))
    assert state.heat[0] < 0.2
    assert 1.0 < state.rung[0] < 4.0


def test_the_hazard_grows_with_the_rung() -> None:
    low, high = (
        one_conflict(TOWN, heat=2.0, rung=rung, base=0.05, excitation=0.04, ends=0.0, floor=1.0, climb=0.1, ceiling=4.6)
        for rung in (1.0, 4.2)
    )
    rare, likely = (float((serious_counts(stream(1, "futures"), TOWN, state) > 0).mean()) for state in (low, high))
    assert rare < 0.05
    assert likely > 0.6
