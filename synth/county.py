"""Makes a county: simulates it, writes what its agencies would send, and the truth beside it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from synth import truth
from synth.conflicts import Conflicts, make_conflicts
from synth.contacts import contacts
from synth.deliveries import Post, Progress, deliver, end_of
from synth.dynamics import Course, run
from synth.events import Events, combine
from synth.exclusions import make_exclusions
from synth.feuding import feud_events
from synth.intelligence import Intelligence, write_reports
from synth.lives import possible
from synth.nearby import small_events
from synth.oracle import true_hazards
from synth.people import people_truth
from synth.period import Period
from synth.recording import Recorded, record
from synth.setting import Setting, make_setting
from synth.stories import make_stories
from synth.street import street_events
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
    escalating: int  # conflicts that were on an escalating course at some time
    serious: int  # serious events between two people from `start` to the last delivery, reported or not
    rows: dict[str, int]  # by extract, over all files
    bad_rows: int


@dataclass(frozen=True)
class Simulated:
    """What happened in a county, and what its agencies came to know of it."""

    conflicts: Conflicts
    course: Course
    events: Events
    recorded: Recorded
    intelligence: Intelligence
    excluded: pl.DataFrame


def make_county(
    out: Path,
    people: int,
    years: int,
    seed: int,
    *,
    world: str = "town",
    end: date = DEFAULT_END,
    weeks: int = 0,
    progress: Progress | None = None,
) -> CountySummary:
    """Writes the five extracts of a county into `out` (cut at `end`), `weeks` of deliveries into `out/weeks`, and the truth into `out/truth`.

    The same arguments give the same bytes. `progress` is called with the name of a step, how much of it is done, and how much there is."""
    tell = progress or _silent
    tell("making people", 0, 1)
    setting = make_setting(seed, world_named(world), people, Period(end, years, weeks))
    done = simulate(setting, tell)
    versions = all_versions(setting, done.recorded, done.intelligence, done.excluded)
    post = deliver(setting, out, versions, tell)
    tell("writing the truth", 0, 1)
    tables = truth_tables(setting, done)
    truth.write_truth(out / "truth", tables, post, _meta(setting))
    tell("writing the truth", 1, 1)
    return _summary(setting, done, post, tables["serious"])


def simulate(setting: Setting, tell: Progress) -> Simulated:
    """Runs the conflicts and everything else, and decides what becomes known of it."""
    tell("living through it", 0, 3)
    conflicts = make_conflicts(setting)
    course = run(setting, conflicts)
    tell("living through it", 1, 3)
    everything = combine([*feud_events(setting, conflicts, course), *street_events(setting, conflicts), *small_events(setting)])
    events = combine([possible(setting, everything)])
    tell("living through it", 2, 3)
    recorded = record(setting, events)
    intelligence = write_reports(setting, make_stories(setting, conflicts, course, events))
    excluded = make_exclusions(setting, events)
    tell("living through it", 3, 3)
    return Simulated(conflicts, course, events, recorded, intelligence, excluded)


def truth_tables(setting: Setting, done: Simulated) -> dict[str, pl.DataFrame]:
    """All tables of the truth but those about files."""
    delivered = pl.col("recorded_at") < end_of(setting.period.last_cut)
    reports, mentions = done.intelligence.reports.filter(delivered), done.intelligence.mentions.filter(delivered)
    known = contacts(done.events, done.recorded, done.intelligence, done.excluded)
    records = truth.records(done.recorded, done.intelligence, done.excluded, setting.period)
    known_at = pl.col("recorded_at").alias("known_at")
    return {
        "people": people_truth(setting.people),
        "records": records,
        "contacts": known,
        "serious": truth.serious(done.events, done.recorded, known),
        "interactions": truth.interactions(done.events, done.recorded.reported),
        "conflicts": truth.conflict_table(done.conflicts, done.course, setting.period),
        "mentions": mentions.with_columns(truth.ids(mentions, "person")).select("report_id", "n", "person", "form", "written", known_at),
        "protected": reports.filter(pl.col("handling_code") == "C").select("report_id", "text", known_at),
        "stories": truth.stories(reports),
        "withdrawn": truth.withdrawn(done.recorded, done.intelligence, done.excluded, setting.period),
        "hard_negatives": truth.hard_negatives(setting.people, records),
        "oracle": true_hazards(setting, done.conflicts, done.course, known),
    }


def _silent(_step: str, _done: int, _total: int) -> None:
    """Nobody is watching."""


def _meta(setting: Setting) -> dict[str, object]:
    period = setting.period
    return {
        "people": setting.people.count,
        "years": period.years,
        "weeks": period.weeks,
        "world": setting.world.name,
        "seed": setting.seed,
        "cut": period.end.isoformat(),
        "end": period.last_cut.isoformat(),
        "start": period.start.isoformat(),
    }


def _summary(setting: Setting, done: Simulated, post: Post, serious: pl.DataFrame) -> CountySummary:
    period = setting.period
    held = serious.filter((pl.col("occurred_at") >= period.start) & (pl.col("occurred_at") < end_of(period.last_cut)))
    rows: Counter[str] = Counter()
    for _, written in post.files:
        rows[written.extract] += written.rows
    return CountySummary(
        post.out,
        setting.world.name,
        period.start,
        period.end,
        period.weeks,
        setting.people.count,
        done.conflicts.count,
        int((done.course.turned >= 0).sum()),
        held.height,
        dict(rows),
        post.bad,
    )
