"""How conflicts go, day by day: each event makes the next likelier for a while, and on an escalating course each one is a rung worse."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date

import numpy as np

from synth.chance import Bools, Floats, Ints, Rng, stream
from synth.conflicts import ESCALATE, Conflicts
from synth.period import Period
from synth.worlds import World

SERIOUS = 4
FORGETTING_DAYS = 130.0


@dataclass
class State:
    """Where each running conflict stands; arrays that change from day to day."""

    number: Ints
    heat: Floats
    rung: Floats
    course: Ints
    base: Floats
    excitation: Floats
    cooling: Floats
    floor: Floats
    climb: Floats
    ceiling: Floats
    ends: Floats
    turns: Floats

    def keep(self, rows: Bools | Ints) -> State:
        """The state of some conflicts (or several copies of them)."""
        return State(**{f.name: getattr(self, f.name)[rows] for f in fields(self)})

    def joined(self, other: State) -> State:
        """This state and another's."""
        return State(**{f.name: np.concatenate([getattr(self, f.name), getattr(other, f.name)]) for f in fields(self)})


@dataclass(frozen=True)
class Course:
    """What came of all conflicts: the events in order of time, the last day of each conflict, when it began to escalate, and where each stood at the cuts."""

    number: Ints
    day: Ints
    severity: Ints
    heat: Floats
    ended: Ints                # day number, `period.days` when it still runs
    turned: Ints               # day number on which it was escalating first, -1 for never
    tension: tuple[Ints, Ints, Floats]      # conflict, day, heat: days on which people spoke of it
    at_cut: dict[date, State]


def fresh(conflicts: Conflicts, rows: Ints) -> State:
    """The state of conflicts on their first day."""
    c = conflicts
    return State(rows, np.full(rows.size, 0.5), c.rung[rows], c.course[rows], c.base[rows], c.excitation[rows], c.cooling[rows], c.rung[rows],
                 c.climb[rows], c.ceiling[rows], c.ends[rows], c.turns[rows])


def escalate(state: State, rows: Bools, world: World) -> None:
    """Puts some conflicts on an escalating course, in place."""
    steep = world.courses[ESCALATE]
    state.course[rows] = ESCALATE
    for name, value in (("excitation", steep.excitation), ("cooling", steep.cooling_days), ("climb", steep.climb), ("ceiling", steep.ceiling),
                        ("ends", steep.ends), ("turns", 0.0)):
        getattr(state, name)[rows] = value


def one_day(state: State, world: World, rng: Rng) -> tuple[Bools, Ints, Bools]:
    """Moves all conflicts on by a day, in place: which of them had an event, how severe it would be, and which ended."""
    size = state.number.size
    happens = rng.random(size) < 1.0 - np.exp(-(state.base + state.excitation * state.heat))
    severity = np.clip(np.rint(state.rung + rng.normal(0.0, world.severity_spread, size)), 0, world.top_severity).astype(np.int64)
    serious = happens & (severity >= SERIOUS)
    state.heat *= np.exp(-1.0 / state.cooling)
    state.heat += happens + world.revenge * serious
    state.rung += (state.floor - state.rung) / FORGETTING_DAYS + happens * state.climb * rng.uniform(0.2, 1.8, size)
    np.minimum(state.rung, state.ceiling, out=state.rung)
    fate = rng.random(size)
    ended = (fate < state.ends) | (serious & (rng.random(size) < world.ends_after_serious))
    turned = (rng.random(size) < state.turns) & ~ended
    if turned.any():
        escalate(state, turned, world)
    return happens, severity, ended


def run(seed: int, world: World, conflicts: Conflicts, period: Period) -> Course:
    """Runs all conflicts from their start to their end."""
    rng = stream(seed, "dynamics")
    order = np.argsort(conflicts.start, kind="stable")
    first_of_day = np.searchsorted(conflicts.start[order], np.arange(period.days + 1))
    state = fresh(conflicts, order[:0])
    ended = np.full(conflicts.count, period.days, dtype=np.int64)
    turned = np.where(conflicts.course == ESCALATE, conflicts.start, -1)
    events: list[tuple[Ints, Ints, Ints, Floats]] = []
    talk: list[tuple[Ints, Ints, Floats]] = []
    at_cut: dict[date, State] = {}
    cut_days = {period.day_number(cut): cut for cut in period.cuts}
    for day in range(period.days):
        state = state.joined(fresh(conflicts, order[first_of_day[day]:first_of_day[day + 1]]))
        happens, severity, over = one_day(state, world, rng)
        rows = np.flatnonzero(happens)
        events.append((state.number[rows], np.full(rows.size, day), severity[rows], state.heat[rows]))
        spoken = np.flatnonzero(rng.random(state.number.size) < 0.004 + 0.022 * np.minimum(state.heat, 4.0))
        talk.append((state.number[spoken], np.full(spoken.size, day), state.rung[spoken]))
        now = state.number[(state.course == ESCALATE)]
        turned[now] = np.where(turned[now] < 0, day, turned[now])
        ended[state.number[over]] = day
        state = state.keep(~over)
        if day in cut_days:
            at_cut[cut_days[day]] = state.keep(np.arange(state.number.size))
    number, when, severe, heat = (np.concatenate(column) for column in zip(*events, strict=True))
    return Course(number, when, severe, heat, ended, turned, tuple(np.concatenate(c) for c in zip(*talk, strict=True)), at_cut)  # type: ignore[arg-type]


def copies(state: State, times: int) -> State:
    """Each conflict's state so many times, one after another."""
    return replace(state, **{f.name: np.repeat(getattr(state, f.name), times) for f in fields(state)})
