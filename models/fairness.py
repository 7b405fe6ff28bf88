"""How a warning falls on groups of people: who is listed, how often rightly, whose events are missed, and whom the data cover at all.

Reads what a replay of past weeks listed, and who the people are. A figure that rests on fewer than ten is not shown: it would say more of
persons than of groups.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from models.backtest.replaying import FOREWARN, Replay, ranked
from models.outcome import HORIZON_DAYS
from models.scorer import Floats

LEAST = 10
DRAWS = 400
SEED = 20_260_301
CONFIDENCE = 0.9
NOT_KNOWN = "not known"
AGE_BANDS = ((18, "under 18"), (25, "18 to 24"), (35, "25 to 34"), (200, "35 and over"))
ATTRIBUTES = ("sex", "age_band", "ethnicity", "district")


@dataclass(frozen=True)
class Share:
    """A figure that divides `top` by `bottom`, each a column of counts."""

    name: str
    meaning: str
    top: str
    bottom: str


SHARES = (
    Share("flag_rate", "of the people in contact with someone, listed in at least one of the weeks", "listed_people", "people"),
    Share(
        "precision", "of the times that one of them was listed, followed by serious violence in the pair within 28 days", "hits", "listed"
    ),
    Share("missed", "of the serious events with one of them, the pair not listed in the 28 days before", "missed", "events"),
    Share("coverage", "of the serious events with one of them, the pair known to be in contact before", "known", "events"),
)


def fairness(replay: Replay, people: pl.DataFrame) -> list[dict[str, object]]:
    """One row a group of each attribute, with every share and its 90 % interval; None where it rests on fewer than ten.

    `people`: person_id, sex, date_of_birth, district, ethnicity (a broad group), any of them null.
    """
    counts = _counts(replay)
    rows = []
    for attribute in ATTRIBUTES:
        tables = [_group(table, people, attribute) for table in counts]
        groups = sorted({group for table in tables for group in table["group"].to_list()})
        rows += [_row(attribute, group, [table.filter(pl.col("group") == group) for table in tables]) for group in groups]
    return [_row("all", "everyone", [table.with_columns(pl.lit("everyone").alias("group")) for table in counts]), *rows]


def _counts(replay: Replay) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """A row a person and week in contact; a row a person and week listed; a row a person and serious event: with pair_id, person_id, day."""
    settled = replay.scored.filter(pl.col("as_of").is_in(replay.settled))
    flags = ranked(settled, FOREWARN, replay.list_size)
    listed = _sides(flags.select("pair_id", pl.col("as_of").alias("day"), "hit"))
    cohort = settled.select("pair_id", pl.col("as_of").alias("day"))
    contact = _sides(cohort).join(
        listed.select("person_id", "day", pl.lit(True).alias("is_listed")).unique(), on=["person_id", "day"], how="left"
    )
    return contact.with_columns(pl.col("is_listed").fill_null(False)), listed, _sides(_events(replay, flags, cohort))


def _events(replay: Replay, flags: pl.DataFrame, cohort: pl.DataFrame) -> pl.DataFrame:
    """The serious events that followed one of the weeks: was the pair listed, and was it known to be in contact, in the 28 days before?"""
    events = replay.grave.select("pair_id", pl.col("occurred_at").dt.date().alias("day")).with_row_index("event")
    weeks = pl.DataFrame({"as_of": sorted(replay.settled)}, schema={"as_of": pl.Date})
    due = events.join(weeks, how="cross").filter(
        (pl.col("day") > pl.col("as_of")) & (pl.col("day") <= pl.col("as_of") + pl.duration(days=HORIZON_DAYS))
    )
    on_list = flags.select("pair_id", "as_of", pl.lit(True).alias("was_listed"))
    known = cohort.select("pair_id", pl.col("day").alias("as_of"), pl.lit(True).alias("was_known")).unique()
    joined = due.join(on_list, on=["pair_id", "as_of"], how="left").join(known, on=["pair_id", "as_of"], how="left")
    return joined.group_by("event", maintain_order=True).agg(
        pl.col("pair_id", "day").first(), pl.col("was_listed").any().fill_null(False), pl.col("was_known").any().fill_null(False)
    )


def _sides(rows: pl.DataFrame) -> pl.DataFrame:
    """Each row once for each of the pair's two people."""
    return rows.with_columns(pl.col("pair_id").str.split("-").alias("person_id")).explode("person_id")


def _group(rows: pl.DataFrame, people: pl.DataFrame, attribute: str) -> pl.DataFrame:
    """Adds `group`: the person's value of an attribute; their age band is that of the day."""
    joined = rows.join(people, on="person_id", how="left", maintain_order="left")
    if attribute != "age_band":
        return joined.with_columns(pl.col(attribute).fill_null(NOT_KNOWN).alias("group"))
    years = (pl.col("day") - pl.col("date_of_birth")).dt.total_days() / 365.25
    band = pl.lit(NOT_KNOWN)
    for below, name in reversed(AGE_BANDS):
        band = pl.when((years >= 0) & (years < below)).then(pl.lit(name)).otherwise(band)
    return joined.with_columns(band.alias("group"))


def _row(attribute: str, group: str, tables: list[pl.DataFrame]) -> dict[str, object]:
    contact, listed, events = tables
    people = contact.group_by("person_id").agg(pl.col("is_listed").any())
    few_listed = 0 < int(people["is_listed"].sum()) < LEAST
    clustered = {
        "flag_rate": people.select(pl.col("person_id").alias("cluster"), top=pl.col("is_listed"), bottom=pl.lit(1)),
        "precision": listed.select(pl.col("pair_id").alias("cluster"), top="hit", bottom=pl.lit(1)),
        "missed": events.select(pl.col("pair_id").alias("cluster"), top=~pl.col("was_listed"), bottom=pl.lit(1)),
        "coverage": events.select(pl.col("pair_id").alias("cluster"), top="was_known", bottom=pl.lit(1)),
    }
    return {
        "attribute": attribute,
        "group": group,
        "people": people.height if people.height >= LEAST else None,
        **{name: None if name == "flag_rate" and few_listed else share(rows) for name, rows in clustered.items()},
    }


def share(rows: pl.DataFrame) -> dict[str, float] | None:
    """Top over bottom with its interval, clusters drawn again (columns cluster, top, bottom); None if the bottom is below ten, or of fewer than ten
    people or pairs: ten weeks of one pair are one pair."""
    sums = rows.group_by("cluster").agg(pl.col("top").cast(pl.Float64).sum(), pl.col("bottom").cast(pl.Float64).sum()).sort("cluster")
    top, bottom = sums["top"].to_numpy(), sums["bottom"].to_numpy()
    if min(bottom.sum(), np.count_nonzero(bottom)) < LEAST:
        return None
    low, high = np.quantile(_drawn(top, bottom), [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return {"value": float(top.sum() / bottom.sum()), "low": float(low), "high": float(high), "of": float(bottom.sum())}


def _drawn(top: Floats, bottom: Floats) -> Floats:
    """The share in each of DRAWS draws of the clusters, by weights that add up as in a drawing with replacement on average."""
    draw = np.random.default_rng(SEED)
    tops, bottoms = np.zeros(DRAWS), np.zeros(DRAWS)
    for n in range(DRAWS):
        weight = draw.poisson(1.0, len(top))
        tops[n], bottoms[n] = top @ weight, bottom @ weight
    drawn: Floats = np.divide(tops, bottoms, out=np.full(DRAWS, top.sum() / bottom.sum()), where=bottoms > 0)
    return drawn


def apart(rows: list[dict[str, object]]) -> list[str]:
    """A sentence for each group whose interval of a share lies wholly beside that of everyone: where to look first."""
    everyone = rows[0]
    said = []
    for row in rows[1:]:
        for one in SHARES:
            here, overall = row[one.name], everyone[one.name]
            if isinstance(here, dict) and isinstance(overall, dict) and (here["low"] > overall["high"] or here["high"] < overall["low"]):
                than = "higher" if here["low"] > overall["high"] else "lower"
                who = f"{str(row['attribute']).replace('_', ' ')} {row['group']}"
                said.append(f"{who}: {one.name.replace('_', ' ')} {here['value']:.1%}, {than} than for everyone ({overall['value']:.1%})")
    return said


def as_markdown(rows: list[dict[str, object]], day: date, weeks: str = "on weeks that the model had not learned from") -> str:
    """The report as a page of Markdown; `weeks` says whose lists it is about."""
    head = ["# How the warning falls on groups of people", ""]
    if not rows:
        return "\n".join([*head, f"By what was known on {day}: too little settled history to say it by.", ""])
    lines = [
        *head,
        f"By what was known on {day}, {weeks}; brackets hold {CONFIDENCE:.0%} intervals. "
        f"A figure that rests on fewer than {LEAST} people or pairs is left out, and so is a flag rate of fewer than {LEAST} listed. "
        "Ethnicity is read by this report alone; no score and no list knows it.",
        "",
        *(f"- **{one.name.replace('_', ' ')}**: {one.meaning}" for one in SHARES),
        "",
        "A higher flag rate is not by itself unfair: groups differ in how often they come to the notice of agencies, and that is the first thing to ask about. "
        "A lower precision says that more of a group's warnings are false; a higher share missed, that fewer of its members are protected.",
        "",
        "## Where a group differs from everyone by more than chance",
        "",
        *([f"- {said}" for said in apart(rows)] or ["Nowhere."]),
        "",
        "## Figures",
        "",
        "| | group | people | flag rate | precision | missed | coverage |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        *(
            f"| {str(row['attribute']).replace('_', ' ')} | {row['group']} | {row['people'] or '–'} | {' | '.join(_cell(row[one.name]) for one in SHARES)} |"
            for row in rows
        ),
    ]
    return "\n".join(lines) + "\n"


def _cell(figure: object) -> str:
    return f"{figure['value']:.1%} ({figure['low']:.1%}–{figure['high']:.1%})" if isinstance(figure, dict) else "–"
