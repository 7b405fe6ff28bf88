"""What the agencies send: the whole history first, then every week what is new or changed; sometimes late, sometimes twice, once unusable."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

import polars as pl

from synth.chance import Rng
from synth.period import Period
from synth.setting import Setting
from synth.versions import COLUMNS, KEYS, KNOWN
from synth.writing import Written, write_csv, write_parquet, write_sheet

HISTORY = "history"
SHEET_EVERY = 4  # weeks between exclusions sent as a workbook
LATE_SHARE = 0.06
TWICE_SHARE = 0.03
PARQUET_EVERY = 13
UNUSABLE_WEEK = 5
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Parcel:
    """The rows of one file, and the day it was cut."""

    extract: str
    rows: pl.DataFrame
    day: date
    form: str = "csv"


@dataclass
class Post:
    """Writes files below one folder and keeps account of them."""

    out: Path
    files: list[tuple[str, Written]] = field(default_factory=list)  # (folder as the truth calls it, file)

    @property
    def bad(self) -> int:
        """Spoilt rows so far."""
        return sum(len(written.bad) for _, written in self.files)

    def send(self, rng: Rng, label: str, parcel: Parcel) -> None:
        """Writes one file: into the folder itself (label `history`) or into a week's."""
        folder = self.out if label == HISTORY else self.out / "weeks" / label
        folder.mkdir(parents=True, exist_ok=True)
        stem = folder / f"{parcel.extract}_{parcel.day.isoformat()}"
        if parcel.form == "xlsx":
            written = write_sheet(rng, stem.with_suffix(".xlsx"), parcel.extract, parcel.rows, serial=self.bad)
        elif parcel.form == "parquet":
            written = write_parquet(stem.with_suffix(".parquet"), parcel.extract, parcel.rows)
        else:
            written = write_csv(rng, stem.with_suffix(".csv"), parcel.extract, parcel.rows, serial=self.bad)
        self.files.append((label, written))


def rows_for(versions: pl.DataFrame, extract: str, after: date | None, cut: date) -> pl.DataFrame:
    """The latest version, as of the end of the day `cut`, of each row that is new or changed since the end of `after` (None: all rows)."""
    known = versions.filter(pl.col(KNOWN) < end_of(cut))
    if after is not None:
        known = known.filter(pl.col(KNOWN) >= end_of(after))
    return known.unique(list(KEYS[extract]), keep="last", maintain_order=True)


def end_of(day: date) -> datetime:
    """The first moment after a day."""
    return datetime.combine(day + timedelta(days=1), time.min)


def deliver(setting: Setting, out: Path, versions: dict[str, pl.DataFrame], progress: Progress) -> Post:
    """Writes the history into `out` and the weeks into `out/weeks/YYYY-MM-DD`."""
    post, period = Post(out), setting.period
    total = len(COLUMNS) + period.weeks
    for number, extract in enumerate(COLUMNS):
        progress("writing extracts", number, total)
        rows = rows_for(versions[extract], extract, None, period.end)
        post.send(setting.rng(f"file {extract}"), HISTORY, Parcel(extract, rows, period.end))
    late: list[Parcel] = []
    for week in range(1, period.weeks + 1):
        progress("writing extracts", len(COLUMNS) + week - 1, total)
        rng = setting.rng(f"week {week}")
        parcels, late = _of_week(rng, versions, period, week, late)
        for parcel in parcels:
            post.send(rng, period.cuts[week].isoformat(), parcel)
        _mishaps(rng, post, period, week)
    progress("writing extracts", total, total)
    return post


def _of_week(
    rng: Rng, versions: dict[str, pl.DataFrame], period: Period, week: int, late: list[Parcel]
) -> tuple[list[Parcel], list[Parcel]]:
    """What comes this week, last week's latecomers first, and what stays behind until the next."""
    here, behind = list(late), list[Parcel]()
    for extract, frame in versions.items():
        parcel = Parcel(
            extract, rows_for(frame, extract, period.cuts[week - 1], period.cuts[week]), period.cuts[week], _form(extract, week)
        )
        stays = rng.random() < LATE_SHARE and 1 < week < period.weeks
        (behind if stays else here).append(parcel)
    return here, behind


def _form(extract: str, week: int) -> str:
    if extract == "exclusions" and week % SHEET_EVERY == SHEET_EVERY - 1:
        return "xlsx"
    return "parquet" if extract == "intelligence_subjects" and week % PARQUET_EVERY == PARQUET_EVERY // 2 else "csv"


def _mishaps(rng: Rng, post: Post, period: Period, week: int) -> None:
    """Now and then an earlier file comes again under its name; once a file comes that must be refused whole, since it has a health column."""
    folder = post.out / "weeks" / period.cuts[week].isoformat()
    if week > 2 and rng.random() < TWICE_SHARE:
        earlier = sorted((post.out / "weeks" / period.cuts[week - 2].isoformat()).iterdir())
        source = earlier[int(rng.integers(len(earlier)))]
        shutil.copyfile(source, folder / source.name)
    if week == UNUSABLE_WEEK:
        name, header = f"exclusions_{period.cuts[week] - timedelta(days=2)}.csv", [*COLUMNS["exclusions"], "nhs_number"]
        (folder / name).write_text(",".join(header) + "\n" + "," * (len(header) - 1) + "\n", encoding="utf-8")
        post.files.append((period.cuts[week].isoformat(), Written(name, "exclusions", 1, (), "utf-8", "iso", refused=True)))
