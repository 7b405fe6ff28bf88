"""Which pairs of records are worth comparing: those that share one of these keys, unless the key is too common to tell anyone apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True)
class BlockingKey:
    """A column that two records of one person are likely to share; a value held by more than `most` records is not used."""

    name: str
    meaning: str
    sql: str
    most: int


NAME_IN_ANY_ORDER = "array_to_string(list_sort([forename, surname_clean]), '|')"
BORN_IN_ANY_ORDER = "born_year || '-' || least(born[6:7], born[9:10]) || '-' || greatest(born[6:7], born[9:10])"
INITIALS_IN_ANY_ORDER = "array_to_string(list_sort([forename[1], surname_clean[1]]), '')"

BLOCKING_KEYS = (
    BlockingKey("by_nominal", "the force's person number", "nominal_ref", 400),
    BlockingKey("by_upn", "the pupil number", "upn", 400),
    BlockingKey("by_born_surname", "date of birth with day and month in any order, and surname by sound", f"{BORN_IN_ANY_ORDER} || '|' || surname_sound", 400),
    BlockingKey("by_born_forename", "date of birth with day and month in any order, and forename by sound", f"{BORN_IN_ANY_ORDER} || '|' || forename_sound", 400),
    BlockingKey("by_born_post", "date of birth with day and month in any order, and postcode", f"{BORN_IN_ANY_ORDER} || '|' || post", 400),
    BlockingKey("by_post_forename", "postcode and forename by sound", "post || '|' || forename_sound", 400),
    BlockingKey("by_post_surname", "postcode and surname by sound", "post || '|' || surname_sound", 200),
    BlockingKey("by_name", "forename and surname in any order", NAME_IN_ANY_ORDER, 200),
    BlockingKey("by_name_born", "forename and surname in any order, and year of birth", f"{NAME_IN_ANY_ORDER} || '|' || born_year", 200),
    BlockingKey("by_name_district", "forename and surname in any order, and district", f"{NAME_IN_ANY_ORDER} || '|' || district", 200),
    BlockingKey("by_sound", "forename and surname by sound", "forename_sound || '|' || surname_sound", 200),
    BlockingKey("by_born", "date of birth with day and month in any order, and initials", f"{BORN_IN_ANY_ORDER} || '|' || {INITIALS_IN_ANY_ORDER}", 100),
    BlockingKey("by_surname_year", "surname, forename's first letter, year of birth", "surname_clean || '|' || forename[1] || '|' || born_year", 100),
    BlockingKey("by_surname_initial", "surname and forename's first letter", "surname_clean || '|' || forename[1]", 100),
    BlockingKey("by_surname_initial_district", "surname, forename's first letter, district", "surname_clean || '|' || forename[1] || '|' || district", 100),
    BlockingKey("by_forename_surname_start", "forename and how the surname begins", "forename || '|' || surname_clean[1:3]", 100),
    BlockingKey("by_forename_surname_end", "forename and how the surname ends", "forename || '|' || surname_clean[-3:]", 100),
    BlockingKey("by_street_name", "street name and forename, surname or district", "street_name || '|' || coalesce(forename, surname_clean, district)", 100),
    BlockingKey("by_post", "a postcode of few records", "post", 20),
    BlockingKey("by_surname", "a rare surname by sound", "surname_sound", 30),
    BlockingKey("by_house", "house number and street", "house_number || '|' || street", 100),
    BlockingKey("by_post_house", "postcode and house number", "post || '|' || house_number", 100),
    BlockingKey("by_born_town", "date of birth with day and month in any order, and town", f"{BORN_IN_ANY_ORDER} || '|' || town", 100),
    BlockingKey("by_surname_outward", "surname by sound and postcode district", "surname_sound || '|' || outward", 50),
    BlockingKey("by_birth_place_surname", "place of birth and surname by sound", "birth_place || '|' || surname_sound", 100),
    BlockingKey("by_birth_place_forename", "place of birth and forename by sound", "birth_place || '|' || forename_sound", 50),
    BlockingKey("by_birth_place_born", "place and date of birth", f"birth_place || '|' || {BORN_IN_ANY_ORDER}", 100),
    BlockingKey("by_birth_place_occupation", "place of birth, occupation and initial", "birth_place || '|' || occupation || '|' || forename[1]", 100),
)  # fmt: skip


def find_common_values(con: duckdb.DuckDBPyConnection, table: str) -> None:
    """Make `common` (key, value): values of blocking keys too common to be used, judged on `table` (shaped as linkage.record)."""
    counted = " union all ".join(
        f"select '{key.name}' as key, {key.sql} as value from {table} group by value having value is not null and count(*) > {key.most}"
        for key in BLOCKING_KEYS
    )
    con.execute(f"create or replace table common as select * from ({counted}) order by key, value")


def _number(key: BlockingKey, value: str) -> str:
    return f"hash('{key.name}', {value})"


def make_blocking(con: duckdb.DuckDBPyConnection, records: str, into: str) -> None:
    """Make `into` (record_key, value): the values of each record's blocking keys, as numbers; those in `common` are left out.

    `records` is a table or query in brackets, shaped as linkage.record.
    """
    values = ", ".join(f"case when {key.name} is not null then {_number(key, key.name)} end" for key in BLOCKING_KEYS)
    columns = ", ".join(f"{key.sql} as {key.name}" for key in BLOCKING_KEYS)
    con.execute(
        f"""create or replace table {into} as
        with keyed as (select record_key, {columns} from {records} as record)
        from (select record_key, unnest([{values}]) as value from keyed)
        where value is not null and value not in (select hash(key, value) from common)"""
    )


def count_pairs(con: duckdb.DuckDBPyConnection) -> int:
    """How often two records share a value, of `fresh_key` with each other and with `settled_key`."""
    [(pairs,)] = con.execute(
        """select coalesce(sum(fresh.records * (fresh.records - 1) // 2 + fresh.records * coalesce(settled.records, 0)), 0)::bigint
        from (select value, count(*) as records from fresh_key group by value) as fresh
        left join (select value, count(*) as records from settled_key group by value) as settled using (value)"""
    ).fetchall()
    assert isinstance(pairs, int)
    return pairs


PAIRS = """
    select distinct '0' as match_key, join_key_l, join_key_r
    from (
        select one.record_key as join_key_l, two.record_key as join_key_r
        from fresh_key as one join fresh_key as two using (value)
        where one.record_key < two.record_key and one.record_key % {parts} = {part}
        union all
        select least(one.record_key, two.record_key), greatest(one.record_key, two.record_key)
        from fresh_key as one join settled_key as two using (value)
        where one.record_key % {parts} = {part}
    )"""
"""A part of the pairs that share a value, each once, as Splink has them; DuckDB and Spark read it alike."""


def make_pairs(con: duckdb.DuckDBPyConnection, part: int, parts: int) -> None:
    """Make `pair` (match_key, join_key_l, join_key_r): PAIRS of this part."""
    con.execute(f"create or replace table pair as {PAIRS.format(part=part, parts=parts)}")


def shared_keys(con: duckdb.DuckDBPyConnection, pair: str) -> list[str]:
    """The meanings of the blocking keys that the two records of the table `pair` share."""
    make_blocking(con, pair, "pair_key")
    shared = {value for (value,) in con.execute("select value from pair_key group by value having count(*) = 2").fetchall()}
    [told] = con.execute(f"select {', '.join(_number(key, key.sql) for key in BLOCKING_KEYS)} from {pair} limit 1").fetchall()
    return [key.meaning for key, value in zip(BLOCKING_KEYS, told, strict=True) if value in shared]
