"""How conflicts go, day by day: each event makes the next likelier for a while, and on an escalating course each one is a rung worse."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date

import numpy as np

from synth.chance import Bools, Floats, Ints, Rng
from synth.conflicts import ESCALATE, Conflicts
from synth.setting import Setting
from synth.worlds import World

SERIOUS = 4
FORGETTING_DAYS = 130.0
QUIET_TALK, HEATED_TALK = 0.004, 0.022  # chance a day that a conflict is spoken of, and more for each recent event


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
class Flares:
    """Days on which conflicts flared up: which, when, and how badly."""

    number: Ints
    day: Ints
    severity: Ints


@dataclass(frozen=True)
class Talk:
    """Days on which people spoke of a conflict, and the rung it stood on."""

    number: Ints
    day: Ints
    rung: Floats


@dataclass(frozen=True)
class Course:
    """What came of all conflicts."""

    flares: Flares  # in order of time
    talk: Talk
    ended: Ints  # day number, `period.days` for those that still run
    turned: Ints  # day number on which it was on an escalating course first, -1 for never
    at_cut: dict[date, State]  # where each stood at the end of the day of a delivery

    def of(self, rows: Ints) -> Flares:
        """Some of the flares."""
        return Flares(self.flares.number[rows], self.flares.day[rows], self.flares.severity[rows])


def fresh(conflicts: Conflicts, rows: Ints) -> State:
    """The state of conflicts on their first day."""
    c = conflicts
    return State(
        rows,
        np.full(rows.size, 0.5),
        c.rung[rows],
        c.course[rows],
        c.base[rows],
        c.excitation[rows],
        c.cooling[rows],
        c.rung[rows],
        c.climb[rows],
        c.ceiling[rows],
        c.ends[rows],
        c.turns[rows],
    )


def escalate(state: State, rows: Bools, world: World) -> None:
    """Puts some conflicts on an escalating course, in place."""
    steep = world.courses[ESCALATE]
    state.course[rows] = ESCALATE
    for name, value in (
        ("excitation", steep.excitation),
        ("cooling", steep.cooling_days),
        ("climb", steep.climb),
        ("ceiling", steep.ceiling),
        ("ends", steep.ends),
        ("turns", 0.0),
    ):
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


def run(setting: Setting, conflicts: Conflicts) -> Course:
    """Runs all conflicts from their start to their end."""
    rng, world, days = setting.rng("dynamics"), setting.world, setting.period.days
    order = np.argsort(conflicts.start, kind="stable")
    first_of_day = np.searchsorted(conflicts.start[order], np.arange(days + 1))
    state = fresh(conflicts, order[:0])
    ended = np.full(conflicts.count, days, dtype=np.int64)
    turned = np.where(conflicts.course == ESCALATE, conflicts.start, -1)
    flares, talk = [Flares(order[:0], order[:0], order[:0])], [Talk(order[:0], order[:0], np.zeros(0))]
    cuts, at_cut = {setting.period.day_number(cut): cut for cut in setting.period.cuts}, {}
    for day in range(days):
        state = state.joined(fresh(conflicts, order[first_of_day[day] : first_of_day[day + 1]]))
        happens, severity, over = one_day(state, world, rng)
        flares.append(Flares(state.number[happens], np.full(happens.sum(), day), severity[happens]))
        spoken = rng.random(state.number.size) < QUIET_TALK + HEATED_TALK * np.minimum(state.heat, 4.0)
        talk.append(Talk(state.number[spoken], np.full(spoken.sum(), day), state.rung[spoken]))
        steep = state.number[state.course == ESCALATE]
        turned[steep] = np.where(turned[steep] < 0, day, turned[steep])
        ended[state.number[over]] = day
        state = state.keep(~over)
        if day in cuts:
            at_cut[cuts[day]] = state.keep(np.arange(state.number.size))
    return Course(_all_flares(flares), _all_talk(talk), ended, turned, at_cut)


def _all_flares(parts: list[Flares]) -> Flares:
    return Flares(*(np.concatenate([getattr(part, name) for part in parts]) for name in ("number", "day", "severity")))


def _all_talk(parts: list[Talk]) -> Talk:
    return Talk(*(np.concatenate([getattr(part, name) for part in parts]) for name in ("number", "day", "rung")))


def copies(state: State, times: int) -> State:
    """Each conflict's state so many times, one after another."""
    return replace(state, **{f.name: np.repeat(getattr(state, f.name), times) for f in fields(state)})
