"""Makes a county: simulates it, writes what its agencies would send, and the truth beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from synth import truth
from synth.conflicts import make_conflicts
from synth.contacts import contacts
from synth.deliveries import Progress, deliver
from synth.dynamics import run
from synth.events import combine
from synth.exclusions import make_exclusions
from synth.feuding import feud_events
from synth.intelligence import write_reports
from synth.nearby import small_events
from synth.oracle import true_hazards
from synth.people import make_people, people_truth
from synth.period import Period
from synth.recording import record
from synth.stories import make_stories
from synth.street import street_events
from synth.ties import make_ties
from synth.versions import all_versions
from synth.worlds import world_named

DEFAULT_END = date(2026, 9, 27)


@dataclass(frozen=True)
class CountySummary:
    """What was made."""

    folder: Path
    world: str
    start: date
    end: date
    weeks: int
    people: int
    conflicts: int
    escalating: int
    serious: int                     # serious events between two people since `start`, reported or not, up to the last delivery
    rows: dict[str, int]             # by extract, over all files
    bad_rows: int


def make_county(out: Path, people: int, years: int, seed: int, *, world: str = "town", end: date = DEFAULT_END, weeks: int = 0,
                progress: Progress | None = None) -> CountySummary:
    """Writes the five extracts of a county into `out` (cut at `end`), `weeks` of deliveries into `out/weeks`, and the truth into `out/truth`."""
    rules, period = world_named(world), Period(end, years, weeks)
    tell = progress or (lambda step, done, total: None)
    tell("people", 0, 5)
    county = make_people(seed, people, period)
    ties = make_ties(seed, county, period)
    tell("conflicts", 1, 5)
    conflicts = make_conflicts(seed, rules, county, ties, period)
    course = run(seed, rules, conflicts, period)
    events = combine([*feud_events(seed, conflicts, course, county, ties, period), *street_events(seed, rules, county, conflicts, period),
                      *small_events(seed, rules, county, ties, period)])
    tell("records", 2, 5)
    recorded = record(seed, events, county, period)
    stories = make_stories(seed, rules, county, ties, conflicts, course, events, period)
    intelligence = write_reports(seed, stories, county)
    excluded = make_exclusions(seed, rules, county, events, period)
    versions = all_versions(seed, county, recorded, intelligence, excluded)
    tell("files", 3, 5)
    out.mkdir(parents=True, exist_ok=True)
    sent = deliver(seed, out, versions, period, progress)
    tell("truth", 4, 5)
    known = contacts(events, recorded, intelligence, excluded)
    serious = truth.serious(events, recorded, known)
    reports = intelligence.reports.filter(pl.col("recorded_at") < truth.end_of(period.last_cut))
    mentions = intelligence.mentions.filter(pl.col("recorded_at") < truth.end_of(period.last_cut))
    records = truth.records(recorded, intelligence, excluded, period)
    tables = {
        "people": people_truth(county), "records": records, "interactions": truth.interactions(events, recorded.reported), "serious": serious,
        "conflicts": truth.conflict_table(conflicts, course, period), "contacts": known,
        "mentions": mentions.with_columns(truth.ids(mentions, "person")).select("report_id", "n", "person", "form", "written", pl.col("recorded_at").alias("known_at")),
        "protected": reports.filter(pl.col("handling_code") == "C").select("report_id", "text", pl.col("recorded_at").alias("known_at")),
        "withdrawn": truth.withdrawn(recorded, intelligence, excluded, period), "hard_negatives": truth.hard_negatives(county, records),
        "oracle": true_hazards(seed, rules, conflicts, course, known, period),
    }
    meta: dict[str, object] = {"people": people, "years": years, "weeks": weeks, "world": world, "seed": seed, "cut": end.isoformat(), "end": period.last_cut.isoformat(),
                               "start": period.start.isoformat()}
    truth.write_truth(out / "truth", tables, sent, meta)
    tell("done", 5, 5)
    rows: dict[str, int] = {}
    for _, written in sent.files:
        rows[written.extract] = rows.get(written.extract, 0) + written.rows
    held = serious.filter((pl.col("occurred_at") >= period.start) & (pl.col("occurred_at") < truth.end_of(period.last_cut)))
    return CountySummary(out, world, period.start, end, weeks, people, conflicts.count, int((course.turned >= 0).sum()), held.height, rows, sent.bad)
