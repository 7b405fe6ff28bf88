"""A night keeps what it may: whatever has changed since the last one, the rows are those of measuring everything, to the last digit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import duckdb
import polars as pl
import pytest

from features import kept_weeks
from features.kept_weeks import build_features
from features.partition import measured_here
from tests.features.crowd import crowd, tell, warehouse_of

SUNDAY, WEEKS = date(2026, 4, 26), 30
LAST = SUNDAY - timedelta(days=3)
STRANGERS = (
    crowd(people=240, events=420)
    .filter(pl.col("known_from") < datetime(2026, 4, 24))
    .with_columns(known_to=pl.lit(None, pl.Datetime("us")))
)
BETWEEN, ADVERSE = STRANGERS.filter(pl.col("stance") != "own"), STRANGERS.filter(pl.col("stance") == "adverse")
LONG_AGO, LATELY, YESTERDAY = datetime(2026, 1, 10), datetime(2026, 4, 10), datetime(2026, 4, 25)
ROW = ADVERSE.filter(pl.col("known_from").is_between(datetime(2025, 12, 1), LONG_AGO))[0]
"""An event known well before the days measured end."""


def where(row: pl.DataFrame) -> pl.Expr:
    return pl.col("record_id").eq(row["record_id"][0])


def turned(events: pl.DataFrame, of: pl.DataFrame, **changes: object) -> pl.DataFrame:
    """One event with other values."""
    return events.with_columns(
        pl.when(where(of)).then(pl.lit(value)).otherwise(pl.col(name)).alias(name) for name, value in changes.items()
    )


def called(events: pl.DataFrame, old: str, new: str, share: pl.Expr | None = None) -> pl.DataFrame:
    """One person under another's name, in all their records or some: pairs go by new ids, and the two of a pair change places where they must."""
    which = pl.lit(True) if share is None else share
    named = events.with_columns(
        pl.when(which & (pl.col(side) == old)).then(pl.lit(new)).otherwise(pl.col(side)).alias(side) for side in PEOPLE
    )
    named = named.filter((pl.col("person_a") != pl.col("person_b")) | pl.col("person_b").is_null())
    a, b = pl.min_horizontal(PEOPLE), pl.when(pl.col("person_b").is_not_null()).then(pl.max_horizontal(PEOPLE))
    away = {"a_to_b": "b_to_a", "b_to_a": "a_to_b"}
    is_turned = pl.col("person_a") > pl.col("person_b")
    direction = pl.when(is_turned).then(pl.col("direction").replace(away)).otherwise(pl.col("direction")).alias("direction")
    return named.with_columns(direction, a.alias("person_a"), b.alias("person_b")).with_columns(
        pl.when(pl.col("pair_id").is_not_null()).then(pl.concat_str("person_a", "person_b", separator="-")).alias("pair_id")
    )


PEOPLE = ("person_a", "person_b")
BUSY, OTHER = BETWEEN["person_a"].value_counts(sort=True)["person_a"].head(2).to_list()


def added(events: pl.DataFrame, **changes: object) -> pl.DataFrame:
    """One more event like one that is there."""
    row = BETWEEN[0].with_columns(pl.lit(value).alias(name) for name, value in {"record_id": "another", **changes}.items())
    return pl.concat([events, row.select(events.columns)], how="vertical_relaxed")


def with_friends(events: pl.DataFrame) -> pl.DataFrame:
    """Q1 stands with the one of ROW, Q2 with the other."""
    for friend, person in zip(("Q1", "Q2"), ROW.select(PEOPLE).row(0), strict=True):
        of = {"pair_id": f"{person}-{friend}", "person_a": person, "person_b": friend, "stance": "ally", "record_id": f"tie {friend}"}
        events = added(events, **of, occurred_at=LONG_AGO, known_from=LONG_AGO)
    return events


CROWD = with_friends(STRANGERS)


def fight_of_friends(events: pl.DataFrame) -> pl.DataFrame:
    """Between people on the one's side and people on the other's: neither of ROW had a part in it."""
    of = {"pair_id": "Q1-Q2", "person_a": "Q1", "person_b": "Q2", "stance": "adverse"}
    return added(events, **of, occurred_at=LATELY, known_from=LATELY)


def late_suspensions() -> pl.DataFrame:
    some = CROWD.filter(pl.col("kind") == "own_weapon").head(9)
    return some.with_columns(pl.col("record_id") + "again", occurred_at=LONG_AGO, known_from=LONG_AGO)


def younger(events: pl.DataFrame) -> pl.DataFrame:
    is_one = (pl.col("kind") == "born") & pl.col("person_a").is_in(ADVERSE["person_a"].head(20).implode())
    return events.with_columns(
        pl.when(is_one).then(pl.col("occurred_at") + timedelta(days=3000)).otherwise("occurred_at").alias("occurred_at")
    )


CHANGES: dict[str, tuple[Callable[[pl.DataFrame], pl.DataFrame], bool]] = {
    # what has changed since the last night                                                                 does it change the past as known then?
    "nothing": (lambda all_: all_, False),
    "an event of yesterday": (lambda all_: added(all_, occurred_at=YESTERDAY, known_from=YESTERDAY), False),
    "a record known long ago came late": (lambda all_: added(all_, occurred_at=LONG_AGO, known_from=LONG_AGO), True),
    "a tie known long ago came late": (lambda all_: added(all_, stance="ally", occurred_at=LONG_AGO, known_from=LONG_AGO), True),
    "a record was withdrawn yesterday": (lambda all_: turned(all_, ROW, known_to=YESTERDAY), False),
    "a record was withdrawn weeks ago": (lambda all_: turned(all_, ROW, known_to=LATELY), True),
    "a record was corrected weeks ago": (
        lambda all_: pl.concat([turned(all_, ROW, known_to=LATELY), ROW.with_columns(pl.lit(LATELY).alias("known_from"), severity=900.0)]),
        True,
    ),
    "a record is gone": (lambda all_: all_.filter(~where(ROW)), True),
    "a severity weight": (lambda all_: all_.with_columns(pl.col("severity").replace({190.0: 200.0})), True),
    "two people were one": (lambda all_: called(all_, OTHER, BUSY), True),
    "one person was two": (lambda all_: called(all_, BUSY, "PX", pl.col("record_id").hash(1) % 2 == 0), True),
    "a fight between their friends": (fight_of_friends, True),
    "a suspension came late": (lambda all_: pl.concat([all_, late_suspensions()]), True),
    "people were younger": (younger, True),
}  # fmt: skip


def rows(con: duckdb.DuckDBPyConnection, days: list[date] | None = None) -> pl.DataFrame:
    found: pl.DataFrame = con.sql("from features.pair_week order by as_of, pair_id").pl()
    return found if days is None else found.filter(pl.col("as_of").is_in(days))


@pytest.mark.parametrize("what", CHANGES)
def test_kept_or_measured_anew_the_rows_are_the_same(what: str) -> None:
    change, changes_the_past = CHANGES[what]
    con = warehouse_of(CROWD, LAST)
    build_features(con, WEEKS)
    before = rows(con)
    later = change(CROWD)
    tell(con, later, SUNDAY)
    build_features(con, WEEKS)
    kept = rows(con)
    whole = warehouse_of(later, SUNDAY)
    assert build_features(whole, WEEKS) == kept.height
    assert kept.equals(rows(whole))
    past = sorted(set(before["as_of"]) & set(kept["as_of"]))
    changed = not before.filter(pl.col("as_of").is_in(past)).equals(kept.filter(pl.col("as_of").is_in(past)))
    assert changed == changes_the_past, "or the test shows less than it says"
    [(anew,)] = con.execute("select count(*) from features.measured_anew where night = 2 and as_of is null").fetchall()
    assert (anew > 0) == changes_the_past
    assert what == "a severity weight" or anew < before["pair_id"].n_unique() / 2


def test_a_night_asks_for_the_days_that_are_new_alone() -> None:
    asked: list[list[date]] = []
    con = warehouse_of(CROWD, LAST)

    def seen(con: duckdb.DuckDBPyConnection, events: str, as_ofs: list[date], of: str | None = None):  # type: ignore[no-untyped-def]
        asked.append(as_ofs)
        return measured_here(con, events, as_ofs, of)

    for night in (LAST, LAST + timedelta(days=1), SUNDAY, SUNDAY):
        tell(con, CROWD, night)
        build_features(con, WEEKS, seen)
    assert [len(days) for days in asked] == [WEEKS + 1, 1, 1, 1]


def test_other_code_and_a_relink_measure_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    con = warehouse_of(CROWD, LAST)
    everything = "select night from features.measured_anew where as_of is null and pair_id is null"
    build_features(con, WEEKS)
    tell(con, CROWD, SUNDAY)
    build_features(con, WEEKS, anew=True)
    assert con.execute(everything).fetchall() == [(2,)]
    build_features(con, WEEKS)
    assert con.execute(everything).fetchall() == [(2,)]
    monkeypatch.setattr(kept_weeks, "code", lambda: "another")
    build_features(con, WEEKS)
    assert con.execute(everything).fetchall() == [(4,)]


def test_what_was_measured_long_ago_is_told_as_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_weeks, "NIGHTS_TOLD", 2)
    con = warehouse_of(CROWD.head(40), LAST)
    for _ in range(5):
        build_features(con, 1)
    assert con.execute("select night from features.measured_anew where as_of is null and pair_id is null").fetchall() == [(3,)]
    assert con.execute("select min(night), max(night) from features.measured_anew").fetchall() == [(3, 5)]


def test_a_night_that_fails_leaves_the_last_one(monkeypatch: pytest.MonkeyPatch) -> None:
    con = warehouse_of(CROWD, LAST)
    build_features(con, WEEKS)
    before = rows(con)
    tell(con, CROWD, SUNDAY)

    def breaks(con: duckdb.DuckDBPyConnection, events: str, as_ofs: list[date], of: str | None = None):  # type: ignore[no-untyped-def]
        yield from measured_here(con, events, as_ofs, of)
        raise MemoryError

    with pytest.raises(MemoryError):
        build_features(con, WEEKS, breaks)
    assert rows(con).equals(before)
    build_features(con, WEEKS)
    assert rows(con)["as_of"].max() == SUNDAY
