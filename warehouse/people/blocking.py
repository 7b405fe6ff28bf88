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
    BlockingKey("by_nominal", "the force's person number", "nominal_ref", 100),
    BlockingKey("by_upn", "the pupil number", "upn", 200),
    BlockingKey("by_name", "forename and surname in any order", NAME_IN_ANY_ORDER, 200),
    BlockingKey("by_name_born", "forename and surname in any order, and year of birth", f"{NAME_IN_ANY_ORDER} || '|' || born_year", 200),
    BlockingKey("by_name_district", "forename and surname in any order, and district", f"{NAME_IN_ANY_ORDER} || '|' || district", 200),
    BlockingKey("by_sound", "forename and surname by sound", "forename_sound || '|' || surname_sound", 200),
    BlockingKey("by_born", "date of birth with day and month in any order, and initials", f"{BORN_IN_ANY_ORDER} || '|' || {INITIALS_IN_ANY_ORDER}", 60),
    BlockingKey("by_born_forename", "date of birth and forename by sound", f"{BORN_IN_ANY_ORDER} || '|' || forename_sound", 60),
    BlockingKey("by_born_surname", "date of birth and surname by sound", f"{BORN_IN_ANY_ORDER} || '|' || surname_sound", 60),
    BlockingKey("by_post", "postcode and forename's first letter", "post || '|' || forename[1]", 60),
    BlockingKey("by_surname_sector", "surname by sound, postcode sector, forename's first letter", "surname_sound || '|' || sector || '|' || forename[1]", 60),
    BlockingKey("by_surname_year", "surname, forename's first letter, year of birth", "surname_clean || '|' || forename[1] || '|' || born_year", 60),
    BlockingKey("by_surname_initial", "surname and forename's first letter", "surname_clean || '|' || forename[1]", 60),
    BlockingKey("by_surname_initial_district", "surname, forename's first letter, district", "surname_clean || '|' || forename[1] || '|' || district", 60),
    BlockingKey("by_street_name", "street name and district", "street_name || '|' || coalesce(forename, surname_clean, district)", 30),
)  # fmt: skip


def find_common_values(con: duckdb.DuckDBPyConnection) -> None:
    """Make `linkage.common` (key, value): values of blocking keys too common to be used, judged on `linkage.record`."""
    counted = " union all ".join(
        f"select '{key.name}' as key, {key.sql} as value from linkage.record group by value having value is not null and count(*) > {key.most}"
        for key in BLOCKING_KEYS
    )
    con.execute(f"create or replace table linkage.common as {counted}")


def make_candidates(con: duckdb.DuckDBPyConnection) -> None:
    """Make `linkage.candidate`: `linkage.record` and a column per blocking key, missing where the value is in `linkage.common`."""
    keys = ", ".join(f"{key.sql} as {key.name}" for key in BLOCKING_KEYS)
    con.execute(f"create or replace table linkage.candidate as select *, {keys} from linkage.record")
    for key in BLOCKING_KEYS:
        con.execute(
            f"update linkage.candidate set {key.name} = null where {key.name} in (select value from linkage.common where key = ?)",
            [key.name],
        )
