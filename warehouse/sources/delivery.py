"""What has come in the landing folder, and taking in what is new: each file once, the bad ones refused by name, the rest loaded."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Callable
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import duckdb

from warehouse.contracts import EXTRACT_BY_NAME
from warehouse.sources.bounds import LARGEST_FILE
from warehouse.sources.loading import LOADED, Became, Counts, Delivered, forget_unread, load_rows, record_unread
from warehouse.sources.mapping import Mapping
from warehouse.sources.reading import ENDINGS, read_rows
from warehouse.sources.refusal import FileRefused
from warehouse.sources.wholeness import CUT_OFF, FilePostponed, Print, is_cut_off, postpone_if_moving, print_of

Progress = Callable[[str, int, int], None]  # file, how many done, how many in all

_NAME = re.compile(rf"({'|'.join(EXTRACT_BY_NAME)})_(\d{{4}}-\d{{2}}-\d{{2}})\.({'|'.join(ENDINGS)})", re.IGNORECASE | re.ASCII)


class LandingMissing(Exception):
    """The landing folder is not there, so that nothing can be said to have come or not."""


@dataclass(frozen=True)
class Intake:
    """What one look at the landing folder brought. `files_seen` were loaded before, `files_ignored` are not ours by name,
    `files_postponed` are still being written, `cut_off` are those taken in whose last line is not whole."""

    files_seen: int = 0
    files_new: int = 0
    files_refused: int = 0
    files_postponed: int = 0
    files_ignored: int = 0
    rows_read: int = 0
    rows_accepted: int = 0
    rows_rejected: int = 0
    values_unreadable: int = 0
    refused: tuple[tuple[str, str], ...] = ()
    postponed: tuple[tuple[str, str], ...] = ()
    cut_off: tuple[tuple[str, str], ...] = ()

    def with_file(self, counts: Counts) -> Intake:
        return replace(
            self,
            files_new=self.files_new + 1,
            rows_read=self.rows_read + counts.rows_read,
            rows_accepted=self.rows_accepted + counts.rows_accepted,
            rows_rejected=self.rows_rejected + counts.rows_rejected,
            values_unreadable=self.values_unreadable + counts.values_unreadable,
        )

    def with_refusal(self, file: str, message: str) -> Intake:
        return replace(self, files_refused=self.files_refused + 1, refused=(*self.refused, (file, message)))

    def with_postponement(self, file: str, message: str) -> Intake:
        return replace(self, files_postponed=self.files_postponed + 1, postponed=(*self.postponed, (file, message)))


@dataclass(frozen=True)
class _Arrival:
    path: Path
    extract: str
    cut: str


@dataclass(frozen=True)
class _Desk:
    """Where files are taken in: what a file needs beside itself. `loaded`: name and hash of the files that were loaded before;
    `unread`: names of refused and postponed ones; `still`: the files as they were when the folder was watched."""

    con: duckdb.DuckDBPyConnection
    mapping: Mapping
    now: datetime
    loaded: frozenset[tuple[str, str]]
    unread: frozenset[str]
    still: MappingOf[str, Print | None] | None


def take_in(
    con: duckdb.DuckDBPyConnection,
    landing: Path,
    mapping: Mapping,
    now: datetime,
    progress: Progress | None = None,
    *,
    still: MappingOf[str, Print | None] | None = None,
) -> Intake:
    """Loads every file of the landing folder that was not loaded before, oldest extract first. A bad file stops no other.

    `still`: of a landing folder that was watched, the files that stood still (`prints`); any that has changed since, or come, is postponed.
    """
    arrivals, ignored = _arrivals(landing)
    intake = Intake(files_ignored=ignored)
    loaded = con.execute("select file, sha256 from ops.load where status = 'loaded'").fetchall()
    unread = con.execute("select distinct file from ops.load where status <> 'loaded'").fetchall()
    hashes = frozenset((file, sha256) for file, sha256 in loaded)
    desk = _Desk(con, mapping, now, hashes, frozenset(one for (one,) in unread), still)
    tell = progress or (lambda _file, _done, _all: None)
    for done, arrival in enumerate(arrivals):
        tell(arrival.path.name, done, len(arrivals))
        intake = _take_file(desk, arrival, intake)
    tell("", len(arrivals), len(arrivals))
    return intake


def file_names(landing: Path) -> list[tuple[str, datetime]]:
    """Name and time of last change (this machine's own) of each file of the landing folder that is ours by name."""
    return [(name, datetime.fromtimestamp(seen[1] / 1e9) if seen else datetime.max) for name, seen in prints(landing).items()]


def prints(landing: Path) -> dict[str, Print | None]:
    """Size and time of last change of each file of the landing folder that is ours by name."""
    return {arrival.path.name: print_of(arrival.path) for arrival in _arrivals(landing)[0]}


def _arrivals(landing: Path) -> tuple[list[_Arrival], int]:
    if not landing.is_dir():
        raise LandingMissing(f"{landing}: there is no such folder. Name the folder that the agencies' files are put in")
    names = sorted(landing.iterdir())
    ours = [_Arrival(path, match[1].lower(), match[2]) for path in names if (match := _NAME.fullmatch(path.name))]
    return sorted(ours, key=lambda arrival: (arrival.cut, arrival.path.name)), len(names) - len(ours)


def _take_file(desk: _Desk, arrival: _Arrival, intake: Intake) -> Intake:
    extract = EXTRACT_BY_NAME[arrival.extract]
    delivered = Delivered(arrival.path.name, extract, _cut_on(arrival.cut), None, desk.mapping.of(extract))
    try:
        postpone_if_moving(arrival.path, desk.still)
        content = _content(arrival)
        postpone_if_moving(arrival.path, desk.still)
        delivered = replace(delivered, sha256=hashlib.sha256(content).hexdigest())
        if (delivered.file, delivered.sha256) in desk.loaded:
            if delivered.file in desk.unread:
                forget_unread(desk.con, delivered.file)
            return replace(intake, files_seen=intake.files_seen + 1)
        rows = read_rows(delivered.file, content)
        cut_off = f"{delivered.file}: {CUT_OFF}" if is_cut_off(content, rows) else None
        intake = intake.with_file(load_rows(desk.con, delivered, rows, desk.now, replace(LOADED, message=cut_off)))
        return replace(intake, cut_off=(*intake.cut_off, (delivered.file, cut_off))) if cut_off else intake
    except FileRefused as refusal:
        message = f"{delivered.file}: {refusal}"
        record_unread(desk.con, delivered, Became("refused", message), desk.now)
        return intake.with_refusal(delivered.file, message)
    except FilePostponed as postponement:
        message = f"{delivered.file}: {postponement}"
        record_unread(desk.con, delivered, Became("postponed", message), desk.now)
        return intake.with_postponement(delivered.file, message)


def _content(arrival: _Arrival) -> bytes:
    if _cut_on(arrival.cut) is None:
        raise FileRefused(f"{arrival.cut} in its name is no date. Name it {arrival.extract}_YYYY-MM-DD, by the day the extract was cut")
    try:
        # a pipe or a device has no end: waiting for one would hold up the night
        with os.fdopen(os.open(arrival.path, os.O_RDONLY | os.O_NONBLOCK), "rb") as file:
            about = os.fstat(file.fileno())
            if not stat.S_ISREG(about.st_mode):
                raise FileRefused("it is no file but a pipe or a device. Put a file there")
            if about.st_size > LARGEST_FILE:
                raise FileRefused(f"it has {about.st_size:,} bytes, more than a night can take at once. Cut it into several extracts")
            return file.read()
    except OSError as error:
        raise FileRefused(f"it cannot be read ({error.strerror}). Check that it is a file that this account may read") from error


def _cut_on(cut: str) -> date | None:
    try:
        return date.fromisoformat(cut)
    except ValueError:
        return None
