"""The true hazard: the chance of serious violence between two people in the 28 days after a cut, given how their conflict really stands."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl

from synth.chance import Floats, Rng
from synth.conflicts import COUPLE, GROUP, Conflicts
from synth.conflicts import PAIR as PAIR_CONFLICT
from synth.deliveries import end_of
from synth.dynamics import SERIOUS, Course, State, copies, one_day
from synth.feuding import leading
from synth.people import person_ids
from synth.recording import BY_SEVERITY, SUSPECT_KNOWN
from synth.setting import Setting
from synth.truth import PAIR
from synth.worlds import World

HORIZON_DAYS = 28
FUTURES = 200
OUT_OF_THE_BLUE = 2e-5  # for a pair in no running conflict
Hazard = tuple[int, int, float, float, bool]  # two people, chance of any, of a recorded one, and whether they are a couple
RECORDED_SHARE = float(BY_SEVERITY[SERIOUS] * SUSPECT_KNOWN["feud"])


def true_hazards(setting: Setting, conflicts: Conflicts, course: Course, contacts: pl.DataFrame) -> pl.DataFrame:
    """as_of, monday, pair, lane, p_any, p_recorded at every cut, for every pair with recorded contact by then."""
    first = contacts.group_by(PAIR).agg(pl.col("known_at").min(), (pl.col("kind") == "domestic").any().alias("is_domestic")).sort(PAIR)
    frames = []
    for cut, state in course.at_cut.items():
        counts = serious_counts(setting.rng(f"oracle {cut}"), setting.world, state)
        hazard = _by_pair([*_running(conflicts, state, counts), *_blue(setting, conflicts, cut)])
        frames.append(_of_known_pairs(first, hazard, cut))
    return pl.concat(frames)


def _of_known_pairs(first: pl.DataFrame, hazard: pl.DataFrame, cut: date) -> pl.DataFrame:
    known = first.filter(pl.col("known_at") < end_of(cut)).join(hazard, on=PAIR, how="left", maintain_order="left")
    domestic = pl.col("in_couple").fill_null(False) | pl.col("is_domestic")
    return known.select(
        pl.lit(cut).alias("as_of"),
        pl.lit(cut + timedelta(days=1)).alias("monday"),
        *PAIR,
        pl.when(domestic).then(pl.lit("domestic")).otherwise(pl.lit("conflict")).alias("lane"),
        pl.max_horizontal(pl.col("p_any").fill_null(0.0), pl.lit(OUT_OF_THE_BLUE)).alias("p_any"),
        pl.max_horizontal(pl.col("p_recorded").fill_null(0.0), pl.lit(OUT_OF_THE_BLUE * RECORDED_SHARE)).alias("p_recorded"),
    )


def serious_counts(rng: Rng, world: World, state: State) -> Floats:
    """How many serious events each conflict has in each of many futures: shape (conflicts, FUTURES)."""
    size = state.number.size
    many = copies(state, FUTURES)
    origin = np.arange(size * FUTURES)
    counts = np.zeros(size * FUTURES)
    for _ in range(HORIZON_DAYS):
        happens, severity, ended = one_day(many, world, rng)
        np.add.at(counts, origin[happens & (severity >= SERIOUS)], 1.0)
        many, origin = many.keep(~ended), origin[~ended]
    return counts.reshape(size, FUTURES)


def _running(conflicts: Conflicts, state: State, counts: Floats) -> list[Hazard]:
    """The chance that at least one of a conflict's serious events is between a given two of its people."""
    rows: list[Hazard] = []
    for place, number in enumerate(state.number.tolist()):
        a, b = conflicts.side_a[number], conflicts.side_b[number]
        share = np.outer(_taking_part(a.size, 2.05), _taking_part(b.size, 1.3)) if conflicts.kind[number] == GROUP else np.ones((1, 1))
        for i, j in np.ndindex(*share.shape):
            p, q = (1.0 - float(((1.0 - share[i, j] * seen) ** counts[place]).mean()) for seen in (1.0, RECORDED_SHARE))
            rows.append((int(min(a[i], b[j])), int(max(a[i], b[j])), p, q, bool(conflicts.kind[number] == COUPLE)))
    return rows


def _blue(setting: Setting, conflicts: Conflicts, cut: date) -> list[Hazard]:
    """The same chance for everyone who was ever in conflict, in a world where violence comes out of the blue."""
    known = np.flatnonzero(conflicts.kind == PAIR_CONFLICT)
    if setting.world.blue_on_known == 0 or not known.size:
        return []
    a_day = setting.world.blue_on_known * setting.scale / (known.size * setting.period.days)
    p = 1.0 - float(np.exp(-a_day * HORIZON_DAYS))
    begun = known[conflicts.start[known] <= setting.period.day_number(cut)]
    sides = ((int(conflicts.side_a[n][0]), int(conflicts.side_b[n][0])) for n in begun)
    return [(min(a, b), max(a, b), p, p * RECORDED_SHARE, False) for a, b in sides]


def _by_pair(rows: list[Hazard]) -> pl.DataFrame:
    """One row per pair: the chance that any of its conflicts turns serious."""
    schema = {"person_a": pl.Int64, "person_b": pl.Int64, "p_any": pl.Float64, "p_recorded": pl.Float64, "in_couple": pl.Boolean}
    any_of = [(1.0 - (1.0 - pl.col(p)).product()).alias(p) for p in ("p_any", "p_recorded")]
    whole = pl.DataFrame(rows, schema=schema, orient="row").group_by(PAIR).agg(*any_of, pl.col("in_couple").any()).sort(PAIR)
    return whole.with_columns(pl.Series(c, person_ids(whole[c].to_numpy()).tolist(), dtype=pl.String) for c in PAIR)


def _taking_part(size: int, mean: float) -> Floats:
    """About how likely each member of a side is to be in an event, when `mean` of them are."""
    return np.asarray(np.minimum(1.0, 1.0 - (1.0 - leading(size)) ** mean))
