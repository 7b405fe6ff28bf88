"""The truth beside the extracts: who every record is, what really happened, what is protected, withdrawn or spoilt."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import polars as pl

from synth.chance import Bools, Ints
from synth.conflicts import KIND_NAMES, SIMMER, Conflicts
from synth.deliveries import Post, end_of
from synth.dynamics import Course
from synth.events import Events, between
from synth.intelligence import Intelligence
from synth.offences import SERIOUS_SEVERITY
from synth.people import People, person_ids
from synth.period import Period
from synth.recording import Recorded
from synth.versions import record_id

SOURCES = {
    "incident_parties": "incident_party",
    "intelligence_subjects": "intelligence_subject",
    "exclusions": "exclusion",
    "incidents": "incident",
    "intelligence": "intelligence",
}
PAIR = ["person_a", "person_b"]


def ids(frame: pl.DataFrame, column: str) -> pl.Series:
    """A column of rows of people as the truth's identifiers."""
    return pl.Series(column, person_ids(frame[column].to_numpy()).tolist(), dtype=pl.String)


def records(recorded: Recorded, intelligence: Intelligence, excluded: pl.DataFrame, period: Period) -> pl.DataFrame:
    """source, record_id, person, known_at of every personal record delivered. A record that names nobody stands for a person of its own."""
    party = recorded.parties.with_columns(pl.col("party_no").cast(pl.String)).select(
        pl.lit("incident_party").alias("source"),
        record_id("incident_parties").alias("record_id"),
        "person",
        "is_unnamed",
        pl.col("recorded_at").alias("known_at"),
    )
    subject = intelligence.subjects.with_columns(pl.col("subject_no").cast(pl.String)).select(
        pl.lit("intelligence_subject").alias("source"),
        record_id("intelligence_subjects").alias("record_id"),
        "person",
        pl.lit(False).alias("is_unnamed"),
        pl.col("recorded_at").alias("known_at"),
    )
    pupil = excluded.with_columns(pl.col("start_date").cast(pl.String)).select(
        pl.lit("exclusion").alias("source"),
        record_id("exclusions").alias("record_id"),
        "person",
        pl.lit(False).alias("is_unnamed"),
        pl.col("recorded_at").alias("known_at"),
    )
    every = pl.concat([party, subject, pupil]).filter(pl.col("known_at") < end_of(period.last_cut)).sort("known_at", "source", "record_id")
    nobody = pl.format("U{}", pl.int_range(1, pl.len() + 1).cast(pl.String).str.zfill(7))
    return (
        every.with_columns(ids(every, "person"))
        .with_columns(pl.when("is_unnamed").then(nobody).otherwise("person").alias("person"))
        .drop("is_unnamed")
    )


def interactions(events: Events, reported: Bools) -> pl.DataFrame:
    """a (who struck), b, time, severity, serious, reported, kind, feud of everything that passed between two people; theft left out."""
    frame = between(events).filter(~pl.col("kind").is_in(["theft", "possession"]))
    told = pl.Series(reported[frame["event"].to_numpy()])
    return (
        frame.with_columns(
            ids(frame, "a"), ids(frame, "b"), told.alias("reported"), (pl.col("severity") >= SERIOUS_SEVERITY).alias("serious")
        )
        .select("a", "b", "time", "severity", "serious", "reported", "kind", "feud")
        .sort("time", "a", "b")
    )


def in_order(frame: pl.DataFrame) -> pl.DataFrame:
    """person_a and person_b from a and b, the smaller first; a_struck says whether person_a is a."""
    return frame.with_columns(
        pl.min_horizontal("a", "b").alias("person_a"),
        pl.max_horizontal("a", "b").alias("person_b"),
        (pl.col("a") < pl.col("b")).alias("a_struck"),
    )


def serious(events: Events, recorded: Recorded, known: pl.DataFrame) -> pl.DataFrame:
    """Each serious event between two people, when it was recorded between them (null: never), and whether anything between them was known before."""
    hurt = between(events).filter((pl.col("severity") >= SERIOUS_SEVERITY) & (pl.col("part") == "VICTIM"))
    seen = _both_recorded(recorded)
    frame = in_order(hurt).join(seen, on=["event", *PAIR], how="left", maintain_order="left")
    first = known.group_by(PAIR).agg(pl.col("known_at").min().alias("first_known"))
    frame = frame.with_columns(ids(frame, "person_a"), ids(frame, "person_b")).join(first, on=PAIR, how="left", maintain_order="left")
    return (
        frame.select(
            *PAIR,
            pl.col("time").alias("occurred_at"),
            "recorded_at",
            pl.col("incident_id").fill_null(""),
            pl.when(pl.col("kind") == "domestic").then(pl.lit("domestic")).otherwise(pl.lit("conflict")).alias("lane"),
            (pl.col("first_known") < pl.col("time")).fill_null(False).alias("had_prior_recorded_contact"),
            "kind",
            "feud",
        )
        .unique([*PAIR, "occurred_at"], keep="first", maintain_order=True)
        .sort("occurred_at", *PAIR)
    )


def _both_recorded(recorded: Recorded) -> pl.DataFrame:
    """event, incident_id, pair, recorded_at (when both were on the record) for suspect and victim, or two suspects of an affray."""
    named = recorded.parties.filter(~pl.col("is_unnamed")).select("event", "incident_id", "person", "role", "recorded_at", "withdrawn_at")
    struck = named.filter(pl.col("role").is_in(["SUSPECT", "INVOLVED"]))
    both = struck.join(named, on=["event", "incident_id"], suffix="_b").filter(
        (pl.col("person") != pl.col("person_b")) & (pl.col("role_b").is_in(["VICTIM", "SUSPECT", "INVOLVED"]))
    )
    return both.select(
        "event",
        "incident_id",
        pl.min_horizontal("person", "person_b").alias("person_a"),
        pl.max_horizontal("person", "person_b").alias("person_b"),
        pl.max_horizontal("recorded_at", "recorded_at_b").alias("recorded_at"),
    ).unique(["event", *PAIR], keep="first", maintain_order=True)


def conflict_table(conflicts: Conflicts, course: Course, period: Period) -> pl.DataFrame:
    """Each conflict: its kind, trigger, sides, first and last day, whether it smouldered on, whether and from when it escalated."""
    first = np.datetime64(period.first, "D")

    def side(rows: tuple[Ints, ...]) -> list[list[str]]:
        return [person_ids(r).tolist() for r in rows]

    return pl.DataFrame(
        {
            "id": np.arange(conflicts.count),
            "kind": [KIND_NAMES[k] for k in conflicts.kind.tolist()],
            "trigger": conflicts.trigger.tolist(),
            "side_a": side(conflicts.side_a),
            "side_b": side(conflicts.side_b),
            "start": first + conflicts.start.astype("timedelta64[D]"),
            "end": first + course.ended.astype("timedelta64[D]"),
            "chronic": conflicts.course == SIMMER,
            "escalating": course.turned >= 0,
            "first_hot": np.where(course.turned >= 0, first + course.turned.astype("timedelta64[D]"), np.datetime64("NaT")).astype(
                "datetime64[D]"
            ),
        },
        schema_overrides={"side_a": pl.List(pl.String), "side_b": pl.List(pl.String)},
    )


def stories(reports: pl.DataFrame) -> pl.DataFrame:
    """What each report means (a theme of phrases.toml), whom it is about (null: nobody), whether it is true, and of which
    conflict (-1: none). The words may leave the third person out."""
    who = [pl.when(pl.col(slot) >= 0).then(ids(reports.with_columns(pl.col(slot).clip(0)), slot)).alias(slot) for slot in ("a", "b", "c")]
    return reports.select("report_id", "theme", *who, "is_true", "feud", pl.col("recorded_at").alias("known_at"))


def withdrawn(recorded: Recorded, intelligence: Intelligence, excluded: pl.DataFrame, period: Period) -> pl.DataFrame:
    """source, record_id, withdrawn_at of what the agencies had withdrawn by the last delivery."""
    tables = {
        "incidents": recorded.incidents,
        "incident_parties": recorded.parties.with_columns(pl.col("party_no").cast(pl.String)),
        "intelligence": intelligence.reports,
        "exclusions": excluded.with_columns(pl.col("start_date").cast(pl.String)),
    }
    gone = [
        frame.filter(pl.col("withdrawn_at") < end_of(period.last_cut)).select(
            pl.lit(SOURCES[extract]).alias("source"), record_id(extract).alias("record_id"), "withdrawn_at"
        )
        for extract, frame in tables.items()
    ]
    return pl.concat(gone).sort("withdrawn_at", "record_id")


def write_truth(folder: Path, tables: dict[str, pl.DataFrame], post: Post, meta: dict[str, object]) -> None:
    """Writes all tables as Parquet, with those about the files."""
    folder.mkdir(parents=True, exist_ok=True)
    files = [
        {
            "folder": label,
            "file": w.file,
            "table": w.extract,
            "rows": w.rows,
            "bad": len(w.bad),
            "encoding": w.encoding,
            "dates": w.dates,
            "refused": w.refused,
        }
        for label, w in post.files
    ]
    bad = [
        {"folder": label, "file": w.file, "line": line, "row": row, "kind": kind, "raw": raw}
        for label, w in post.files
        for line, row, kind, raw in w.bad
    ]
    schema = {"folder": pl.String, "file": pl.String, "line": pl.Int64, "row": pl.Int64, "kind": pl.String, "raw": pl.String}
    for name, table in {**tables, "files": pl.DataFrame(files), "bad_rows": pl.DataFrame(bad, schema=schema)}.items():
        table.write_parquet(folder / f"{name}.parquet")
    (folder / "meta.json").write_text(json.dumps(meta | {"sources": SOURCES}, indent=1), encoding="utf-8")


def hard_negatives(people: People, known: pl.DataFrame) -> pl.DataFrame:
    """A record each of two people who must not be taken for one: twins, fathers and sons of one name, namesakes (each with the next two of the name)."""
    first = known.filter(pl.col("person").str.starts_with("T")).unique("person", keep="first", maintain_order=True)
    seen = first.select("person", "source", "record_id").with_columns(pl.col("person").str.slice(1).cast(pl.Int64).alias("row")).sort("row")
    rows = seen["row"].to_numpy()
    name = pl.DataFrame({"row": rows, "name": people.forename[rows] + "|" + people.surname[rows]}).sort("name", "row")
    steps = [name.with_columns(pl.col("row").shift(-n).over("name").alias("other")) for n in (1, 2)]
    alike = pl.concat(steps).drop_nulls().select("row", "other")
    twin = np.flatnonzero(people.is_twin)
    pairs = (
        pl.concat([alike, pl.DataFrame({"row": twin - 1, "other": twin}, schema=alike.schema)])
        .unique(maintain_order=True)
        .sort("row", "other")
    )
    one, other = pairs["row"].to_numpy(), pairs["other"].to_numpy()
    kind = np.where(
        people.is_twin[other] & (other - one == 1),
        "twins",
        np.where(people.household[one] == people.household[other], "father_son", "same_name"),
    )
    named = pairs.with_columns(pl.Series("kind", kind.astype(str)))
    for side, column in (("a", "row"), ("b", "other")):
        named = named.join(
            seen.select(
                pl.col("row").alias(column),
                pl.col("person").alias(f"person_{side}"),
                pl.col("source").alias(f"source_{side}"),
                pl.col("record_id").alias(f"record_{side}"),
            ),
            on=column,
            maintain_order="left",
        )
    return named.select(*PAIR, "kind", "source_a", "record_a", "source_b", "record_b")
