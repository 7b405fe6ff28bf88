"""What informants have to tell: about conflicts that exist, about ones that do not, about friends, and about everything else."""

from __future__ import annotations

import numpy as np
import polars as pl

from synth.chance import Bools, Ints, Moments, Rng, Strings, many, minutes, pick, stream, strings
from synth.conflicts import COUPLE, GROUP, Conflicts
from synth.dynamics import Course
from synth.events import AGGRESSOR, Events, between
from synth.people import People
from synth.period import Period, time_of_day
from synth.street import grown_up, whenever
from synth.ties import Ties, neighbours_in_age, pick_from
from synth.worlds import World

TOLD_BY_SEVERITY = np.array([0.10, 0.16, 0.20, 0.26, 0.42, 0.50])
THEMES_BY_SEVERITY: tuple[tuple[tuple[str, ...], tuple[float, ...]], ...] = (
    (("online", "dispute", "threat"), (0.6, 0.3, 0.1)), (("threat", "looking_for", "online", "dispute", "fear"), (0.4, 0.2, 0.15, 0.15, 0.1)),
    (("assault", "threat", "dispute", "looking_for"), (0.5, 0.2, 0.2, 0.1)), (("assault", "looking_for", "threat", "fear", "weapon"), (0.4, 0.2, 0.15, 0.1, 0.15)),
    (("looking_for", "weapon", "threat", "fear", "dispute"), (0.3, 0.25, 0.2, 0.15, 0.1)), (("looking_for", "weapon", "threat", "fear"), (0.3, 0.3, 0.25, 0.15)),
)
TENSION = (("dispute", "threat", "looking_for", "fear", "online"), (0.34, 0.20, 0.16, 0.14, 0.16))
OTHER = (("drugs", "burglary", "vehicle", "life", "nobody"), (0.40, 0.20, 0.13, 0.17, 0.10))
WEAPON_RUNG = 2.4
STORY_SCHEMA = {"time": pl.Datetime("us"), "theme": pl.String, "a": pl.Int64, "b": pl.Int64, "c": pl.Int64, "is_true": pl.Boolean, "feud": pl.Int64}


def make_stories(seed: int, world: World, people: People, ties: Ties, conflicts: Conflicts, course: Course, events: Events, period: Period) -> pl.DataFrame:
    """One row per report to be: time, theme, people a, b, c (-1 for none), whether it is true, and of which conflict (-1 for none)."""
    scale = people.count / 1000 * period.simulated_years
    volumes = world.volumes
    groups = [
        _after_events(stream(seed, "told events"), events), _tension(stream(seed, "tension"), conflicts, course, period), _ends(stream(seed, "ends"), conflicts, course, period),
        _false(stream(seed, "false stories"), people, period, volumes.false_conflict_reports * scale),
        _company(stream(seed, "company"), people, ties, period, volumes.association_reports * scale),
        _accomplices(stream(seed, "accomplices"), events), _other(stream(seed, "other stories"), people, ties, period, volumes.other_reports * scale),
    ]
    return pl.concat(groups).filter((pl.col("time") >= period.start) & (pl.col("a") != pl.col("b"))).sort("time", "theme", "a", "b", maintain_order=True)


def story(time: Moments, theme: Strings, a: Ints, b: Ints | int, *, c: Ints | int = -1, is_true: Bools | bool = True, feud: Ints | int = -1) -> pl.DataFrame:
    """A table of stories; single values hold for all rows."""
    def full(value: Ints | int) -> Ints:
        return np.broadcast_to(np.asarray(value, dtype=np.int64), a.shape)
    return pl.DataFrame({"time": time.astype("datetime64[us]"), "theme": theme.tolist(), "a": a, "b": full(b), "c": full(c), "is_true": np.broadcast_to(is_true, a.shape),
                         "feud": full(feud)}, schema=STORY_SCHEMA)


def _after_events(rng: Rng, events: Events) -> pl.DataFrame:
    """Someone saw it, or heard of it: whether or not the police were called."""
    struck = between(events).filter(pl.col("kind").is_in(["feud", "domestic"]))
    struck = struck.filter(pl.Series(rng.random(struck.height) < TOLD_BY_SEVERITY[struck["severity"].to_numpy()] * np.where(struck["kind"] == "feud", 1.0, 0.25)))
    severity = struck["severity"].to_numpy()
    theme = np.full(severity.size, "", dtype=object)
    for level, (themes, weights) in enumerate(THEMES_BY_SEVERITY):
        rows = np.flatnonzero(severity == level)
        theme[rows] = pick(rng, themes, rows.size, weights)
    a, b = struck["a"].to_numpy(), struck["b"].to_numpy()
    revenge = np.isin(theme, ["looking_for", "threat", "weapon"]) & (rng.random(a.size) < 0.4)
    return story(struck["time"].to_numpy().astype("datetime64[m]") + minutes(rng, a.size, 2.0), theme, np.where(revenge, b, a), np.where(revenge, a, b), feud=struck["feud"].to_numpy())


def _tension(rng: Rng, conflicts: Conflicts, course: Course, period: Period) -> pl.DataFrame:
    """Talk between events, the more of weapons the higher the conflict has climbed."""
    number, day, rung = course.tension
    keep = (conflicts.kind[number] != COUPLE) | (rng.random(number.size) < 0.2)
    number, day, rung = number[keep], day[keep], rung[keep]
    sides = [_two_of(rng, conflicts, int(n)) for n in number]
    swap = rng.random(number.size) < 0.5
    a, b = (np.array([s[i] for s in sides] or [0], dtype=np.int64)[:number.size] for i in (0, 1))
    armed = (rung > WEAPON_RUNG) & (rng.random(number.size) < 0.28)
    theme = np.where(armed, "weapon", pick(rng, TENSION[0], number.size, TENSION[1])).astype(object)
    return story(period.moments(day, time_of_day(rng, day.size, "evening")), theme, np.where(swap, b, a), np.where(swap, a, b), feud=number)


def _two_of(rng: Rng, conflicts: Conflicts, number: int) -> tuple[int, int]:
    a, b = conflicts.side_a[number], conflicts.side_b[number]
    if conflicts.kind[number] != GROUP:
        return int(a[0]), int(b[0])
    return int(a[int(rng.integers(a.size) * rng.random())]), int(b[int(rng.integers(b.size) * rng.random())])


def _ends(rng: Rng, conflicts: Conflicts, course: Course, period: Period) -> pl.DataFrame:
    """Some ends become known as reconciliations; some old quarrels are denied."""
    over = np.flatnonzero((course.ended < period.days) & (conflicts.kind != GROUP))
    a, b = (np.array([int(side[0]) for side in sides] or [0], dtype=np.int64)[over] for sides in (conflicts.side_a, conflicts.side_b))
    fate = rng.random(over.size)
    told = fate < 0.20
    theme = np.where(fate < 0.15, "peace", "negation").astype(object)
    time = period.moments(course.ended[over], time_of_day(rng, over.size, "day")) + minutes(rng, over.size, 12)
    return story(time[told], theme[told], a[told], b[told], feud=over[told])


def _false(rng: Rng, people: People, period: Period, mean: float) -> pl.DataFrame:
    """Rumours of conflicts that do not exist, and denials of rumours."""
    pairs = neighbours_in_age(rng, people, pick_from(rng, grown_up(people, period, 13, 60), many(rng, mean), people.volatility + 0.05), grown_up(people, period, 13, 60), 60)
    themes, weights = (*TENSION[0], "weapon", "peace", "negation", "assault"), (*(w * 0.72 for w in TENSION[1]), 0.05, 0.04, 0.11, 0.08)
    return story(whenever(rng, period, len(pairs), "evening"), pick(rng, themes, len(pairs), weights), pairs[:, 0], pairs[:, 1], is_true=False)


def _company(rng: Rng, people: People, ties: Ties, period: Period, mean: float) -> pl.DataFrame:
    """Friends seen together: mostly crews, some others."""
    crews = [ties.crews[int(n)] for n in rng.integers(0, max(len(ties.crews), 1), many(rng, mean))] if ties.crews else []
    three = [rng.permutation(crew)[:3] for crew in crews]
    a, b, c = (np.array([row[i] for row in three] or [0], dtype=np.int64)[:len(three)] for i in range(3))
    theme = np.where(rng.random(len(three)) < 0.85, "association", "together").astype(object)
    return story(whenever(rng, period, len(three), "evening"), theme, a, b, c=c)


def _accomplices(rng: Rng, events: Events) -> pl.DataFrame:
    """Thieves who work together."""
    thieves = events.parts.filter(pl.col("part") == AGGRESSOR).join(events.happened.filter(pl.col("kind") == "theft").select("event", "time"), on="event").sort("event", "person")
    two = thieves.group_by("event", maintain_order=True).agg(pl.col("person").first().alias("a"), pl.col("person").last().alias("b"), pl.col("time").first())
    two = two.filter(pl.col("a") != pl.col("b"))
    two = two.filter(pl.Series(rng.random(two.height) < 0.15))
    return story(two["time"].to_numpy().astype("datetime64[m]") + minutes(rng, two.height, 8), np.full(two.height, "together", dtype=object), two["a"].to_numpy(), two["b"].to_numpy())


def _other(rng: Rng, people: People, ties: Ties, period: Period, mean: float) -> pl.DataFrame:
    """Drugs, burglary, vehicles, comings and goings; some name no one."""
    a = pick_from(rng, grown_up(people, period, 13, 65), many(rng, mean), people.light_fingers + 0.5 * people.volatility)
    theme = pick(rng, OTHER[0], a.size, OTHER[1])
    b = pick_from(rng, grown_up(people, period, 13, 65), a.size, people.light_fingers + 0.5 * people.volatility)
    return story(whenever(rng, period, a.size, "day"), theme, np.where(theme == strings(["nobody"])[0], -1, a), np.where(theme == "life", b, -2))
