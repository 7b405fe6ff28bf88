"""forewarn export: a table or a query's answer as a file for another program, within a recipient's profile, logged, and known to erasure.

A profile with `database = true` may ask all of the analysts' database. Any other asks tables that hold what it may see of the last issued list and
nothing else, so no query can tell more than the profile says.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from alerts.marking import MARKING
from alerts.profiles import Profile
from alerts.render.seen import ids_seen, seen_by
from alerts.render.stored import content_from
from alerts.render.tables import tables_seen
from flows.auditing import log
from flows.clock import now_in_london
from flows.databases import LOCKED_DOWN, published_open
from flows.export_files import FORMS, ExportRefused, write_table
from flows.exported import ABOUT, Exported, fingerprint, note
from flows.recipients import profile_of
from flows.settings import Settings
from flows.sql_session import ids_in
from warehouse.audit.entry import Kind

SCHOOL_RECORD, AT_SCHOOL = r"\b[A-Z]\d{11}[0-9A-Z]/([\w/]+)/(\d{4}-\d{2}-\d{2})\b", "school $1, $2"
PUPIL, NO_PUPIL = re.compile(r"\b[A-Z]\d{11}[0-9A-Z]\b"), "[pupil number]"
RECORDS = ("record_id", "other_record_id", "record_a", "record_b", "record")


@dataclass(frozen=True)
class Made:
    """What was exported: the file, its rows and columns, and for whom."""

    file: Path
    rows: int
    columns: tuple[str, ...]
    recipient: str


@dataclass(frozen=True)
class _Asked:
    """An answer, the ids that it shows, and what it was made of."""

    frame: pl.DataFrame
    shown: frozenset[str]
    made_of: str


def export(settings: Settings, what: str, file: Path, profile_name: str, *, by: str | None, why: str) -> Made:
    """Writes a table of the database, or a query's answer, to a file. Logged and noted before the file is in its place.

    Raises ExportRefused, ProfileUnknown, ProfilesUnreadable, NothingPublished, LogBroken.
    """
    form, profile = file.suffix.lower(), profile_of(settings, profile_name)
    if form not in FORMS:
        raise ExportRefused(f"{file.name}: give a file that ends in {', '.join(FORMS)}")
    query = f"from {what}" if re.fullmatch(r"\w+(\.\w+)?", what.strip()) else what
    asked = _of_database(settings, query) if profile.has_database else _of_last_list(settings, profile, query)
    about = {
        "marking": MARKING,
        "handling": f"For {profile.recipient} only. Keep it as safe as the database, and destroy it when it is done with. Assessments, not evidence.",
        "what": " ".join(what.split()),
        "made of": asked.made_of,
        "profile": profile.name,
        "exported at": f"{now_in_london():%Y-%m-%d %H:%M}",
        "purpose": why,
        "rows": f"{asked.frame.height}",
    }
    part = file.with_name(f".{file.name}.part")
    try:
        write_table(asked.frame, part, form, about)
        said = f"export of {asked.frame.height} rows as {form}, profile {profile.name}, {asked.made_of}"
        head = log(settings, Kind.disclosure, said, sorted(asked.shown), who=by, recipient=profile.recipient, why=why)
        place = str(file.resolve())
        note(settings.home, Exported(place, fingerprint(part), profile.recipient, about["exported at"], asked.frame.height, head.entries))
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    beside = Path(place + ABOUT)
    beside.touch(mode=0o600)
    beside.write_text("".join(f"{name}: {said}\n" for name, said in about.items()), encoding="utf-8")
    return Made(file, asked.frame.height, tuple(asked.frame.columns), profile.recipient)


def _of_database(settings: Settings, query: str) -> _Asked:
    with published_open(settings) as con:
        con.execute("use analyst")
        [(run_id,)] = con.execute("select run_id from run").fetchall()
        frame = _answer(con, query)
        texts = set(_texts(frame))
        named = con.execute("select person_id from people where display_name in (select unnest($1::varchar[]))", [sorted(texts)]).fetchall()
        ids = ids_in(con, texts)
    pupils = {match for text in texts for match in PUPIL.findall(text)} - {person for one in ids for person in one.split("-")}
    clean = _without_pupil_numbers(frame, pupils)
    records = {text for name in RECORDS if name in clean.columns for text in _texts(clean.select(name)) if not text.startswith("school ")}
    return _Asked(clean, frozenset(ids | {one for (one,) in named} | records), f"run {run_id}")


def _of_last_list(settings: Settings, profile: Profile, query: str) -> _Asked:
    records = sorted(
        (settings.home / "alerts").glob("????-??-??/list*.json"), key=lambda path: (path.parent.name, len(path.name), path.name)
    )
    if not records:
        raise ExportRefused(f"{profile.name} may see what is on a list, and none has been issued: run `forewarn weekly` first")
    content = content_from(json.loads(records[-1].read_text(encoding="utf-8"))["content"])
    tables = tables_seen(seen_by(profile, content))
    with duckdb.connect() as con:
        con.execute("create schema analyst")
        for name, frame in tables.items():
            con.register("seen", frame)
            con.execute(f"create table analyst.{name} as select * from seen")
            con.unregister("seen")
        con.execute("use analyst")
        for name, value in sorted(LOCKED_DOWN.items(), key=lambda item: item[0] == "lock_configuration"):
            con.execute(f"set {name} = {value}")
        answer = _answer(con, query)
    return _Asked(answer, frozenset(ids_seen(profile, content)), f"list as of {content.as_of}, {records[-1].name}")


def _answer(con: duckdb.DuckDBPyConnection, query: str) -> pl.DataFrame:
    try:
        statements = con.extract_statements(query)
        if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
            raise ExportRefused('give the name of a table, or one query that selects: forewarn export "select ... from flagged_pairs" ...')
        frame: pl.DataFrame = con.sql(query).pl()
    except duckdb.Error as error:
        raise ExportRefused(f"it cannot be asked: {error}") from error
    return frame


def _texts(frame: pl.DataFrame) -> Iterable[str]:
    for column in frame:
        values = column.explode() if isinstance(column.dtype, pl.List) else column
        yield from values.cast(pl.String(), strict=False).drop_nulls().unique().to_list() if not values.dtype.is_nested() else ()


def _without_pupil_numbers(frame: pl.DataFrame, numbers: set[str]) -> pl.DataFrame:
    """The frame without numbers of pupils, which are for education use only: of the key of a school record, school and day are left."""
    if not numbers:
        return frame
    listed = sorted(numbers)

    def clean(text: pl.Expr) -> pl.Expr:
        return text.str.replace_all(SCHOOL_RECORD, AT_SCHOOL).str.replace_many(listed, [NO_PUPIL] * len(listed))

    texts = [name for name, kind in frame.schema.items() if kind == pl.String()]
    lists = [name for name, kind in frame.schema.items() if kind == pl.List(pl.String())]
    return frame.with_columns(*(clean(pl.col(name)) for name in texts), *(pl.col(name).list.eval(clean(pl.element())) for name in lists))
