"""What informants have to tell: about conflicts that exist, about ones that do not, about friends, and about everything else."""

from __future__ import annotations

import numpy as np
import polars as pl

from synth.chance import Bools, Ints, Moments, Rng, Strings, after, many, pick
from synth.conflicts import COUPLE, GROUP, Conflicts
from synth.dynamics import Course
from synth.events import AGGRESSOR, Events, Schema, between
from synth.period import time_of_day
from synth.setting import Setting
from synth.street import grown_up, whenever
from synth.ties import neighbours_in_age, pick_from

TOLD_BY_SEVERITY = np.array([0.10, 0.16, 0.20, 0.26, 0.42, 0.50])
THEMES_BY_SEVERITY: tuple[tuple[tuple[str, ...], tuple[float, ...]], ...] = (
    (("online", "dispute", "threat"), (0.6, 0.3, 0.1)),
    (("threat", "looking_for", "online", "dispute", "fear"), (0.4, 0.2, 0.15, 0.15, 0.1)),
    (("assault", "threat", "dispute", "looking_for"), (0.5, 0.2, 0.2, 0.1)),
    (("assault", "looking_for", "threat", "fear", "weapon"), (0.4, 0.2, 0.15, 0.1, 0.15)),
    (("looking_for", "weapon", "threat", "fear", "dispute"), (0.3, 0.25, 0.2, 0.15, 0.1)),
    (("looking_for", "weapon", "threat", "fear"), (0.3, 0.3, 0.25, 0.15)),
)
TENSION = (("dispute", "threat", "looking_for", "fear", "online"), (0.34, 0.20, 0.16, 0.14, 0.16))
OTHER = (("drugs", "burglary", "vehicle", "life", "nobody"), (0.40, 0.20, 0.13, 0.17, 0.10))
WEAPON_RUNG = 2.4
NO_ONE = -1
STORY_SCHEMA: Schema = {
    "time": pl.Datetime("us"),
    "theme": pl.String,
    "a": pl.Int64,
    "b": pl.Int64,
    "c": pl.Int64,
    "is_true": pl.Boolean,
    "feud": pl.Int64,
}


def make_stories(setting: Setting, conflicts: Conflicts, course: Course, events: Events) -> pl.DataFrame:
    """One row per report to be: time, theme, people a, b, c (-1 for none), whether it is true, and of which conflict (-1 for none)."""
    groups = [
        _after_events(setting.rng("told events"), events),
        _tension(setting, conflicts, course),
        _ends(setting, conflicts, course),
        _false(setting),
        _company(setting),
        _accomplices(setting.rng("accomplices"), events),
        _other(setting),
    ]
    told = pl.concat(groups).filter((pl.col("time") >= setting.period.start) & (pl.col("a") != pl.col("b")))
    return told.sort("time", "theme", "a", "b", maintain_order=True)


def story(
    time: Moments, theme: Strings, a: Ints, b: Ints | int, *, c: Ints | int = -1, is_true: Bools | bool = True, feud: Ints | int = -1
) -> pl.DataFrame:
    """A table of stories; single values hold for all rows."""

    def full(value: Ints | int) -> Ints:
        return np.broadcast_to(np.asarray(value, dtype=np.int64), a.shape)

    return pl.DataFrame(
        {
            "time": time.astype("datetime64[us]"),
            "theme": theme.tolist(),
            "a": a,
            "b": full(b),
            "c": full(c),
            "is_true": np.broadcast_to(is_true, a.shape),
            "feud": full(feud),
        },
        schema=STORY_SCHEMA,
    )


def _after_events(rng: Rng, events: Events) -> pl.DataFrame:
    """Someone saw it, or heard of it: whether or not the police were called."""
    struck = between(events).filter(pl.col("kind").is_in(["feud", "domestic"]))
    struck = struck.filter(
        pl.Series(
            rng.random(struck.height) < TOLD_BY_SEVERITY[struck["severity"].to_numpy()] * np.where(struck["kind"] == "feud", 1.0, 0.25)
        )
    )
    severity = struck["severity"].to_numpy()
    theme = np.full(severity.size, "", dtype=object)
    for level, (themes, weights) in enumerate(THEMES_BY_SEVERITY):
        rows = np.flatnonzero(severity == level)
        theme[rows] = pick(rng, themes, rows.size, weights)
    a, b = struck["a"].to_numpy(), struck["b"].to_numpy()
    revenge = np.isin(theme, ["looking_for", "threat", "weapon"]) & (rng.random(a.size) < 0.4)
    return story(
        after(rng, struck["time"].to_numpy(), 2.0),
        theme,
        np.where(revenge, b, a),
        np.where(revenge, a, b),
        feud=struck["feud"].to_numpy(),
    )


def _tension(setting: Setting, conflicts: Conflicts, course: Course) -> pl.DataFrame:
    """Talk between events, the more of weapons the higher the conflict has climbed."""
    rng, talk = setting.rng("tension"), course.talk
    keep = (conflicts.kind[talk.number] != COUPLE) | (rng.random(talk.number.size) < 0.2)
    number, day, rung = talk.number[keep], talk.day[keep], talk.rung[keep]
    sides = np.array([_two_of(rng, conflicts, n) for n in number.tolist()], dtype=np.int64).reshape(-1, 2)
    swap = rng.random(number.size) < 0.5
    a, b = np.where(swap, sides[:, 1], sides[:, 0]), np.where(swap, sides[:, 0], sides[:, 1])
    armed = (rung > WEAPON_RUNG) & (rng.random(number.size) < 0.28)
    theme = np.where(armed, "weapon", pick(rng, TENSION[0], number.size, TENSION[1])).astype(object)
    return story(setting.period.moments(day, time_of_day(rng, day.size, "evening")), theme, a, b, feud=number)


def _two_of(rng: Rng, conflicts: Conflicts, number: int) -> tuple[int, int]:
    a, b = conflicts.side_a[number], conflicts.side_b[number]
    if conflicts.kind[number] != GROUP:
        return int(a[0]), int(b[0])
    return int(a[int(rng.integers(a.size) * rng.random())]), int(b[int(rng.integers(b.size) * rng.random())])


def _ends(setting: Setting, conflicts: Conflicts, course: Course) -> pl.DataFrame:
    """Some ends become known as reconciliations; some old quarrels are denied."""
    rng, period = setting.rng("ends"), setting.period
    over = np.flatnonzero((course.ended < period.days) & (conflicts.kind != GROUP))
    a, b = (np.array([int(side[0]) for side in sides] or [0], dtype=np.int64)[over] for sides in (conflicts.side_a, conflicts.side_b))
    fate = rng.random(over.size)
    told = fate < 0.20
    theme = np.where(fate < 0.15, "peace", "negation").astype(object)
    time = after(rng, period.moments(course.ended[over], time_of_day(rng, over.size, "day")), 12)
    return story(time[told], theme[told], a[told], b[told], feud=over[told])


def _false(setting: Setting) -> pl.DataFrame:
    """Rumours of conflicts that do not exist, and denials of rumours."""
    rng, people, period = setting.rng("false stories"), setting.people, setting.period
    anyone = grown_up(people, period, 13, 60)
    first = pick_from(rng, anyone, many(rng, setting.world.volumes.false_conflict_reports * setting.scale), people.volatility + 0.05)
    pairs = neighbours_in_age(rng, people, first, anyone, 60)
    themes, weights = (*TENSION[0], "weapon", "peace", "negation", "assault"), (*(w * 0.72 for w in TENSION[1]), 0.05, 0.04, 0.11, 0.08)
    return story(
        whenever(rng, period, len(pairs), "evening"), pick(rng, themes, len(pairs), weights), pairs[:, 0], pairs[:, 1], is_true=False
    )


def _company(setting: Setting) -> pl.DataFrame:
    """Friends seen together: crews."""
    rng, crews = setting.rng("company"), setting.ties.crews
    count = many(rng, setting.world.volumes.association_reports * setting.scale) if crews else 0
    three = np.array([rng.permutation(crews[n])[:3] for n in rng.integers(0, max(len(crews), 1), count).tolist()], dtype=np.int64).reshape(
        -1, 3
    )
    theme = np.where(rng.random(count) < 0.85, "association", "together").astype(object)
    return story(whenever(rng, setting.period, count, "evening"), theme, three[:, 0], three[:, 1], c=three[:, 2])


def _accomplices(rng: Rng, events: Events) -> pl.DataFrame:
    """Thieves who work together."""
    thieves = (
        events.parts.filter(pl.col("part") == AGGRESSOR)
        .join(events.happened.filter(pl.col("kind") == "theft").select("event", "time"), on="event")
        .sort("event", "person")
    )
    two = thieves.group_by("event", maintain_order=True).agg(
        pl.col("person").first().alias("a"), pl.col("person").last().alias("b"), pl.col("time").first()
    )
    two = two.filter(pl.col("a") != pl.col("b"))
    two = two.filter(pl.Series(rng.random(two.height) < 0.15))
    return story(
        after(rng, two["time"].to_numpy(), 8),
        np.full(two.height, "together", dtype=object),
        two["a"].to_numpy(),
        two["b"].to_numpy(),
    )


def _other(setting: Setting) -> pl.DataFrame:
    """Drugs, burglary, vehicles, comings and goings; some name no one."""
    rng, people = setting.rng("other stories"), setting.people
    anyone, known = grown_up(people, setting.period, 13, 65), people.light_fingers + 0.5 * people.volatility
    a = pick_from(rng, anyone, many(rng, setting.world.volumes.other_reports * setting.scale), known)
    b = pick_from(rng, anyone, a.size, known)
    theme = pick(rng, OTHER[0], a.size, OTHER[1])
    a, b = np.where(theme == "nobody", NO_ONE, a), np.where(theme == "life", b, NO_ONE - 1)
    return story(whenever(rng, setting.period, a.size, "day"), theme, a, b)
