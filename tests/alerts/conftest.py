"""A small published database, drawn as text tables: 11 pairs in conflict, 3 domestic ones, in five districts and one unknown."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

AS_OF = date(2026, 5, 3)


@dataclass(frozen=True)
class County:
    """What a published database says, as text tables; `publish` writes it as HOME/forewarn.duckdb."""

    as_of: date = AS_OF
    people: str = field(default_factory=lambda: drawn("people"))
    pairs: str = field(default_factory=lambda: drawn("pairs"))
    events: str = field(default_factory=lambda: drawn("events"))
    districts: str = field(default_factory=lambda: drawn("districts"))
    feuds: str = field(default_factory=lambda: drawn("feuds"))
    feud_people: str = field(default_factory=lambda: drawn("feud_people"))
    feud_pairs: str = field(default_factory=lambda: drawn("feud_pairs"))
    still_scored: str = "pair | score"  # pairs that are no longer on the list, with their newest score
    merged: str = "as_of | kept | gone"
    history: str = "as_of | pair | score"  # what earlier lists had, in lane conflict where there is no column for it
    reviews: str = "pair | decision | by | on | reason | pathway | note | until | off | back"
    watched: str = "pair | by | on | note | until | score"
    warnings: tuple[str, ...] = ("No exclusions from schools since 12 April: school records end there.",)

    def with_only(self, *pairs: str) -> "County":
        """The same county with only these pairs on the list and in the timeline, ranks as they are."""
        return replace(self, pairs=_kept(self.pairs, 2, pairs), events=_kept(self.events, 0, pairs))

    def publish(self, home: Path) -> Path:
        """Write the file as the publish step does: whole, under published/, with a symlink to it."""
        folder = home / "published"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"forewarn-{len(list(folder.iterdir()))}.duckdb"
        with duckdb.connect(str(path)) as con:
            con.execute("create schema analyst")
            for table in (_run, _people, _pairs, _timeline, _feuds, _reviews, _rest):
                table(con, self)
        link = home / "forewarn.duckdb"
        link.unlink(missing_ok=True)
        link.symlink_to(path)
        return home


def drawn(name: str) -> str:
    """A text table of tests/alerts/county."""
    return (Path(__file__).parent / "county" / f"{name}.txt").read_text(encoding="utf-8")


def table(text: str) -> list[dict[str, str]]:
    """The rows of a text table."""
    head, *lines = [line for line in text.strip().splitlines() if line.strip()]
    columns = [cell.strip() for cell in head.split("|")]
    return [dict(zip(columns, (cell.strip() for cell in line.split("|")), strict=True)) for line in lines]


def person_id(short: str) -> str:
    """'P' and 12 hex digits for a short name such as a1."""
    return f"P{short.encode().hex():0>12}"


def pair_id(short: str) -> str:
    """The pair of the two people of a letter."""
    return f"{person_id(short + '1')}-{person_id(short + '2')}"


def _kept(text: str, column: int, wanted: tuple[str, ...]) -> str:
    head, *lines = [line for line in text.strip().splitlines() if line.strip()]
    return "\n".join([head, *(line for line in lines if line.split("|")[column].strip() in wanted)])


def _fill(con: duckdb.DuckDBPyConnection, name: str, columns: str, rows: list[tuple[object, ...]]) -> None:
    con.execute(f"create table analyst.{name} ({columns})")
    if rows:
        row = f"({', '.join('?' * len(rows[0]))})"
        con.execute(f"insert into analyst.{name} values {', '.join([row] * len(rows))}", [value for values in rows for value in values])


def _run(con: duckdb.DuckDBPyConnection, county: County) -> None:
    columns = (
        "run_id varchar, as_of date, published_at timestamp, scorer varchar, scorer_note varchar, calibration_note varchar, "
        "list_size int, warnings varchar[], counts varchar"
    )
    note = "calibrated on 117,848 settled pair-weeks"
    row = (
        "run-7",
        county.as_of,
        f"{county.as_of} 03:10",
        "decayed_harm",
        "harm between the two, half-life 14 days",
        note,
        50,
        list(county.warnings),
        "{}",
    )
    _fill(con, "run", columns, [row])


def _people(con: duckdb.DuckDBPyConnection, county: County) -> None:
    people = {row["person"]: row for row in table(county.people)}
    columns = "person_id varchar, display_name varchar, date_of_birth date, sex varchar, district varchar, records int"
    _fill(con, "people", columns, [(person_id(p), r["name"], r["born"] or None, r["sex"], None, 3) for p, r in people.items()])
    rows: list[tuple[object, ...]] = []
    for pair in table(county.pairs):
        for side, number in (("a", "1"), ("b", "2")):
            short = pair["pair"] + number
            row = people[short]
            born = date.fromisoformat(row["born"]) if row["born"] else None
            age = county.as_of.year - born.year - ((county.as_of.month, county.as_of.day) < (born.month, born.day)) if born else None
            minor = age < 18 if age is not None else None
            head = (county.as_of, pair["lane"], pair_id(pair["pair"]), person_id(short), side, row["name"], age, minor, row["sex"])
            rows.append((*head, pair["district"], row["roles"], row["only_victim"] == "yes"))
    columns = (
        "as_of date, lane varchar, pair_id varchar, person_id varchar, side varchar, display_name varchar, age int, is_under_18 boolean, "
        "sex varchar, district varchar, roles varchar, only_victim boolean"
    )
    _fill(con, "flagged_people", columns, rows)


def _pairs(con: duckdb.DuckDBPyConnection, county: County) -> None:
    flags: list[tuple[object, ...]] = [
        (
            county.as_of, r["lane"], int(r["rank"]), pair_id(r["pair"]), person_id(r["pair"] + "1"), person_id(r["pair"] + "2"), float(r["score"]),
            r["status"], r["district"] or None, r["first_flagged"], [reason.strip() for reason in r["reasons"].split(" / ")],
        )
        for r in table(county.pairs)
    ]  # fmt: skip
    columns = (
        "as_of date, lane varchar, rank int, pair_id varchar, person_a varchar, person_b varchar, score double, status varchar, "
        "district varchar, first_flagged date, reasons varchar[]"
    )
    _fill(con, "flagged_pairs", columns, flags)
    earlier: list[tuple[object, ...]] = [
        (r["as_of"], r.get("lane", "conflict"), rank, pair_id(r["pair"]), person_id(r["pair"] + "1"), person_id(r["pair"] + "2"), float(r["score"]),
         "persisting", None, r["as_of"], [])
        for rank, r in enumerate(table(county.history), 1)
    ]  # fmt: skip
    _fill(con, "flag_history", columns, [*earlier, *flags])
    drawn_as = (county.pairs, county.still_scored, county.watched)
    pairs = sorted({r["pair"] for text in drawn_as for r in table(text)})
    columns = "pair_id varchar, person_a varchar, person_b varchar, lane varchar, first_contact timestamp, last_contact timestamp"
    rows: list[tuple[object, ...]] = [
        (pair_id(p), person_id(p + "1"), person_id(p + "2"), "conflict", "2024-02-01 10:00", "2026-04-01 10:00") for p in pairs
    ]
    _fill(con, "pairs", columns, rows)


def _timeline(con: duckdb.DuckDBPyConnection, county: County) -> None:
    rows: list[tuple[object, ...]] = []
    for r in table(county.events):
        role_a, role_b = (role or None for role in r["roles"].split("/"))
        stance = {"reconciled": "peace", "named_together": "contact", "sexual": "contact"}.get(r["kind"], "adverse")
        rows.append((
            pair_id(r["pair"]), r["occurred"], r["known"], r["source"], r["record"], r["kind"], stance, r["direction"], float(r["severity"]),
            r["serious"] == "yes", r["serious"] == "domestic", r["summary"], r["weapon"] or None, r["grade"] or None, r["protected"] == "yes", role_a, role_b,
            None, None,
        ))  # fmt: skip
    columns = (
        "pair_id varchar, occurred_at timestamp, known_at timestamp, source varchar, record_id varchar, kind varchar, stance varchar, direction varchar, "
        "severity double, serious boolean, serious_domestic boolean, summary varchar, weapon varchar, grade varchar, is_protected boolean, role_a varchar, "
        "role_b varchar, offence_code varchar, district varchar"
    )
    _fill(con, "pair_timeline", columns, rows)


def _feuds(con: duckdb.DuckDBPyConnection, county: County) -> None:
    """The feuds, and for every reason that raises a score the score without it: half of what it is."""
    feuds: list[tuple[object, ...]] = [
        (
            county.as_of, int(r["rank"]), r["feud"], float(r["score"]), int(r["pairs"]), int(r["people"]), r["district"] or None, r["founded"],
            int(r["listed"]), r["warning"] == "yes", [reason.strip() for reason in r["reasons"].split(" / ")],
            "of 74 such feud-weeks in settled weeks 1 came to serious violence",
        )
        for r in table(county.feuds)
    ]  # fmt: skip
    columns = (
        "as_of date, rank int, feud_id varchar, score double, pairs int, people int, district varchar, founded_on date, listed_pairs int, "
        "is_warning boolean, reasons varchar[], track_record varchar"
    )
    _fill(con, "feuds", columns, feuds)
    people: list[tuple[object, ...]] = [
        (r["feud"], r["side"] or None, person_id(r["person"]), r["name"], int(r["age"]) if r["age"] else None, 1, r["only_victim"] == "yes")
        for r in table(county.feud_people)
    ]
    columns = "feud_id varchar, side varchar, person_id varchar, display_name varchar, age int, pairs int, only_victim boolean"
    _fill(con, "feud_people", columns, people)
    links: list[tuple[object, ...]] = [
        (r["feud"], person_id(r["one"]), person_id(r["other"]), r["across"] == "yes", int(r["rank"]) if r["rank"] else None)
        for r in table(county.feud_pairs)
    ]
    _fill(con, "feud_pairs", "feud_id varchar, person_a varchar, person_b varchar, is_across boolean, list_rank int", links)
    reasons: list[tuple[object, ...]] = [
        (r["lane"], pair_id(r["pair"]), number, reason.strip(), "raises", float(r["score"]) / 2)
        for r in table(county.pairs)
        for number, reason in enumerate(r["reasons"].split(" / "), 1)
    ]
    columns = "lane varchar, pair_id varchar, ordinal int, reason varchar, direction varchar, score_without double"
    _fill(con, "flag_reasons", columns, reasons)


def _rest(con: duckdb.DuckDBPyConnection, county: County) -> None:
    names = [(r["district"], r["name"], r["partnership"]) for r in table(county.districts)]
    _fill(con, "districts", "district varchar, name varchar, partnership varchar", [*names])
    scored = [(pair_id(r["pair"]), "2026-05-04", float(r["score"])) for r in table(county.still_scored)]
    _fill(con, "pair_weeks", "pair_id varchar, week date, score double", [*scored])
    merged = [(r["as_of"], "merged", person_id(r["kept"]), person_id(r["gone"]), 1) for r in table(county.merged)]
    _fill(con, "person_changes", "as_of date, change varchar, person_id varchar, other_person_id varchar, records int", [*merged])


def _reviews(con: duckdb.DuckDBPyConnection, county: County) -> None:
    reviews: list[tuple[object, ...]] = [
        (f"R{n}", pair_id(r["pair"]), r["decision"], r["reason"] or None, r["pathway"] or None, r["note"] or None, r["until"] or None, r["by"],
         f"{r['on']} 10:00", None, r["off"] == "yes", r["back"] or None)
        for n, r in enumerate(table(county.reviews), 1)
    ]  # fmt: skip
    columns = (
        "review_id varchar, pair_id varchar, decision varchar, reason varchar, pathway varchar, note varchar, until date, made_by varchar, "
        "made_at timestamp, withdrawn_by varchar, keeps_off boolean, back_because varchar"
    )
    _fill(con, "reviews", columns, reviews)
    watched: list[tuple[object, ...]] = [
        (pair_id(r["pair"]), r["by"], f"{r['on']} 10:00", r["note"], r["until"], float(r["score"]) if r["score"] else None)
        for r in table(county.watched)
    ]
    _fill(con, "watched_pairs", "pair_id varchar, made_by varchar, made_at timestamp, note varchar, until date, score double", watched)


@pytest.fixture
def county() -> County:
    """The county of this file, to be changed and published."""
    return County()


@pytest.fixture
def publish(tmp_path: Path) -> Callable[[County], Path]:
    """Publishes a county under a fresh home and gives the home."""
    return lambda county: county.publish(tmp_path)
