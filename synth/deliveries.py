"""What the agencies send: the whole history first, then every week what is new or changed; sometimes late, sometimes twice, once unusable."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

import polars as pl

from synth.chance import Rng, stream
from synth.period import Period
from synth.versions import COLUMNS, KEYS, KNOWN
from synth.writing import Written, a_style, write_csv, write_parquet, write_sheet

HISTORY = "history"
SHEET_EVERY = 4                       # weeks between exclusions sent as a workbook
LATE_SHARE = 0.06
TWICE_SHARE = 0.03
Progress = Callable[[str, int, int], None]


@dataclass
class Sent:
    """Everything written so far: (folder, file)."""

    files: list[tuple[str, Written]] = field(default_factory=list)

    @property
    def bad(self) -> int:
        """Spoilt rows so far."""
        return sum(len(written.bad) for _, written in self.files)


def rows_for(versions: pl.DataFrame, extract: str, after: date | None, cut: date) -> pl.DataFrame:
    """The latest version, as of the end of the day `cut`, of each row that is new or changed since the end of `after` (None: all rows)."""
    until = datetime.combine(cut + timedelta(days=1), time.min)
    known = versions.filter(pl.col(KNOWN) < until)
    if after is not None:
        known = known.filter(pl.col(KNOWN) >= datetime.combine(after + timedelta(days=1), time.min))
    return known.unique(list(KEYS[extract]), keep="last", maintain_order=True)


def deliver(seed: int, out: Path, versions: dict[str, pl.DataFrame], period: Period, progress: Progress | None) -> Sent:
    """Writes the history into `out` and the weeks into `out/weeks/YYYY-MM-DD`."""
    sent = Sent()
    total = len(COLUMNS) + period.weeks
    for number, extract in enumerate(COLUMNS):
        _tell(progress, number, total)
        _write(stream(seed, f"file {extract} history"), out, HISTORY, extract, period.end, rows_for(versions[extract], extract, None, period.end), sent)
    late: list[tuple[str, pl.DataFrame, date]] = []
    for week, cut in enumerate(period.cuts[1:], start=1):
        _tell(progress, len(COLUMNS) + week - 1, total)
        late = _week(stream(seed, f"week {week}"), out, versions, week, cut, late, sent)
    _tell(progress, total, total)
    return sent


def _tell(progress: Progress | None, done: int, total: int) -> None:
    if progress is not None:
        progress("writing extracts", done, total)


def _week(rng: Rng, out: Path, versions: dict[str, pl.DataFrame], week: int, cut: date, late: list[tuple[str, pl.DataFrame, date]], sent: Sent) -> list[tuple[str, pl.DataFrame, date]]:
    """One week's folder; returns what stays behind until the next."""
    folder = out / "weeks" / cut.isoformat()
    folder.mkdir(parents=True, exist_ok=True)
    for extract, frame, day in late:
        _write(rng, folder, cut.isoformat(), extract, day, frame, sent)
    behind: list[tuple[str, pl.DataFrame, date]] = []
    for extract, frames in versions.items():
        frame = rows_for(frames, extract, cut - timedelta(weeks=1), cut)
        if rng.random() < LATE_SHARE and week > 1:
            behind.append((extract, frame, cut))
            continue
        kind = "sheet" if extract == "exclusions" and week % SHEET_EVERY == 3 else "parquet" if extract == "intelligence_subjects" and week % 13 == 6 else "csv"
        _write(rng, folder, cut.isoformat(), extract, cut, frame, sent, kind)
    if rng.random() < TWICE_SHARE and week > 2:
        _again(rng, out, folder, cut)
    if week == 5:
        _unusable(folder, cut, sent)
    return behind


def _write(rng: Rng, folder: Path, label: str, extract: str, day: date, frame: pl.DataFrame, sent: Sent, kind: str = "csv") -> None:
    style, serial = a_style(rng, extract), sent.bad
    path = folder / f"{extract}_{day.isoformat()}"
    if kind == "sheet":
        written = write_sheet(rng, path.with_suffix(".xlsx"), extract, frame, style, serial)
    elif kind == "parquet":
        written = write_parquet(path.with_suffix(".parquet"), extract, frame)
    else:
        written = write_csv(rng, path.with_suffix(".csv"), extract, frame, style, serial)
    sent.files.append((label, written))


def _again(rng: Rng, out: Path, folder: Path, cut: date) -> None:
    """An earlier week's file, sent once more under the same name."""
    earlier = out / "weeks" / (cut - timedelta(weeks=2)).isoformat()
    files = sorted(earlier.iterdir())
    source = files[int(rng.integers(len(files)))]
    shutil.copyfile(source, folder / source.name)


def _unusable(folder: Path, cut: date, sent: Sent) -> None:
    """A file that must be refused whole: it carries a health column."""
    name = f"exclusions_{(cut - timedelta(days=2)).isoformat()}.csv"
    header = [*COLUMNS["exclusions"], "nhs_number"]
    (folder / name).write_text(",".join(header) + "\n" + "," * (len(header) - 1) + "\n", encoding="utf-8")
    sent.files.append((cut.isoformat(), Written(name, "exclusions", 1, (), "utf-8", "iso", refused=True)))
