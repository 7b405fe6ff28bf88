"""How likely a feud is to come to serious violence: made of the scores of its pairs, and held against what became of feuds in settled weeks."""

from __future__ import annotations

from datetime import date

import duckdb
import numpy as np
import polars as pl

from features.pair_week import READ
from features.past_feuds import past_people
from models.calibration import MIN_OUTCOMES, calibrate
from models.outcome import closed, grave_events, label, reporting_delay_days
from models.scorer import Bools, Floats

LANE = "conflict"
JUDGED_WEEKS, JUDGED_STEP = 12, 4
"""Every fourth settled week, so that no 28-day windows overlap, and the same ones from week to week. About a year is what a night has scores of."""
SCORE_DIGITS = 6
SCORED = "from scores.pair_week as score join pairs.pair using (pair_id) where lane = $lane"
LEAST_WARNED = 0.01
MORE_THAN_ONE_PAIR = 1.25
"""A feud is warned of as a group only if it is a quarter likelier than its likeliest pair: else that pair is the matter, and stands where it stands."""


def feud_weeks(people: pl.DataFrame, scored: pl.DataFrame) -> pl.DataFrame:
    """as_of, feud_id, raw, best, pairs: the chance that serious violence follows between any two of a feud if its pairs' chances are independent.

    `people`: as_of, feud_id, person_id; `scored`: as_of, pair_id, score. `best` is the score of its likeliest pair, `pairs` how many have one.
    """
    log_spared = (1.0 - pl.col("score").clip(upper_bound=0.999999)).log()
    return (
        pairs_within(people)
        .join(scored.select("as_of", "pair_id", "score"), on=["as_of", "pair_id"])
        .group_by("as_of", "feud_id", maintain_order=True)
        .agg((1.0 - log_spared.sum().exp()).alias("raw"), pl.col("score").max().alias("best"), pl.len().cast(pl.Int32).alias("pairs"))
        .sort("as_of", "feud_id")
    )


def pairs_within(people: pl.DataFrame) -> pl.DataFrame:
    """as_of, feud_id, pair_id: every two people of a feud, whether or not anything has passed between them."""
    both = people.join(people, on=["as_of", "feud_id"], suffix="_b").filter(pl.col("person_id") < pl.col("person_id_b"))
    return both.select("as_of", "feud_id", pl.concat_str("person_id", "person_id_b", separator="-").alias("pair_id"))


def followed(weeks: pl.DataFrame, people: pl.DataFrame, grave: pl.DataFrame) -> pl.Series:
    """For each feud and week: did serious violence between any two of its people, as it was that day, occur within 28 days?"""
    within = pairs_within(people).join(grave.select("pair_id").unique(), on="pair_id", how="semi")
    hit = within.filter(label(within, grave)).select("as_of", "feud_id", pl.lit(True).alias("hit")).unique()
    return weeks.join(hit, on=["as_of", "feud_id"], how="left", maintain_order="left")["hit"].fill_null(False)


def feud_scores(raw: Floats, judged: Floats, hit: Bools) -> tuple[Floats, str]:
    """Probabilities for the raw figures, and what they rest on: as feuds of such figures fared in settled weeks, if enough of them came to something."""
    outcomes = int(hit.sum())
    if outcomes < MIN_OUTCOMES:
        return (
            raw,
            f"as if its pairs were independent: only {outcomes} settled feud-weeks came to serious violence, too few to calibrate on",
        )
    fitted = calibrate(judged, hit)
    return fitted.apply(raw), f"calibrated on {len(judged):,} settled feud-weeks, of which serious violence followed {outcomes:,}"


def is_warned(feuds_of_weeks: pl.DataFrame) -> pl.Series:
    """Whether to warn of a feud (raw, best, score, is_listed, last_place): none of its pairs is listed, no single one explains it, and as a whole it is as
    likely as the last pair on the list; never while the list has room (last_place null)."""
    return feuds_of_weeks.select(
        (
            ~pl.col("is_listed")
            & (pl.col("score") >= pl.col("last_place"))
            & (pl.col("score") >= LEAST_WARNED)
            & (pl.col("raw") >= MORE_THAN_ONE_PAIR * pl.col("best"))
        ).fill_null(False)
    ).to_series()


def track_record(weeks: pl.DataFrame, scored: pl.DataFrame, list_size: int) -> str:
    """How feuds that would have been warned of in settled weeks fared (weeks: as_of, raw, best, score, hit), beside other feuds with no listed pair.

    A pair counts as listed then if it was among the first `list_size` by tonight's scorer.
    """
    places = scored.group_by("as_of").agg(pl.col("score").sort(descending=True).get(list_size - 1, null_on_oob=True).alias("last_place"))
    table = weeks.join(places, on="as_of", how="left").with_columns(
        (pl.col("best") >= pl.col("last_place")).fill_null(True).alias("is_listed")
    )
    warned = table.filter(is_warned(table))
    others = table.filter(~is_warned(table) & ~pl.col("is_listed"))
    if not warned.height:
        return "no settled week had such a feud, so that nothing is known of how such warnings fare"
    share = f", against {1000 * float(others['hit'].mean()):.0f} in 1,000 other feuds off the list" if others.height else ""  # type: ignore[arg-type]
    return f"of {warned.height:,} such feud-weeks in settled weeks {int(warned['hit'].sum()):,} came to serious violence{share}"


def score_feuds(con: duckdb.DuckDBPyConnection, list_size: int) -> int:
    """Writes scores.feud (feud_id, raw, score, best, pairs, note, record) for tonight's feuds; returns the settled feud-weeks that it was judged on."""
    as_of: date = con.execute("select as_of from known.as_of").fetchall()[0][0]
    events = con.sql(READ).pl()
    grave = grave_events(events, LANE)
    days = [day for (day,) in con.execute(f"select distinct as_of {SCORED}", {"lane": LANE}).fetchall()]
    settled = sorted(closed(days, as_of, reporting_delay_days(grave)))
    judged = [day for day in settled if day.toordinal() // 7 % JUDGED_STEP == 0][-JUDGED_WEEKS:]
    of_days = f"select as_of, pair_id, score {SCORED} and as_of in (select unnest($days::date[])) order by as_of, pair_id"
    scored = con.sql(of_days, params={"lane": LANE, "days": [*judged, as_of]}).pl()
    people = past_people(con, events, judged)
    weeks = feud_weeks(people, scored)
    hit = followed(weeks, people, grave).to_numpy().astype(bool)
    tonight = con.sql("select as_of, feud_id, person_id from features.feud_person cross join known.as_of").pl()
    found = feud_weeks(tonight, scored)
    score, note = feud_scores(found["raw"].to_numpy(), weeks["raw"].to_numpy(), hit)
    past, _ = feud_scores(weeks["raw"].to_numpy(), weeks["raw"].to_numpy(), hit)
    record = track_record(weeks.with_columns(pl.Series("score", past), pl.Series("hit", hit)), scored, list_size)
    table = found.with_columns(
        pl.Series("score", np.round(score, SCORE_DIGITS)), pl.lit(note).alias("note"), pl.lit(record).alias("record")
    )
    con.register("feuds_scored", table)
    con.execute("create or replace table scores.feud as select * from feuds_scored")
    con.unregister("feuds_scored")
    return weeks.height
