"""Intelligence reports: each story in words, with its grade and its handling, and who is listed as its subjects."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from synth.chance import Bools, Rng, Strings, after, later, pick, text
from synth.people import People
from synth.setting import Setting
from synth.wording import SLOTS, Writer

LISTED = {"a": 0.82, "b": 0.74, "c": 0.62}  # the share of those named who are also listed as subjects
CONDITIONS = (
    "Not to be used without the originator's consent",
    "No dissemination outside the intelligence unit",
    "Do not action without contacting the source unit",
)
ORIGINS = (("STREET", "ONLINE", "SCHOOL", "PRISON", "PARTNER", "OTHER"), (0.42, 0.14, 0.09, 0.05, 0.14, 0.16))
PROTECTED = 0.11
TWICE = 0.04  # told a second time, by another source or the same


@dataclass(frozen=True)
class Intelligence:
    """`reports`: the extract's columns and theme, a, b, is_true, feud. `subjects`: report_id, subject_no, person, recorded_at.
    `mentions`: those only named in a text: report_id, n, person, form, written, recorded_at."""

    reports: pl.DataFrame
    subjects: pl.DataFrame
    mentions: pl.DataFrame


def write_reports(setting: Setting, stories: pl.DataFrame) -> Intelligence:
    """A report for each story, numbered in order of recording."""
    rng = setting.rng("reports")
    stories = pl.concat([stories, stories.filter(pl.Series(rng.random(stories.height) < TWICE))])
    size = stories.height
    happened = stories["time"].to_numpy().astype("datetime64[m]")
    recorded_at = after(rng, happened, 1.6, at_least=30)
    source, assessment = _grades(rng, stories["is_true"].to_numpy())
    handling = np.where(rng.random(size) < PROTECTED, "C", "P")
    event_date = np.where(rng.random(size) < 0.12, np.datetime64("NaT"), happened.astype("datetime64[D]")).astype("datetime64[D]")
    frame = stories.with_columns(
        pl.Series("recorded_at", recorded_at.astype("datetime64[us]")),
        pl.Series("event_date", event_date),
        text("source_evaluation", source),
        text("intelligence_assessment", assessment),
        text("handling_code", handling),
        text("handling_conditions", np.where(handling == "C", pick(rng, CONDITIONS, size), "")),
        text("origin", np.where(rng.random(size) < 0.05, "", pick(rng, ORIGINS[0], size, ORIGINS[1]))),
        pl.Series("withdrawn_at", later(rng, recorded_at, 0.005, 30).astype("datetime64[us]")),
    ).sort("recorded_at", "theme", "a", "b", maintain_order=True)
    serial = pl.int_range(1, pl.len() + 1).cast(pl.String).str.zfill(6)
    return _told(rng, frame.with_columns(pl.format("IR{}", serial).alias("report_id")), setting.people)


def _grades(rng: Rng, is_true: Bools) -> tuple[Strings, Strings]:
    """Mostly untested sources; what is false is graded lower, but not always."""
    size, sources, assessments = is_true.size, ("1", "2", "3"), tuple("ABCDE")
    source = np.where(is_true, pick(rng, sources, size, (0.22, 0.66, 0.12)), pick(rng, sources, size, (0.08, 0.62, 0.30)))
    good, poor = (0.14, 0.38, 0.20, 0.26, 0.02), (0.03, 0.20, 0.20, 0.40, 0.17)
    return source, np.where(is_true, pick(rng, assessments, size, good), pick(rng, assessments, size, poor))


def _told(rng: Rng, frame: pl.DataFrame, people: People) -> Intelligence:
    """Writes the texts; lists most of those named as subjects, the others are only mentioned."""
    writer = Writer(rng, people, frame)
    listed = rng.random((frame.height, len(SLOTS))) < [LISTED[slot] for slot in SLOTS]
    texts: list[str] = []
    subjects: list[tuple[str, int, int]] = []
    mentions: list[tuple[str, int, int, str, str]] = []
    for row, (report, theme, *who) in enumerate(frame.select("report_id", "theme", *SLOTS).iter_rows()):
        words, named = writer.text(row, theme, dict(zip(SLOTS, who, strict=True)))
        texts.append(words)
        is_listed = [bool(listed[row, SLOTS.index(one.slot)]) for one in named]
        subjects += [
            (report, n, one.person) for n, one in enumerate((p for p, known in zip(named, is_listed, strict=True) if known), start=1)
        ]
        others = (p for p, known in zip(named, is_listed, strict=True) if not known)
        mentions += [(report, n, one.person, one.form, one.written) for n, one in enumerate(others, start=1)]
    reports, when = frame.with_columns(pl.Series("text", texts, dtype=pl.String)), frame.select("report_id", "recorded_at")
    key = {"report_id": pl.String, "n": pl.Int64, "person": pl.Int64}
    subject_table = pl.DataFrame(subjects, schema=key, orient="row").rename({"n": "subject_no"})
    mention_table = pl.DataFrame(mentions, schema=key | {"form": pl.String, "written": pl.String}, orient="row")
    return Intelligence(
        reports, *(table.join(when, on="report_id", how="left", maintain_order="left") for table in (subject_table, mention_table))
    )
